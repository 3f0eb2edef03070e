import assert from 'node:assert/strict';
import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';

/** A stroke of brush or eraser; fails where it is none. */
export function pathOf(stroke: MaskStroke | undefined): Extract<MaskStroke, { radius: number }> {
  assert.ok(stroke && stroke.tool !== 'rectangle');
  return stroke;
}

/** @param within pixels of the picture */
export function assertNear(actual: PicturePoint | undefined, expected: PicturePoint, within: number): void {
  assert.ok(actual);
  const distance = Math.hypot(actual.x - expected.x, actual.y - expected.y);
  assert.ok(distance <= within, `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
}
