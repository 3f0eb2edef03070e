import type { Notice, ReceivedImage } from './events.ts';
import { outsideWords } from './outsideText.ts';
import type { ImageRequest } from './request.ts';
import { hasRatio, ratioText } from './size.ts';

/**
 * Compares one received picture with what was asked for.
 * @returns a notice for every difference; empty when all is as asked
 */
export function compareImage(request: ImageRequest, image: ReceivedImage): readonly Notice[] {
  const { facts, revisedPrompt } = image;
  const notices: Notice[] = [];
  const came = `${facts.width}×${facts.height}`;
  if (
    request.size !== undefined &&
    (request.size.width !== facts.width || request.size.height !== facts.height)
  ) {
    notices.push({
      code: 'sizeDiffers',
      message: `${request.size.width}×${request.size.height} was asked for, ${came} came.`,
    });
  } else if (
    request.size === undefined &&
    request.aspectRatio !== undefined &&
    !hasRatio(facts, request.aspectRatio)
  ) {
    const asked = ratioText(request.aspectRatio);
    notices.push({
      code: 'aspectRatioDiffers',
      message: `The aspect ratio ${asked} was asked for, ${came} came.`,
    });
  }
  if (request.outputFormat !== undefined && request.outputFormat !== facts.format) {
    notices.push({
      code: 'formatDiffers',
      message: `${request.outputFormat.toUpperCase()} was asked for, ${facts.format.toUpperCase()} came and was saved as such.`,
    });
  }
  if (request.background === 'transparent' && !facts.hasAlpha) {
    notices.push({
      code: 'noTransparency',
      message: 'A transparent background was asked for, but the image has none.',
    });
  }
  if (revisedPrompt !== undefined && revisedPrompt.trim() !== '' && revisedPrompt !== request.prompt) {
    notices.push({
      code: 'promptRevised',
      message: `The model worked from another prompt: “${outsideWords(revisedPrompt)}”`,
    });
  }
  return notices;
}

/** Compares how many pictures came with how many were asked for. */
export function compareCount(request: ImageRequest, count: number): readonly Notice[] {
  const asked = request.n ?? 1;
  // A model that sends several where no number was given did nothing wrong, but the person should know.
  if (count === asked) return [];
  return [
    {
      code: 'countDiffers',
      message: `${asked} ${asked === 1 ? 'image was' : 'images were'} asked for, ${count} came.`,
    },
  ];
}
