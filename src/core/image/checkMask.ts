import { invalidArguments } from '../failure.ts';
import { pixelWords } from '../imageWords.ts';
import type { ReferenceImage } from '../request.ts';
import { inspectImage } from './inspect.ts';
import { mostMaskedPixels } from './maskedEdit.ts';
import type { PixelEngine } from './pixelTask.ts';

/**
 * Looks whether a mask fits the picture that it is for, before anything is sent.
 * @param original the first reference
 * @returns where it lets the picture be edited, in words (`describeRegion`)
 * @throws invalidArguments where it has another size, marks nothing or cannot be read
 */
export async function checkMask(
  mask: ReferenceImage,
  original: ReferenceImage,
  engine: PixelEngine,
  signal: AbortSignal,
): Promise<string> {
  const [of, size] = [inspectImage(original.bytes), inspectImage(mask.bytes)];
  if (of === undefined || size === undefined) throw invalidArguments('The mask is no image.');
  if (of.width !== size.width || of.height !== size.height)
    throw invalidArguments(
      `The mask has ${pixelWords(size)} pixels, but the image that it is for has ${pixelWords(of)}; they must be as large.`,
    );
  // Afterwards, paid for, the outside could not be put back.
  if (of.width * of.height > mostMaskedPixels)
    throw invalidArguments(
      `The image has ${pixelWords(of)} pixels, which is too large for an edit with a mask: 33 megapixels are the most.`,
    );
  const { maskRegion } = await engine.run({ bytes: mask.bytes, describesMask: true }, signal).catch(() => {
    throw invalidArguments(
      'The mask cannot be read: it is damaged, animated or too large; give a PNG with transparency.',
    );
  });
  if (maskRegion !== undefined) return maskRegion;
  throw invalidArguments(
    'The mask marks nothing: it must be transparent where the image is to be changed, and nowhere is it.',
  );
}
