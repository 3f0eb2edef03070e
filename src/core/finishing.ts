import type { FinishedImage, Notice, ReceivedImage } from './events.ts';
import { throwIfCancelled } from './failure.ts';
import type { ImageFacts, ImageFormat } from './image/imageFacts.ts';
import { inspectImage } from './image/inspect.ts';
import { formatNames, pixelWords } from './imageWords.ts';
import type { PixelEngine, PixelProblem, PixelResult, PixelTask } from './image/pixelTask.ts';
import type { ImageRequest, OutputFormat } from './request.ts';

/** Of JPEG and WebP that are written here, but for masked edits: no difference is seen, and files stay small. */
const quality = 90;

/** A picture as it is saved, and what was done to it. */
export interface Finished {
  readonly image: FinishedImage;
  readonly notices: readonly Notice[];
}

/**
 * Makes what came what was asked for: its pixels exactly, its format, its background. An edit with a mask is put into its
 * original, whose size it takes. What needs no change stays as it came, byte for byte but for what follows its end marker;
 * what cannot be changed does, too, with a notice.
 * @throws cancelled
 */
export async function finishImage(
  received: ReceivedImage,
  request: ImageRequest,
  engine: PixelEngine,
  signal: AbortSignal,
): Promise<Finished> {
  const task = maskedTaskFor(received, request) ?? taskFor(received, request);
  if (task === undefined) return { image: asItCame(received), notices: [] };
  try {
    const result = await engine.run(task, signal);
    return finished(received, task, result);
  } catch (thrown) {
    throwIfCancelled(signal);
    return { image: asItCame(received), notices: notChanged(thrown, received.facts, task) };
  }
}

/** A picture without what follows its end marker. */
export function asItCame(received: ReceivedImage): FinishedImage {
  const { bytes, facts } = received;
  return { received, facts, bytes: bytes.subarray(0, facts.end) };
}

/** Of an edit with a mask: what is outside comes from the original, which also says format and size. */
function maskedTaskFor(
  { bytes, keyColour }: ReceivedImage,
  { references: [original], mask, outputFormat, background }: ImageRequest,
): PixelTask | undefined {
  if (mask === undefined || original === undefined) return undefined;
  const format = outputFormat ?? formatFor(original.format, background === 'transparent');
  return {
    bytes,
    ...(keyColour && { keyColour }),
    restoreOutside: { original: original.bytes, mask: mask.bytes },
    ...(background === 'transparent' && { checksTransparency: true }),
    output: { format, quality: 'lossless' },
  };
}

function taskFor(
  { bytes, facts, keyColour }: ReceivedImage,
  { size, outputFormat, background }: ImageRequest,
): PixelTask | undefined {
  const fits = size === undefined || (size.width === facts.width && size.height === facts.height);
  const isChanged = !fits || keyColour !== undefined || (outputFormat ?? facts.format) !== facts.format;
  const checksTransparency = background === 'transparent';
  // Only its pixels tell whether a picture with an alpha channel can be seen through.
  if (!isChanged && !checksTransparency && !facts.hasAlpha) return undefined;
  const format = outputFormat ?? formatFor(facts.format, keyColour !== undefined);
  return {
    bytes,
    ...(keyColour && { keyColour }),
    ...(!fits && { fit: { size } }),
    ...(checksTransparency && { checksTransparency }),
    ...(isChanged && { output: { format, quality } }),
  };
}

/** The format in which a picture is written that came in another: AVIF cannot be, and JPEG has no transparency. */
function formatFor(came: ImageFormat, becomesTransparent: boolean): OutputFormat {
  return came === 'avif' || (came === 'jpeg' && becomesTransparent) ? 'png' : came;
}

function finished(received: ReceivedImage, task: PixelTask, result: PixelResult): Finished {
  const { transparency, alpha } = result;
  const facts = result.bytes && inspectImage(result.bytes);
  // No background to take out, and nothing else to do: what was written again is what came.
  const isUnchanged =
    result.background !== undefined &&
    result.background !== 'removed' &&
    !task.fit &&
    !task.restoreOutside &&
    task.output?.format === received.facts.format;
  const image =
    isUnchanged || result.bytes === undefined || facts === undefined
      ? asItCame(received)
      : { received, facts, bytes: result.bytes };
  const notices = isUnchanged ? [] : changes(received.facts, task, result);
  const { cameAlpha } = result;
  const alphaNow = isUnchanged || result.bytes === undefined ? cameAlpha : alpha;
  return { image: { ...image, cameAlpha, alpha: alphaNow, ...(transparency && { transparency }) }, notices };
}

