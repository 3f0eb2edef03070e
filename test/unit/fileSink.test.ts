import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { memorySink, type PictureWriter } from '../../src/core/gateway/wire/byteSink.ts';
import { createFileSink } from '../../src/host/platform/node/fileSink.ts';

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !isSo();) {
    assert.ok(Date.now() < end, 'not within 5 s');
    await sleep(5);
  }
}

describe('3.5 where pictures are kept while they arrive', () => {
  let folder: string;
  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'sink-')), 'incoming')));
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  for (const kind of ['file', 'memory'] as const) {
    it(`3.5 a ${kind} gives back what was written, in its order`, async () => {
      const writer = (kind === 'file' ? createFileSink(folder) : memorySink).open();
      const pieces = Array.from({ length: 40 }, (_, index) => randomBytes(1 + index * 997));
      for (const piece of pieces) await writer.write(piece);
      assert.deepEqual(Buffer.from(await writer.finish()), Buffer.concat(pieces));
      if (kind === 'file') assert.deepEqual(readdirSync(folder), []);
    });
  }

  it('3.5 touches no disk before the first picture', () => {
    createFileSink(folder);
    assert.ok(!existsSync(folder));
  });

  it('3.5 grows a file that only its owner can read, and forgets it', async () => {
    const writer = createFileSink(folder).open();
    await writer.write(randomBytes(300_000));
    const file = () =>
      existsSync(folder) ? readdirSync(folder).map((name) => statSync(join(folder, name)))[0] : undefined;
    await until(() => file()?.size === 262_144);
    assert.equal(file()!.mode & 0o777, 0o600);
    await writer.discard();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('3.5 keeps several pictures apart', async () => {
    const sink = createFileSink(folder);
    const [one, two] = [sink.open(), sink.open()];
    await one.write(Buffer.from('one'));
    await two.write(Buffer.from('two'));
    const text = async (writer: PictureWriter) => Buffer.from(await writer.finish()).toString();
    assert.deepEqual([await text(two), await text(one)], ['two', 'one']);
  });

  it('3.5 removes what a window that is gone left behind, and nothing newer', async () => {
    const first = createFileSink(folder).open();
    await first.write(randomBytes(300_000));
    await until(() => existsSync(folder) && readdirSync(folder).length === 1);
    const old = join(folder, '00000000-0000-4000-8000-000000000000.part');
    writeFileSync(old, 'x');
    utimesSync(old, 1, 1);
    const second = createFileSink(folder).open();
    await second.write(randomBytes(300_000));
    await until(() => !existsSync(old) && readdirSync(folder).length === 2);
    await Promise.all([first.discard(), second.discard()]);
  });

  it('3.5 says so where the disk does not take it', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const writer = createFileSink(folder).open();
    const failure = (error: unknown) => isImageGatewayError(error) && error.code === 'saveFailed';
    const writing = async () => {
      for (let count = 0; count < 30; count++) await writer.write(randomBytes(300_000));
    };
    await assert.rejects(writing, failure, 'a slow disk is waited for, a broken one is told');
    await assert.rejects(writer.finish(), failure);
  });
});
