import { CodecError } from './codecError.ts';
import { readIccProfile } from './iccProfile.ts';
import { apply, diagonal, invert, multiply } from './matrix.ts';
import type { Matrix, Vector } from './matrix.ts';
import { createCurve, srgbCurve, srgbIndex, srgbTable } from './transferCurve.ts';
import type { TransferCurve } from './transferCurve.ts';

/** How stored colours become linear sRGB: a curve for each channel, then a matrix. */
export interface Conversion {
  readonly curves: readonly [TransferCurve, TransferCurve, TransferCurve];
  readonly matrix: Matrix;
}

/** What a file says its colours are; `sRGB` also where the difference would not show in 8 bits. */
export type ColourSpace = 'sRGB' | Conversion;
export const sRGB = 'sRGB';

/** White, red, green and blue, each CIE 1931 x and y. */
type Chromaticities = readonly number[];

const d65 = [0.3127, 0.329];
const srgbPrimaries: Chromaticities = [...d65, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
/** ITU-T H.273, table 2, as far as pictures use it; 2 is "not specified". */
const primariesOf: Readonly<Record<number, Chromaticities>> = {
  1: srgbPrimaries,
  2: srgbPrimaries,
  5: [...d65, 0.64, 0.33, 0.29, 0.6, 0.15, 0.06],
  6: [...d65, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07],
  7: [...d65, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07],
  9: [...d65, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046],
  12: [...d65, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06],
};
/** H.273, table 3. The curve of video (1, 6, 14, 15) is shown as sRGB's, as browsers do. */
const gammaOf: Readonly<Record<number, number>> = { 4: 2.2, 5: 2.8, 8: 1 };
const srgbTransfers = new Set([1, 2, 6, 13, 14, 15]);

/** The profile connection space's white (ICC.1:2022, 7.2.16). */
const d50: Vector = [0.9642, 1, 0.8249];
const bradford: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const fromD50 = inverseOf(toD50(srgbPrimaries));

/**
 * Colours by code points (PNG `cICP`, AVIF `nclx`; ITU-T H.273).
 * @throws CodecError `profile` for high dynamic range and code points not known here
 */
export function cicpColours(primaries: number, transfer: number): ColourSpace {
  const chromaticities = primariesOf[primaries];
  const gamma = gammaOf[transfer];
  if (!chromaticities || (gamma === undefined && !srgbTransfers.has(transfer))) {
    const codes = `${primaries}/${transfer}`;
    throw new CodecError(
      'profile',
      `The picture’s colours (code points ${codes}) cannot be converted to sRGB.`,
    );
  }
  const curve = gamma === undefined ? srgbCurve : createCurve((value) => value ** gamma);
  return simplified({ curves: [curve, curve, curve], matrix: multiply(fromD50, toD50(chromaticities)) });
}

/**
 * Colours by PNG's `gAMA` and `cHRM`.
 * @param gamma the file's exponent; about 1/2.2 stands for sRGB's curve, as does none
 * @throws CodecError `profile` where they make no sense
 */
export function gammaColours(gamma: number | undefined, chromaticities?: Chromaticities): ColourSpace {
  const isUsual = gamma === undefined || Math.abs(gamma - 1 / 2.2) < 0.01;
  if (!isUsual && (gamma < 0.1 || gamma > 10)) throw unreadable();
  const curve = isUsual ? srgbCurve : createCurve((value) => value ** (1 / gamma));
  const matrix = multiply(fromD50, toD50(chromaticities ?? srgbPrimaries));
  return simplified({ curves: [curve, curve, curve], matrix });
}

/**
 * Colours by an ICC profile (ICC.1:2022): RGB with a matrix and curves, or grey with a curve.
 * @throws CodecError `profile` for every other and for damaged ones
 */
export function iccColours(bytes: Uint8Array): ColourSpace {
  const profile = readIccProfile(bytes);
  if (!profile) throw unreadable();
  // Grey stands for equal parts of red, green and blue.
  const matrix = profile.matrix ? multiply(fromD50, profile.matrix) : diagonal([1, 1, 1]);
  return simplified({ curves: profile.curves, matrix });
}

/** One stored colour in sRGB, each part 0 to 255. */
export function convertColour({ curves, matrix }: Conversion, colour: Vector): Vector {
  const [red, green, blue] = curves;
  const linear: Vector = [red[colour[0]] ?? 0, green[colour[1]] ?? 0, blue[colour[2]] ?? 0];
  const table = srgbTable();
  return apply(matrix, linear).map((value) => table[srgbIndex(value)] ?? 0) as unknown as Vector;
}

/** Most profiles are sRGB in other words; their pixels then stay what they are. */
function simplified(conversion: Conversion): ColourSpace {
  if (!conversion.matrix.every(Number.isFinite)) throw unreadable();
  const samples = [0, 20, 51, 102, 153, 204, 255];
  for (const red of samples) {
    for (const green of samples) {
      for (const blue of samples) {
        const colour: Vector = [red, green, blue];
        const converted = convertColour(conversion, colour);
        if (converted.some((value, index) => Math.abs(value - (colour[index] ?? 0)) > 1)) return conversion;
      }
    }
  }
  return sRGB;
}

/** From linear RGB of these chromaticities to XYZ, adapted to D50 by Bradford's matrix (ICC.1:2022, annex E). */
function toD50([wx = 0, wy = 0, ...primaries]: Chromaticities): Matrix {
  const [rx = 0, ry = 0, gx = 0, gy = 0, bx = 0, by = 0] = primaries;
  const [r, g, b] = [xyz(rx, ry), xyz(gx, gy), xyz(bx, by)];
  const columns: Matrix = [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
  const white = xyz(wx, wy);
  const toXyz = multiply(columns, diagonal(apply(inverseOf(columns), white)));
  const from = apply(bradford, white);
  const to = apply(bradford, d50);
  const scale = diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]);
  return multiply(multiply(inverseOf(bradford), multiply(scale, bradford)), toXyz);
}

function xyz(x: number, y: number): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function inverseOf(matrix: Matrix): Matrix {
  const inverse = invert(matrix);
  if (!inverse) throw unreadable();
  return inverse;
}

function unreadable(): CodecError {
  return new CodecError('profile', 'The picture’s colour profile cannot be converted to sRGB.');
}
