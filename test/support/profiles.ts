import { ascii, bytesOf, pngChunk, uint32 } from './pictureBytes.ts';

const fixed = (value: number) => uint32(Math.round(value * 65_536) >>> 0);

/** Columns in XYZ of D50, from the profiles of Apple (Display P3) and the ICC (sRGB). */
const primaries = {
  p3: [0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407],
  srgb: [0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141],
} as const;

/** An ICC profile by matrix and sRGB's curve. */
export function displayP3({
  primaries: kind = 'p3',
}: { primaries?: keyof typeof primaries } = {}): Uint8Array {
  const [rx = 0, ry = 0, rz = 0, gx = 0, gy = 0, gz = 0, bx = 0, by = 0, bz = 0] = primaries[kind];
  const xyz = (x: number, y: number, z: number) =>
    bytesOf(ascii('XYZ '), uint32(0), fixed(x), fixed(y), fixed(z));
  const curve = bytesOf(
    ascii('para'),
    uint32(0),
    Uint8Array.of(0, 3, 0, 0),
    ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed),
  );
  const parts = [xyz(rx, ry, rz), xyz(gx, gy, gz), xyz(bx, by, bz), curve];
  const start = 132 + 6 * 12;
  const offsets = parts.map(
    (_, index) => start + parts.slice(0, index).reduce((sum, part) => sum + part.length, 0),
  );
  const entries = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'].map((name, index) => {
    const part = Math.min(index, 3);
    return bytesOf(ascii(name), uint32(offsets[part] ?? 0), uint32(parts[part]?.length ?? 0));
  });
  const header = new Uint8Array(128);
  header.set(ascii('mntrRGB XYZ '), 12);
  header.set(ascii('acsp'), 36);
  return bytesOf(header, uint32(6), ...entries, ...parts);
}

/** A picture that says how it is turned. @param orientation 1 to 8 */
export function exifOf(bytes: Uint8Array, format: 'jpeg' | 'png' | 'webp', orientation: number): Uint8Array {
  const tiff = bytesOf(
    ascii('MM\0*'),
    uint32(8),
    Uint8Array.of(0, 1),
    Uint8Array.of(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0),
    uint32(0),
  );
  if (format === 'png') return bytesOf(bytes.subarray(0, 33), pngChunk('eXIf', tiff), bytes.subarray(33));
  if (format === 'jpeg') {
    const body = bytesOf(ascii('Exif\0\0'), tiff);
    const length = body.length + 2;
    return bytesOf(
      bytes.subarray(0, 2),
      Uint8Array.of(0xff, 0xe1, length >> 8, length & 255),
      body,
      bytes.subarray(2),
    );
  }
  return extendedWebp(bytes, tiff);
}

/** A simple WebP with a VP8X chunk before it and Exif behind it. */
function extendedWebp(bytes: Uint8Array, tiff: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const isExtended = ascii('VP8X').every((letter, index) => bytes[12 + index] === letter);
  const little = (value: number, length = 4) =>
    Uint8Array.from({ length }, (_, index) => (value >>> (8 * index)) & 255);
  const width = isExtended ? 0 : (view.getUint16(26, true) & 0x3fff) - 1;
  const height = isExtended ? 0 : (view.getUint16(28, true) & 0x3fff) - 1;
  const header = isExtended
    ? bytes.subarray(12)
    : bytesOf(
        ascii('VP8X'),
        little(10),
        Uint8Array.of(8, 0, 0, 0),
        little(width, 3),
        little(height, 3),
        bytes.subarray(12),
      );
  const body = bytesOf(ascii('WEBP'), header, ascii('EXIF'), little(tiff.length), tiff);
  return bytesOf(ascii('RIFF'), little(body.length), body);
}
