import { type Caption, layoutCaption } from './caption.ts';
import { drawCity } from './city.ts';
import { drawHills, drawPeaks, drawSea } from './landscapes.ts';
import type { Layer } from './layers.ts';
import { type Pace, createPace } from './pace.ts';
import { type Palette, choosePalette } from './palette.ts';
import { drawArches, drawBands, drawTiles } from './posters.ts';
import { createRandom, pick } from './random.ts';
import { type Pixels, paint } from './raster.ts';
import type { Stage } from './scenery.ts';

/** What a sketch is made from; the same values always make the same picture. */
export interface SketchRequest {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed?: number | undefined;
  /** Which of a request's pictures it is. */
  readonly index?: number | undefined;
  readonly background?: 'transparent' | 'opaque' | undefined;
  /** For an edited picture: anything that tells it from others. It is then labelled as an edit. */
  readonly editOf?: string | undefined;
}

/** A sketch that is thought out but not yet painted. */
export interface SketchPlan {
  readonly width: number;
  readonly height: number;
  readonly composition: string;
  readonly palette: Palette;
  readonly caption: Caption | undefined;
  readonly layers: readonly Layer[];
}

const compositions = {
  hills: drawHills,
  peaks: drawPeaks,
  sea: drawSea,
  city: drawCity,
  tiles: drawTiles,
  arches: drawArches,
  bands: drawBands,
} as const satisfies Readonly<Record<string, (stage: Stage) => Layer[]>>;
type Composition = keyof typeof compositions;

/** Words of a prompt that speak for a composition. */
const subjects: readonly (readonly [RegExp, readonly [Composition, ...Composition[]]])[] = [
  [/\b(city|street|building|skyline|tower|downtown|urban|cyberpunk)/i, ['city']],
  [/\b(sea|ocean|beach|lake|whale|boat|ship|sail|wave|harbou?r|coast)/i, ['sea', 'sea', 'bands']],
  [/\b(mountain|alps?\b|peak|snow|glacier|summit|winter)/i, ['peaks']],
  [/\b(forest|hill|field|valley|landscape|tree|meadow|fox|dune|desert)/i, ['hills', 'hills', 'bands']],
  [/\b(icon|logo|diagram|abstract|pattern|chart|architecture|tiles?\b|geometric)/i, ['tiles', 'arches']],
];

/** Chooses composition, colours and words. Nothing in it hangs on the size, so all sizes look alike. */
export function planSketch(request: SketchRequest): SketchPlan {
  const { width, height } = request;
  const prompt = request.prompt.normalize('NFC').replace(/\s+/g, ' ').trim();
  const random = createRandom(
    JSON.stringify([prompt, request.seed ?? null, request.index ?? 0, request.editOf ?? null]),
  );
  const palette = choosePalette(prompt, random);
  const anyOne = pick<Composition>(random, ['hills', ...(Object.keys(compositions) as Composition[])]);
  const subject = subjects.find(([words]) => words.test(prompt));
  const composition = subject && random() < 0.85 ? pick(random, subject[1]) : anyOne;
  const transparent = request.background === 'transparent';
  const unit = Math.min(width, height);
  const shapes = compositions[composition]({ width, height, unit, random, palette, transparent });
  const tags = [
    ...(request.editOf === undefined ? [] : ['offline sketch • edit']),
    'offline sketch',
    'sketch',
  ];
  const caption = layoutCaption({ prompt, tags, width, height, palette, transparent });
  return { width, height, composition, palette, caption, layers: [...shapes, ...(caption?.layers ?? [])] };
}

/** Paints a plan in full. */
export function paintSketch(plan: SketchPlan, pace: Pace): Promise<Pixels> {
  return paint(plan.layers, plan, pace);
}

/**
 * Paints a plan coarsely, as a frame of a picture that is still being drawn.
 * @param columns about how many blocks the longer side has
 */
export function paintFrame(plan: SketchPlan, columns: number, pace: Pace): Promise<Pixels> {
  const longest = Math.max(plan.width, plan.height);
  const step = Math.max(1, Math.round(longest / columns));
  // Frames of large pictures stay small; those of usual sizes are about as large as the picture.
  const block = Math.min(step, Math.max(1, Math.floor(1344 / (longest / step))));
  return paint(plan.layers, plan, pace, step, block);
}

/** Draws a sketch: RGBA, row by row. Lets the event loop in; rejects with the signal's reason. */
export async function drawSketch(
  request: SketchRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Uint8Array> {
  return (await paintSketch(planSketch(request), createPace(signal))).rgba;
}
