import type { Raster } from './raster.ts';
import { alphaOf } from './alpha.ts';

/** A part of a picture in whole percent of its width and height, from the top left. */
export interface Region {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Cells of the grid a side in which areas that hang together are found. */
const cellsPerSide = 100;
/** What is said of a mask that lets everything be edited. */
export const wholePicture = 'the whole picture';

/** More areas than these are described as one. */
const mostAreas = 4;

/**
 * Where a mask lets a picture be edited, in words for a model that takes no mask.
 * @param mask transparent where it may be edited: pixels of which less than half is kept count
 * @returns such as “the area from 12 % to 48 % of the width and 30 % to 80 % of the height (left middle)”; undefined
 *   where nothing may be edited
 */
export function describeRegion(mask: Raster): string | undefined {
  const regions = regionsOf(mask);
  const [first] = regions;
  if (first === undefined) return undefined;
  const all = around(regions);
  if (regions.length > mostAreas) return `several places within the area ${words(all)}`;
  if (regions.length > 1) {
    const each = regions.map(words);
    return `the areas ${each.slice(0, -1).join(', ')} and ${each.at(-1) ?? ''}`;
  }
  return alphaOf(mask).transparent > 0.99 ? wholePicture : `the area ${words(first)}`;
}

/** The areas of a mask that hang together, the largest field first. */
export function regionsOf(mask: Raster): readonly Region[] {
  const columns = Math.min(cellsPerSide, mask.width);
  const rows = Math.min(cellsPerSide, mask.height);
  const cells = markedCells(mask, columns, rows);
  const regions: Region[] = [];
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === 1) regions.push(takeArea(cells, cell, columns, rows));
  }
  const size = ({ left, right, top, bottom }: Region) => (right - left) * (bottom - top);
  return regions.sort((a, b) => size(b) - size(a));
}

function markedCells({ width, height, data }: Raster, columns: number, rows: number): Uint8Array {
  const cells = new Uint8Array(columns * rows);
  for (let y = 0, at = 3; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++, at += 4)
      if ((data[at] ?? 255) < 128) cells[row + Math.floor((x * columns) / width)] = 1;
  }
  return cells;
}

/** Takes out an area with all that touches it, at a corner too. */
function takeArea(cells: Uint8Array, start: number, columns: number, rows: number): Region {
  let [left, right, top, bottom] = [columns, 0, rows, 0];
  const open = [start];
  cells[start] = 0;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    for (let nextY = Math.max(0, y - 1); nextY <= Math.min(rows - 1, y + 1); nextY++) {
      for (let nextX = Math.max(0, x - 1); nextX <= Math.min(columns - 1, x + 1); nextX++) {
        const next = nextY * columns + nextX;
        if (cells[next] !== 1) continue;
        cells[next] = 0;
        open.push(next);
      }
    }
  }
  return {
    left: Math.floor((left * 100) / columns),
    right: Math.ceil((right * 100) / columns),
    top: Math.floor((top * 100) / rows),
    bottom: Math.ceil((bottom * 100) / rows),
  };
}

function around(regions: readonly Region[]): Region {
  return {
    left: Math.min(...regions.map(({ left }) => left)),
    right: Math.max(...regions.map(({ right }) => right)),
    top: Math.min(...regions.map(({ top }) => top)),
    bottom: Math.max(...regions.map(({ bottom }) => bottom)),
  };
}

function words(region: Region): string {
  const { left, right, top, bottom } = region;
  return `from ${left} % to ${right} % of the width and ${top} % to ${bottom} % of the height (${place(region)})`;
}

/** In which third its middle lies. */
function place({ left, right, top, bottom }: Region): string {
  const across = ['left', 'centre', 'right'][third(left + right)] ?? '';
  const down = ['top', 'middle', 'bottom'][third(top + bottom)] ?? '';
  return across === 'centre' && down === 'middle' ? 'centre' : `${across} ${down}`;
}

/** @param twice the middle, in percent */
function third(twice: number): number {
  return Math.min(2, Math.floor((twice * 3) / 200));
}
