// How long the extension host is not there for others while four pictures of 4 megapixels arrive in the panel.
import { encodePng } from '../../../src/core/image/codecs/pngEncoder.ts';
import * as assert from '../../support/assert.ts';
import { type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, useGateway } from '../../support/commandKit.ts';
import { generateButton, imagesPath, openPanel } from '../../support/panelKit.ts';

const side = 2048;

/** Noise over a gradient: as many bytes as a photograph has. */
async function photograph(seed: number): Promise<Uint8Array> {
  const data = new Uint8ClampedArray(side * side * 4);
  let noise = seed;
  for (let at = 0; at < data.length; at += 4) {
    noise = (noise * 1_664_525 + 1_013_904_223) >>> 0;
    const value = ((at / 4) % side) / 8 + (noise >>> 28);
    data.set([value, value * 0.8, 255 - value, 255], at);
  }
  return encodePng({ width: side, height: side, data }, true);
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Microseconds of work; of Node 23.9 and later. */
interface ThreadTimes {
  readonly threadCpuUsage: () => { readonly user: number; readonly system: number };
}

/** Milliseconds that this thread has worked, its part of collecting garbage included. */
function workedUntilNow(): number {
  const { user, system } = (process as unknown as ThreadTimes).threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Milliseconds between two turns of the event loop: the longest, how many were over 50, and the most that this thread has
 * worked between two. Where two cores are too few for the window, its server and its pictures, the rest is waiting.
 */
function watchTurns() {
  const gaps: number[] = [];
  let worked = 0;
  let last = performance.now();
  let lastWorked = workedUntilNow();
  const timer = setInterval(() => {
    const now = performance.now();
    const nowWorked = workedUntilNow();
    gaps.push(now - last);
    worked = Math.max(worked, nowWorked - lastWorked);
    last = now;
    lastWorked = nowWorked;
  }, 1);
  return () => {
    clearInterval(timer);
    return { longest: Math.max(...gaps), over50: gaps.filter((gap) => gap > 50).length, worked };
  };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('bench', () => {
  leavesAsFound();
  let gateway: TestGateway;

  it('four pictures of 4 megapixels arrive in the panel', async function () {
    this.timeout(180_000);
    ({ gateway } = await useGateway('bench'));
    let megabytes = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const bytes = await photograph(seed);
      megabytes += bytes.length / 1e6;
      await gateway.queue(imagesPath, { json: { data: [{ b64_json: base64Of(bytes) }] } });
    }
    await openPanel('four photographs');
    await ui.evaluate(
      `{ const list = document.querySelector('select[aria-label="Images"]'); list.value = '4';` +
        ` list.dispatchEvent(new Event('change')); }`,
    );
    await wait(2000);
    const stopIdle = watchTurns();
    await wait(5000);
    const idle = stopIdle();
    const stop = watchTurns();
    const began = performance.now();
    await ui.click(generateButton);
    await assert.eventually(
      async () => (await ui.texts({ selector: '.picture-view .state' })).length === 4,
      'four drafts',
      90_000,
    );
    await wait(1000);
    const { longest, over50, worked } = stop();
    const seconds = (performance.now() - began) / 1000;
    this.test!.title +=
      `: ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s, longest turn ${longest.toFixed(0)} ms` +
      ` (${over50} over 50 ms), most work in a turn ${worked.toFixed(0)} ms, idle before ${idle.longest.toFixed(0)} ms`;
  });
});
