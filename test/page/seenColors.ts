import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { decode, pixelAt } from '../support/pixels.ts';

/** The colours on the screen at places in CSS pixels; red, green, blue and opacity, 0 to 255. */
export async function colorsOf(page: Page, places: readonly (readonly [number, number])[]) {
  const raster = await decode(await page.screenshot({ scale: 'css' }));
  return places.map(([x, y]) => [...pixelAt(raster, Math.round(x), Math.round(y))]);
}

/** @param within largest difference in each of red, green and blue */
export function assertColor(
  actual: readonly number[] | undefined,
  expected: readonly number[],
  within: number,
): void {
  const isNear = expected.every((value, at) => Math.abs(value - (actual?.[at] ?? -1000)) <= within);
  assert.ok(isNear, `${actual?.join() ?? 'nothing'} is not ${expected.join()}`);
}
