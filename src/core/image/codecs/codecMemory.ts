/** Every codec's own tables and stack, generously. */
const base = 64 * 1024 * 1024;

/**
 * The bytes a codec's memory may grow to: several times what it was measured to take for a picture as claimed
 * (docs/codecs.md). A file whose inside is larger than its header says ends here.
 */
export function memoryLimit(pixels: number, bytesPerPixel: number, fileLength = 0): number {
  return base + pixels * bytesPerPixel + fileLength * 3;
}
