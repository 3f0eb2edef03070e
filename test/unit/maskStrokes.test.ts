import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawMask } from '../../src/core/image/maskStrokes.ts';
import { decode } from '../../src/protocol/decoding.ts';
import { editStringsOf } from '../../src/protocol/editStrings.ts';
import { maskBounds, type MaskStroke, maskStrokesOf } from '../../src/protocol/maskStrokes.ts';

const brush: MaskStroke = { tool: 'brush', radius: 2.5, points: [{ x: -1, y: 2 }] };
const eraser: MaskStroke = { ...brush, tool: 'eraser', radius: maskBounds.radius };
const rectangle: MaskStroke = { tool: 'rectangle', x: 1, y: 2, width: 3, height: 0 };
const dots = (count: number) => Array.from({ length: count }, () => ({ x: 1, y: 1 }));

const decodeMaskStrokes = (value: unknown) => decode({ value }, (message) => maskStrokesOf(message['value']));
const decodeEditStrings = (value: unknown) => decode({ value }, (message) => editStringsOf(message['value']));

describe('5.3 mask strokes on the wire', () => {
  it('5.3 arrive as they were sent, and the core draws them', () => {
    const strokes = [brush, eraser, rectangle];
    const decoded = decodeMaskStrokes(structuredClone(strokes));
    assert.deepEqual(decoded, strokes);
    assert.equal(drawMask(4, 4, decoded).width, 4);
    assert.deepEqual(decodeMaskStrokes([]), []);
  });

  it('5.3 lose what a forged message carries beside them', () => {
    const forged = [{ ...brush, points: [{ x: 1, y: 2, uri: 'file:///etc' }], uri: 'file:///etc', width: 3 }];
    assert.deepEqual(decodeMaskStrokes(forged), [{ ...brush, points: [{ x: 1, y: 2 }] }]);
  });

  it('5.3 are dropped whole where one is ill-typed', () => {
    const wrong: unknown[] = [
      null,
      'brush',
      {},
      { ...brush, tool: 'hand' },
      { ...brush, radius: 0 },
      { ...brush, radius: maskBounds.radius + 1 },
      { ...brush, radius: '2' },
      { ...brush, radius: Number.NaN },
      { ...brush, points: [] },
      { ...brush, points: { length: 1, 0: { x: 1, y: 1 } } },
      { ...brush, points: [{ x: 1 }] },
      { ...brush, points: [{ x: Infinity, y: 1 }] },
      { ...brush, points: [{ x: 1, y: maskBounds.place * 1.1 }] },
      { ...brush, points: [[1, 2]] },
      { ...rectangle, width: -1 },
      { ...rectangle, height: undefined },
      { ...rectangle, x: Number.NaN },
    ];
    for (const one of wrong) assert.equal(decodeMaskStrokes([brush, one]), undefined, JSON.stringify(one));
    for (const none of [undefined, null, 1, 'x', {}, { length: 0 }])
      assert.equal(decodeMaskStrokes(none), undefined);
  });

  it('5.3 are refused where there are more than a mask may hold', () => {
    assert.ok(decodeMaskStrokes(Array.from({ length: maskBounds.strokes }, () => rectangle)));
    assert.equal(
      decodeMaskStrokes(Array.from({ length: maskBounds.strokes + 1 }, () => rectangle)),
      undefined,
    );
    const half = { ...brush, points: dots(maskBounds.points / 2) };
    assert.ok(decodeMaskStrokes([half, half]));
    assert.equal(decodeMaskStrokes([half, half, rectangle]), undefined);
    assert.equal(decodeMaskStrokes([{ ...brush, points: dots(maskBounds.points + 1) }]), undefined);
  });

  it('5.3 never make the decoder throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => void decodeMaskStrokes([value])));
    fc.assert(fc.property(fc.anything(), (value) => void decodeMaskStrokes(value)));
  });
});

describe('5.6 the words of the mask editor and the comparison', () => {
  const words = new Proxy({}, { get: (_, key) => String(key) });

  it('5.6 arrive as they were sent, and not where one is missing or no word', () => {
    const decoded = decodeEditStrings({ mask: words, comparison: words, view: words });
    assert.equal(decoded?.mask.undo, 'undo');
    assert.equal(decoded.comparison.shown, 'shown');
    assert.equal(decoded.view.tryAgain, 'tryAgain');
    assert.deepEqual(decodeEditStrings(structuredClone(decoded)), decoded);
    assert.equal(decodeEditStrings({ ...decoded, mask: { ...decoded.mask, undo: 1 } }), undefined);
    assert.equal(decodeEditStrings({ mask: words, comparison: words }), undefined);
    assert.equal(decodeEditStrings(null), undefined);
  });
});
