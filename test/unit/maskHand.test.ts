import assert from 'node:assert/strict';
import fc from 'fast-check';
import { brushSizes, firstBrushSize } from '../../media/edit/brushSizes.ts';
import { createPathGesture, createRectangleGesture } from '../../media/edit/gesture.ts';
import { createPathRecorder } from '../../media/edit/pathRecorder.ts';
import { distanceToLine, simplifyPath } from '../../media/edit/simplifyPath.ts';
import { createStrokeLog } from '../../media/edit/strokeLog.ts';
import { isDrawable, piecesOf } from '../../media/edit/strokeWork.ts';
import * as viewports from '../../media/edit/viewport.ts';
import { drawMask } from '../../src/core/image/maskStrokes.ts';
import { CodecError } from '../../src/core/image/codecs/codecError.ts';
import { maskBounds, type MaskStroke, type PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { randomNumbers } from '../support/pixels.ts';

const coordinate = fc.double({ min: -50, max: 500, noNaN: true });
const way = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 300 });
const dot = (x: number): MaskStroke => ({ tool: 'brush', radius: 1, points: [{ x, y: 0 }] });

/** How far a place is from a path. */
function distanceToPath(point: PicturePoint, path: readonly PicturePoint[]): number {
  const distances = path.map((start, index) => distanceToLine(point, start, path[index + 1] ?? start));
  return Math.min(...distances);
}

/** A hand that trembles on a spiral. */
function spiral(count: number): PicturePoint[] {
  const random = randomNumbers(7);
  return Array.from({ length: count }, (_, at) => {
    const [angle, radius] = [at / 40, 20 + at / 20];
    return {
      x: 300 + radius * Math.cos(angle) + random() * 0.2,
      y: 300 + radius * Math.sin(angle) + random() * 0.2,
    };
  });
}

describe('5.3 the path of a stroke', () => {
  it('5.3 has fewer points than the hand gave, and stays within half a pixel of all of them', () => {
    const points = spiral(4000);
    const path = createPathRecorder(points[0]!, 0.5);
    for (const point of points) path.add(point);
    const kept = path.points();
    assert.ok(kept.length < points.length / 4, String(kept.length));
    const farthest = Math.max(...points.map((point) => distanceToPath(point, kept)));
    assert.ok(farthest <= 0.5, String(farthest));
  });

  it('5.3 stays within half a pixel of any way, and keeps its ends', () => {
    fc.assert(
      fc.property(way, (points) => {
        const path = createPathRecorder(points[0]!, 0.5);
        for (const point of points) path.add(point);
        const kept = path.points();
        for (const point of points) assert.ok(distanceToPath(point, kept) <= 0.5);
        for (const [one, other] of [
          [kept[0]!, points[0]!],
          [kept.at(-1)!, points.at(-1)!],
        ] as const)
          assert.ok(Math.hypot(one.x - other.x, one.y - other.y) < 0.01);
      }),
      { numRuns: 60 },
    );
  });

  it('5.3 is not lost in a straight line that goes back on itself', () => {
    const back = [0, 100, 50].map((x) => ({ x, y: 0 }));
    assert.deepEqual(simplifyPath(back, 0.5), back);
    const straight = [0, 30, 60, 100].map((x) => ({ x, y: 0 }));
    assert.deepEqual(simplifyPath(straight, 0.5), [straight[0], straight[3]]);
  });

  it('5.3 is a dot where the hand did not move', () => {
    const gesture = createPathGesture('brush', 4, { x: 5, y: 6 }, 0.5);
    gesture.extend([
      { x: 5, y: 6 },
      { x: 5, y: 6 },
    ]);
    assert.deepEqual(gesture.strokes(), [{ tool: 'brush', radius: 4, points: [{ x: 5, y: 6 }] }]);
  });

  it('5.3 is cut into pieces that share their ends and lose no point', () => {
    for (const count of [1, 2, 63, 64, 65, 127, 128, 500]) {
      const points = Array.from({ length: count }, (_, x) => ({ x, y: 0 }));
      const pieces = piecesOf(points);
      for (const [at, piece] of pieces.entries()) {
        assert.ok(piece.length <= 64);
        if (at > 0) assert.deepEqual(piece[0], pieces[at - 1]!.at(-1));
        if (at > 0) assert.ok(piece.length > 1, `${count}`);
      }
      const all = pieces.flatMap((piece, at) => (at === 0 ? piece : piece.slice(1)));
      assert.deepEqual(all, points);
    }
  });

  it('5.3 hands out what is new once, joined to what was before', () => {
    const gesture = createPathGesture('brush', 4, { x: 0, y: 0 }, 0.5);
    const newPoints = () => {
      const news = gesture.takeNews();
      return news?.tool === 'brush' ? news.points.map(({ x }) => x) : undefined;
    };
    assert.deepEqual(newPoints(), [0]);
    assert.equal(gesture.takeNews(), undefined);
    gesture.extend([10, 20].map((x) => ({ x, y: 0 })));
    assert.deepEqual(newPoints(), [0, 10, 20]);
    gesture.extend([{ x: 30, y: 0 }]);
    assert.deepEqual(newPoints(), [20, 30]);
  });
});

