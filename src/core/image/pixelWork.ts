import { alphaOf } from './alpha.ts';
import { isCodecError } from './codecs/codecError.ts';
import { type DecodedImage, decodeImage } from './codecs/decodeImage.ts';
import { encodeImage } from './codecs/encodeImage.ts';
import { cropRaster, resizeRaster } from './codecs/resize.ts';
import type { WasmModules } from './codecs/wasmModules.ts';
import { encodePng } from './codecs/pngEncoder.ts';
import { borderColour, flattenOn, padRaster } from './compose.ts';
import { fitInto, sizeWithin } from './fit.ts';
import { focalPointOf } from './focalPoint.ts';
import { type KeyRemoval, removeKeyColour } from './keyColour.ts';
import { composeMaskedEdit, mostMaskedPixels } from './maskedEdit.ts';
import { describeRegion } from './maskRegion.ts';
import { drawMask } from './maskStrokes.ts';
import { type Alpha, PixelError, type PixelResult, type PixelTask, type Transparency } from './pixelTask.ts';
import type { Size } from '../request.ts';
import type { Raster, Rectangle } from './raster.ts';
import { type Rgb, white } from './rgb.ts';
import { safeShare } from './safeShare.ts';
import { checkTransparency } from './transparency.ts';

const maskedLimits = { maxPixels: mostMaskedPixels };

/**
 * Does a task: decodes once, works on the pixels, encodes once. What is written is 8-bit sRGB, upright.
 * @param checkpoint waited for between the steps: memory may be freed there
 * @throws PixelError, or what reading the codecs' own files fails with
 */
export async function workOn(
  task: PixelTask,
  modules: WasmModules,
  checkpoint: () => Promise<void> = () => Promise.resolve(),
): Promise<PixelResult> {
  try {
    return await work(task, modules, checkpoint);
  } catch (thrown) {
    throw isCodecError(thrown) ? new PixelError(thrown.reason, thrown.message) : thrown;
  }
}

async function work(
  task: PixelTask,
  modules: WasmModules,
  checkpoint: () => Promise<void>,
): Promise<PixelResult> {
  const { bytes, keyColour, output, maskStrokes } = task;
  const edit = await decodeImage(bytes, modules);
  const { raster: came, facts } = edit;
  await checkpoint();
  const decoded = { width: came.width, height: came.height };
  const cameAlpha = alphaUse(came, facts.hasAlpha);
  const removal = keyColour && removeKeyColour(came, keyColour);
  const { raster: whole, turned, coloursConverted } = await replaced(edit, task, modules, checkpoint);
  const { raster, crop, scale } = fitted(whole, task);
  const alpha = alphaUse(raster, facts.hasAlpha || whole !== came || removal?.ok === true);
  const transparency =
    task.checksTransparency && transparencyOf(raster, removal?.ok ? removal.colour : undefined);
  const maskRegion = task.describesMask && describeRegion(raster);
  await checkpoint();
  // A mask has its alpha channel even where nothing is marked.
  const isMask = maskStrokes !== undefined;
  const encoded =
    output &&
    (isMask
      ? { bytes: await encodePng(raster, false), hasAlpha: true, flattened: false }
      : await encodeImage(raster, output.format, modules, output.quality));
  return {
    ...(encoded && { bytes: encoded.bytes }),
    decoded,
    ...(crop && { crop }),
    scale: task.restoreOutside === undefined ? scale : scaleOf(decoded, raster),
    flattened: encoded?.flattened ?? false,
    ...{ cameAlpha, turned, coloursConverted },
    alpha: encoded === undefined || encoded.hasAlpha ? alpha : 'none',
    ...(removal && { background: backgroundAfter(removal) }),
    ...(transparency && { transparency }),
    ...(maskRegion !== undefined && { maskRegion }),
  };
}

/** What a task puts in the picture's place, if anything. */
async function replaced(
  came: DecodedImage,
  { maskStrokes, restoreOutside }: PixelTask,
  modules: WasmModules,
  checkpoint: () => Promise<void>,
): Promise<Pick<DecodedImage, 'raster' | 'turned' | 'coloursConverted'>> {
  const { width, height } = came.raster;
  if (maskStrokes !== undefined) return { ...came, raster: drawMask(width, height, maskStrokes) };
  if (restoreOutside === undefined) return came;
  const original = await decodeImage(restoreOutside.original, modules, maskedLimits);
  await checkpoint();
  const mask = await decodeImage(restoreOutside.mask, modules, maskedLimits);
  await checkpoint();
  return { ...original, raster: composeMaskedEdit(original.raster, came.raster, mask.raster) };
}

interface Fitted {
  readonly raster: Raster;
  /** Absent where nothing was cut off. */
  readonly crop?: Rectangle;
  readonly scale: PixelResult['scale'];
}

/** The raster in the size and on the ground that the task wants. */
function fitted(whole: Raster, { fit, ground, mostSide }: PixelTask): Fitted {
  const size = fit?.size ?? (mostSide === undefined ? undefined : sizeWithin(whole, mostSide));
  const { crop, scale } = fit
    ? fitInto(whole, fit.size, fit.focalPoint ?? focalPointOf(whole, fit.size))
    : { scale: scaleOf(whole, size ?? whole) };
  const isCropped = crop !== undefined && (crop.width !== whole.width || crop.height !== whole.height);
  let raster = isCropped ? cropRaster(whole, crop) : whole;
  if (size !== undefined) raster = resized(raster, size, ground);
  return { raster, scale, ...(isCropped && { crop }) };
}

function scaleOf(came: Size, { width, height }: Size): PixelResult['scale'] {
  if (came.width === width && came.height === height) return 'none';
  return came.width < width || came.height < height ? 'up' : 'down';
}

/** A picture that came with a transparent background needs none taken out. */
function backgroundAfter(removal: KeyRemoval): NonNullable<PixelResult['background']> {
  if (removal.ok) return 'removed';
  return removal.reason === 'hasAlpha' ? 'wasTransparent' : 'notFlat';
}

/** @param hasChannel whether there is an alpha channel at all */
function alphaUse(raster: Raster, hasChannel: boolean): Alpha {
  if (!hasChannel) return 'none';
  return alphaOf(raster).isUsed ? 'used' : 'unused';
}

function transparencyOf(raster: Raster, key: Rgb | undefined): Transparency {
  const check = checkTransparency(raster, key);
  return check.ok ? { ok: true } : { ok: false, reason: check.reason };
}

function resized(raster: Raster, { width, height }: Size, ground: PixelTask['ground']): Raster {
  if (ground === undefined) return resizeRaster(raster, width, height);
  const colour = alphaOf(raster).isUsed ? white : (borderColour(raster) ?? white);
  const share = ground === 'maskable' ? safeShare(raster) : 1;
  const inner = resizeRaster(raster, sideOf(width, share), sideOf(height, share));
  return padRaster(flattenOn(inner, colour), { width, height }, colour);
}

function sideOf(side: number, share: number): number {
  return Math.max(1, Math.floor(side * share));
}
