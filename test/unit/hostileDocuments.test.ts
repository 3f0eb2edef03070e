import assert from 'node:assert/strict';
import {
  findImageReferences,
  imageReferenceAt,
  mostDocumentCharacters,
} from '../../src/core/references/findImageReferences.ts';
import { mostReferences } from '../../src/core/references/imageReference.ts';
import { busyDocuments } from '../support/busyDocuments.ts';

/** What the longest document that is read has, nearly. */
const length = 900_000;

describe('6.7 documents made to keep a reader busy', () => {
  for (const { languageId, name, text } of busyDocuments) {
    it(`6.7 are read in time: ${languageId}, ${name}`, async () => {
      await findImageReferences(languageId, text(length));
    });
    it(`6.7 are read in time at a cursor: ${languageId}, ${name}`, async () => {
      await imageReferenceAt(languageId, text(length), length / 2);
    });
  }

  it('6.7 give their first images where they name more than anybody can look through', async () => {
    const count = mostReferences + 500;
    const documents: readonly (readonly [languageId: string, text: string])[] = [
      ['markdown', `${'![](p)'.repeat(100)}\n\n`.repeat(count / 100)],
      ['markdown', `---\nimages:\n${'- p.png\n'.repeat(count)}---\n`],
      ['html', `<style>a{mask:${'url(p),'.repeat(count)}}</style>`],
      ['html', '<img src=p>'.repeat(count)],
      ['html', `<img srcset="${'p, '.repeat(count)}">`],
      ['javascriptreact', `<>${'<img src="p" />'.repeat(count)}</>`],
      ['css', `a{mask:${'url(p),'.repeat(count)}}`],
      ['json', `{"icons":[${'{"src":"p"},'.repeat(count)}]}`],
    ];
    for (const [languageId, text] of documents) {
      const found = await findImageReferences(languageId, text);
      assert.equal(found.length, mostReferences, text.slice(0, 40));
      assert.ok(found.every(({ target }) => target.startsWith('p')));
    }
  });

  it('6.7 may have very many images in one style, which is more than a stack holds', async () => {
    const urls = 'url(a),'.repeat(130_000);
    assert.equal(
      (await findImageReferences('html', `<style>a{mask:${urls}}</style>`)).length,
      mostReferences,
    );
  });

  it('6.7 with brackets within brackets are read by no parser that goes as deep as they do', async () => {
    // The last ones hold brackets that close nothing: there are as many of them as others.
    for (const open of ['[', '{"a":', '[{"icons":', '["]",', '[},', '{"a":[},'])
      assert.deepEqual(await findImageReferences('json', open.repeat(100_000)), []);
    for (const open of ['[', '{a: ', '- ', '? '])
      assert.deepEqual(await findImageReferences('markdown', `---\nimage: ${open.repeat(4000)}\n---\n`), []);
    for (const open of ['[', '{a=', 'a.'])
      assert.deepEqual(await findImageReferences('markdown', `+++\nimage = ${open.repeat(4000)}\n+++\n`), []);
  });

  it('6.7 are not followed into aliases that multiply', async () => {
    const lines = ['a: &a [x.png, x.png]'];
    for (let level = 0; level < 30; level++)
      lines.push(`image${level}: &b${level} [*${level === 0 ? 'a' : `b${level - 1}`}, *a, *a]`);
    const found = await findImageReferences('markdown', `---\n${lines.join('\n')}\nimage: y.png\n---\n`);
    assert.deepEqual(
      found.map(({ target }) => target),
      ['y.png'],
    );
  });

  it('6.7 lose only what one paragraph holds beyond any person’s', async () => {
    const text = `${'![](a.png) '.repeat(2000)}\n\n![](b.png)\n\n${'> '.repeat(100)}![](c.png)\n\n![](d.png)`;
    const targets = (await findImageReferences('markdown', text)).map(({ target }) => target);
    assert.ok(targets.filter((one) => one === 'a.png').length >= 400);
    assert.deepEqual(targets.slice(-2), ['b.png', 'd.png']);
  });

  it('6.7 lose no image of a long paragraph that begins like a definition', async () => {
    const lines = 'and so on\n'.repeat(200);
    for (const start of ['[a]: b "', '[Foxes](foxes.md) ', '[a]: b\n']) {
      const text = `${start}${lines}![](a.png)\n${lines}\n\n![A fox][f]\n\n[f]: f.png "Of\nfoxes"\n`;
      const found = await findImageReferences('markdown', text);
      assert.deepEqual(
        found.map(({ target, title }) => [target, title]),
        [
          ['a.png', undefined],
          ['f.png', 'Of foxes'],
        ],
      );
    }
  });

  it('6.7 lose no image behind very many spaces', async () => {
    const text = `a${' '.repeat(500)}![](a.png)${' '.repeat(500)}\nb  \n![](b.png)`;
    const targets = (await findImageReferences('markdown', text)).map(({ target }) => target);
    assert.deepEqual(targets, ['a.png', 'b.png']);
  });

  it('6.7 that are too long are not read', async () => {
    const text = '![](a.png)\n'.padEnd(mostDocumentCharacters, 'x');
    assert.equal((await findImageReferences('markdown', text)).length, 1);
    assert.equal((await findImageReferences('markdown', `${text}x`)).length, 0);
  });
});
