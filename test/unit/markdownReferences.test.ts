import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { markdownImage } from '../../src/core/document/markdownLink.ts';
import { findImageReferences } from '../../src/core/references/findImageReferences.ts';

const pieces = [
  ...[
    '![a](b.png)',
    '![a *c*](<d e.png> "t")',
    '![a][b]',
    '![b]',
    '![b][]',
    '![x](y(z).png)',
    '![x]( y.png )',
  ],
  ...[
    '[b]: c.png\n',
    '[b]: <c d.png> "t"\n',
    "[c]:\n f.png\n 'x'\n",
    '[b](x.md)',
    ' [![a](g.png)](h)',
    '![x](y z.png)',
  ],
  ...[
    '# h\n',
    '> ',
    '- ',
    '1. ',
    '```\n',
    '`',
    '``',
    '\n',
    '\n\n',
    '&amp;',
    '*',
    '_',
    '<',
    '>',
    '"',
    'a',
    ' ',
    '===\n',
  ],
];
const document = fc
  .array(fc.constantFrom(...pieces), { maxLength: 9 })
  .map((parts) => `a\n\n${parts.join('')}`);

/** What micromark, which follows CommonMark to the letter, finds: the URLs of images, of each used definition once. */
function imagesOf(markdown: string): string[] {
  const urls: string[] = [];
  const used = new Set<string>();
  const definitions = new Map<string, string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'image') urls.push(node.url);
    if (node.type === 'imageReference') used.add(node.identifier);
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node.url);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(markdown));
  return [...urls, ...[...used].flatMap((one) => definitions.get(one) ?? [])].sort();
}

describe('6.1 references in Markdown', () => {
  it('6.1 are those of CommonMark', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const found = await findImageReferences('markdown', text);
        assert.deepEqual(found.map(({ target }) => target).sort(), imagesOf(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('6.1 give back the alternative text that a link was written with', async () => {
    const alt = fc.array(
      fc.constantFrom('a', ' ', '[', ']', '*', '_', '`', '&amp;', '\\', '<b>', '!', '$', '|'),
    );
    await fc.assert(
      fc.asyncProperty(alt, async (parts) => {
        const words = parts.join('').replace(/ +/g, ' ').trim();
        const [found] = await findImageReferences('markdown', `See ${markdownImage(words, 'a.png')} now`);
        assert.equal(found?.alt ?? '', words);
      }),
      { numRuns: 500 },
    );
  });

  it('6.1 hold the context in bounds, and none of another part of the document', async () => {
    const text = `# ${'Heading '.repeat(99)}\n\n${'Words '.repeat(999)}\n\n![](a.png)\n\n# Next\n\n![](b.png)`;
    const [first, second] = await findImageReferences('markdown', text);
    const heading = first?.context.heading ?? '';
    assert.ok(heading.length > 190 && heading.length <= 200 && heading.endsWith('…'));
    assert.ok(first?.context.paragraph?.startsWith('Words Words') && first.context.paragraph.length <= 600);
    assert.deepEqual(second?.context, { heading: 'Next' });
  });

  it('6.1 are found in every way a nested list, a quote and a table hold them', async () => {
    const text = '- a\n  - > ![1](a.png)\n\n| a |\n|--|\n| x \\| ![2](b.png) |\n\n> > ![3][c]\n\n[c]: c.png';
    const found = await findImageReferences('markdown', text);
    assert.deepEqual(
      found.map(({ target }) => target),
      ['a.png', 'b.png', 'c.png'],
    );
  });
});