describe('5.3 the rectangle', () => {
  const picture = { width: 100, height: 60 };

  it('5.3 covers whole pixels between its corners, whichever was first', () => {
    const gesture = createRectangleGesture({ x: 40.4, y: 30.6 }, picture);
    gesture.extend([{ x: 10.2, y: 5.4 }]);
    assert.deepEqual(gesture.strokes(), [{ tool: 'rectangle', x: 10, y: 5, width: 30, height: 26 }]);
  });

  it('5.3 ends at the picture’s edges, and is nothing where it has no area', () => {
    const gesture = createRectangleGesture({ x: -20, y: 30 }, picture);
    assert.deepEqual(gesture.strokes(), []);
    gesture.extend([{ x: 400, y: 400 }]);
    assert.deepEqual(gesture.strokes(), [{ tool: 'rectangle', x: 0, y: 30, width: 100, height: 30 }]);
    gesture.extend([{ x: 50, y: 30.3 }]);
    assert.deepEqual(gesture.strokes(), []);
  });
});

describe('5.3 undo and redo', () => {
  it('5.3 take away and bring back what one movement made, clearing included', () => {
    const log = createStrokeLog();
    log.add([dot(1), dot(2)]);
    log.add([dot(3)]);
    log.clear();
    log.add([dot(4)]);
    const places = () => log.strokes().map((one) => (one.tool === 'brush' ? one.points[0]!.x : 0));
    assert.deepEqual(places(), [4]);
    assert.ok(log.undo());
    assert.deepEqual(places(), []);
    assert.ok(log.undo());
    assert.deepEqual(places(), [1, 2, 3]);
    assert.ok(log.undo());
    assert.deepEqual(places(), [1, 2]);
    assert.ok(log.redo() && log.redo());
    assert.deepEqual(places(), []);
    assert.ok(log.undo());
    log.add([dot(5)]);
    assert.ok(!log.redo() && !log.canRedo());
    assert.deepEqual(places(), [1, 2, 3, 5]);
    while (log.undo());
    assert.deepEqual(places(), []);
    assert.ok(!log.canUndo());
  });
});

describe('5.3 the view of the picture', () => {
  const stage = { width: 700, height: 400 };
  const side = fc.integer({ min: 1, max: 8192 });
  const sizes = fc.record({ width: side, height: side });
  const place = fc.record({
    x: fc.double({ min: 0, max: 700, noNaN: true }),
    y: fc.double({ min: 0, max: 400, noNaN: true }),
  });

  it('5.3 shows the whole picture in the middle at first', () => {
    const view = viewports.fitted({ width: 4096, height: 4096 }, stage);
    assert.ok(view.scale * 4096 <= 400);
    assert.equal(view.left, (700 - view.scale * 4096) / 2);
    assert.equal(viewports.fitted({ width: 16, height: 16 }, stage).scale, 4);
  });

  it('5.3 leads back from the picture to the place on the stage, however it was zoomed and moved', () => {
    const steps = fc.array(fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }), at: place }));
    fc.assert(
      fc.property(sizes, steps, place, (picture, zooms, at) => {
        let view = viewports.fitted(picture, stage);
        for (const one of zooms) {
          view = viewports.zoomed(view, picture, stage, one.factor, one.at);
          view = viewports.panned(view, picture, stage, one.at.x - 350, one.at.y - 200);
        }
        const back = viewports.toStage(view, viewports.toPicture(view, at));
        assert.ok(Math.abs(back.x - at.x) < 1e-6 && Math.abs(back.y - at.y) < 1e-6);
        assert.ok(view.scale <= 32 && view.scale > 0);
        // Some of the picture is always in sight.
        assert.ok(view.left < 700 && view.left + picture.width * view.scale > 0);
      }),
    );
  });

  it('5.3 keeps what lies beneath the pointer there while zooming in', () => {
    const picture = { width: 1000, height: 800 };
    const at = { x: 330, y: 170 };
    // Before it fills the stage, it stays in the middle.
    let view = viewports.zoomed(viewports.fitted(picture, stage), picture, stage, 2, at);
    const before = viewports.toPicture(view, at);
    for (let turn = 0; turn < 8; turn++) view = viewports.zoomed(view, picture, stage, 1.25, at);
    const after = viewports.toPicture(view, at);
    assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1e-9);
  });

  it('5.3 moves a place into sight and leaves one that is in sight', () => {
    const picture = { width: 1000, height: 800 };
    const view = viewports.zoomed(viewports.fitted(picture, stage), picture, stage, 10, { x: 350, y: 200 });
    for (const target of [
      { x: 0, y: 0 },
      { x: 1000, y: 800 },
      { x: 3, y: 790 },
    ]) {
      const moved = viewports.revealed(view, picture, stage, target);
      const seen = viewports.toStage(moved, target);
      assert.ok(seen.x >= 0 && seen.x <= 700 && seen.y >= 0 && seen.y <= 400);
      assert.deepEqual(viewports.revealed(moved, picture, stage, target), moved);
    }
  });
});

