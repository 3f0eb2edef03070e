import { mix } from './colour.ts';
import { type Layer, card, disc, flat, layer } from './layers.ts';
import type { Palette } from './palette.ts';
import { type Segment, capHeight, drawableText, penWidth, shapeText, widthOf } from './strokeFont.ts';

/** The words on a sketch: its prompt's first ones, and that it is a sketch. */
export interface Caption {
  readonly lines: readonly string[];
  /** What says that no model drew this. */
  readonly tag: string;
  /** The card behind the words, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
}

/** What a caption is made for. */
export interface CaptionRequest {
  readonly prompt: string;
  /** What the tag says, longest wording first. */
  readonly tags: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** Nothing is known of what the picture will lie on. */
  readonly transparent: boolean;
}

/** The distance between baselines, in units of the font. */
const lineHeight = 20;
/** Between the tag and the first line, in units of the font: marks on capitals stand here. */
const headroom = 5;
/** Capitals lower than this many pixels cannot be read. */
const smallestCap = 6;
/** The smallest side of a picture that has room for words. */
const smallestSide = 40;

/** Sets the caption on its card in the lower left; a picture too small for words gets none. */
export function layoutCaption(request: CaptionRequest): Caption | undefined {
  const { width, height } = request;
  if (Math.min(width, height) < smallestSide) return undefined;
  const cap = Math.max(smallestCap, 0.03 * Math.sqrt(width * height));
  const margin = Math.round(Math.max(2, 0.04 * Math.min(width, height)));
  const tagUnit = Math.max(smallestCap, cap * 0.52) / capHeight;
  const padding = Math.round(Math.max(3, cap * 0.85));
  const room = Math.min(width - 2 * (margin + padding), cap * 34);
  const tagHeight = 16 * tagUnit;
  const set = setWords(drawableText(request.prompt), cap, room, height * 0.72 - 2 * padding - tagHeight);
  const dot = 11 * tagUnit;
  const tag =
    request.tags.find((words) => widthOf(words) * tagUnit + dot <= room) ?? request.tags.at(-1) ?? '';
  const textWidth = Math.max(
    widthOf(tag) * tagUnit + dot,
    ...set.lines.map((line) => widthOf(line) * set.unit),
  );
  // Below the last baseline a descender may hang into the padding.
  const textHeight = tagHeight + ((set.lines.length - 1) * lineHeight + headroom + capHeight + 2) * set.unit;
  const box = {
    width: Math.ceil(textWidth) + 2 * padding,
    height: Math.ceil(textHeight) + 2 * padding,
    x: margin,
    y: height - margin - Math.ceil(textHeight) - 2 * padding,
  };
  const content = { ...set, tag, tagUnit, tagHeight, padding };
  return { ...box, lines: set.lines, tag, layers: captionLayers(request, box, content) };
}

interface Content {
  readonly lines: readonly string[];
  readonly unit: number;
  readonly tag: string;
  readonly tagUnit: number;
  readonly tagHeight: number;
  readonly padding: number;
}

function captionLayers(
  { palette, transparent }: CaptionRequest,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  { lines, unit, tag, tagUnit, tagHeight, padding }: Content,
): Layer[] {
  const left = box.x + padding;
  const tagTop = box.y + padding;
  const radius = Math.min(box.height / 4, padding * 0.8);
  const firstTop = tagTop + tagHeight + headroom * unit;
  const tagInk = mix(palette.card, palette.ink, 0.86);
  return [
    card(box.x, box.y, box.width, box.height, radius, flat(palette.card, transparent ? 0.95 : 0.9)),
    disc(left + 3 * tagUnit, onPixel(tagTop + 7 * tagUnit), 3 * tagUnit, flat(palette.accents[0])),
    pen(tag, left + 11 * tagUnit, tagTop, tagUnit, flat(tagInk)),
    ...lines.map((line, i) => pen(line, left, firstTop + i * lineHeight * unit, unit, flat(palette.ink))),
  ];
}

/** Finds the largest letters in which the words fit, and cuts them with "…" where none do. */
function setWords(
  text: string,
  cap: number,
  room: number,
  heightRoom: number,
): { readonly lines: readonly string[]; readonly unit: number } {
  const words = text.slice(0, 300).split(' ').filter(Boolean);
  for (const [scale, most] of [
    [1.8, 1],
    [1.4, 2],
    [1.15, 2],
    [1, 3],
  ] as const) {
    const unit = (cap * scale) / capHeight;
    const fitting = Math.max(1, Math.min(most, Math.floor(heightRoom / (lineHeight * unit))));
    const lines = wrap(words, room / unit);
    if (lines.length <= fitting) return { lines: balanced(words, lines, room / unit), unit };
    if (scale === 1) return { lines: cutLines(lines, fitting, room / unit), unit };
  }
  return { lines: [], unit: 1 };
}

/** Lines of about the same length, so that no word is left alone on the last one. */
function balanced(words: readonly string[], lines: readonly string[], room: number): readonly string[] {
  let best = lines;
  for (let part = 0.95; part >= 0.5; part -= 0.05) {
    const tighter = wrap(words, room * part);
    if (tighter.length > lines.length || tighter.join('').length < lines.join('').length) break;
    best = tighter;
  }
  return best;
}

function wrap(words: readonly string[], room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer) <= room) line = longer;
    else {
      if (line) lines.push(line);
      line = word;
    }
    // A word wider than the card is broken where the card ends.
    while (widthOf(line) > room && line.length > 1) {
      const head = fittingStart(line, room);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line ? [...lines, line] : lines;
}

