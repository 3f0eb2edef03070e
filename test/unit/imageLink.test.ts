import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  canLinkImages,
  imageLink,
  type ImageLink,
  joinedSnippets,
} from '../../src/core/document/imageLink.ts';
import { defaultLinkTemplates, parseLinkTemplate } from '../../src/core/document/linkTemplates.ts';
import { oneLine } from '../../src/core/outsideText.ts';
import { findImageReferences } from '../../src/core/references/findImageReferences.ts';

const content = { path: '../my images/fox.png', alt: 'A "red" fox' };

function link(languageId: string, given = content, templates?: Readonly<Record<string, string>>): ImageLink {
  const made = imageLink(languageId, given, templates);
  assert.ok('text' in made, JSON.stringify(made));
  return made;
}

describe('6.3 a link in each language', () => {
  const cases: readonly (readonly [languageId: string, text: string])[] = [
    ['markdown', '![A "red" fox](../my%20images/fox.png)'],
    ['mdx', '![A "red" fox](../my%20images/fox.png)'],
    ['asciidoc', 'image::../my%20images/fox.png["A &#34;red&#34; fox"]'],
    ['restructuredtext', '.. image:: ../my\\ images/fox.png\n   :alt: A "red" fox\n'],
    [
      'latex',
      '\\includegraphics[width=\\linewidth,alt={A \\textquotedbl{}red\\textquotedbl{} fox}]{../my images/fox.png}',
    ],
    ['typst', '#image("../my images/fox.png", alt: "A \\"red\\" fox")'],
    ['html', '<img src="../my%20images/fox.png" alt="A &quot;red&quot; fox">'],
    ['typescriptreact', '<img src="../my%20images/fox.png" alt="A &quot;red&quot; fox" />'],
    ['css', 'url("../my%20images/fox.png")'],
  ];
  for (const [languageId, text] of cases)
    it(`6.3 is right in ${languageId}`, () => assert.equal(link(languageId).text, text));

  it('6.3 escapes what would be read', () => {
    const alt = '\\end{x} 50% #1 a_b ^ ~ & $5 {{ x }} [l] ]]';
    assert.equal(
      link('latex', { path: 'a.png', alt }).text,
      '\\includegraphics[width=\\linewidth,alt={\\textbackslash{}end\\{x\\} 50\\% \\#1 a\\_b \\textasciicircum{} \\textasciitilde{} \\& \\$5 \\{\\{ x \\}\\} [l] ]]}]{a.png}',
    );
    assert.equal(
      link('vue', { path: 'a.png', alt }).text,
      '<img src="a.png" alt="&#92;end&#123;x&#125; 50% #1 a_b ^ ~ &amp; $5 &#123;&#123; x &#125;&#125; [l] ]]">',
    );
    assert.equal(
      link('asciidoc', { path: 'a.png', alt: 'a ] {b} "c"' }).text,
      'image::a.png["a &#93; &#123;b&#125; &#34;c&#34;"]',
    );
    assert.equal(link('typst', { path: 'a.png', alt: '\\"' }).text, '#image("a.png", alt: "\\\\\\"")');
  });

  it('6.3 gives back path and words in HTML, whatever they are', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(words, words, async (alt, name) => {
        for (const languageId of ['html', 'vue', 'svelte', 'astro', 'typescriptreact']) {
          const path = `x/${name}.png`;
          const [found, ...more] = await findImageReferences(
            languageId,
            link(languageId, { path, alt }).text,
          );
          assert.equal(found?.alt ?? '', oneLine(alt).replace(/ +/g, ' '));
          assert.equal(found?.path, path.replace(/\p{Cs}/gu, '\uFFFD'));
          assert.deepEqual(more, []);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('6.3 holds the words as one line without control, format and bidirectional characters', () => {
    const alt = 'a\n\n\u202eb\u0000\u200bc\u2028d';
    for (const languageId of ['markdown', ...Object.keys(defaultLinkTemplates), 'pug']) {
      const template = defaultLinkTemplates[languageId] ?? '${path} ${alt}';
      const { text } = link(
        languageId,
        { path: 'p.png', alt },
        languageId === 'pug' ? { pug: template } : {},
      );
      assert.doesNotMatch(text, /[\u202e\0\u200b\u2028]/);
      assert.equal(text.split('\n').length, languageId === 'markdown' ? 1 : template.split('\n').length);
    }
  });

  it('6.3 is refused where the language cannot write the path', () => {
    const refused = (languageId: string, path: string) => {
      const made = imageLink(languageId, { path, alt: 'a' });
      assert.ok('problem' in made && made.problem.includes('cannot write'), `${languageId}: ${path}`);
    };
    for (const path of ['a%b.png', 'a{b.png', 'a#b.png', 'a  b.png', 'a\\b.png', 'a\nb.png'])
      refused('latex', path);
    refused('restructuredtext', 'a\nb.png');
    // Each would be the path of another file.
    for (const path of ['a  b.png', ' a.png', 'a\nb.png', 'a\u202eb.png', 'a\u200b.png'])
      refused('typst', path);
    assert.equal(
      link('typst', { path: 'a "b" \\.png', alt: 'a' }).text,
      '#image("a \\"b\\" \\\\.png", alt: "a")',
    );
  });

  it('6.3 is no path in LaTeX where TeX would run it as a command', () => {
    for (const languageId of ['latex', 'tex'])
      for (const path of ['|touch x.png', '|touch x/a.png', ' |touch x.png'])
        assert.ok('problem' in imageLink(languageId, { path, alt: 'a' }), path);
    assert.match(link('latex', { path: '../|a/b|c.png', alt: 'a' }).text, /\{\.\.\/\|a\/b\|c\.png\}/);
  });
});

describe('6.3 a link as a snippet', () => {
  it('6.3 has the words as a placeholder, and the cursor where the template ends', () => {
    assert.equal(link('html').snippet, '<img src="../my%20images/fox.png" alt="${1:A &quot;red&quot; fox}">');
    assert.equal(link('markdown').snippet, '![${1:A "red" fox}](../my%20images/fox.png)');
    const twice = { foo: '${alt}: ${path} (${alt}) $0' };
    assert.equal(link('foo', { path: 'a.png', alt: 'x' }, twice).snippet, '${1:x}: a.png (${1}) ${0}');
    assert.equal(link('foo', { path: 'a.png', alt: 'x' }, twice).text, 'x: a.png (x) ');
  });

  it('6.3 keeps its placeholders apart from digits that follow', () => {
    const template = { foo: '${alt} ${alt}2 $0${path}' };
    const { snippet } = link('foo', { path: '1.png', alt: 'x' }, template);
    assert.equal(snippet, '${1:x} ${1}2 ${0}1.png');
    assert.equal(
      joinedSnippets(
        [
          { text: '', snippet },
          { text: '', snippet },
        ],
        '\n',
      ),
      '${1:x} ${1}2 1.png\n${2:x} ${2}2 ${0}1.png',
    );
  });

  it('6.3 holds outside text as text: no variable of it is read', () => {
    const alt = '${CLIPBOARD} $TM_FILEPATH } \\ ${1:x}';
    for (const languageId of ['markdown', ...Object.keys(defaultLinkTemplates)]) {
      // LaTeX has no way to write the dollar sign in a path.
      const path = languageId.endsWith('tex') || languageId === 'latex' ? 'x.png' : '$TM/${x}.png';
      const { snippet } = link(languageId, { path, alt });
      const left = snippet.replace(/\\[\\$}]/g, '').replaceAll('${1:', '');
      assert.doesNotMatch(left, /\$[A-Za-z{0-9]/, `${languageId}: ${snippet}`);
    }
  });
});

describe('6.3 the setting link.templates', () => {
  it('6.3 goes before the defaults, and adds languages', () => {
    assert.equal(
      link('html', content, { html: '<x-image from="${path}" />' }).text,
      '<x-image from="../my%20images/fox.png" />',
    );
    assert.equal(link('markdown', content, { markdown: '![[${path}]]' }).text, '![[../my%20images/fox.png]]');
    assert.equal(
      link('org', { path: 'a.png', alt: 'a]] [[b' }, { org: '[[${path}][$alt]]' }).text,
      '[[a.png][a b]]',
    );
    assert.equal(canLinkImages('org', {}), false);
    assert.equal(canLinkImages('org', { org: '${path}' }), true);
    assert.equal(canLinkImages('mdx', {}), true);
  });

  it('6.3 leaves LaTeX’s backslashes and escaped dollar signs as they are', () => {
    assert.equal(
      link('x', { path: 'a.png', alt: '' }, { x: '\\begin{a} \\$5 $ ${path}' }).text,
      '\\begin{a} $5 $ a.png',
    );
  });

  it('6.3 takes no other variable, transform or choice: a template can be a repository’s', () => {
    for (const template of [
      '${path} ${CLIPBOARD}',
      '$path $TM_FILEPATH',
      '${path/(a+)+$/x/}',
      '${path} ${1|a,b|}',
      '${path} ${2:x}',
      '${path} ${alt:-x}',
      '${path} ${',
    ]) {
      assert.ok('problem' in parseLinkTemplate(template), template);
      assert.ok('problem' in imageLink('x', content, { x: template }), template);
    }
    assert.ok('problem' in parseLinkTemplate('no path: ${alt}'));
    assert.ok('problem' in parseLinkTemplate('${path}'.padEnd(1001)));
    assert.ok('problem' in imageLink('plaintext', content));
    const odd = { x: 5, html: null } as unknown as Readonly<Record<string, string>>;
    assert.ok('problem' in imageLink('x', content, odd));
    assert.ok('text' in imageLink('html', content, odd));
  });
});

describe('6.3 words of a model in a template of one’s own', () => {
  const words = `fox" onerror="alert(1)' onload='x\` {y} \\`;
  for (const language of ['markdown', 'mdx', 'html', 'vue', 'svelte', 'astro', 'typescriptreact'])
    for (const quote of ['"', "'", '`'])
      it(`6.3 stay words in ${language} between ${quote}`, () => {
        const templates = { [language]: `<img src="\${path}" alt=${quote}\${alt}${quote}>` };
        const link = imageLink(language, { path: 'a.png', alt: words }, templates);
        assert.ok('text' in link);
        const inside = link.text.slice(link.text.indexOf(`alt=${quote}`) + 5, link.text.lastIndexOf(quote));
        assert.doesNotMatch(inside, /["'`{}\\<>]/);
      });
});
