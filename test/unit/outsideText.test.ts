import assert from 'node:assert/strict';
import {
  cutAtCharacter,
  oneLine,
  outsideWords,
  redactBase64,
  redactSecrets,
} from '../../src/core/outsideText.ts';

const key = 'sk-proj-0123456789abcdef';

describe('2.3 words from outside', () => {
  it('2.3 takes secrets out, as they are and URL-encoded', () => {
    assert.equal(redactSecrets(`key ${key}!`, [key]), 'key •••!');
    assert.equal(redactSecrets('at a%2Fb%2Bc', ['a/b+c']), 'at •••');
  });

  it('2.3 leaves no tail of a secret that another secret begins', () => {
    assert.equal(redactSecrets('abcdef', ['abcd', 'abcdef']), '•••');
  });

  it('2.3 leaves words that a secret of three characters would blank out', () => {
    assert.equal(redactSecrets('the docs', ['the']), 'the docs');
  });

  for (const [title, text] of [
    ['at the place of the cut', `${'a '.repeat(98)}${key}`],
    ['with an invisible character inside', `no ${key.slice(0, 9)}\u200b${key.slice(9)}`],
    ['with a line break between bidirectional marks inside', `no ${key.slice(0, 9)}\u202e${key.slice(9)}`],
    ['after a data URL', `data:image/png;base64,${'A'.repeat(300)} ${key}`],
  ] as const) {
    it(`2.3 shows no secret ${title}`, () => {
      const words = outsideWords(text, [key]);
      assert.doesNotMatch(words.replace(/[^a-z0-9]/gi, ''), /skproj|456789/);
      assert.ok(words.length <= 200);
    });
  }

  for (const text of [
    '[press](command:workbench.action.quit)',
    '[press](https://evil.example)',
    'https://evil.example',
    'a:/a:///evil.example',
    'httpshttps:////evil.example',
    'commandcommand:x:y',
    'COMMAND:x javascript:x mailto:x vscode:x vscode-insiders:x file:x data:x',
    '<a href="x">y</a>',
    '\u202eelpmaxe.live//:sptth',
  ]) {
    it(`2.3 leaves nothing in ${JSON.stringify(text)} of which a link could form`, () => {
      const words = outsideWords(text);
      assert.doesNotMatch(words, /\]\(|[[\]<>\u202e]|[a-z]:\/\//i);
      assert.doesNotMatch(words, /\b(command|javascript|mailto|vscode|vscode-insiders|data|file):/i);
    });
  }

  it('2.3 makes one line without control, format and separator characters', () => {
    assert.equal(oneLine(' a\r\n\tb\u2028c\u0000d\u200be\u2066f  h '), 'a b c def h');
  });

  it('2.3 keeps the words of every script, and emoji', () => {
    assert.equal(outsideWords('лиса 狐 🦊 «é»'), 'лиса 狐 🦊 «é»');
  });

  it('2.3 cuts at the limit with an ellipsis, and never inside a character', () => {
    assert.equal(outsideWords('a'.repeat(150) + ' ' + 'b'.repeat(150)).length, 200);
    assert.match(outsideWords('abcdef', [], 4), /^abc…$/);
    assert.equal(cutAtCharacter('ab🦊', 3), 'ab');
    assert.equal(outsideWords('ab🦊cd', [], 4), 'ab…');
  });

  it('2.3 tells how long base64 was in place of it', () => {
    assert.equal(redactBase64(`x ${'A'.repeat(5000)}== y`), 'x (5002 characters of base64) y');
    assert.equal(redactBase64('A'.repeat(199)), 'A'.repeat(199));
  });

  for (const [title, text] of [
    ['one endless word with dots', 'a.'.repeat(4_000_000)],
    ['schemes inside schemes', `${'a:/'.repeat(200_000)}${'/'.repeat(200_000)}`],
    ['nothing but spaces', ' '.repeat(8_000_000)],
    ['base64 that is too short again and again', `${'A'.repeat(199)} `.repeat(40_000)],
  ] as const) {
    it(`2.3 takes no more than a moment for ${title}`, () => {
      assert.ok(outsideWords(text, [key]).length <= 200);
    });
  }
});
