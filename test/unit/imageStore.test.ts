import { disk, hostModule, Uri, workspace } from '../support/vscodeWithFiles.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { FinishedImage } from '../../src/core/events.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { Log } from '../../src/host/log.ts';
import type { Destination } from '../../src/host/workspace/destination.ts';
import type * as Store from '../../src/host/workspace/imageStore.ts';
import { makePng } from '../support/png.ts';

const { ImageStore } = (await hostModule('workspace/imageStore.ts')) as typeof Store;

const bytes = makePng(8, 8);
const image = { bytes, facts: inspectImage(bytes), received: { bytes } } as unknown as FinishedImage;
const directory = Uri.parse('file:///w') as unknown as vscode.Uri;
const named: Destination = {
  target: () => ({ directory, stem: 'fox', exactName: 'fox.png' }),
  check: () => Promise.resolve(),
};
const log = { info: () => undefined, error: () => undefined } as unknown as Log;

describe('6.1 the file that a document names', () => {
  const { writeFile } = workspace.fs;
  beforeEach(() => disk.clear());
  afterEach(() => Object.assign(workspace.fs, { writeFile }));

  const save = () => new ImageStore(log).save(image, 1, named, { prompt: 'a fox' });
  /** The next write fails after it has left that on the disk; those that follow succeed. */
  const failWith = (left: Uint8Array) =>
    Object.assign(workspace.fs, {
      writeFile: async (uri: Uri) => {
        Object.assign(workspace.fs, { writeFile });
        await writeFile(uri, left);
        throw new Error('ENOSPC');
      },
    });

  it('6.1 is written over a file without a byte, and over no other', async () => {
    disk.set('/w/fox.png', new Uint8Array());
    await save();
    assert.deepEqual(disk.get('/w/fox.png'), new Uint8Array(bytes));
    await assert.rejects(save(), /is there by now, and nothing is overwritten/);
  });

  it('6.1 goes where only half of it could be written', async () => {
    failWith(bytes.subarray(0, 20));
    await assert.rejects(save(), /could not be written/);
    assert.deepEqual([...disk.keys()], []);
  });

  it('6.1 has no byte again where it had none and half of it could be written', async () => {
    disk.set('/w/fox.png', new Uint8Array());
    failWith(bytes.subarray(0, 20));
    await assert.rejects(save(), /could not be written/);
    assert.equal(disk.get('/w/fox.png')?.length, 0);
  });

  it('6.1 stays what somebody else wrote meanwhile', async () => {
    const other = makePng(4, 4);
    failWith(other);
    await assert.rejects(save(), /could not be written/);
    assert.deepEqual(disk.get('/w/fox.png'), new Uint8Array(other));
  });
});
