import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { sha256Hex } from '../../src/core/files/sha256.ts';
import { formatOfName } from '../../src/core/image/fileFormat.ts';
import { PreviousVersions } from '../../src/core/originals/previousVersions.ts';
import { replaceFile, type ReplaceableFile } from '../../src/core/originals/replaceFile.ts';
import type { StorageFolder } from '../../src/core/originals/storageFolder.ts';
import { diskFolder } from '../support/diskFolder.ts';
import { ticking } from '../support/historyKit.ts';

const uri = 'file:///w/logo.png';
const old = new Uint8Array(40).fill(1);
const fresh = new Uint8Array(50).fill(2);
const other = new Uint8Array(60).fill(3);

/** A file in memory that goes wrong as it is told. */
class OneFile implements ReplaceableFile {
  readonly uri = uri;
  readonly name = 'logo.png';
  bytes: Uint8Array | undefined = old;
  writes = 0;
  reads = 0;
  /** Before a read, by its number from 1. */
  beforeRead: (count: number) => Promise<void> = () => Promise.resolve();
  /** How many bytes of the write with this number, from 1, arrive; it rejects where they are not all. */
  room: (count: number) => number = () => Infinity;

  async read(): Promise<Uint8Array | undefined> {
    await this.beforeRead(++this.reads);
    return this.bytes;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.bytes = bytes.slice(0, this.room(++this.writes));
    return this.bytes.length < bytes.length ? Promise.reject(new Error('no space')) : Promise.resolve();
  }
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(isImageGatewayError(thrown), String(thrown));
  assert.equal(thrown.code, 'saveFailed');
  return thrown.message;
}

describe('5.3 a file that is replaced', () => {
  let path: string;
  let file: OneFile;
  let versions: PreviousVersions;
  let folder: StorageFolder;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'previous-'));
    folder = diskFolder(path);
    versions = new PreviousVersions(folder, undefined, ticking());
    file = new OneFile();
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  const replace = async (expected = old, bytes = fresh) =>
    replaceFile(file, await sha256Hex(expected), bytes, versions);

  it('5.3 holds the new bytes, and its old ones are kept with what replaced them', async () => {
    const { sha256, previousId } = await replace();
    assert.deepEqual(file.bytes, fresh);
    const [version, ...others] = await versions.of(uri);
    assert.deepEqual(others, []);
    assert.deepEqual(version, {
      ...{ id: previousId, uri, byteLength: 40, replacedAt: Date.UTC(2026, 10, 21) + 1000 },
      ...{ sha256: await sha256Hex(old), replacedBy: sha256 },
    });
    assert.deepEqual(new Uint8Array(await versions.read(version)), old);
  });

  it('5.3 is left alone where it was changed or is gone since the edit began', async () => {
    file.bytes = other;
    assert.match(await refusal(replace()), /^logo\.png was not replaced: it was changed meanwhile\./);
    assert.deepEqual(file.bytes, other);
    file.bytes = undefined;
    assert.match(await refusal(replace()), /it is no longer there/);
    file.beforeRead = () => Promise.reject(new Error('locked'));
    assert.match(await refusal(replace()), /it cannot be read/);
    assert.equal(file.writes, 0);
    assert.equal(await versions.isEmpty(), true);
  });

  it('5.3 is left alone where it was changed while its old bytes were kept, and those are not', async () => {
    file.beforeRead = (count) => {
      if (count === 2) file.bytes = other;
      return Promise.resolve();
    };
    assert.match(await refusal(replace()), /changed meanwhile/);
    assert.deepEqual(file.bytes, other);
    assert.equal(await versions.isEmpty(), true);
  });

  it('5.3 is left alone where its old bytes cannot be kept', async () => {
    const full: StorageFolder = { ...folder, write: () => Promise.reject(new Error('no space')) };
    versions = new PreviousVersions(full);
    assert.match(await refusal(replace()), /could not be kept in the extension’s storage/);
    assert.deepEqual(file.bytes, old);
    assert.equal(file.writes, 0);
  });

  it('5.3 is put back where the new bytes did not all arrive, whatever the file system said', async () => {
    file.room = (count) => (count === 1 ? 7 : Infinity);
    assert.match(await refusal(replace()), /could not be written and is as it was/);
    assert.deepEqual(file.bytes, old);
    const honest = file.write.bind(file);
    // Says that all is well.
    file.write = (bytes) => honest(bytes).catch(() => undefined);
    file.writes = 0;
    assert.match(await refusal(replace()), /could not be written and is as it was/);
    assert.deepEqual(file.bytes, old);
    assert.equal(await versions.isEmpty(), true);
  });

  it('5.3 that cannot even be put back says where its old bytes are, and there they are', async () => {
    file.room = () => 7;
    assert.match(await refusal(replace()), /in part only, .* run Image Gateway: Restore Previous Image/);
    const [version] = await versions.of(uri);
    assert.deepEqual(new Uint8Array(await versions.read(version!)), old);
  });

  it('5.3 goes back and forth', async () => {
    await replace();
    for (const [now, next] of [
      [fresh, old],
      [old, fresh],
    ] as const) {
      const [version] = await versions.of(uri);
      assert.equal(version?.replacedBy, await sha256Hex(now));
      await replace(now, new Uint8Array(await versions.read(version)));
      await versions.discard([version.id]);
      assert.deepEqual(file.bytes, next);
      assert.equal((await versions.list()).length, 1);
    }
  });

  it('5.3 that holds the new bytes already is not written, and no version is kept', async () => {
    assert.deepEqual(await replace(old, old), { sha256: await sha256Hex(old) });
    assert.equal(file.writes, 0);
    assert.equal(await versions.isEmpty(), true);
  });

  it('5.3 is written anew where it was expected to be gone, and only then', async () => {
    assert.match(await refusal(replaceFile(file, undefined, fresh, versions)), /changed meanwhile/);
    file.bytes = undefined;
    assert.equal((await replaceFile(file, undefined, fresh, versions)).previousId, undefined);
    assert.deepEqual(file.bytes, fresh);
  });
});

