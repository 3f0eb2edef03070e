import { tagOf, uint16BE, uint32BE } from '../readBytes.ts';
import type { Matrix } from './matrix.ts';
import { createCurve } from './transferCurve.ts';
import type { TransferCurve } from './transferCurve.ts';

/** A profile that is a matrix and curves. */
export interface IccProfile {
  readonly curves: readonly [TransferCurve, TransferCurve, TransferCurve];
  /** From linear RGB to XYZ with the white D50; absent for grey. */
  readonly matrix?: Matrix;
}

const headerLength = 128;
/** No profile has nearly as many. */
const mostTags = 200;
const RGB = tagOf('RGB ');
const GRAY = tagOf('GRAY');
const XYZ = tagOf('XYZ ');

/**
 * Reads a profile's matrix and curves (ICC.1:2022, 8.3 and 10; big-endian).
 * @returns undefined where it is damaged, has look-up tables (which would go before the matrix), or is for neither
 *   RGB nor grey
 */
export function readIccProfile(bytes: Uint8Array): IccProfile | undefined {
  if (uint32BE(bytes, 36) !== tagOf('acsp')) return undefined;
  const tags = readTags(bytes);
  const space = uint32BE(bytes, 16);
  if (space === GRAY) {
    const curve = readCurve(tags.get(tagOf('kTRC')));
    return curve && { curves: [curve, curve, curve] };
  }
  const hasTables = ['A2B0', 'A2B1', 'A2B2', 'D2B0', 'D2B1'].some((name) => tags.has(tagOf(name)));
  if (space !== RGB || uint32BE(bytes, 20) !== XYZ || hasTables) return undefined;
  const [red, green, blue] = ['rTRC', 'gTRC', 'bTRC'].map((name) => readCurve(tags.get(tagOf(name))));
  const [r, g, b] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(tags.get(tagOf(name))));
  if (!red || !green || !blue || !r || !g || !b) return undefined;
  return { curves: [red, green, blue], matrix: [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]] };
}

function readTags(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const tags = new Map<number, Uint8Array>();
  const count = Math.min(uint32BE(bytes, headerLength), mostTags);
  for (let n = 0, at = headerLength + 4; n < count && at + 12 <= bytes.length; n++, at += 12) {
    const from = uint32BE(bytes, at + 4);
    tags.set(uint32BE(bytes, at), bytes.subarray(from, from + uint32BE(bytes, at + 8)));
  }
  return tags;
}

function readXyz(tag: Uint8Array | undefined): [number, number, number] | undefined {
  if (!tag || tag.length < 20 || uint32BE(tag, 0) !== XYZ) return undefined;
  return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)];
}

/** s15Fixed16Number. */
function fixed(bytes: Uint8Array, at: number): number {
  return (uint32BE(bytes, at) | 0) / 0x10000;
}

function readCurve(tag: Uint8Array | undefined): TransferCurve | undefined {
  if (!tag || tag.length < 12) return undefined;
  if (uint32BE(tag, 0) === tagOf('curv')) return readSampledCurve(tag);
  return uint32BE(tag, 0) === tagOf('para') ? readParametricCurve(tag) : undefined;
}

/** 10.6: no entry is a straight line, one is a gamma, more are samples with straight lines between. */
function readSampledCurve(tag: Uint8Array): TransferCurve | undefined {
  const count = uint32BE(tag, 8);
  if (12 + count * 2 > tag.length) return undefined;
  if (count === 0) return createCurve((value) => value);
  if (count === 1) return createCurve((value) => value ** (uint16BE(tag, 12) / 256));
  return createCurve((value) => {
    const place = value * (count - 1);
    const index = Math.min(count - 2, Math.floor(place));
    const below = uint16BE(tag, 12 + index * 2);
    const above = uint16BE(tag, 14 + index * 2);
    return (below + (above - below) * (place - index)) / 65_535;
  });
}

/** 10.18, table 68. */
function readParametricCurve(tag: Uint8Array): TransferCurve | undefined {
  const kind = uint16BE(tag, 8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined || 12 + count * 4 > tag.length) return undefined;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, index) =>
    fixed(tag, 12 + index * 4),
  );
  const power = (x: number): number => Math.max(0, a * x + b) ** g;
  switch (kind) {
    case 0:
      return createCurve((x) => x ** g);
    case 1:
      return createCurve((x) => (a * x + b >= 0 ? power(x) : 0));
    case 2:
      return createCurve((x) => (a * x + b >= 0 ? power(x) + c : c));
    case 3:
      return createCurve((x) => (x >= d ? power(x) : c * x));
    default:
      return createCurve((x) => (x >= d ? power(x) + e : c * x + f));
  }
}
