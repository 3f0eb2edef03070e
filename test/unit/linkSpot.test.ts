import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linkSpot } from '../../src/core/references/linkSpot.ts';

const link = '![](a.png)';

/** The text with the link in its place; undefined where there is none. */
function placed(languageId: string, text: string, placement: 'afterTitle' | 'end'): string | undefined {
  const spot = linkSpot(languageId, text, placement);
  return spot && text.slice(0, spot.offset) + spot.before + link + spot.after + text.slice(spot.offset);
}

describe('7.5 the place of a link in a document', () => {
  it('7.5 is a paragraph of its own below the title', () => {
    const below = (text: string) => placed('markdown', text, 'afterTitle');
    assert.equal(below('# T\n\nText\n'), `# T\n\n${link}\n\nText\n`);
    assert.equal(below('# T\nText\n'), `# T\n\n${link}\n\nText\n`);
    assert.equal(below('# T'), `# T\n\n${link}`);
    assert.equal(below('# T\n'), `# T\n\n${link}\n`);
    assert.equal(below('T\n===\n\nText'), `T\n===\n\n${link}\n\nText`);
    assert.equal(below('# T\r\n\r\nText\r\n'), `# T\r\n\r\n${link}\r\n\r\nText\r\n`);
    assert.equal(below('Words first\n\n# T\n'), `Words first\n\n# T\n\n${link}\n`);
  });

  it('7.5 takes neither front matter nor code for a title, and knows a title in HTML', () => {
    const below = (text: string) => placed('markdown', text, 'afterTitle');
    assert.equal(below('---\ntitle: x\n---\n\n# T\n'), `---\ntitle: x\n---\n\n# T\n\n${link}\n`);
    assert.equal(below('---\ntitle: x\n---\nText\n'), `---\ntitle: x\n---\n${link}\n\nText\n`);
    assert.equal(below('```\n# no\n```\n\n# T\n'), `\`\`\`\n# no\n\`\`\`\n\n# T\n\n${link}\n`);
    assert.equal(
      below('<h1 align="center">T</h1>\n\nText\n'),
      `<h1 align="center">T</h1>\n\n${link}\n\nText\n`,
    );
    assert.equal(below('Text only\n'), `${link}\n\nText only\n`);
  });

  it('7.5 is the last that is read where it goes to the end', () => {
    assert.equal(placed('markdown', '# T\n\nText\n', 'end'), `# T\n\nText\n\n${link}\n`);
    assert.equal(placed('markdown', 'Text', 'end'), `Text\n\n${link}\n`);
    assert.equal(placed('markdown', '', 'end'), `${link}\n`);
    const page = '<body>\n  <p>a</p>\n</body>\n</html>\n';
    assert.equal(placed('html', page, 'end'), `<body>\n  <p>a</p>\n${link}\n</body>\n</html>\n`);
    const tex = '\\begin{document}\nText\n\\end{document}\n';
    assert.equal(placed('latex', tex, 'end'), `\\begin{document}\nText\n${link}\n\\end{document}\n`);
  });

  it('7.5 is below an HTML page’s first heading', () => {
    assert.equal(
      placed('html', '<body><h1>T</h1>\n\n<p>', 'afterTitle'),
      `<body><h1>T</h1>\n\n${link}\n\n<p>`,
    );
    assert.equal(placed('html', '<body><p>', 'afterTitle'), undefined);
  });

  it('7.5 is nowhere in code, and in what is too long to be read', () => {
    for (const language of ['typescriptreact', 'css', 'plaintext', 'json', '__proto__'])
      for (const placement of ['afterTitle', 'end'] as const)
        assert.equal(linkSpot(language, '# T\n', placement), undefined, language);
    assert.equal(linkSpot('markdown', 'x'.repeat(2_000_001), 'end'), undefined);
  });

  it('7.5 lies inside any text, and changes nothing of it', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '# T',
        '---',
        '\n',
        '\r\n',
        '<h1>',
        '</h1>',
        '```',
        'text',
        '> ',
        '- ',
        '</body>',
        '{',
        '  ',
        '===',
      ),
    );
    fc.assert(
      fc.property(pieces, fc.constantFrom('markdown', 'mdx', 'html'), (parts, language) => {
        const text = parts.join('');
        for (const placement of ['afterTitle', 'end'] as const) {
          const spot = linkSpot(language, text, placement);
          if (spot === undefined) continue;
          assert.ok(spot.offset >= 0 && spot.offset <= text.length);
          assert.equal((spot.before + spot.after).trim(), '');
        }
      }),
    );
  });
});
