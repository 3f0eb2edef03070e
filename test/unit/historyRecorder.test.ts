import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FinishedImage, GenerationEvent, ReceivedImage, SavedImage } from '../../src/core/events.ts';
import { ImageGatewayError } from '../../src/core/failure.ts';
import { sha256Hex } from '../../src/core/files/sha256.ts';
import type { History } from '../../src/core/history/history.ts';
import { HistoryRecorder } from '../../src/core/history/recorder.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import { newOriginalId } from '../../src/core/originals/original.ts';
import { openHistory } from '../support/historyKit.ts';
import { makePng } from '../support/png.ts';

const request = { prompt: 'a fox', gateway: 'acme', parameters: { n: 2 }, notTold: [] };
const started: GenerationEvent = { type: 'started', model: 'acme/painter', gateway: 'acme' };
const outcome = { images: [], text: '', model: 'acme/painter', gateway: 'acme', notices: [] };
const finished: GenerationEvent = { type: 'finished', outcome };

function received(width = 64): ReceivedImage {
  const bytes = makePng(width, 48);
  return { bytes, facts: inspectImage(bytes)!, originalId: newOriginalId(Date.UTC(2026, 10, 21)) };
}

function savedAs(image: ReceivedImage, uri: string): Extract<GenerationEvent, { type: 'saved' }> {
  const { bytes, facts } = image;
  const { mediaType } = facts;
  const sums = { sha256: 'cd'.repeat(32), receivedSha256: 'ab'.repeat(32) };
  const saved: SavedImage = {
    ...{ uri, mediaType, width: 32, height: 24, byteLength: bytes.length, alt: 'a fox', ...sums },
  };
  const finishedImage: FinishedImage = { bytes, facts, received: image };
  return { type: 'saved', saved, image: finishedImage };
}

