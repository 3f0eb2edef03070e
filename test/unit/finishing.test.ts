import assert from 'node:assert/strict';
import type { ReceivedImage } from '../../src/core/events.ts';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { finishImage } from '../../src/core/finishing.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import {
  type PixelEngine,
  PixelError,
  type PixelResult,
  type PixelTask,
} from '../../src/core/image/pixelTask.ts';
import type { ImageRequest } from '../../src/core/request.ts';
import { makePng } from '../support/png.ts';

const request: ImageRequest = { prompt: 'a fox', model: 'm', references: [] };

function received(width: number, height: number, more: Partial<ReceivedImage> = {}): ReceivedImage {
  const bytes = makePng(width, height);
  const facts = inspectImage(bytes);
  assert.ok(facts);
  return { bytes, facts, ...more };
}

/** Answers every task alike, and remembers it. */
function engine(answer: Partial<PixelResult> | Error = {}): PixelEngine & { readonly tasks: PixelTask[] } {
  const tasks: PixelTask[] = [];
  return {
    tasks,
    run: (task): Promise<PixelResult> => {
      tasks.push(task);
      if (answer instanceof Error) return Promise.reject(answer);
      const decoded = { width: 96, height: 64 };
      const untouched = { turned: false, coloursConverted: false } as const;
      const usual = {
        ...untouched,
        decoded,
        scale: 'none',
        flattened: false,
        alpha: 'used',
        cameAlpha: 'used',
      } as const;
      return Promise.resolve({ ...usual, ...answer });
    },
  };
}

const finish = (
  image: ReceivedImage,
  asked: Partial<ImageRequest>,
  pixels: PixelEngine,
  signal = new AbortController().signal,
) => finishImage(image, { ...request, ...asked }, pixels, signal);

describe('4.2 4.3 what came becomes what was asked for', () => {
  it('4.3 leaves what needs no change untouched to the byte, and writes nothing', async () => {
    const pixels = engine({ alpha: 'unused' });
    const image = received(96, 64);
    for (const asked of [{}, { size: { width: 96, height: 64 } }, { outputFormat: 'png' as const }]) {
      const done = await finish(image, asked, pixels);
      assert.deepEqual(done.image.bytes, image.bytes);
      assert.deepEqual(done.notices, []);
    }
    assert.ok(pixels.tasks.every(({ output }) => output === undefined));
    const opaque = { ...image, facts: { ...image.facts, hasAlpha: false } };
    const before = pixels.tasks.length;
    await finish(opaque, {}, pixels);
    assert.equal(pixels.tasks.length, before, 'nothing is decoded');
  });

  it('4.2 asks for exactly the wanted pixels, in the format that came, and says what was done', async () => {
    const size = { width: 60, height: 30 };
    const bytes = makePng(60, 30);
    const pixels = engine({ bytes, crop: { x: 0, y: 8, width: 96, height: 48 }, scale: 'down' });
    const { image, notices } = await finish(received(96, 64), { size }, pixels);
    const [task] = pixels.tasks;
    assert.deepEqual(task?.fit, { size });
    assert.equal(task.output?.format, 'png');
    assert.equal(image.facts.width, 60);
    assert.equal(image.bytes, bytes);
    assert.deepEqual(
      notices.map(({ code, message }) => [code, message]),
      [
        ['cropped', '96×64 came; it was cropped to 96×48 for the shape of 60×30.'],
        ['resized', '96×48 was scaled down to 60×30.'],
      ],
    );
  });

  it('4.2 never enlarges in silence', async () => {
    const pixels = engine({ bytes: makePng(192, 128), scale: 'up' });
    const { notices } = await finish(received(96, 64), { size: { width: 192, height: 128 } }, pixels);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['upscaled'],
    );
    assert.match(notices[0]?.message ?? '', /enlarged, and is less sharp/);
  });

  it('4.3 converts to the wanted format, and says so', async () => {
    const pixels = engine({ bytes: makePng(96, 64), flattened: true });
    const { notices } = await finish(received(96, 64), { outputFormat: 'jpeg' }, pixels);
    assert.deepEqual(pixels.tasks[0]?.output, { format: 'jpeg', quality: 90 });
    assert.deepEqual(
      notices.map(({ message }) => message),
      ['PNG came and was converted to JPEG, its transparent parts on white.'],
    );
  });

  it('4.3 keeps the original where it cannot be changed, with the reason', async () => {
    const image = received(96, 64);
    const problems = ['damaged', 'tooLarge', 'animated', 'profile', 'unsupported', 'failed'] as const;
    for (const problem of problems) {
      const asked = { size: { width: 9, height: 9 }, outputFormat: 'webp' as const };
      const done = await finish(image, asked, engine(new PixelError(problem, 'no')));
      assert.deepEqual(done.image.bytes, image.bytes);
      assert.deepEqual(
        done.notices.map(({ code }) => code),
        ['notConverted'],
      );
      assert.match(
        done.notices[0]?.message ?? '',
        /^The image could not be made 9×9 WebP: .*\. It was saved as it came, 96×64 PNG\.$/,
      );
    }
    const odd = await finish(image, { outputFormat: 'webp' }, engine(new RangeError('heap')));
    assert.match(odd.notices[0]?.message ?? '', /made the decoder fail/);
  });

  it('4.4 takes the background out where the model was asked to paint one, and looks at what is left', async () => {
    const keyColour = [0, 255, 0] as const;
    const pixels = engine({ bytes: makePng(96, 64), background: 'removed', transparency: { ok: true } });
    const { image, notices } = await finish(
      received(96, 64, { keyColour }),
      { background: 'transparent' },
      pixels,
    );
    assert.deepEqual(pixels.tasks[0]?.keyColour, keyColour);
    assert.equal(pixels.tasks[0].checksTransparency, true);
    assert.deepEqual(image.transparency, { ok: true });
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['backgroundRemoved'],
    );
  });

  it('4.4 looks at native transparency without changing a byte', async () => {
    const image = received(96, 64);
    const pixels = engine({ transparency: { ok: false, reason: 'checkerboard' } });
    const done = await finish(image, { background: 'transparent' }, pixels);
    assert.equal(pixels.tasks[0]?.output, undefined);
    assert.deepEqual(done.image.bytes, image.bytes);
    assert.deepEqual(done.image.transparency, { ok: false, reason: 'checkerboard' });
  });

  it('4.2 ends as cancelled where the person cancels meanwhile', async () => {
    const controller = new AbortController();
    const pixels: PixelEngine = {
      run: () => {
        controller.abort();
        return Promise.reject(new Error('stopped'));
      },
    };
    await assert.rejects(
      finish(received(96, 64), { outputFormat: 'webp' }, pixels, controller.signal),
      (thrown) => isImageGatewayError(thrown) && thrown.code === 'cancelled',
    );
  });
});