/** What was done, in a sentence each. */
function changes(facts: ImageFacts, task: PixelTask, result: PixelResult): readonly Notice[] {
  const { fit, output, restoreOutside } = task;
  const { crop, scale, decoded, background } = result;
  const notices: Notice[] = [];
  if (background === 'removed')
    notices.push({
      code: 'backgroundRemoved',
      message:
        'The background was made transparent on this machine: the model painted it in one colour, as it was asked to.',
    });
  if (crop !== undefined)
    notices.push({
      code: 'cropped',
      message: `${pixelWords(decoded)} came; it was cropped to ${pixelWords(crop)} for the shape of ${pixelWords(fit?.size ?? crop)}.`,
    });
  if (fit !== undefined && scale !== 'none')
    notices.push({
      code: scale === 'up' ? 'upscaled' : 'resized',
      message:
        scale === 'up'
          ? `${pixelWords(crop ?? decoded)} is less than ${pixelWords(fit.size)}: it was enlarged, and is less sharp than a picture made at that size.`
          : `${pixelWords(crop ?? decoded)} was scaled down to ${pixelWords(fit.size)}.`,
    });
  if (restoreOutside !== undefined && output !== undefined)
    notices.push(restored(facts, output.format, result));
  const conversion = output && conversionOf(facts, output.format, result);
  if (conversion !== undefined) notices.push({ code: 'converted', message: conversion });
  return notices;
}

/** That the original stands outside the mask; where it is not there to the last bit, that, and why. */
function restored(came: ImageFacts, written: OutputFormat, { scale, coloursConverted }: PixelResult): Notice {
  const scaled = scale === 'none' ? '' : `; ${pixelWords(came)} came and was scaled to its size`;
  const put = `Outside the mask the original was put back${scaled}`;
  const why =
    written === 'jpeg'
      ? 'JPEG keeps no pixel exactly; take PNG for that'
      : coloursConverted
        ? 'the original has other colours than 8-bit sRGB, and was converted'
        : undefined;
  return why === undefined
    ? { code: 'outsideRestored', message: `${put}, pixel by pixel.` }
    : { code: 'outsideNotExact', message: `${put}, but not to the last bit: ${why}.` };
}

/** What else was changed by writing the picture anew: its format, its colours, which way it stands. */
function conversionOf(
  { format: came }: ImageFacts,
  written: OutputFormat,
  { flattened, turned, coloursConverted }: PixelResult,
): string | undefined {
  const details = [
    flattened && 'its transparent parts on white',
    coloursConverted && 'its colours as 8-bit sRGB',
    turned && 'turned upright',
  ].filter((one) => one !== false);
  if (written !== came)
    return `${[`${formatNames[came]} came and was converted to ${formatNames[written]}`, ...details].join(', ')}.`;
  return details.length === 0 ? undefined : `The image was written anew: ${details.join(', ')}.`;
}

/** What is the matter with a picture: ends of sentences that begin with it. */
const problems: Readonly<Record<PixelProblem, string>> = {
  damaged: 'is damaged',
  tooLarge: 'is too large to be worked on',
  animated: 'is animated',
  profile: 'has a colour profile that cannot be converted',
  unsupported: 'is of a kind that cannot be decoded here',
  failed: 'made the decoder fail; see the log',
};

/** Where it was only to be looked at and transparency was not asked for, nobody misses anything. */
function notChanged(thrown: unknown, facts: ImageFacts, task: PixelTask): readonly Notice[] {
  const { output, fit, checksTransparency } = task;
  const problem = problems[problemOf(thrown)];
  const why = `it ${problem}`;
  if (output === undefined && checksTransparency === undefined) return [];
  if (output === undefined)
    return [
      { code: 'notConverted', message: `Whether the image is transparent could not be looked at: ${why}.` },
    ];
  if (task.restoreOutside !== undefined) return [outsideLost(facts, problem)];
  const asked = [fit && pixelWords(fit.size), formatNames[output.format]].filter((one) => one !== undefined);
  const came = `${pixelWords(facts)} ${formatNames[facts.format]}`;
  return [
    {
      code: 'notConverted',
      message: `The image could not be made ${asked.join(' ')}: ${why}. It was saved as it came, ${came}.`,
    },
  ];
}

/** @param problem of one of the three; which of them is not known here */
function outsideLost(facts: ImageFacts, problem: string): Notice {
  return {
    code: 'notConverted',
    message: `The pixels outside the mask may have changed: the original could not be put back, because it, its mask or the edit ${problem}. The edit was saved as it came, ${pixelWords(facts)} ${formatNames[facts.format]}.`,
  };
}

function problemOf(thrown: unknown): PixelProblem {
  const problem = (thrown as { problem?: unknown } | undefined)?.problem;
  return typeof problem === 'string' && Object.hasOwn(problems, problem)
    ? (problem as PixelProblem)
    : 'failed';
}
