import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findImageReferences } from '../../src/core/references/findImageReferences.ts';
import type { ImageReference } from '../../src/core/references/imageReference.ts';
import { promptOfReference, sizeOfReference } from '../../src/core/references/prompt.ts';
import { fileNameOfTarget, formatOfTarget } from '../../src/core/references/target.ts';
import { corpus, type ExpectedReference } from '../support/documents.ts';

const documents = corpus();

/** A reference in the form in which the corpus writes it. */
function written(text: string, reference: ImageReference, like: ExpectedReference): ExpectedReference {
  const { kind, alt, caption, title, refusal, target, range, context, places } = reference;
  const size = sizeOfReference(reference);
  const source = text.slice(range.start, range.end);
  const all: { [K in keyof ExpectedReference]: ExpectedReference[K] | undefined } = {
    line: text.slice(0, range.start).split('\n').length,
    kind,
    written: source,
    target: target === source ? undefined : target,
    alt,
    caption,
    title,
    size,
    refusal,
    ...(refusal === undefined && {
      prompt: promptOfReference(reference).prompt,
      from: promptOfReference(reference).from,
      file: fileNameOfTarget(target),
      format: formatWords(target),
    }),
    heading: like.heading === undefined ? undefined : context.heading,
    paragraph: like.paragraph === undefined ? undefined : context.paragraph,
    places: like.places === undefined ? undefined : places.length,
  };
  return JSON.parse(JSON.stringify(all)) as ExpectedReference;
}

function formatWords(target: string): string {
  const format = formatOfTarget(target);
  if (format.can === 'write') return format.format;
  return format.can === 'keep' ? `keep ${format.format}` : `rename ${format.extension}`;
}

describe('6.1 references to images in real documents', () => {
  it('6.1 has documents in every language, each with what is in it', () => {
    const languages = new Set(documents.map(({ languageId }) => languageId));
    for (const one of 'markdown mdx html css scss less json javascriptreact typescriptreact vue svelte astro'.split(
      ' ',
    ))
      assert.ok(languages.has(one), one);
    const all = readdirSync(join(import.meta.dirname, '../fixtures/documents'), {
      recursive: true,
      withFileTypes: true,
    });
    const count = all.filter((one) => one.isFile() && !one.name.endsWith('.expected.json')).length;
    assert.equal(documents.length, count);
  });

  for (const { name, languageId, text, expected } of documents) {
    it(`6.1 finds in ${name} what a person finds`, async () => {
      const found = await findImageReferences(languageId, text);
      assert.deepEqual(
        found.map((one, index) => written(text, one, expected[index] ?? ({} as ExpectedReference))),
        expected,
      );
      for (const { written: source, range } of found)
        assert.equal(source, text.slice(range.start, range.end));
    });
  }
});