describe('5.3 previous versions', () => {
  let path: string;
  beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'previous-'))));
  afterEach(() => rm(path, { recursive: true, force: true }));

  const open = (mostBytes?: number) => new PreviousVersions(diskFolder(path), mostBytes, ticking());
  const keep = async (versions: PreviousVersions, bytes: Uint8Array, of = uri) =>
    versions.keep(bytes, { uri: of, sha256: await sha256Hex(bytes), replacedBy: 'ab' });
  const ids = async (versions: PreviousVersions) => (await versions.list()).map(({ id }) => id);

  it('5.3 are found by the next window, the newest first, each file’s by its Uri', async () => {
    const first = open();
    const one = await keep(first, old);
    const two = await keep(first, fresh, 'file:///w/other.png');
    const three = await keep(first, other);
    const next = open();
    assert.deepEqual(await ids(next), [three, two, one]);
    assert.deepEqual(
      (await next.of(uri)).map(({ id }) => id),
      [three, one],
    );
  });

  it('5.3 that are damaged cost themselves and no more', async () => {
    const versions = open();
    const [one, two, three, four] = [
      await keep(versions, old),
      await keep(versions, fresh),
      await keep(versions, other),
      await keep(versions, old),
    ];
    await writeFile(join(path, `${one}.json`), '{"version":1,');
    await rm(join(path, `${two}.bin`));
    await writeFile(join(path, `${three}.bin`), 'something else');
    await writeFile(join(path, 'stray.json'), '{}');
    assert.deepEqual(await ids(versions), [four, three]);
    const damaged = (await versions.list())[1];
    assert.match(await refusal(versions.read(damaged!)), /damaged or gone/);
    assert.deepEqual(new Uint8Array(await versions.read((await versions.list())[0]!)), old);
  });

  it('5.3 of another version of the extension are left out, not misread', async () => {
    const versions = open();
    const id = await keep(versions, old);
    await writeFile(
      join(path, `${id}.json`),
      JSON.stringify({ version: 2, uri, sha256: 'a', replacedBy: 'b' }),
    );
    assert.deepEqual(await ids(versions), []);
  });

  it('5.3 take no more room than they may: the oldest go, halves too, the newest never', async () => {
    const versions = open(800);
    const [one, two] = [await keep(versions, new Uint8Array(200)), await keep(versions, new Uint8Array(201))];
    await rm(join(path, `${one}.json`));
    const three = await keep(versions, new Uint8Array(202));
    assert.deepEqual(await ids(versions), [three, two]);
    assert.equal((await readdir(path)).includes(`${one}.bin`), false);
    const large = await keep(versions, new Uint8Array(5000));
    assert.deepEqual(await ids(versions), [large]);
    assert.equal((await readdir(path)).length, 2);
  });

  it('5.3 are all forgotten when the storage is cleared', async () => {
    const versions = open();
    await keep(versions, old);
    await writeFile(join(path, 'half.bin'), 'x');
    await versions.clear();
    assert.equal(await versions.isEmpty(), true);
  });
});

describe('5.3 the format that a file’s name promises', () => {
  it('5.3 is that of its last extension', () => {
    const names = [
      'a.png',
      'b.JPG',
      'c.d.jpeg',
      '/e.f/g.webp',
      'h.avif',
      'i',
      '/j.png/k',
      'l.gif',
      'constructor',
    ];
    assert.deepEqual(names.map(formatOfName), [
      ...(['png', 'jpeg', 'jpeg', 'webp', 'avif'] as const),
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
