import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Log } from '../../src/host/log.ts';

/** A log whose lines the test can read. */
function makeLog() {
  const lines: string[] = [];
  let channels = 0;
  const write = (line: string) => void lines.push(line);
  const log = new Log(() => {
    channels++;
    return { info: write, warn: write, error: write } as unknown as vscode.LogOutputChannel;
  });
  return { log, lines, channels: () => channels };
}

describe('2.9 the log', () => {
  it('2.9 makes its channel with the first line, and only one', () => {
    const { log, channels } = makeLog();
    assert.equal(channels(), 0);
    log.info('a');
    log.warn('b');
    assert.equal(channels(), 1);
  });

  it('2.9 holds no key, as it is or URL-encoded, and no base64', () => {
    const { log, lines } = makeLog();
    log.addSecret('sk/secret+0123456789');
    log.info('sent sk/secret+0123456789');
    log.warn(`sent ${encodeURIComponent('sk/secret+0123456789')}`);
    log.error('no', new Error(`with sk/secret+0123456789 and ${'QUJD'.repeat(100)}`));
    assert.equal(lines.length, 3);
    assert.doesNotMatch(lines.join(), /secret|0123456789|QUJDQUJD/);
    assert.match(lines[2] ?? '', /^no \(Error: with .* and \(\d+ characters of base64\)\)$/);
  });

  it('2.9 writes one line for a text of several, and of an error no more than name and message', () => {
    const { log, lines } = makeLog();
    const error = Object.assign(new TypeError('failed'), {
      headers: { authorization: 'Bearer x-planted' },
      cause: 'planted',
    });
    log.error('a\n[forged] line\u001b[31m', error);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0] ?? '', /[\n\u001b]|planted/);
    assert.match(lines[0] ?? '', /TypeError: failed/);
  });
});
