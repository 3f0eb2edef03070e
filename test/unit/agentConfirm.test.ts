import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { confirmMarkdown, plainMarkdown } from '../../src/core/agent/confirmWords.ts';
import { parseToolInput } from '../../src/core/agent/toolInput.ts';

const refused = (message: RegExp) => (error: unknown) => {
  const { code, message: text } = error as { code?: string; message: string };
  assert.equal(code, 'invalidArguments');
  assert.match(text, message);
  return true;
};
const sent = (prompt: string) => parseToolInput('generate', { prompt }, 4).prompt!;
const parseReference = (path: string) =>
  parseToolInput('generate', { prompt: 'a', references: [path] }, 4).references[0];

/** What CommonMark shows of a row: its text, when there is nothing in it but text. */
function shown(markdown: string): string {
  const { children } = fromMarkdown(markdown);
  assert.equal(children.length, 1, markdown);
  const [paragraph] = children;
  assert.ok(paragraph?.type === 'paragraph', markdown);
  const [label, ...values] = paragraph.children;
  assert.equal(label?.type, 'strong');
  return values
    .map((one) => {
      assert.ok(one.type === 'text', `${one.type} in ${markdown}`);
      return one.value;
    })
    .join('')
    .slice(1)
    .replaceAll('\u00A0', ' ');
}

/** Pieces of which hostile prompts are made. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(
    ...['a cat', ' ', '  ', '\t', '\r\n', '\n\n# ', '\n- ', '\u00A0', '\u3000', '\u2800', '&#65;', '&amp;'],
    ...['AKIA+x://', 'https://x.example/a?b=c', 'www.x.example', 'me@x.example', 'data:', '[a](command:b)'],
    ...['<img src=x>', '**', '__', '`', '~~', '$x$', '\\', '||', '![', '</b>', '$(key)', '\u200B', '\u200D'],
    ...['\u200C', '\uFE0F', '\u202E', '\u{E0041}', '❤️‍🔥', '👩🏽‍🚀', '1️⃣', 'می‌خواهم', 'क्‍ष', 'e\u0301', '\uFB2C'],
  ),
);
const hostile = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('7.2 the prompt that is confirmed is the prompt that is sent', () => {
  it('7.2 decodes, as Markdown shows it, to what is sent, whatever the agent wrote', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(/[a-z]/.test(text));
        const prompt = sent(text);
        assert.equal(shown(confirmMarkdown([{ label: 'Prompt', value: prompt, limit: 8000 }])), prompt);
      }),
      { numRuns: 2000 },
    );
  });

  it('7.2 is normalised but once: what is sent has nothing left to be taken out', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(/[a-z]/.test(text));
        const prompt = sent(text);
        assert.equal(sent(prompt), prompt);
        assert.doesNotMatch(prompt, /[\p{Cc}\u2800]|(?! )\p{Z}| {2}|^ | $/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('7.2 hides no words before "://", and no brackets', () => {
    const prompt = 'a cat AKIA...+wJalr.K7MDENG:// on <grass> [draw](the.minutes:// now) data: x';
    assert.equal(shown(confirmMarkdown([{ label: 'Prompt', value: sent(prompt), limit: 8000 }])), prompt);
  });

  it('7.2 sends one space for what looks like spaces, and one form of a letter', () => {
    assert.equal(
      sent(' a\t\tfox\r\n\r\nin\u00A0\u2003the \u2800 snow\u200B \u0007 cafe\u0301 '),
      'a fox in the snow café',
    );
  });

  it('7.2 keeps joiners and selectors only where emoji and scripts need them', () => {
    assert.equal(sent('a\uFE0F c\u200Da\u200Ct 😀\uFE0E🐱\u200D🐱'), 'a cat 😀🐱🐱');
    const needing = 'a fox ❤️‍🔥 👩🏽‍🚀 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم क्‍ष';
    assert.equal(sent(needing), needing);
    assert.equal(sent('د\u200Cد'), 'دد');
  });

  it('7.2 is refused where its composed form is longer than what is shown', () => {
    assert.throws(() => sent('\uFB2C '.repeat(1999)), refused(/longer than 4000/));
  });
});

describe('7.4 what stands in a confirmation', () => {
  it('7.4 holds nothing that Markdown, GFM or math could read', () => {
    const text =
      '[click](command:evil) <img src=x> **b** __c__ `d` ~~e~~ $f$ www.g.example h@i.example https://j.example';
    const markdown = plainMarkdown(text);
    assert.doesNotMatch(markdown.replace(/\\[!-/:-@[-`{-~]/g, ''), /[[\]()<>*_`~$:/.@&#|\\]/);
    assert.equal(shown(`**x:** ${markdown}`), text);
  });

  it('7.4 shows by its code point what nobody sees, and each of several spaces', () => {
    assert.equal(
      shown(`**x:** ${plainMarkdown('a\u202Eb\u200Bc\nd\u00A0e')}`),
      'a‹U+202E›b‹U+200B›c‹U+000A›d‹U+00A0›e',
    );
    assert.equal(shown(`**x:** ${plainMarkdown('a   b  ')}`), 'a   b  ');
  });

  it('7.4 leaves out rows without a value', () => {
    assert.equal(confirmMarkdown([{ label: 'Also', value: '' }]), '');
  });

  it('7.4 is refused where the editor would cut it off', () => {
    const rows = Array.from({ length: 50 }, () => ({ label: 'File', value: '{'.repeat(1000), limit: 1500 }));
    assert.throws(() => confirmMarkdown(rows), refused(/too long to be shown/));
  });
});

describe('7.4 paths that look alike', () => {
  it('7.4 are refused: invisible characters and runs of spaces, in directories too', () => {
    for (const path of [
      'a\u200Bb/c.png',
      'a/b\u202Egnp.png',
      'a/\u2060b.png',
      'a\uFE0F.png',
      'a/b  c.png',
      'a\u{E0041}.png',
    ])
      assert.throws(
        () => parseReference(path),
        refused(/neither invisible characters/),
        JSON.stringify(path),
      );
  });

  it('7.4 are taken where emoji and scripts need what cannot be seen', () => {
    assert.deepEqual(parseReference('❤️/می‌خواهم 1.png'), ['❤️', 'می‌خواهم 1.png']);
  });
});
