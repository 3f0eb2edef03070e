import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { LastReferences } from '../../src/host/documents/lastReferences.ts';

/** A document that counts how often its text is taken. */
class CountedDocument {
  languageId = 'markdown';
  version = 1;
  reads = 0;
  readonly uri: { readonly path: string };
  private readonly text: string;

  constructor(text: string, path = '/a/b.md') {
    this.text = text;
    this.uri = { path };
  }

  getText(): string {
    this.reads++;
    return this.text;
  }
}

const going = { isCancellationRequested: false } as vscode.CancellationToken;
const text = '![](a.png) and ![](b.png)';

/** The target of the reference at an offset. */
async function targetAt(
  references: LastReferences,
  document: CountedDocument,
  offset: number,
  token = going,
): Promise<string | undefined> {
  return (await references.referenceAt(document as unknown as vscode.TextDocument, offset, token))?.target;
}

describe('6.1 the references of the document with the cursor', () => {
  it('6.1 are found once while only the cursor moves', async () => {
    const references = new LastReferences();
    const document = new CountedDocument(text);
    const targets: (string | undefined)[] = [];
    for (const offset of [0, 5, 12, 20, 25]) targets.push(await targetAt(references, document, offset));
    assert.deepEqual(targets, ['a.png', 'a.png', undefined, 'b.png', 'b.png']);
    assert.equal(document.reads, 1);
  });

  it('6.1 are found anew in a changed document, in another language, and in one opened again', async () => {
    const references = new LastReferences();
    const document = new CountedDocument(text);
    await targetAt(references, document, 0);
    document.version++;
    await targetAt(references, document, 0);
    assert.equal(document.reads, 2);
    document.languageId = 'css';
    assert.equal(await targetAt(references, document, 0), undefined);
    assert.equal(document.reads, 3);
    const again = new CountedDocument('![](c.png)');
    assert.equal(await targetAt(references, again, 0), 'c.png');
    again.version = document.version;
    assert.equal(await targetAt(references, document, 0), undefined);
  });

  it('6.1 are not looked for where that was cancelled, before or while waiting for a turn', async () => {
    const references = new LastReferences();
    const document = new CountedDocument(text);
    const token = { isCancellationRequested: true };
    assert.equal(await targetAt(references, document, 0, token as vscode.CancellationToken), undefined);
    token.isCancellationRequested = false;
    const asked = targetAt(references, document, 0, token as vscode.CancellationToken);
    setTimeout(() => (token.isCancellationRequested = true), 0);
    assert.equal(await asked, undefined);
    assert.equal(document.reads, 0);
  });

  it('6.1 are looked for in JSON only where it can be a web manifest', async () => {
    const manifest = '{"icons":[{"src":"a.png"}]}';
    const names = [
      ...['manifest.json', 'site.webmanifest', 'Manifest.en.jsonc', 'app-manifest.json'],
      ...['package.json', 'data.json', 'settings.jsonc', 'manifest', 'manifest.json/data.json'],
    ];
    const read: string[] = [];
    for (const name of names) {
      const document = new CountedDocument(manifest, `/a/${name}`);
      document.languageId = name.endsWith('c') ? 'jsonc' : 'json';
      const target = await targetAt(new LastReferences(), document, 20);
      assert.equal(document.reads > 0, target === 'a.png', name);
      if (target !== undefined) read.push(name);
    }
    assert.deepEqual(read, names.slice(0, 4));
  });
});
