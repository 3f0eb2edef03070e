import type { OutputFormat, Size } from '../request.ts';
import type { MaskStroke } from './maskStroke.ts';
import type { Quality } from './codecs/encodeImage.ts';
import type { Rectangle } from './raster.ts';
import type { Rgb } from './rgb.ts';

/** A place in a picture that stays in view: fractions of its width and height, from the top left. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** What is to be done with the pixels of one picture, in one go: it is decoded once. */
export interface PixelTask {
  /** PNG, JPEG, WebP or AVIF. */
  readonly bytes: Uint8Array;
  /** Draws a mask in the picture's place, in its size (`drawMask`); it is written as a PNG with an alpha channel. */
  readonly maskStrokes?: readonly MaskStroke[];
  /** Puts the picture, an edit, into the one that it was made of (`composeMaskedEdit`). Exact where it is written losslessly. */
  readonly restoreOutside?: {
    readonly original: Uint8Array;
    /** A picture of the original's size, transparent where the edit is to be seen. */ readonly mask: Uint8Array;
  };
  /** Takes the flat background, of about this colour, out. */
  readonly keyColour?: Rgb;
  /** Crops around the focal point, by itself where most is to be seen, and resamples to exactly this size. */
  readonly fit?: { readonly size: Size; readonly focalPoint?: FocalPoint };
  /** Scales the whole picture down until no side is longer than so many pixels; never up. */
  readonly mostSide?: number;
  /**
   * Lays the picture on the colour of its border, else on white: nothing can be seen through. Maskable: it is made
   * smaller before, so that all that is visible of it lies in the circle that every mask leaves.
   */
  readonly ground?: 'plain' | 'maskable';
  /** Whether it is looked at how transparent the picture is, in the end. */
  readonly checksTransparency?: true;
  /** Whether it is put into words where the picture, a mask, can be seen through. */
  readonly describesMask?: true;
  /** Absent: nothing is written, the picture is only looked at. */
  readonly output?: {
    readonly format: OutputFormat;
    readonly quality: Quality;
  };
}

/** How transparent a picture is that ought to be. */
export type Transparency =
  | { readonly ok: true }
  /** `checkerboard`: painted; `fringe`: the key colour is left at the edges; `empty`: nothing else is left. */
  | { readonly ok: false; readonly reason: 'opaque' | 'checkerboard' | 'fringe' | 'empty' };

/** Whether a picture can be seen through: `unused` is an alpha channel that is opaque everywhere. */
export type Alpha = 'none' | 'unused' | 'used';

export interface PixelResult {
  /** The picture, where one was to be written. */
  readonly bytes?: Uint8Array;
  /** Of the decoded picture, upright. */
  readonly decoded: Size;
  /** What was left of it before it was resampled; absent where nothing was cut off. */
  readonly crop?: Rectangle;
  readonly scale: 'none' | 'down' | 'up';
  /** Whether transparent parts were put on white: JPEG has none. */
  readonly flattened: boolean;
  /** What became of the background that was to be taken out; absent where it was not asked for. */
  readonly background?: 'removed' | 'notFlat' | 'wasTransparent';
  /** Of the picture as it came, and in the end. */
  readonly cameAlpha: Alpha;
  readonly alpha: Alpha;
  /** It, or the original that it was put into, was stored lying or mirrored, and now is upright. */
  readonly turned: boolean;
  /** Its colours, or those of the original that it was put into, were not 8-bit sRGB, and now are. */
  readonly coloursConverted: boolean;
  readonly transparency?: Transparency;
  /** Where the mask lets a picture be edited; absent where nowhere, and where it was not asked for (`describeRegion`). */
  readonly maskRegion?: string;
}

/** Why a picture could not be worked on. */
export type PixelProblem = 'damaged' | 'tooLarge' | 'animated' | 'profile' | 'unsupported' | 'failed';

/** What a task rejects with, besides `cancelled`. */
export class PixelError extends Error {
  readonly problem: PixelProblem;

  constructor(problem: PixelProblem, message: string) {
    super(message);
    this.name = 'PixelError';
    this.problem = problem;
  }
}

/** Works on pixels, away from whoever waits. Rejects with a PixelError, or the signal's reason. */
export interface PixelEngine {
  run(task: PixelTask, signal: AbortSignal): Promise<PixelResult>;
}
