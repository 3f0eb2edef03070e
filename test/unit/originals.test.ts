import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Originals } from '../../src/core/originals/originals.ts';
import { diskFolder } from '../support/diskFolder.ts';
import { memoryFolder } from '../support/memoryFolder.ts';

const about = { prompt: 'a fox', model: 'acme/painter', gateway: 'acme' };
const bytes = (length: number, value = 7) => new Uint8Array(length).fill(value);

describe('4.7 what a gateway sent', () => {
  let path: string;
  beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'originals-'))));
  afterEach(() => rm(path, { recursive: true, force: true }));

  /** A clock that goes on by a second at each look. */
  function ticking(): () => number {
    let now = Date.UTC(2026, 10, 21);
    return () => (now += 1000);
  }
  const open = (mostBytes?: number, now = ticking()) => new Originals(diskFolder(path), mostBytes, now);
  const ids = async (originals: Originals) => (await originals.list()).map(({ id }) => id);

  it('4.7 is kept byte for byte with what is known of it, and found by the next window, the newest first', async () => {
    const first = open();
    const one = await first.keep(bytes(10, 1), about);
    const two = await first.keep(bytes(20, 2), { ...about, prompt: 'zwei Füchse 🦊' });
    const next = open();
    const [newest, oldest] = await next.list();
    assert.deepEqual(newest, {
      id: two.id,
      receivedAt: Date.UTC(2026, 10, 21) + 2000,
      byteLength: 20,
      ...about,
      prompt: 'zwei Füchse 🦊',
    });
    assert.equal(oldest?.id, one.id);
    assert.deepEqual(new Uint8Array(await next.read(one.id)), bytes(10, 1));
  });

  it('4.7 is forgotten once the same bytes were saved, and kept beside a file that was made of it', async () => {
    const originals = open();
    const same = await originals.keep(bytes(10), about);
    const changed = await originals.keep(bytes(10), about);
    await originals.markSaved(same.id, 'file:///w/images/a-fox.png', true);
    await originals.markSaved(changed.id, 'file:///w/images/a-fox-1.webp', false);
    const left = await open().list();
    assert.deepEqual(
      left.map(({ id, saved, prompt }) => ({ id, saved, prompt })),
      [{ id: changed.id, saved: 'file:///w/images/a-fox-1.webp', prompt: 'a fox' }],
    );
    // Of the other it is still known how it was made, and its bytes are gone.
    assert.deepEqual(await open().recordOf('file:///w/images/a-fox.png'), {
      ...about,
      saved: 'file:///w/images/a-fox.png',
    });
    assert.equal(await open().recordOf('file:///w/images/other.png'), undefined);
    assert.equal((await readdir(path)).filter((name) => name.endsWith('.bin')).length, 1);
  });

  it('4.7 stays below its bound: what was saved goes first, the oldest of it, and nothing is said', async () => {
    const originals = open(10_000);
    const unsaved = await originals.keep(bytes(4000), about);
    const saved = await originals.keep(bytes(4000), about);
    await originals.markSaved(saved.id, 'file:///w/x.png', false);
    const newest = await originals.keep(bytes(4000), about);
    assert.equal(newest.notice, undefined);
    assert.deepEqual(await ids(originals), [newest.id, unsaved.id]);
  });

  it('4.7 stays below its bound: what was never saved goes last, with a notice, and the newest never', async () => {
    const originals = open(10_000);
    await originals.keep(bytes(4000), about);
    const second = await originals.keep(bytes(4000), about);
    const third = await originals.keep(bytes(4000), about);
    assert.equal(third.notice?.code, 'originalsEvicted');
    assert.deepEqual(await ids(originals), [third.id, second.id]);
    const huge = await originals.keep(bytes(50_000), about);
    assert.match(huge.notice?.message ?? '', /^2 older images that were never saved were removed/);
    assert.deepEqual(await ids(originals), [huge.id]);
  });

  it('4.7 counts what other windows keep when it makes room', async () => {
    const now = ticking();
    const [one, other] = [open(10_000, now), open(10_000, now)];
    await one.keep(bytes(4000), about);
    await other.keep(bytes(4000), about);
    await one.keep(bytes(1000), about);
    await other.keep(bytes(4000), about);
    const total = (await one.list()).reduce((sum, { byteLength }) => sum + byteLength, 0);
    assert.ok(total <= 10_000, String(total));
  });

  it('4.7 costs a damaged entry itself and no more', async () => {
    const originals = open();
    const whole = await originals.keep(bytes(10), about);
    const damaged = await originals.keep(bytes(11), about);
    await writeFile(join(path, `${damaged.id}.json`), '{"prompt": ["no", ');
    await writeFile(join(path, 'desktop.ini'), 'no original');
    await writeFile(join(path, 'x.bin'), 'no original');
    const listed = await open().list();
    assert.deepEqual(
      listed.map(({ id, prompt, byteLength }) => ({ id, prompt, byteLength })),
      [
        { id: damaged.id, prompt: '', byteLength: 11 },
        { id: whole.id, prompt: 'a fox', byteLength: 10 },
      ],
    );
  });

  it('4.7 is deleted one by one, and all at once with halves of what a killed window wrote', async () => {
    const originals = open();
    const one = await originals.keep(bytes(10), about);
    const two = await originals.keep(bytes(10), about);
    await originals.discard([one.id]);
    assert.deepEqual(await ids(originals), [two.id]);
    await writeFile(join(path, 'half.json'), '{');
    await originals.clear();
    assert.deepEqual(await readdir(path), []);
  });

  it('4.7 keeps no prompt of a picture that could not be kept, and gives up none for one that cannot go', async () => {
    const folder = diskFolder(path);
    const full = new Originals({
      ...folder,
      write: (name, data) =>
        name.endsWith('.bin') ? Promise.reject(new Error('ENOSPC')) : folder.write(name, data),
    });
    await assert.rejects(full.keep(bytes(10), about), /ENOSPC/);
    assert.equal(await full.isEmpty(), true);
    const locked = new Originals(
      { ...folder, remove: () => Promise.reject(new Error('EBUSY')) },
      3000,
      ticking(),
    );
    await locked.keep(bytes(2000), about);
    const second = await locked.keep(bytes(2000), about);
    assert.equal(second.notice, undefined, 'nothing went');
    assert.equal((await locked.list()).length, 2);
  });

  it('4.7 forgets what is known of saved files only when there are very many, the oldest first', async () => {
    const folder = memoryFolder();
    const originals = new Originals(folder, undefined, ticking());
    for (let index = 0; index < 1003; index++) {
      const { id } = await originals.keep(bytes(1), about);
      await originals.markSaved(id, `file:///w/${index}.png`, true);
    }
    assert.equal((await folder.list()).length, 1000);
    assert.equal(await originals.recordOf('file:///w/2.png'), undefined);
    assert.notEqual(await originals.recordOf('file:///w/3.png'), undefined);
    await originals.clear();
    assert.equal(await originals.isEmpty(), true);
  });

  it('4.7 leaves the queue open for others where the disk is full', async () => {
    const folder = diskFolder(path);
    let isFull = true;
    const full = {
      ...folder,
      write: (name: string, data: Uint8Array) =>
        isFull ? Promise.reject(new Error('ENOSPC')) : folder.write(name, data),
    };
    const originals = new Originals(full);
    await assert.rejects(originals.keep(bytes(10), about), /ENOSPC/);
    isFull = false;
    await originals.keep(bytes(10), about);
    assert.equal((await originals.list()).length, 1);
  });

  it('4.7 survives the death of its process between receiving and saving', async () => {
    const child = spawn(process.execPath, [
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      join(import.meta.dirname, '../support/keepAndHang.ts'),
      path,
    ]);
    await saysKept(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [left] = await open().list();
    assert.equal(left?.prompt, 'a fox that was paid for');
    assert.deepEqual(new Uint8Array(await open().read(left.id)), bytes(300_000, 9));
  });
});

async function saysKept({ stdout }: ChildProcessWithoutNullStreams): Promise<void> {
  let said = '';
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    if (said.includes('kept')) return;
  }
  assert.fail(`the process ended before it had kept anything: ${said}`);
}
