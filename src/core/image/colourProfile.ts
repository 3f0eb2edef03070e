import { tagOf, uint16BE, uint32BE } from './readBytes.ts';

/** What a profile of the kind that screens have says: a curve for each channel, and the primaries. */
export interface MatrixProfile {
  /** For each of red, green and blue, light (0 to 1) of each value of 0 to 255. */
  readonly curves: readonly [Float64Array, Float64Array, Float64Array];
  /** Columns of red, green and blue in XYZ of D50, row by row. */
  readonly toXyz: readonly number[];
}

const acsp = tagOf('acsp');
const RGB = tagOf('RGB ');
const [rXYZ, gXYZ, bXYZ] = ['rXYZ', 'gXYZ', 'bXYZ'].map(tagOf);
const [rTRC, gTRC, bTRC] = ['rTRC', 'gTRC', 'bTRC'].map(tagOf);
/** A table from device to connection space, which comes before the matrix where there is one. */
const A2B0 = tagOf('A2B0');
const [XYZ, curv, para] = ['XYZ ', 'curv', 'para'].map(tagOf);
/** More tags than any profile has. */
const mostTags = 100;

/**
 * Reads an ICC profile (ICC.1:2022) of RGB by matrix and curves: sRGB, Display P3, Adobe RGB and the like.
 * @returns undefined for any other: tables, grey, CMYK, and what cannot be read
 */
export function readMatrixProfile(icc: Uint8Array): MatrixProfile | undefined {
  if (icc.length < 132 || uint32BE(icc, 36) !== acsp || uint32BE(icc, 16) !== RGB) return undefined;
  const tags = new Map<number, number>();
  const count = Math.min(uint32BE(icc, 128), mostTags);
  for (let index = 0; index < count; index++) {
    const entry = 132 + index * 12;
    tags.set(uint32BE(icc, entry), uint32BE(icc, entry + 4));
  }
  if (tags.has(A2B0)) return undefined;
  const columns = [rXYZ, gXYZ, bXYZ].map((tag) => readXyz(icc, tags.get(tag ?? 0)));
  const curves = [rTRC, gTRC, bTRC].map((tag) => readCurve(icc, tags.get(tag ?? 0)));
  const [red, green, blue] = columns;
  const [redCurve, greenCurve, blueCurve] = curves;
  if (!red || !green || !blue || !redCurve || !greenCurve || !blueCurve) return undefined;
  return {
    curves: [redCurve, greenCurve, blueCurve],
    toXyz: [0, 1, 2].flatMap((row) => [red[row] ?? 0, green[row] ?? 0, blue[row] ?? 0]),
  };
}

function readXyz(icc: Uint8Array, at: number | undefined): readonly number[] | undefined {
  if (at === undefined || at + 20 > icc.length || uint32BE(icc, at) !== XYZ) return undefined;
  return [8, 12, 16].map((offset) => fixed(icc, at + offset));
}

/** s15Fixed16Number */
function fixed(icc: Uint8Array, at: number): number {
  return (uint32BE(icc, at) | 0) / 65_536;
}

function readCurve(icc: Uint8Array, at: number | undefined): Float64Array | undefined {
  if (at === undefined || at + 12 > icc.length) return undefined;
  const type = uint32BE(icc, at);
  const shape = type === curv ? sampled(icc, at) : type === para ? parametric(icc, at) : undefined;
  return (
    shape && Float64Array.from({ length: 256 }, (_, value) => Math.min(1, Math.max(0, shape(value / 255))))
  );
}

type Shape = (value: number) => number;

/** curveType: nothing, one exponent, or a table. */
function sampled(icc: Uint8Array, at: number): Shape | undefined {
  const count = uint32BE(icc, at + 8);
  if (count === 0) return (value) => value;
  if (count === 1) {
    const exponent = uint16BE(icc, at + 12) / 256;
    return (value) => value ** exponent;
  }
  if (at + 12 + count * 2 > icc.length) return undefined;
  const entry = (index: number) => uint16BE(icc, at + 12 + index * 2) / 65_535;
  return (value) => {
    const place = value * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    return entry(below) + (entry(below + 1) - entry(below)) * (place - below);
  };
}

/** parametricCurveType, functions 0 to 4. */
function parametric(icc: Uint8Array, at: number): Shape | undefined {
  const kind = uint16BE(icc, at + 8);
  const length = [1, 3, 4, 5, 7][kind];
  if (length === undefined || at + 12 + length * 4 > icc.length) return undefined;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length }, (_, index) =>
    fixed(icc, at + 12 + index * 4),
  );
  const power = (value: number) => Math.max(0, a * value + b) ** g;
  switch (kind) {
    case 0:
      return (value) => value ** g;
    case 1:
      return (value) => (value >= -b / a ? power(value) : 0);
    case 2:
      return (value) => (value >= -b / a ? power(value) + c : c);
    case 3:
      return (value) => (value >= d ? power(value) : c * value);
    default:
      return (value) => (value >= d ? power(value) + e : c * value + f);
  }
}

/** XYZ of D50 to linear sRGB: the inverse of the primaries in sRGB's own profile (IEC 61966-2-1, adapted by Bradford). */
const xyzToSrgb = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
];

/** Light of sRGB to its values, in steps so fine that no value is missed. */
const steps = 8192;
let srgbValues: Uint8ClampedArray | undefined;

function srgbTable(): Uint8ClampedArray {
  srgbValues ??= Uint8ClampedArray.from({ length: steps + 1 }, (_, step) => {
    const light = step / steps;
    return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
  });
  return srgbValues;
}

/**
 * Converts pixels of a profile to sRGB, in place; colours that sRGB has not go to its nearest edge, alpha stays.
 * Whoever has an sRGB profile loses nothing: no value changes by more than one.
 */
export function toSrgb(data: Uint8ClampedArray, { curves, toXyz }: MatrixProfile): void {
  const matrix = multiply(xyzToSrgb, toXyz);
  const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0, m6 = 0, m7 = 0, m8 = 0] = matrix;
  const [redLight, greenLight, blueLight] = curves;
  const table = srgbTable();
  const value = (light: number) => table[Math.round(Math.min(1, Math.max(0, light)) * steps)] ?? 0;
  for (let at = 0; at < data.length; at += 4) {
    const red = redLight[data[at] ?? 0] ?? 0;
    const green = greenLight[data[at + 1] ?? 0] ?? 0;
    const blue = blueLight[data[at + 2] ?? 0] ?? 0;
    data[at] = value(m0 * red + m1 * green + m2 * blue);
    data[at + 1] = value(m3 * red + m4 * green + m5 * blue);
    data[at + 2] = value(m6 * red + m7 * green + m8 * blue);
  }
}

/** Of 3 × 3, row by row. */
function multiply(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((_, index) => {
    const [row, column] = [Math.floor(index / 3), index % 3];
    return [0, 1, 2].reduce((sum, k) => sum + (one[row * 3 + k] ?? 0) * (other[k * 3 + column] ?? 0), 0);
  });
}
