import assert from 'node:assert/strict';
import { disk, hostModule, person, Uri, window, workspace } from '../support/vscodeWithFiles.ts';

const { generateMissingCommand } = (await hostModule('commands/generateMissing.ts')) as {
  readonly generateMissingCommand: (parts: unknown) => { readonly run: (given: Uri) => Promise<unknown> };
};
const { FileLookup } = (await hostModule('documents/fileLookup.ts')) as {
  readonly FileLookup: new () => object;
};

/** A list that nobody touches. */
function createQuickPick() {
  let hide = (): void => undefined;
  const ignore = () => ({ dispose: () => undefined });
  return {
    ...{ items: [], activeItems: [], selectedItems: [], buttons: [] },
    ...{ onDidChangeSelection: ignore, onDidTriggerButton: ignore, onDidTriggerItemButton: ignore },
    onDidAccept: ignore,
    onDidHide: (listener: () => void) => (hide = listener),
    hide: () => hide(),
    show: () => undefined,
    dispose: () => undefined,
  };
}

/** What the command resolves with and what is in the log, for a document with this text. */
async function run(getText: () => unknown, lookup: object = new FileLookup()) {
  const logged: string[] = [];
  const log = Object.fromEntries(
    ['info', 'warn', 'error'].map((level) => [level, (words: string) => void logged.push(words)]),
  );
  const uri = new Uri('file', '/w/a.md');
  disk.set(uri.path, new Uint8Array(1));
  Object.assign(workspace, {
    openTextDocument: () => Promise.resolve({ uri, languageId: 'markdown', getText }),
  });
  const result = await generateMissingCommand({ gateways: {}, lookup, log }).run(uri);
  return { result, logged };
}

describe('6.2 Generate Missing Images where nothing is found', () => {
  beforeEach(() => {
    person.reset();
    Object.assign(window, { createQuickPick });
  });
  afterEach(() => {
    disk.clear();
    Reflect.deleteProperty(window, 'createQuickPick');
    Reflect.deleteProperty(workspace, 'openTextDocument');
  });

  it('6.2 says that nothing is missing', async () => {
    assert.deepEqual(await run(() => 'none'), { result: { items: [] }, logged: [] });
    assert.deepEqual(person.told, ['No image is missing here.']);
  });

  it('6.2 says that the search failed where it did, and not that nothing is missing', async () => {
    const { result, logged } = await run(() => {
      throw new Error('no text');
    });
    assert.equal(result, undefined);
    assert.deepEqual(logged, ['The search for missing images failed.']);
    assert.deepEqual(person.told, ['The search for missing images failed; the log says why.']);
  });

  it('6.2 says that not everything could be looked at where that is so', async () => {
    const lookup = { stateOf: () => Promise.reject(new Error('no luck')), clear: () => undefined };
    const { result, logged } = await run(() => '![x](x.png)', lookup);
    assert.deepEqual(result, { items: [] });
    assert.match(logged.join(), /^Not looked for because of an error: 1 of the images/);
    assert.equal(person.told.length, 1);
    assert.match(person.told[0]!, /not everything could be looked at/);
  });
});
