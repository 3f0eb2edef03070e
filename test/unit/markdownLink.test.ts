import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import {
  altText,
  escapeAlt,
  linkTarget,
  markdownImage,
  relativePath,
} from '../../src/core/document/markdownLink.ts';
import { oneLine } from '../../src/core/outsideText.ts';
import { shown } from '../support/shown.ts';

/** Pieces that mean something to one Markdown or another. */
const piece = fc.constantFrom(
  ...'[ ] ( ) ! ` * _ ~ < > & | $ { } \\ : / ^ = + - # @ . , ; % " \''.split(' '),
  ...[
    'a',
    'b',
    ' ',
    '\n',
    '\t',
    'é',
    '🦊',
    '狐',
    '**',
    '``',
    '$$',
    '](',
    '![',
    '[^1]',
    '<!--',
    '<b>',
    '</a>',
    '\r',
  ],
  ...[
    '&amp;',
    '&#35;',
    'amp;',
    'https://a.b/c',
    'www.a.b',
    'x@y.zz',
    'mailto:x@y.zz',
    ':smile:',
    '{{x}}',
    '\\[',
  ],
  ...['${CLIPBOARD}', '$TM_FILEPATH', '\u202e', '\u200b', '\u2028', '\0'],
);
const markup = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

interface Node {
  readonly type: string;
  readonly alt?: string;
  readonly url?: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
const inlineOf = (markdown: string): readonly Node[] => {
  const blocks = fromMarkdown(markdown).children as readonly Node[];
  assert.deepEqual(
    blocks.map(({ type }) => type),
    ['paragraph'],
    markdown,
  );
  return blocks[0]!.children!;
};

describe('2.8 the alternative text in Markdown', () => {
  it('2.8 shows exactly the text, and nothing else', () => {
    fc.assert(
      fc.property(markup, (alt) => {
        const nodes = inlineOf(`See ${markdownImage(alt, 'a/b.png')} now`);
        assert.deepEqual(
          nodes.map(({ type, alt: shown, url, value }) => [type, shown ?? value, url]),
          [
            ['text', 'See ', undefined],
            ['image', oneLine(alt), 'a/b.png'],
            ['text', ' now', undefined],
          ],
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('2.8 is a picture alone at the beginning of a line, too', () => {
    fc.assert(
      fc.property(markup, (alt) => {
        const nodes = inlineOf(markdownImage(alt, 'b.png'));
        assert.deepEqual(
          nodes.map(({ type }) => type),
          ['image'],
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('2.8 leaves no character that another Markdown reads unescaped', () => {
    fc.assert(
      fc.property(markup, (alt) => {
        const left = escapeAlt(alt).replace(/\\[\x21-\x7e]/g, '·');
        // GFM tables, strikethrough, autolinks, footnotes; math; MDX; directives; highlights.
        assert.ok(!/[[\]`*_~<>|${}\\@]|&[#a-z]|:\/\/|:[a-z]|==|www\.|^\^/i.test(left), left);
      }),
      { numRuns: 3000 },
    );
  });

  it('2.8 stays readable where nothing can happen', () => {
    assert.equal(
      escapeAlt('Logo: a fox & a hen, 3 + 4 = 7 (really!) #1; it\'s "red"'),
      'Logo: a fox & a hen, 3 + 4 = 7 (really!) #1; it\'s "red"',
    );
    assert.equal(escapeAlt('a_b [c] <d> $5 {e}'), 'a\\_b \\[c\\] \\<d\\> \\$5 \\{e\\}');
  });

  it('2.8 is one line without control, format and bidirectional characters', () => {
    assert.equal(markdownImage('a\n\n# b\u202e\u0000c', 'x.png'), '![a # b c](x.png)');
  });
});

describe('2.8 the alternative text from a prompt', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['A red fox', 'A red fox'],
    ['# A fox\n\n- in **deep** snow\n> with `code`', 'A fox in deep snow with code'],
    ['A [fox](http://a.b/c "x") and ![hen](h.png) and [cow](c.md)', 'A fox and hen and cow'],
    ['*so* __very__ ~~not~~ red', 'so very not red'],
    ['3 * 4 * 5, snake_case_name, a*b*c', '3 * 4 * 5, snake_case_name, a*b*c'],
    ['', 'image'],
    [' \n\u200b\u202e ', 'image'],
    ['\u3164\ufe0f', 'image'],
    ['right\u202eto\u2066left', 'righttoleft'],
  ];
  for (const [prompt, expected] of cases) {
    it(`2.8 turns ${shown(prompt)} into ${shown(expected)}`, () => assert.equal(altText(prompt), expected));
  }

  it('2.8 is cut at the end of a word', () => {
    assert.equal(altText('one two, three four', 12), 'one two…');
    assert.equal(altText('one two three', 13), 'one two three');
    assert.equal(altText('one two three', 12), 'one two…');
    assert.equal(altText('one twoo three four', 15), 'one twoo three…');
    const long = altText('word '.repeat(100));
    assert.ok(long.endsWith('word…') && long.length > 100 && long.length <= 125);
  });

  it('2.8 is cut between letters where there are no words, never within one', () => {
    assert.equal(altText('狐'.repeat(200)), `${'狐'.repeat(124)}…`);
    assert.equal(altText(`${'a'.repeat(8)}🦊b`, 10), `${'a'.repeat(8)}…`);
    assert.equal(altText(`${'a'.repeat(6)}🇩🇪🇫🇷b`, 13), `${'a'.repeat(6)}🇩🇪…`);
    assert.equal(altText('x\u0323\u0331\u0332\u0333\u0334', 4), 'image');
  });

  it('2.8 is one line within the limit, never empty, for any prompt', () => {
    const prompt = fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(prompt, fc.integer({ min: 10, max: 125 }), (text, limit) => {
        const alt = altText(text, limit);
        assert.ok(alt.length > 0 && alt.length <= limit);
        assert.equal(alt, oneLine(alt));
      }),
      { numRuns: 3000 },
    );
  });

  it('2.8 takes a moment only, for prompts made to keep it busy', () => {
    for (const part of ['`', '*', '_', '[', '[a](', '~~', '**a', '*a_', '> ', '\n', '!['])
      assert.ok(altText(part.repeat(100_000)).length > 0);
  });
});

describe('2.8 the path in a link', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['/ws', '/ws/fox.png', 'fox.png'],
    ['/ws/docs', '/ws/images/fox.png', '../images/fox.png'],
    ['/ws/docs/guide', '/ws/docs/guide/images/fox.png', 'images/fox.png'],
    ['/ws/images', '/ws/images-2/fox.png', '../images-2/fox.png'],
    ['/', '/fox.png', 'fox.png'],
    ['/a/b', '/c/d', '../../c/d'],
    ['/ws/', '/ws/fox.png', 'fox.png'],
    ['/a/b', '/a/b', '../b'],
  ];
  for (const [from, to, expected] of cases) {
    it(`2.8 leads from ${from} to ${to}`, () => assert.equal(relativePath(from, to), expected));
  }

  it('2.8 leads to the file from any folder', () => {
    const segments = fc.array(fc.constantFrom('a', 'b', 'c d', '狐'), { maxLength: 4 });
    fc.assert(
      fc.property(segments, segments, (from, to) => {
        const [directory, file] = [`/${from.join('/')}`, `/${[...to, 'f.png'].join('/')}`];
        const path = relativePath(directory, file);
        assert.equal(path, posix.relative(directory, file));
        assert.equal(posix.resolve(directory, path), file);
      }),
    );
  });

  it('2.8 is percent-encoded, each part by itself', () => {
    assert.equal(linkTarget('../my images/fox (1).png'), '../my%20images/fox%20%281%29.png');
    assert.equal(linkTarget('100%#?/[x]<y>"\'\\.png'), '100%25%23%3F/%5Bx%5D%3Cy%3E%22%27%5C.png');
    assert.equal(linkTarget('狐.png'), '%E7%8B%90.png');
    assert.equal(linkTarget('plain-name_1.png'), 'plain-name_1.png');
    assert.equal(linkTarget('half\ud800.png'), 'half%EF%BF%BD.png');
  });

  it('2.8 comes through Markdown and decoding as it was', () => {
    const path = fc.array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 8 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(path, (parts) => {
        const given = `x/${parts.join('/')}`;
        const target = linkTarget(given);
        assert.match(target, /^[A-Za-z0-9%._/-]*$/);
        assert.equal(decodeURIComponent(target), given.replace(/\p{Cs}/gu, '\ufffd'));
        assert.equal(inlineOf(markdownImage('a', target))[0]?.url, target);
      }),
      { numRuns: 2000 },
    );
  });
});
