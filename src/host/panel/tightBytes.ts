/**
 * Bytes as they may travel to a page: a plain array that has its buffer to itself. A view would ship the whole of its
 * buffer, and Node's Buffer would arrive as JSON; what is neither is not copied, because a picture has megabytes.
 */
export function tightBytes(bytes: Uint8Array): Uint8Array {
  const isPlain = Object.getPrototypeOf(bytes) === Uint8Array.prototype;
  return isPlain && bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
