/**
 * Decodes a block of base64 by Node's own decoder, some four times as fast as script (docs/bench-wire.md). It passes over
 * what is no digit in silence, so only as many bytes as the block must have tell that all of it was digits.
 * @param ascii a multiple of four bytes
 */
export function decodeByBuffer(ascii: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(ascii.buffer, ascii.byteOffset, ascii.byteLength).toString('latin1');
  const bytes = Buffer.from(text, 'base64');
  return bytes.byteLength === (ascii.byteLength / 4) * 3 ? bytes : undefined;
}