function cutLines(lines: readonly string[], most: number, room: number): string[] {
  const kept = lines.slice(0, most);
  const last = kept.pop() ?? '';
  const end = fittingStart(last, room - widthOf('n…')).replace(/[ ,.;:–—-]+$/, '');
  return [...kept, `${end}…`];
}

/** The longest start of a text that fits, at least one character. */
function fittingStart(text: string, room: number): string {
  let end = text.length;
  while (end > 1 && widthOf(text.slice(0, end)) > room) end--;
  return text.slice(0, end);
}

/** Middle of a pixel: strokes that lie there are as sharp as they can be. */
const onPixel = (value: number): number => Math.floor(value) + 0.5;

/** A line of text drawn with a round pen. */
function pen(text: string, x: number, top: number, unit: number, fill: ReturnType<typeof flat>): Layer {
  const shape = shapeText(text);
  const radius = Math.max(0.5, (penWidth / 2) * unit);
  const [left, base] = [onPixel(x), onPixel(top + capHeight * unit) - capHeight * unit];
  const placed = shape.segments.map(([x0, y0, x1, y1]): Segment => [
    left + x0 * unit,
    base + y0 * unit,
    left + x1 * unit,
    base + y1 * unit,
  ]);
  const box = [
    left - radius,
    base - 6 * unit,
    left + shape.width * unit + radius + 1,
    base + 18 * unit,
  ] as const;
  return layer(box, fill, (y, cover) => {
    for (const segment of placed) coverSegment(segment, radius, y + 0.5, cover);
  });
}

function coverSegment([x0, y0, x1, y1]: Segment, radius: number, y: number, cover: Float32Array): void {
  const reach = radius + 0.5;
  if (y < Math.min(y0, y1) - reach || y > Math.max(y0, y1) + reach) return;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length2 = dx * dx + dy * dy || 1;
  const to = Math.min(cover.length - 1, Math.ceil(Math.max(x0, x1) + reach));
  for (let column = Math.max(0, Math.floor(Math.min(x0, x1) - reach)); column <= to; column++) {
    const px = column + 0.5;
    const along = Math.min(1, Math.max(0, ((px - x0) * dx + (y - y0) * dy) / length2));
    const [awayX, awayY] = [px - x0 - along * dx, y - y0 - along * dy];
    const amount = reach - Math.sqrt(awayX * awayX + awayY * awayY);
    if (amount > (cover[column] ?? 0)) cover[column] = Math.min(1, amount);
  }
}