describe('5.3 the sizes of the brush', () => {
  it('5.3 go from one pixel to the picture’s longer side, each larger than the one before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 30_000 }),
        (width, height) => {
          const sizes = brushSizes({ width, height });
          assert.equal(sizes[0], 1);
          assert.equal(sizes.at(-1), Math.min(2 * maskBounds.radius, Math.max(width, height)));
          assert.ok(sizes.every((size, at) => at === 0 || size > sizes[at - 1]!));
          assert.ok(sizes.length < 80);
          assert.ok(sizes[firstBrushSize(sizes, { width, height })]! >= 1);
        },
      ),
    );
  });
});

describe('5.3 what the mask may hold', () => {
  const picture = { width: 256, height: 256 };
  const isRefusedByCore = (strokes: readonly MaskStroke[]) => {
    try {
      drawMask(picture.width, picture.height, strokes);
    } catch (error) {
      return error instanceof CodecError && error.reason === 'tooLarge';
    }
    return false;
  };
  const repeat = (stroke: MaskStroke, count: number) => Array.from({ length: count }, () => stroke);
  const zigzag = (count: number): MaskStroke => ({
    tool: 'brush',
    radius: 1,
    points: Array.from({ length: count }, (_, at) => ({ x: at % 256, y: at % 2 === 0 ? 0 : 256 })),
  });

  it('5.3 counts as the core does: what would be refused there is not taken here', () => {
    const tooMuch: (readonly MaskStroke[])[] = [
      repeat(dot(1), maskBounds.strokes + 1),
      [
        {
          tool: 'brush',
          radius: 1,
          points: Array.from({ length: 20_001 }, (_, x) => ({ x: x % 200, y: 9 })),
        },
      ],
      // Rows: a line that crosses all of them costs 256.
      repeat(zigzag(1001), 33),
      // Rows of strokes: each line is looked for in all rows that the stroke has.
      repeat(
        {
          tool: 'brush',
          radius: 1,
          points: [...Array.from({ length: 9999 }, () => ({ x: 5, y: 5 })), { x: 5, y: 256 }],
        },
        14,
      ),
      // Area.
      repeat({ tool: 'rectangle', x: 0, y: 0, width: 1e6, height: 1e6 }, 5000).concat(repeat(zigzag(3), 1)),
    ];
    for (const [at, strokes] of tooMuch.entries()) {
      assert.ok(isRefusedByCore(strokes), `core ${at}`);
      assert.ok(!isDrawable(strokes, picture), `page ${at}`);
    }
  });

  it('5.3 takes as much as fits: on a large picture the area that strokes lie in counts', () => {
    const large = { width: 4096, height: 4096 };
    const all: MaskStroke = { tool: 'rectangle', x: 0, y: 0, width: 4096, height: 4096 };
    assert.ok(isDrawable(repeat(all, 64), large));
    assert.ok(!isDrawable(repeat(all, 65), large));
    const line: MaskStroke = { tool: 'brush', radius: 1, points: [0, 4096].map((y) => ({ x: 50, y })) };
    assert.ok(isDrawable(repeat(line, 2047), large));
    assert.ok(!isDrawable(repeat(line, 2049), large));
  });

  it('5.3 leaves room for hours of scribbling on a picture of 16 megapixels', () => {
    const hand = spiral(4000).map(({ x, y }) => ({ x: x * 6, y: y * 6 }));
    const gesture = createPathGesture('brush', 40, hand[0]!, 3);
    gesture.extend(hand);
    const strokes = Array.from({ length: 20 }, () => gesture.strokes()).flat();
    assert.ok(isDrawable(strokes, { width: 4096, height: 4096 }));
  });
});
