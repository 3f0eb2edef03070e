import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { drawStrokes } from './drawStrokes.ts';
import type { Size } from './viewport.ts';

/** Tells how much of a picture is marked. */
export interface MarkMeter {
  /** Takes what was drawn on top of what it has. */
  readonly add: (strokes: readonly MaskStroke[]) => void;
  /** Begins anew. */
  readonly reset: (strokes: readonly MaskStroke[]) => void;
  /** 0 to 1; 0 only where nothing is marked. */
  readonly share: () => number;
}

/** Enough for a percentage, and little enough to be read after every stroke. */
const mostSide = 512;

/** Makes a meter for a picture, with nothing marked. */
export function createMarkMeter({ width, height }: Size): MarkMeter {
  const scale = Math.min(1, mostSide / Math.max(width, height));
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const context = new OffscreenCanvas(across, down).getContext('2d', { willReadFrequently: true });
  context?.scale(across / width, down / height);
  let known: number | undefined = 0;
  const add = (strokes: readonly MaskStroke[]) => {
    if (context) drawStrokes(context, strokes);
    known = undefined;
  };
  const measure = () => {
    if (!context) return 0;
    const { data } = context.getImageData(0, 0, across, down);
    let sum = 0;
    for (let at = 3; at < data.length; at += 4) sum += data[at] ?? 0;
    return sum / (255 * across * down);
  };
  return {
    add,
    reset: (strokes) => {
      context?.clearRect(0, 0, width, height);
      add(strokes);
    },
    share: () => (known ??= measure()),
  };
}
