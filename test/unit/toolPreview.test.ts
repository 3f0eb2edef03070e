import assert from 'node:assert/strict';
import { sha256Hex } from '../../src/core/files/sha256.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import type * as toolPreview from '../../src/host/tools/preview.ts';
import { modules } from '../support/codecs.ts';
import { encode, paint, randomNumbers } from '../support/pixels.ts';
import { disk, hostModule, Uri } from '../support/vscodeWithFiles.ts';

const { makePreviews } = (await hostModule('tools/preview.ts')) as typeof toolPreview;

const engine: PixelEngine = { run: (task) => workOn(task, modules) };
const log = { warn: () => undefined };
const { signal } = new AbortController();

/** Saves pictures under those names, and says what is shown of them. */
async function previewsOf(
  pictures: Readonly<Record<string, Uint8Array>>,
  changed: Readonly<Record<string, Uint8Array>> = {},
) {
  const files = [];
  for (const [name, bytes] of Object.entries(pictures)) {
    disk.set(`/w/${name}`, changed[name] ?? bytes);
    files.push({ uri: Uri.parse(`file:///w/${name}`), sha256: await sha256Hex(bytes) });
  }
  const parts = { engine, log } as unknown as Parameters<typeof makePreviews>[1];
  return makePreviews(files as unknown as Parameters<typeof makePreviews>[0], parts, signal);
}

function noise(width: number, height: number, seed = 1): Promise<Uint8Array> {
  const random = randomNumbers(seed);
  const byte = () => Math.floor(random() * 256);
  return encode(
    paint(width, height, () => [byte(), byte(), byte(), 255]),
    'png',
    90,
  );
}

describe('7.3 the preview in a result', () => {
  it('7.3 is below 500,000 bytes even of noise, and at most 1,024 pixels a side', async () => {
    const { previews, why } = await previewsOf({ 'noise.png': await noise(1400, 1200) });
    assert.equal(why, '');
    const facts = inspectImage(previews[0]!.bytes)!;
    assert.equal(facts.format, 'webp');
    assert.ok(Math.max(facts.width, facts.height) <= 1024);
    assert.ok(previews[0]!.bytes.length < 500_000, String(previews[0]!.bytes.length));
  });

  it('7.3 of several is below 500,000 bytes together', async () => {
    const picture = await noise(900, 900, 2);
    const names = ['a.png', 'b.png', 'c.png', 'd.png'];
    const { previews } = await previewsOf(Object.fromEntries(names.map((name) => [name, picture])));
    assert.equal(previews.length, 4);
    assert.ok(previews.reduce((sum, { bytes }) => sum + bytes.length, 0) < 500_000);
  });

  it('7.3 is never larger than its picture', async () => {
    const { previews } = await previewsOf({
      'a.png': await encode(
        paint(40, 20, () => [9, 9, 9, 255]),
        'png',
        90,
      ),
    });
    const { width, height } = inspectImage(previews[0]!.bytes)!;
    assert.deepEqual([width, height], [40, 20]);
  });

  it('7.3 shows nothing but what was saved: of a file that was changed there is none, and why', async () => {
    const [saved, other] = [await noise(64, 64, 3), await noise(64, 64, 4)];
    const { previews, why } = await previewsOf({ 'a.png': saved }, { 'a.png': other });
    assert.deepEqual([previews.length, why], [0, 'the file was changed since it was saved.']);
  });

  it('7.3 is absent, with a word why, where the file cannot be read or scaled', async () => {
    const { previews, why } = await previewsOf({ 'a.png': new Uint8Array([1, 2, 3]) });
    assert.deepEqual([previews.length, why], [0, 'the image could not be read or scaled.']);
  });
});
