import { type BackgroundMap, squaredDistance } from './keyBackground.ts';
import type { Raster } from './raster.ts';

/** A region of fewer pixels of the key's colour inside the subject is not taken for a hole in it. */
const smallestHole = 4;

const candidate = 1;
/** What is not background, before its distance is known. */
const subject = 255;

/**
 * Marks the background: what has its colour and is connected to the border, and what has it inside the subject, as
 * holes do. One byte a pixel; linear in time; the stack holds at most one entry for each run of pixels.
 * @param tolerance in RGB: nearer to the background's colour counts as background
 * @param reach in pixels
 * @returns for each pixel its distance to the background (chessboard), 0 in it, at most `reach` + 1
 */
export function distancesToBackground(
  raster: Raster,
  map: BackgroundMap,
  { tolerance, reach }: { readonly tolerance: number; readonly reach: number },
): Uint8Array {
  const marks = candidates(raster, map, tolerance);
  const { width, height } = raster;
  const filler = new Filler(marks, width, height);
  for (let x = 0; x < width; x++) {
    filler.fill(x);
    filler.fill((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    filler.fill(y * width);
    filler.fill(y * width + width - 1);
  }
  for (let at = 0; at < marks.length; at++) if (marks[at] === candidate) filler.fill(at, smallestHole);
  measure(marks, width, height, reach);
  return marks;
}

function candidates({ width, height, data }: Raster, map: BackgroundMap, tolerance: number): Uint8Array {
  const marks = new Uint8Array(width * height).fill(subject);
  const colour = new Float32Array(3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      map.read(x, y, colour);
      if (squaredDistance(data, at * 4, colour) <= tolerance * tolerance) marks[at] = candidate;
    }
  return marks;
}

/** Fills connected candidates (four neighbours) run by run. */
class Filler {
  private readonly marks: Uint8Array;
  private readonly width: number;
  private readonly height: number;
  private stack = new Int32Array(1024);
  private depth = 0;

  constructor(marks: Uint8Array, width: number, height: number) {
    this.marks = marks;
    this.width = width;
    this.height = height;
  }

  /** Marks what is connected to a candidate as background; as subject where it is smaller than `least` pixels. */
  fill(start: number, least = 0): void {
    const { marks } = this;
    const first: number[] = [];
    let count = 0;
    this.push(start);
    while (this.depth > 0) {
      const at = this.stack[--this.depth] ?? 0;
      if (marks[at] !== candidate) continue;
      const [from, to] = this.runAt(at);
      for (let one = from; one < to && first.length < least; one++) first.push(one);
      count += to - from;
      marks.fill(0, from, to);
      const row = Math.floor(at / this.width);
      if (row > 0) this.pushRuns(from - this.width, to - this.width);
      if (row + 1 < this.height) this.pushRuns(from + this.width, to + this.width);
    }
    if (count < least) for (const one of first) marks[one] = subject;
  }

  private runAt(at: number): [from: number, to: number] {
    const rowStart = at - (at % this.width);
    let from = at;
    while (from > rowStart && this.marks[from - 1] === candidate) from--;
    let to = at + 1;
    while (to < rowStart + this.width && this.marks[to] === candidate) to++;
    return [from, to];
  }

  private pushRuns(from: number, to: number): void {
    for (let at = from; at < to; at++)
      if (this.marks[at] === candidate && (at === from || this.marks[at - 1] !== candidate)) this.push(at);
  }

  private push(at: number): void {
    if (this.depth === this.stack.length) {
      const larger = new Int32Array(this.stack.length * 2);
      larger.set(this.stack);
      this.stack = larger;
    }
    this.stack[this.depth++] = at;
  }
}

/** Chessboard distances in two passes (Rosenfeld and Pfaltz 1968), in place, cut at `reach` + 1. */
function measure(marks: Uint8Array, width: number, height: number, reach: number): void {
  const far = reach + 1;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (marks[at] === 0) continue;
      let least = x > 0 ? (marks[at - 1] ?? far) : far;
      if (y > 0) least = Math.min(least, leastOfThree(marks, at - width, x, width));
      marks[at] = Math.min(far, least + 1);
    }
  for (let y = height - 1, at = marks.length - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, at--) {
      let least = marks[at] ?? 0;
      if (least === 0) continue;
      if (x + 1 < width) least = Math.min(least, (marks[at + 1] ?? far) + 1);
      if (y + 1 < height) least = Math.min(least, leastOfThree(marks, at + width, x, width) + 1);
      marks[at] = least;
    }
}

function leastOfThree(marks: Uint8Array, at: number, x: number, width: number): number {
  const left = x > 0 ? (marks[at - 1] ?? 255) : 255;
  const right = x + 1 < width ? (marks[at + 1] ?? 255) : 255;
  return Math.min(left, marks[at] ?? 255, right);
}
