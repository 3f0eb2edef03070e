import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followOffset, keepSelection } from '../../src/core/document/textPlace.ts';

/** A text, a place in it, and an edit on one side of the place. */
const textAndPlace = fc
  .tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }))
  .map(([before, after]) => ({ before, after, text: before + after }));

function apply(text: string, change: { rangeOffset: number; rangeLength: number; text: string }): string {
  return (
    text.slice(0, change.rangeOffset) + change.text + text.slice(change.rangeOffset + change.rangeLength)
  );
}

describe('2.8 a place in a text', () => {
  it('2.8 is followed through edits before and after it', () => {
    fc.assert(
      fc.property(
        textAndPlace,
        fc.nat(),
        fc.nat(),
        fc.string(),
        fc.boolean(),
        (at, from, length, text, isBefore) => {
          const side = isBefore ? at.before : at.after;
          const start = from % (side.length + 1);
          const rangeLength = length % (side.length - start + 1);
          // What is written at the very end of what is before the place is written at the place.
          if (isBefore && rangeLength === 0 && start === side.length) return;
          const rangeOffset = isBefore ? start : at.before.length + start;
          const change = { rangeOffset, rangeLength, text };
          const offset = followOffset(at.before.length, [change]);
          assert.notEqual(offset, undefined);
          const after = apply(at.text, change);
          const kept = isBefore ? at.after : at.before;
          assert.equal(isBefore ? after.slice(offset) : after.slice(0, offset), kept);
        },
      ),
    );
  });

  it('2.8 stays before what is written at it', () => {
    assert.equal(followOffset(3, [{ rangeOffset: 3, rangeLength: 0, text: 'abc' }]), 3);
    assert.equal(followOffset(3, [{ rangeOffset: 3, rangeLength: 2, text: '' }]), 3);
    assert.equal(followOffset(0, [{ rangeOffset: 0, rangeLength: 5, text: '' }]), 0);
  });

  it('2.8 is lost when what is on both sides of it is replaced', () => {
    assert.equal(followOffset(3, [{ rangeOffset: 2, rangeLength: 2, text: 'ab' }]), undefined);
    assert.equal(followOffset(3, [{ rangeOffset: 0, rangeLength: 9, text: '' }]), undefined);
    assert.equal(followOffset(3, [{ rangeOffset: 2, rangeLength: 1, text: '' }]), 2);
  });

  it('2.8 is followed through several changes of one edit, in whatever order they are told', () => {
    const changes = [
      { rangeOffset: 8, rangeLength: 1, text: 'after' },
      { rangeOffset: 2, rangeLength: 0, text: 'xx' },
      { rangeOffset: 0, rangeLength: 1, text: '' },
    ];
    assert.equal(followOffset(5, changes), 6);
    assert.equal(followOffset(5, changes.toReversed()), 6);
  });
});

describe('2.8 a selection when text is inserted', () => {
  it('2.8 holds the text that it held, and nothing of what is inserted at its ends', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(), (text, one, other, place) => {
        const [start, end, at] = [one, other, place].map((offset) => offset % (text.length + 1)) as [
          number,
          number,
          number,
        ];
        const range = { start: Math.min(start, end), end: Math.max(start, end) };
        const inserted = '\u0000\u0001';
        const after = text.slice(0, at) + inserted + text.slice(at);
        const kept = keepSelection(range, at, inserted.length);
        const selected = after.slice(kept.start, kept.end);
        assert.equal(selected.replace(inserted, ''), text.slice(range.start, range.end));
        assert.equal(selected.includes(inserted), range.start < at && at < range.end);
      }),
    );
  });

  it('2.8 is a cursor before what is inserted where it is', () => {
    assert.deepEqual(keepSelection({ start: 3, end: 3 }, 3, 10), { start: 3, end: 3 });
    assert.deepEqual(keepSelection({ start: 4, end: 4 }, 3, 10), { start: 14, end: 14 });
  });
});
