import assert from 'node:assert/strict';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createImageThread } from '../../src/host/platform/node/imageThread.ts';
import type { ImageThreadOptions } from '../../src/host/platform/node/imageThread.ts';
import { createLocalImageEngine } from '../../src/core/image/localImageEngine.ts';
import type { EncodeJob, ImageEngine } from '../../src/core/image/imageJob.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import codecFiles from '../../scripts/codecFiles.json' with { type: 'json' };
import { loadWasm } from '../support/codecs.ts';
import { fileOf, gradient, greatestDifference } from '../support/drawnPictures.ts';

const root = join(import.meta.dirname, '../..');
const wasmFiles = Object.fromEntries(
  Object.entries(codecFiles).map(([name, file]) => [name, join(root, 'node_modules', file)]),
);
const worker = new URL('../../src/host/platform/node/imageWorker.ts', import.meta.url);
/** A thread that does to its job what the script says. */
const played = (script: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';${script}`)}`,
  );
const never = new AbortController().signal;

const engines: ImageEngine[] = [];
function start(options: Partial<ImageThreadOptions> = {}): ImageEngine {
  const engine = createImageThread({ worker, wasmFiles, ...options });
  engines.push(engine);
  return engine;
}

afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

const toWebp = (source: Uint8Array): EncodeJob => ({
  source,
  steps: [{ crop: { x: 10, y: 0, width: 200, height: 200 } }, { resize: { width: 64, height: 64 } }],
  output: { format: 'webp', quality: 80 },
});

