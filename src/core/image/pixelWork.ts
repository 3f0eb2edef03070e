import { isCodecError } from './codecs/codecError.ts';
import { decodeImage } from './codecs/decodeImage.ts';
import { encodeImage } from './codecs/encodeImage.ts';
import { cropRaster, resizeRaster } from './codecs/resize.ts';
import type { WasmModules } from './codecs/wasmModules.ts';
import { fitInto } from './fit.ts';
import { removeKeyColour } from './keyColour.ts';
import { PixelError, type PixelResult, type PixelTask } from './pixelTask.ts';
import type { Raster } from './raster.ts';
import { borderColour, padRaster } from './rasterParts.ts';
import { alphaOf, transparencyOf } from './transparency.ts';

const white = { red: 255, green: 255, blue: 255 };

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
  const { bytes, keyColour, fit, output } = task;
  const { raster: came, facts } = await decodeImage(bytes, modules);
  await checkpoint();
  const decoded = { width: came.width, height: came.height };
  const background = keyColour && removeKeyColour(came, keyColour);
  const { crop, scale } = fit
    ? fitInto(decoded, fit.size, fit.focalPoint)
    : { crop: undefined, scale: 'none' as const };
  const isCropped = crop !== undefined && (crop.width !== decoded.width || crop.height !== decoded.height);
  let raster = isCropped ? cropRaster(came, crop) : came;
  if (fit !== undefined) raster = resizeRaster(raster, fit.size.width, fit.size.height);
  if (task.ground !== undefined) raster = onGround(raster, task.ground);
  const hadAlpha = facts.hasAlpha || background === 'removed';
  const alpha = alphaOf(raster, hadAlpha);
  const key = background === 'removed' ? keyColour : undefined;
  const transparency = task.checksTransparency && transparencyOf(raster, key);
  await checkpoint();
  const encoded = output && (await encodeImage(raster, output.format, modules, output.quality));
  return {
    ...(encoded && { bytes: encoded.bytes }),
    decoded,
    ...(isCropped && { crop }),
    scale,
    flattened: encoded?.flattened ?? false,
    alpha: encoded === undefined ? alpha : encoded.hasAlpha ? 'used' : 'none',
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
