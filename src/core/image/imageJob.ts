import { decodeImage, defaultLimits } from './codecs/decodeImage.ts';
import type { ImageLimits } from './codecs/decodeImage.ts';
import { encodeImage } from './codecs/encodeImage.ts';
import type { EncodedImage, OutputFormat } from './codecs/encodeImage.ts';
import { cropRaster, resizeRaster } from './codecs/resize.ts';
import type { WasmModules } from './codecs/wasmModules.ts';
import type { Raster, Rectangle } from './raster.ts';

/** One thing to do with the pixels, in the order given. */
export type ImageStep =
  { readonly crop: Rectangle } | { readonly resize: { readonly width: number; readonly height: number } };

interface JobInput {
  /** A picture's file, or pixels. Pixels are given away: an engine with a thread leaves them empty. */
  readonly source: Uint8Array | Raster;
  readonly steps?: readonly ImageStep[];
  readonly limits?: ImageLimits;
}

/** From a file or pixels to a file, in one go. */
export interface EncodeJob extends JobInput {
  readonly output: { readonly format: OutputFormat; readonly quality?: number };
}

/** From a file or pixels to pixels, for whoever looks at them. */
export interface RasterJob extends JobInput {
  readonly output: { readonly format: 'raster' };
}

export type ImageJob = EncodeJob | RasterJob;

/** What had to be done to the source to have it as 8-bit sRGB, upright. */
interface SourceChanges {
  readonly turned: boolean;
  readonly coloursConverted: boolean;
}

export interface EncodedResult extends EncodedImage, SourceChanges {}

export interface RasterResult extends SourceChanges {
  readonly format: 'raster';
  readonly raster: Raster;
}

export type ImageJobResult<Job extends ImageJob = ImageJob> = Job extends EncodeJob
  ? EncodedResult
  : RasterResult;

/** What runs jobs: a thread in the Node host, the host's own thread in the browser. */
export interface ImageEngine {
  /**
   * Runs a job after those given before it.
   * @throws CodecError; RangeError for a step, size or quality that makes no sense; the signal's reason when
   *   aborted; Error where the codecs' own files cannot be read
   */
  run<Job extends ImageJob>(job: Job, signal: AbortSignal): Promise<ImageJobResult<Job>>;
  /** Ends what runs and takes no more. */
  dispose(): void;
}

/**
 * Decodes, crops and resizes, and encodes.
 * @param checkpoint called between the steps; what it throws ends the job
 * @throws CodecError; RangeError for a step, size or quality that makes no sense
 */
export async function runImageJob<Job extends ImageJob>(
  job: Job,
  modules: WasmModules,
  checkpoint: () => void | Promise<void> = () => undefined,
): Promise<ImageJobResult<Job>> {
  const { source, steps = [], limits = defaultLimits, output } = job;
  const opened =
    source instanceof Uint8Array
      ? await decodeImage(source, modules, limits)
      : { raster: source, turned: false, coloursConverted: false };
  const { turned, coloursConverted } = opened;
  let { raster } = opened;
  for (const step of steps) {
    await checkpoint();
    raster =
      'crop' in step
        ? cropRaster(raster, step.crop)
        : resizeRaster(raster, step.resize.width, step.resize.height, limits.maxPixels);
  }
  await checkpoint();
  const result =
    output.format === 'raster'
      ? { format: output.format, raster }
      : await encodeImage(raster, output.format, modules, output.quality);
  return { ...result, turned, coloursConverted } as ImageJobResult<Job>;
}