describe('4.3 pictures are decoded and encoded on a thread', () => {
  it('4.3 runs a job in one go, and leaves the file it was given as it was', async () => {
    const source = await fileOf(gradient(240, 200), 'png');
    const copy = Uint8Array.from(source);
    const result = await start().run(toWebp(source), never);
    assert.deepEqual(source, copy);
    assert.deepEqual([result.width, result.height, result.format, result.flattened], [64, 64, 'webp', false]);
    assert.equal(inspectImage(result.bytes)?.format, 'webp');
  });

  it('4.3 gives pixels and takes them back, without keeping them', async () => {
    const engine = start();
    const drawn = gradient(50, 40, true);
    const source = await fileOf(drawn, 'png');
    const { raster } = await engine.run({ source, output: { format: 'raster' } }, never);
    assert.equal(greatestDifference(raster, drawn), 0);
    const { bytes } = await engine.run({ source: raster, output: { format: 'png' } }, never);
    assert.equal(raster.data.length, 0);
    assert.deepEqual(Buffer.from(bytes), Buffer.from(source));
  });

  it('4.3 the browser host’s engine gives the same bytes', async () => {
    const source = await fileOf(gradient(240, 200), 'jpeg');
    const local = createLocalImageEngine(loadWasm);
    const [one, other] = await Promise.all([
      local.run(toWebp(source), never),
      start().run(toWebp(source), never),
    ]);
    assert.deepEqual(Buffer.from(one.bytes), Buffer.from(other.bytes));
    const aborted = AbortSignal.abort(new Error('stop'));
    await assert.rejects(local.run(toWebp(source), aborted), /stop/);
    local.dispose();
    await assert.rejects(local.run(toWebp(source), never), { name: 'AbortError' });
  });

  it('4.3 runs jobs given at once one after the other, each with its own answer', async () => {
    const engine = start();
    const source = await fileOf(gradient(240, 200), 'png');
    const sizes = [5, 17, 33, 64, 9];
    const results = await Promise.all(
      sizes.map((width) =>
        engine.run({ source, steps: [{ resize: { width, height: 8 } }], output: { format: 'png' } }, never),
      ),
    );
    assert.deepEqual(
      results.map(({ width }) => width),
      sizes,
    );
  });

  it('4.3 ends a job midway when it is aborted; the next has a new thread', async () => {
    const engine = start();
    const drawn = gradient(1500, 1000);
    const source = await fileOf(drawn, 'png');
    const job: EncodeJob = {
      source,
      steps: [{ resize: { width: 1499, height: 999 } }],
      output: { format: 'webp' },
    };
    const abort = new AbortController();
    const began = performance.now();
    const whole = await engine.run(job, never);
    const wholeMs = performance.now() - began;
    const again = performance.now();
    const running = engine.run(job, abort.signal);
    const waiting = engine.run(job, abort.signal);
    setTimeout(() => abort.abort(new Error('the person cancelled')), wholeMs / 10);
    await assert.rejects(running, /the person cancelled/);
    await assert.rejects(waiting, /the person cancelled/);
    assert.ok(performance.now() - again < wholeMs * 0.8, 'the job went on to its end');
    assert.equal((await engine.run(job, never)).bytes.length, whole.bytes.length);
    await assert.rejects(engine.run(job, AbortSignal.abort(new Error('before'))), /before/);
  });

  it('4.8 a crash, an unreadable answer, a full heap and an endless job end the job, not the host', async () => {
    const job = toWebp(await fileOf(gradient(240, 200), 'png'));
    const rows = [
      ['parentPort.on("message", () => process.exit(3))', 'damaged'],
      ['parentPort.on("message", () => { throw new Error("crash") })', 'damaged'],
      [
        'parentPort.on("message", () => { const all = []; for (;;) all.push(new Array(1e6).fill({})) })',
        'tooLarge',
      ],
      ['parentPort.on("message", () => { for (;;); })', 'tooLarge'],
    ] as const;
    for (const [script, reason] of rows) {
      const engine = start({ worker: played(script), jobMs: script.includes('all') ? 20_000 : 500 });
      await assert.rejects(engine.run(job, never), { name: 'CodecError', reason }, script);
      // And once more, on a new thread.
      if (!script.includes('all')) await assert.rejects(engine.run(job, never), { reason }, script);
    }
  });

  it('4.8 a picture’s fault comes with its reason, a caller’s as a RangeError, and the thread stays', async () => {
    const engine = start();
    const source = await fileOf(gradient(40, 30), 'png');
    await assert.rejects(engine.run(toWebp(source.subarray(0, 50)), never), {
      name: 'CodecError',
      reason: 'damaged',
    });
    await assert.rejects(engine.run(toWebp(source), never), RangeError);
    const { width } = await engine.run({ source, output: { format: 'jpeg' } }, never);
    assert.equal(width, 40);
  });

  it('4.3 a bundle that is not there is not called a damaged picture', async () => {
    const engine = start({ worker: join(root, 'no/such/worker.js') });
    await assert.rejects(
      engine.run(toWebp(new Uint8Array(8)), never),
      (error: Error) => error.name === 'Error',
    );
    const noCodecs = start({ wasmFiles: {} });
    const source = await fileOf(gradient(240, 200), 'png');
    await assert.rejects(noCodecs.run(toWebp(source), never), (error: Error) => error.name === 'Error');
  });

  it('4.3 keeps its thread for the next job, ends it when idle and when disposed', async () => {
    const script = `import { threadId } from 'node:worker_threads';
      parentPort.on('message', () => parentPort.postMessage({ result: { format: 'png', width: threadId } }));`;
    const engine = start({ worker: played(script), idleMs: 300 });
    const job = toWebp(new Uint8Array(8));
    const threadOf = async (): Promise<number> => (await engine.run(job, never)).width;
    const first = await threadOf();
    assert.equal(await threadOf(), first);
    await new Promise((resolve) => setTimeout(resolve, 900));
    assert.notEqual(await threadOf(), first);
    const endless = start({ worker: played('parentPort.on("message", () => { for (;;); })') });
    const given = [endless.run(job, never), endless.run(job, never)];
    endless.dispose();
    const ends = await Promise.allSettled([...given, endless.run(job, never)]);
    assert.deepEqual(
      ends.map((end) => (end.status === 'rejected' ? (end.reason as Error).name : end.status)),
      ['AbortError', 'AbortError', 'AbortError'],
    );
  });

  it('4.3 the extension host does not stall: its longest block is a fraction of the same work on its own thread', async () => {
    const source = await fileOf(gradient(3000, 2000), 'png');
    const job: EncodeJob = {
      source,
      steps: [{ resize: { width: 1200, height: 800 } }],
      output: { format: 'jpeg' },
    };
    const blockOf = async (engine: ImageEngine): Promise<number> => {
      await engine.run({ ...job, source: source.slice() }, never);
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await engine.run(job, never);
      await new Promise((resolve) => setTimeout(resolve, 20));
      delay.disable();
      return delay.max;
    };
    const onThread = await blockOf(start());
    const onOwn = await blockOf(createLocalImageEngine(loadWasm));
    assert.ok(onThread < onOwn / 3, `${onThread / 1e6} ms beside ${onOwn / 1e6} ms`);
  });
});
