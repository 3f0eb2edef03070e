import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneLine } from '../../src/core/outsideText.ts';
import { findImageReferences, imageReferenceAt } from '../../src/core/references/findImageReferences.ts';
import { mayHoldImages } from '../../src/core/references/mayHoldImages.ts';
import { promptOfReference } from '../../src/core/references/prompt.ts';
import { resolveTarget } from '../../src/core/references/resolveTarget.ts';
import { brokenDocument, brokenLanguages } from '../support/documentPieces.ts';
import { corpus } from '../support/documents.ts';

const encoder = new TextEncoder();

describe('6.7 broken and half-typed documents', () => {
  for (const languageId of brokenLanguages) {
    it(`6.7 are read without throwing, their places are right and no image is passed over: ${languageId}`, async () => {
      let found = 0;
      await fc.assert(
        fc.asyncProperty(brokenDocument(languageId), async (text) => {
          const references = await findImageReferences(languageId, text);
          found += references.length;
          for (const one of references) {
            const { range, places, written, context, alt } = one;
            assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
            assert.equal(written, text.slice(range.start, range.end));
            assert.ok(places.length > 0);
            for (const place of places)
              assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length);
            for (const words of [alt, context.heading, context.paragraph, promptOfReference(one).prompt])
              assert.ok(
                words === undefined || (words === oneLine(words) && words !== '' && words.length <= 1000),
              );
            resolveTarget(one.target, { directory: ['docs'] });
          }
          if (references.length > 0)
            assert.ok(mayHoldImages(encoder.encode(text), languageId), 'the byte test misses it');
        }),
        { numRuns: 1500 },
      );
      // Otherwise nothing was shown.
      assert.ok(found > 20, String(found));
    });
  }

  it('6.7 has no place beyond its end where a manifest ends in a comment', async () => {
    const text = '{"icons":[{"src":"a.png"/*';
    const [icon] = await findImageReferences('json', text);
    assert.deepEqual(icon?.places, [{ start: 10, end: text.length }]);
  });

  it('6.7 are read when any document of the corpus is cut off anywhere', async () => {
    const documents = corpus();
    const cut = fc.tuple(fc.constantFrom(...documents), fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(cut, async ([{ languageId, text }, part]) => {
        const offset = Math.floor(text.length * part);
        const typed = text.slice(0, offset);
        const references = await findImageReferences(languageId, typed);
        if (references.length > 0) assert.ok(mayHoldImages(encoder.encode(typed), languageId));
        await imageReferenceAt(languageId, typed, offset);
      }),
      { numRuns: 1500 },
    );
  });

  it('6.1 a rewritten target is the one that is found', async () => {
    for (const { languageId, text } of corpus()) {
      const before = await findImageReferences(languageId, text);
      for (const [index, { range }] of before.entries()) {
        const after = await findImageReferences(
          languageId,
          `${text.slice(0, range.start)}new/name-1.png${text.slice(range.end)}`,
        );
        assert.equal(after[index]?.target, 'new/name-1.png');
        assert.equal(after.length, before.length);
      }
    }
  });

  it('6.1 the reference at a cursor is the one whose target it stands in, the same as among all', async () => {
    for (const { languageId, text } of corpus()) {
      for (const reference of await findImageReferences(languageId, text)) {
        const { start, end } = reference.range;
        const middle = (start + end) >> 1;
        assert.deepEqual(await imageReferenceAt(languageId, text, middle), reference);
      }
    }
  });

  it('6.1 there is none at a cursor in other text, and none in other languages', async () => {
    const text = 'Words here ![a](b.png) and there.';
    assert.equal(await imageReferenceAt('markdown', text, 3), undefined);
    assert.equal((await imageReferenceAt('markdown', text, text.indexOf('!')))?.target, 'b.png');
    assert.equal(await imageReferenceAt('plaintext', text, 14), undefined);
    assert.deepEqual(await findImageReferences('toString', text), []);
  });
});
