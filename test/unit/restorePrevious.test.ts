import { disk, hostModule, person, Uri } from '../support/vscodeWithFiles.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { sha256Hex } from '../../src/core/files/sha256.ts';
import { PreviousVersions } from '../../src/core/originals/previousVersions.ts';
import type { CommandParts } from '../../src/host/commands/command.ts';
import type * as RestorePrevious from '../../src/host/commands/restorePrevious.ts';
import type { Platform } from '../../src/host/platform/platform.ts';
import type * as Storage from '../../src/host/storageFolder.ts';
import type * as Replacing from '../../src/host/workspace/replacing.ts';
import { ticking } from '../support/historyKit.ts';
import { makePng } from '../support/png.ts';

const { restorePreviousCommand } = (await hostModule(
  'commands/restorePrevious.ts',
)) as typeof RestorePrevious;
const { ImageReplacer } = (await hostModule('workspace/replacing.ts')) as typeof Replacing;
const { storageFolder } = (await hostModule('storageFolder.ts')) as typeof Storage;

const [a, b, c] = [makePng(2, 2), makePng(3, 5), makePng(4, 4)];
const uri = Uri.parse('file:///w/fox.png') as unknown as vscode.Uri;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('5.3 Restore Previous Image', () => {
  let versions: PreviousVersions;
  let replacer: Replacing.ImageReplacer;
  let run: (versionId?: string) => Promise<unknown>;

  beforeEach(() => {
    disk.clear();
    person.reset();
    const storage = storageFolder(Uri.parse('file:///storage') as unknown as vscode.Uri);
    versions = new PreviousVersions(storage, undefined, ticking());
    replacer = new ImageReplacer(versions, {} as Platform);
    const log = { info: () => undefined, error: console.log } as unknown as CommandParts['log'];
    const command = restorePreviousCommand({ replacer, previous: versions, log } as unknown as CommandParts);
    run = (versionId?: string) => command.run(uri, versionId) as Promise<unknown>;
    disk.set('/w/fox.png', a);
  });

  const replace = async (bytes: Uint8Array) => {
    const expectedSha256 = await sha256Hex(disk.get('/w/fox.png')!);
    return replacer.replaceImage({ uri, expectedSha256, bytes });
  };
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
  const holds = (bytes: Uint8Array) => assert.equal(hex(disk.get('/w/fox.png')), hex(bytes));
  it('5.3 asks nothing where there is one previous version, and goes back and forth', async () => {
    await replace(b);
    for (const bytes of [a, b, a]) {
      await run();
      holds(bytes);
    }
    assert.deepEqual(person.lists, []);
  });

  it('5.3 takes the version that it was given, of several', async () => {
    const { previousId } = await replace(b);
    await replace(c);
    const restored: string[] = [];
    const listening = replacer.onDidRestore((one) => restored.push(one.toString()));
    await run(previousId);
    listening.dispose();
    holds(a);
    assert.deepEqual(person.lists, []);
    assert.deepEqual(restored, [uri.toString()]);
  });

  it('5.3 offers several previous versions, the newest first, with their pixels and sizes', async () => {
    await replace(b);
    await replace(c);
    person.pick = (items) => items[1];
    await run();
    holds(a);
    const [list] = person.lists;
    assert.equal(list?.length, 2);
    assert.match(list[0]?.description ?? '', /^3 × 5 · .*B$/);
    assert.match(list[1]?.description ?? '', /^2 × 2 · .*B$/);
    assert.ok(list.every(({ label }) => /^Before .*\d/.test(label)));
    assert.equal(person.told.length, 1, 'that it is done, and no question');
  });

  it('5.3 reaches every version again and again: none is lost by restoring another', async () => {
    await replace(b);
    await replace(c);
    const all = [a, b, c];
    for (const wanted of [a, c, b, a, b, c]) {
      const { width, height } = { width: wanted[19]!, height: wanted[23]! };
      person.pick = (items) =>
        items.find(({ description }) => description?.startsWith(`${width} × ${height}`) === true);
      await run();
      holds(wanted);
      assert.equal((await versions.of(uri.toString())).length, all.length - 1);
    }
  });

  it('5.3 changes nothing where the list is dismissed', async () => {
    await replace(b);
    await replace(c);
    await run();
    assert.equal(person.lists.length, 1);
    holds(c);
    assert.deepEqual(person.told, []);
  });

  it('5.3 is undone by its message, to what the file was before, without another question', async () => {
    await replace(b);
    await replace(c);
    person.pick = (items) => items[1];
    person.press = 'Undo';
    await run();
    for (const end = Date.now() + 30_000; person.told.length < 2 && Date.now() < end;) await turn();
    holds(c);
    assert.equal(person.told.length, 2, 'that it is undone');
    assert.equal(person.lists.length, 1);
  });

  it('5.3 offers bytes that it holds twice once, and what the file is already not at all', async () => {
    await replace(b);
    await replace(a);
    await replace(c);
    await replace(a);
    person.pick = (items) => items[0];
    await run();
    assert.deepEqual(
      person.lists[0]?.map(({ description }) => description?.slice(0, 5)),
      ['4 × 4', '3 × 5'],
    );
    holds(c);
  });

  it('5.3 asks before it takes the place of what somebody else put there', async () => {
    await replace(b);
    await replace(c);
    disk.set('/w/fox.png', makePng(7, 7));
    person.pick = (items) => items.at(-1);
    await run();
    assert.match(person.told[0] ?? '', /was changed since it was replaced/);
    holds(makePng(7, 7));
    person.press = 'Restore';
    await run();
    holds(a);
  });

  it('5.3 lists a damaged version without its pixels, and says so where it is chosen', async () => {
    await replace(b);
    await replace(c);
    const [, oldest] = await versions.of(uri.toString());
    disk.set(`/storage/${oldest!.id}.bin`, new Uint8Array(a.length));
    person.pick = (items) => items[1];
    await run();
    assert.doesNotMatch(person.lists[0]?.[1]?.description ?? '', /×/);
    assert.match(person.told[0] ?? '', /damaged or gone/);
    holds(c);
  });
});
