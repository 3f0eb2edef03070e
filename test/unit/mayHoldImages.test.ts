import assert from 'node:assert/strict';
import { findImageReferences } from '../../src/core/references/findImageReferences.ts';
import { mayHoldImages } from '../../src/core/references/mayHoldImages.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Documents with an image that a careless look at the bytes passes over. */
const hidden: readonly (readonly [languageId: string, text: string])[] = [
  ['markdown', '![a]\n\n[a]: b'],
  ['markdown', '<p style="background: url(a)">x</p>'],
  ['markdown', '<P STYLE="background:url(a)">'],
  ['markdown', '<IMG\nSRC=a>'],
  ['html', 'words <img/src=a> words'],
  ['markdown', '<x-y src=a.png>'],
  ['markdown', '\uFEFF---\nimage: a.png\n---'],
  ['markdown', '---   \r\nimage: a.PNG\r\n---\r\n'],
  ['markdown', '+++\nimage = "\\u0061\\u002epng"\n+++\n'],
  ['markdown', '---\nimage: a%2epng\n---\n'],
  ['markdown', '---\n# a\n----\nimage: a.png\n---  \n'],
  ['markdown', '---\nimage: a.png\n...\n'],
  ['mdx', '<img`x` src="a.png" />'],
  ['mdx', '<Hero.Image cover="a.png" />'],
  ['svelte', '<img{"x"} src="a">'],
  ['html', '<style>a{mask:u\\72l(b)}</style>'],
  ['javascriptreact', 'x = < /* y */ img src="a" />'],
  ['javascriptreact', 'x = <Card cover="a.png" />'],
  ['css', 'a{background:URL(b)}'],
  ['css', 'a{background:\\75\\72\\6c(b)}'],
  ['css', 'a{background:image-set("b" 1x)}'],
  ['css', 'a{background:\\00002dwebkit-\\000069mage-se\\000074("b" 1x)}'],
  ['css', 'a{background:url(b'],
  ['json', '{"icons":[{"\\u0073rc":"b"}]}'],
];

/** Documents of a kind that a tree is full of: without images, and not to be parsed. */
const plain: readonly (readonly [languageId: string, text: string])[] = [
  ['markdown', '# Title\n\nWords! [A link](a.md), `code`, a < b, <https://a.b>, <fox@a.b> and 3 > 2.\n'],
  ['markdown', '---\ntitle: A title\ndate: 2024-01-01\n---\n\n# Title\n\nSee shot.png in style.\n'],
  ['markdown', 'A <b>bold</b> word, <br> and <kbd>Ctrl</kbd>.\n'],
  ['markdown', '!\n[not an image](a.png)\n'],
  ['markdown', '---\n\nA rule, then a sentence about style.\n'],
  ['css', 'a{color:red;width:calc(1px + 2em)} b{transform:rotate(3deg)}'],
  ['json', '{"name":"a","version":"1.0.0"}'],
  ['html', '<p>Words <b>only</b></p>'],
  ['typescriptreact', 'export const a = (b: number) => b < 3;'],
  ['plaintext', '![a](b.png)'],
];

describe('6.2 the byte test for images', () => {
  for (const [languageId, text] of hidden) {
    it(`6.2 sees the image in ${languageId}: ${JSON.stringify(text)}`, async () => {
      assert.equal((await findImageReferences(languageId, text)).length, 1);
      assert.equal(mayHoldImages(bytesOf(text), languageId), true);
    });
  }

  for (const [languageId, text] of plain) {
    it(`6.2 spares the parser ${languageId}: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await findImageReferences(languageId, text), []);
      assert.equal(mayHoldImages(bytesOf(text), languageId), false);
    });
  }

  it('6.2 takes UTF-16 for a file that may', () => {
    assert.equal(mayHoldImages(Uint8Array.of(0xff, 0xfe, 0x21, 0, 0x5b, 0), 'markdown'), true);
    assert.equal(mayHoldImages(Uint8Array.of(0xfe, 0xff, 0, 0x21, 0, 0x5b), 'markdown'), true);
  });
});
