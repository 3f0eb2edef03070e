import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { PixelError } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { createPixelThread } from '../../src/host/platform/node/pixelThread.ts';
import { modules } from '../support/codecs.ts';
import { encode, paint, randomNumbers, wasmPaths } from '../support/pixels.ts';
import { makePng } from '../support/png.ts';

const script = join(import.meta.dirname, '../../src/host/platform/node/imageWorker.ts');
const options = { script, wasm: wasmPaths };
const never = new AbortController().signal;
const toWebp = { format: 'webp', quality: 80 } as const;

describe('4.3 the thread of the codecs', () => {
  it('4.3 does tasks one after the other, and leaves the bytes that it was given where they are', async () => {
    const engine = createPixelThread(options);
    const bytes = makePng(64, 48);
    const results = await Promise.all([0, 1, 2].map(() => engine.run({ bytes, output: toWebp }, never)));
    for (const result of results)
      assert.equal(inspectImage(result.bytes ?? new Uint8Array())?.format, 'webp');
    assert.equal(inspectImage(bytes)?.complete, true);
  });

  it('4.3 tells what is wrong with a picture, and goes on', async () => {
    const engine = createPixelThread(options);
    const damaged = makePng(64, 48).subarray(0, 90);
    await assert.rejects(engine.run({ bytes: damaged, output: toWebp }, never), (thrown) => {
      assert.ok(thrown instanceof PixelError);
      assert.equal(thrown.problem, 'damaged');
      return true;
    });
    const { decoded } = await engine.run({ bytes: makePng(8, 8) }, never);
    assert.deepEqual(decoded, { width: 8, height: 8 });
  });

  it('4.3 stops in the middle of a picture when it is cancelled, and takes the next', async () => {
    const engine = createPixelThread(options);
    await engine.run({ bytes: makePng(8, 8) }, never);
    const controller = new AbortController();
    const long = engine.run(
      { bytes: await large(), output: { format: 'webp', quality: 95 } },
      controller.signal,
    );
    setTimeout(() => controller.abort(new Error('cancelled by the test')), 30);
    await assert.rejects(long, /cancelled by the test/);
    assert.deepEqual((await engine.run({ bytes: makePng(9, 9) }, never)).decoded, { width: 9, height: 9 });
    await assert.rejects(engine.run({ bytes: makePng(9, 9) }, controller.signal), /cancelled by the test/);
  });

  it('4.3 gives up at once what waits for its turn and is cancelled', async () => {
    const engine = createPixelThread(options);
    const order: string[] = [];
    const long = engine
      .run({ bytes: await large(), output: { format: 'webp', quality: 95 } }, never)
      .then(() => order.push('the long one'));
    const controller = new AbortController();
    const waiting = engine.run({ bytes: makePng(8, 8) }, controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled by the test')), 10);
    await assert.rejects(waiting, /cancelled by the test/);
    order.push('the cancelled one');
    await long;
    assert.deepEqual(order, ['the cancelled one', 'the long one']);
  });

  it('4.8 a picture that takes too long is given up, and a thread that dies costs one picture', async () => {
    const slow = createPixelThread({ ...options, longestMs: 1 });
    await assert.rejects(slow.run({ bytes: await large(), output: toWebp }, never), /took too long/);
    const folder = await mkdtemp(join(tmpdir(), 'thread-'));
    try {
      const dying = join(folder, 'dying.cjs');
      await writeFile(
        dying,
        `require('node:worker_threads').parentPort.on('message', () => process.exit(7));`,
      );
      const engine = createPixelThread({ script: dying, wasm: wasmPaths });
      for (const _ of [1, 2])
        await assert.rejects(engine.run({ bytes: makePng(8, 8) }, never), /ended with 7/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('4.3 never stalls whoever waits: its own thread is held up far less than the same work would', async function () {
    this.timeout(60_000);
    const bytes = await large();
    const task = { bytes, output: { format: 'webp', quality: 90 } } as const;
    const engine = createPixelThread(options);
    await engine.run({ bytes: makePng(8, 8), output: toWebp }, never);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await engine.run(task, never);
    delay.disable();
    const began = performance.now();
    await workOn(task, modules);
    const here = performance.now() - began;
    const longest = delay.max / 1e6;
    assert.ok(longest < here / 3, `${longest} ms of ${here} ms`);
  });
});

/** A picture of three megapixels that is some work. */
async function large(): Promise<Uint8Array> {
  const random = randomNumbers(3);
  return encode(
    paint(2000, 1500, () => [random() * 255, 90, random() * 255, 255]),
    'jpeg',
    80,
  );
}
