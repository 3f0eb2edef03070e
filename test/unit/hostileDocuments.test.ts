import assert from 'node:assert/strict';
import {
  findImageReferences,
  mostDocumentCharacters,
} from '../../src/core/references/findImageReferences.ts';

/** Documents that keep a parser busy whose time grows with the square of their length: far beyond the test's time-out. */
const busy: readonly (readonly [languageId: string, unit: string, before?: string])[] = [
  ['markdown', '![]('],
  ['markdown', '[a]('],
  ['markdown', '*a]'],
  ['markdown', '> '],
  ['markdown', '[]'],
  ['markdown', '[a][b] '],
  ['markdown', '<a b=c"'],
  ['mdx', '<a {'],
  ['mdx', '<a b={`'],
  ['mdx', '{/*'],
  ['html', '<figure><img src=a.png>'],
  ['html', 'a 1x,', '<img srcset="'],
  ['javascriptreact', '<a b={'],
  ['typescriptreact', '<T,'],
  ['css', '}', 'a{background:url(a.png)}'],
  ['css', 'image-set('],
  ['scss', "url('\n"],
  ['json', '{"src":"a.png"},', '{"icons":['],
];

describe('6.7 documents made to keep a reader busy', () => {
  for (const [languageId, unit, before = ''] of busy) {
    it(`6.7 are read in time: ${languageId}, ${JSON.stringify(before + unit)} again and again`, async () => {
      await findImageReferences(languageId, before + unit.repeat(200_000 / unit.length));
    });
  }

  it('6.7 may hold very many images, in the text and in one style', async () => {
    const count = 130_000;
    const lines = `${'![](p)'.repeat(100)}\n\n`.repeat(count / 100);
    assert.equal((await findImageReferences('markdown', lines)).length, count);
    const urls = 'url(a),'.repeat(count);
    assert.equal((await findImageReferences('html', `<style>a{mask:${urls}}</style>`)).length, count);
  });

  it('6.7 with brackets within brackets are read by no parser that goes as deep as they do', async () => {
    for (const open of ['[', '{"a":', '[{"icons":'])
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

  it('6.7 that are too long are not read', async () => {
    const text = '![](a.png)\n'.padEnd(mostDocumentCharacters, 'x');
    assert.equal((await findImageReferences('markdown', text)).length, 1);
    assert.equal((await findImageReferences('markdown', `${text}x`)).length, 0);
  });
});
