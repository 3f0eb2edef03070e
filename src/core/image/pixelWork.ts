import { inflateBounded } from './inflateBounded.ts';
import type { Codecs } from './codecs/codecs.ts';
import { readMatrixProfile, toSrgb } from './colourProfile.ts';
import { fitInto } from './fit.ts';
import type { ImageFacts } from './imageFacts.ts';
import { inspectImage } from './inspect.ts';
import { removeKeyColour } from './keyColour.ts';
import { upright } from './orientation.ts';
import { PixelError, type PixelResult, type PixelTask } from './pixelTask.ts';
import type { Raster } from './raster.ts';
import { borderColour, cropRaster, flattenOn, padRaster } from './rasterParts.ts';
import { readTraits } from './readTraits.ts';
import type { Traits } from './traits.ts';
import { alphaOf, transparencyOf } from './transparency.ts';

/** Most pixels of a picture that is decoded or made: 64 million, 256 MiB decoded. */
export const mostPixels = 64_000_000;
/** No profile of a screen is larger. */
const mostProfileBytes = 4 * 2 ** 20;
const white = { red: 255, green: 255, blue: 255 };

/**
 * Does a task: decodes once, works on the pixels, encodes once. What is written is 8-bit sRGB, upright.
 * @throws PixelError
 */
export async function workOn(task: PixelTask, codecs: Codecs): Promise<PixelResult> {
  const { bytes, keyColour, fit, output } = task;
  const facts = factsOf(task);
  const traits = readTraits(bytes, facts.format);
  if (traits.isAnimated) throw new PixelError('animated', 'more than one picture');
  if (traits.problem !== undefined && output !== undefined)
    throw new PixelError(traits.problem, 'not of sRGB');
  const stored = await codecs.decode(bytes, facts.format);
  if (stored.width * stored.height > mostPixels) throw new PixelError('tooLarge', 'more than it said');
  let raster = upright(stored, traits.orientation);
  const decoded = { width: raster.width, height: raster.height };
  if (output !== undefined) await applyProfile(raster, traits);
  const background = keyColour && removeKeyColour(raster, keyColour);
  const { crop, scale } = fit
    ? fitInto(decoded, fit.size, fit.focalPoint)
    : { crop: undefined, scale: 'none' as const };
  if (crop !== undefined) raster = cropRaster(raster, crop);
  if (fit !== undefined && scale !== 'none') raster = await codecs.resize(raster, fit.size);
  if (task.ground !== undefined) raster = onGround(raster, task.ground);
  const isCropped = crop !== undefined && (crop.width !== decoded.width || crop.height !== decoded.height);
  const hadAlpha = facts.hasAlpha || background === 'removed';
  const transparency =
    task.checksTransparency && transparencyOf(raster, background === 'removed' ? keyColour : undefined);
  const flattened = output?.format === 'jpeg' && alphaOf(raster, hadAlpha) === 'used';
  if (flattened) flattenOn(raster, white);
  return {
    ...(output && { bytes: await codecs.encode(raster, output.format, output.quality) }),
    decoded,
    ...(isCropped && { crop }),
    scale,
    flattened,
    alpha: output?.format === 'jpeg' ? 'none' : alphaOf(raster, hadAlpha),
    ...(background && { background }),
    ...(transparency && { transparency }),
  };
}

/** What can be seen through stays so beside the picture, unless it is to be opaque. */
function onGround(raster: Raster, { size, isOpaque }: NonNullable<PixelTask['ground']>): Raster {
  const hasAlpha = alphaOf(raster, true) === 'used';
  const ground = hasAlpha ? white : borderColour(raster);
  return padRaster(raster, size.width, size.height, isOpaque || !hasAlpha ? ground : undefined);
}

/** Before anything is decoded: what a file says of its size is enough to refuse it. */
function factsOf({ bytes, fit }: PixelTask): ImageFacts {
  const facts = inspectImage(bytes);
  if (facts?.complete !== true) throw new PixelError('damaged', 'not a whole picture');
  if (facts.width * facts.height > mostPixels) throw new PixelError('tooLarge', 'too many pixels came');
  if (fit !== undefined && fit.size.width * fit.size.height > mostPixels)
    throw new PixelError('tooLarge', 'too many pixels are wanted');
  return facts;
}

async function applyProfile(raster: Raster, { profile }: Traits): Promise<void> {
  if (profile === undefined) return;
  const icc = profile.isDeflated ? await inflateBounded(profile.bytes, mostProfileBytes) : profile.bytes;
  const matrix = icc && readMatrixProfile(icc);
  if (matrix === undefined) throw new PixelError('profile', 'a profile of another kind');
  toSrgb(raster.data, matrix);
}
