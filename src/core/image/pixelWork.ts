import { alphaOf } from './alpha.ts';
import { isCodecError } from './codecs/codecError.ts';
import { decodeImage } from './codecs/decodeImage.ts';
import { encodeImage } from './codecs/encodeImage.ts';
import { cropRaster, resizeRaster } from './codecs/resize.ts';
import type { WasmModules } from './codecs/wasmModules.ts';
import { borderColour, flattenOn, padRaster } from './compose.ts';
import { fitInto } from './fit.ts';
import { focalPointOf } from './focalPoint.ts';
import { type KeyRemoval, removeKeyColour } from './keyColour.ts';
import { type Alpha, PixelError, type PixelResult, type PixelTask, type Transparency } from './pixelTask.ts';
import type { Size } from '../request.ts';
import type { Raster } from './raster.ts';
import { type Rgb, white } from './rgb.ts';
import { safeShare } from './safeShare.ts';
import { checkTransparency } from './transparency.ts';

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
  const { raster: came, facts, turned, coloursConverted } = await decodeImage(bytes, modules);
  await checkpoint();
  const decoded = { width: came.width, height: came.height };
  const cameAlpha = alphaUse(came, facts.hasAlpha);
  const removal = keyColour && removeKeyColour(came, keyColour);
  const { crop, scale } = fit
    ? fitInto(decoded, fit.size, fit.focalPoint ?? focalPointOf(came, fit.size))
    : { crop: undefined, scale: 'none' as const };
  const isCropped = crop !== undefined && (crop.width !== decoded.width || crop.height !== decoded.height);
  let raster = isCropped ? cropRaster(came, crop) : came;
  if (fit !== undefined) raster = resized(raster, fit.size, task.ground);
  const alpha = alphaUse(raster, facts.hasAlpha || removal?.ok === true);
  const transparency =
    task.checksTransparency && transparencyOf(raster, removal?.ok ? removal.colour : undefined);
  await checkpoint();
  const encoded = output && (await encodeImage(raster, output.format, modules, output.quality));
  return {
    ...(encoded && { bytes: encoded.bytes }),
    decoded,
    ...(isCropped && { crop }),
    scale,
    flattened: encoded?.flattened ?? false,
    ...{ cameAlpha, turned, coloursConverted },
    alpha: encoded === undefined || encoded.hasAlpha ? alpha : 'none',
    ...(removal && { background: backgroundAfter(removal) }),
    ...(transparency && { transparency }),
  };
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