describe('5.4 the recorder of the history', () => {
  let path: string;
  let history: History;
  let errors: string[];
  /** Thumbnails wait until it is called. */
  let draw: () => void;
  let recorder: HistoryRecorder;

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'recorder-'));
    history = openHistory(path).history;
    errors = [];
    const drawing = new Promise<void>((resolve) => (draw = resolve));
    const thumbnail = makePng(16, 12);
    const engine: PixelEngine = {
      run: async ({ bytes }) => {
        await drawing;
        if (inspectImage(bytes) === undefined) throw new Error('damaged');
        const decoded = { width: 16, height: 12 };
        const untouched = { turned: false, coloursConverted: false, cameAlpha: 'none' } as const;
        return { ...untouched, bytes: thumbnail, decoded, scale: 'down', flattened: false, alpha: 'none' };
      },
    };
    const log = { warn: (line: string) => errors.push(line), error: (line: string) => errors.push(line) };
    recorder = new HistoryRecorder({ history, engine, log });
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  const entries = async () => (await openHistory(path).history.page()).entries;
  /** Everything is written but thumbnails, which wait. */
  const settled = () => recorder.keep('nothing', {} as SavedImage);

  it('5.4 appends once the first picture is there, so that a window that is killed loses nothing', async () => {
    const take = recorder.follow(request);
    const image = received();
    take(started);
    take({ type: 'notice', notice: { code: 'sizeDiffers', message: 'Another size came.' } });
    await settled();
    assert.deepEqual(await entries(), []);
    take({ type: 'image', image });
    await settled();
    const [entry, ...others] = await entries();
    assert.deepEqual(others, []);
    assert.deepEqual(
      [entry?.prompt, entry?.model, entry?.gateway, entry?.parameters, entry?.notices.length],
      ['a fox', 'acme/painter', 'acme', { n: 2 }, 1],
    );
    const [picture] = entry!.pictures;
    assert.deepEqual(
      [picture?.state, picture?.originalId, picture?.sha256, picture?.width, picture?.mediaType],
      ['draft', image.originalId, await sha256Hex(image.bytes), 64, 'image/png'],
    );
  });

  it('5.4 notes saved files, further pictures, receipt, cost and notices', async () => {
    const take = recorder.follow(request);
    const [one, two] = [received(64), received(96)];
    const rows = [{ topic: 'size', asked: '1×1', came: '64×48', saved: '32×24', differs: false }] as const;
    take(started);
    take({ type: 'image', image: one });
    take(savedAs(one, 'file:///w/one.png'));
    take({ type: 'image', image: two });
    take(savedAs(two, 'file:///w/two.png'));
    take({ type: 'usage', cost: { amount: '0.08', currency: 'USD' } });
    take({ type: 'notice', notice: { code: 'cropped', message: 'It was cropped.' } });
    take({ type: 'receipt', rows });
    take(finished);
    draw();
    await recorder.idle();
    const [entry, ...others] = await entries();
    assert.deepEqual(others, []);
    assert.deepEqual([entry?.cost?.amount, entry?.receipt, entry?.notices.length], ['0.08', rows, 1]);
    assert.deepEqual(
      entry?.pictures.map(({ state, saved, width, sha256 }) => [state, saved, width, sha256]),
      [
        ['kept', 'file:///w/one.png', 32, 'cd'.repeat(32)],
        ['kept', 'file:///w/two.png', 32, 'cd'.repeat(32)],
      ],
    );
    assert.deepEqual(errors, []);
  });

  it('5.4 makes the thumbnails after the request, and the entry waits for none of them', async () => {
    const take = recorder.follow(request);
    const image = received();
    take(started);
    take({ type: 'image', image });
    take(savedAs(image, 'file:///w/one.png'));
    take(finished);
    await settled();
    const [before] = await entries();
    assert.deepEqual([before?.pictures[0]?.state, before?.pictures[0]?.thumbnail], ['kept', undefined]);
    draw();
    await recorder.idle();
    const place = (await entries())[0]?.pictures[0]?.thumbnail;
    assert.equal((await history.thumbnail(place!))?.byteLength, place?.byteLength);
  });

  it('5.4 makes no entry of a request that brought no picture', async () => {
    const error = new ImageGatewayError('noImage', 'No image came.');
    for (const last of [{ type: 'failed', error }, { type: 'cancelled' }, finished] as const) {
      const take = recorder.follow(request);
      take(started);
      take({ type: 'text', text: 'I cannot draw that.' });
      take(last);
    }
    draw();
    await recorder.idle();
    assert.deepEqual(await entries(), []);
  });

  it('5.4 keeps what came before a request failed or was cancelled', async () => {
    const take = recorder.follow(request);
    take(started);
    take({ type: 'image', image: received() });
    take({ type: 'usage', cost: { amount: '0.04', currency: 'USD' } });
    take({ type: 'cancelled' });
    draw();
    await recorder.idle();
    const [entry] = await entries();
    assert.deepEqual([entry?.cost?.amount, entry?.pictures[0]?.state], ['0.04', 'draft']);
    assert.ok(entry?.pictures[0]?.thumbnail);
  });

  it('5.4 goes on where the disk fails, says so, and writes what is missing with the next event', async () => {
    const append = history.append.bind(history);
    let isFailing = true;
    history.append = (entry) => (isFailing ? Promise.reject(new Error('no space is left')) : append(entry));
    const take = recorder.follow(request);
    const [one, two] = [received(64), received(96)];
    take(started);
    take({ type: 'image', image: one });
    take(savedAs(one, 'file:///w/one.png'));
    await settled();
    assert.deepEqual([await entries(), errors.length], [[], 2]);
    isFailing = false;
    take({ type: 'image', image: two });
    take(finished);
    draw();
    await recorder.idle();
    const [entry] = await entries();
    assert.deepEqual(
      entry?.pictures.map(({ state }) => state),
      ['kept', 'draft'],
    );
  });

  it('5.4 goes on where a thumbnail cannot be made', async () => {
    const take = recorder.follow(request);
    const broken = { ...received(), bytes: new Uint8Array([1, 2, 3]) };
    const whole = received();
    take(started);
    take({ type: 'image', image: broken });
    take({ type: 'image', image: whole });
    take(finished);
    draw();
    await recorder.idle();
    const [entry] = await entries();
    assert.deepEqual(
      entry?.pictures.map(({ thumbnail }) => thumbnail !== undefined),
      [false, true],
    );
    assert.deepEqual(errors, ['A thumbnail could not be made.']);
  });

  it('5.4 tells generations that go on at once from one another', async () => {
    const takes = [
      recorder.follow({ ...request, prompt: 'one' }),
      recorder.follow({ ...request, prompt: 'two' }),
    ];
    for (const take of takes) take(started);
    for (const take of takes) take({ type: 'image', image: received() });
    for (const take of takes) take({ type: 'image', image: received() });
    for (const take of takes) take(finished);
    draw();
    await recorder.idle();
    assert.deepEqual((await entries()).map(({ prompt, pictures }) => [prompt, pictures.length]).sort(), [
      ['one', 2],
      ['two', 2],
    ]);
  });

  it('5.4 notes later that a draft was kept, or not wanted, by its original', async () => {
    const take = recorder.follow(request);
    const [one, two] = [received(), received()];
    take(started);
    take({ type: 'image', image: one });
    take({ type: 'image', image: two });
    void recorder.keep(one.originalId!, savedAs(one, 'file:///w/kept.png').saved);
    void recorder.discard(two.originalId!);
    await settled();
    assert.deepEqual(
      (await entries())[0]?.pictures.map(({ state, saved }) => [state, saved]),
      [
        ['kept', 'file:///w/kept.png'],
        ['discarded', undefined],
      ],
    );
    void recorder.discard(two.originalId!, false);
    await settled();
    assert.equal((await entries())[0]?.pictures[1]?.state, 'draft');
  });

  it('5.4 lets whoever listens know of each change, of other windows, too, and not of what was there', async () => {
    const other = openHistory(path).history;
    await other.append({ ...request, model: '', receipt: [], notices: [], pictures: [] });
    let changes = 0;
    const end = history.onDidChange(() => changes++);
    await history.page();
    assert.equal(changes, 0);
    const { entry } = await other.append({ ...request, model: '', receipt: [], notices: [], pictures: [] });
    await history.refresh();
    assert.equal(changes, 1);
    await history.refresh();
    assert.equal(changes, 1);
    await history.remove([entry.id]);
    assert.equal(changes, 2);
    end();
    await history.clear();
    assert.equal(changes, 2);
  });
});
