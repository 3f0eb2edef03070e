import assert from 'node:assert/strict';
import type {
  FinishedImage,
  GatewayEvent,
  GenerationEvent,
  ReceivedImage,
  SavedImage,
} from '../../src/core/events.ts';
import { ImageGatewayError } from '../../src/core/failure.ts';
import { asItCame } from '../../src/core/finishing.ts';
import { generateImages, type GenerationPorts } from '../../src/core/generation.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { ImageRequest } from '../../src/core/request.ts';
import { makePng } from '../support/png.ts';

function received(width: number, height: number): ReceivedImage {
  const bytes = makePng(width, height);
  const facts = inspectImage(bytes);
  assert.ok(facts);
  return { bytes, facts };
}

const saved = ({ facts, bytes }: FinishedImage, index: number): SavedImage => ({
  uri: `file:///w/${index}.png`,
  mediaType: facts.mediaType,
  width: facts.width,
  height: facts.height,
  byteLength: bytes.byteLength,
  sha256: '',
  receivedSha256: '',
  alt: 'a',
});

async function run(
  request: Partial<ImageRequest>,
  sent: readonly (GatewayEvent | Error)[],
  ports: Partial<GenerationPorts> = {},
): Promise<GenerationEvent[]> {
  async function* send(): AsyncGenerator<GatewayEvent> {
    for (const one of sent) {
      await Promise.resolve();
      if (one instanceof Error) throw one;
      yield one;
    }
  }
  const events: GenerationEvent[] = [];
  const all: GenerationPorts = {
    send,
    finish: (image) => Promise.resolve({ image: asItCame(image), notices: [] }),
    save: (image, index) => Promise.resolve(saved(image, index)),
    ...ports,
  };
  for await (const event of generateImages(
    { prompt: 'p', model: 'm', references: [], ...request },
    'g',
    all,
    new AbortController().signal,
  ))
    events.push(event);
  return events;
}

const image = (width = 4, height = 4): GatewayEvent => ({ type: 'image', image: received(width, height) });
const last = (events: readonly GenerationEvent[]) => events.at(-1);
const noticesOf = (events: readonly GenerationEvent[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
const failure = new ImageGatewayError('serverError', 'It broke.');

describe('2.2 one request from events to outcome', () => {
  it('2.2 ends with one outcome that holds what was said, saved and noticed', async () => {
    const events = await run({ n: 2 }, [
      { type: 'text', text: 'a ' },
      image(),
      { type: 'text', text: 'b' },
      image(),
      { type: 'usage', cost: { amount: '0.1', currency: 'USD' } },
    ]);
    const end = last(events);
    assert.ok(end?.type === 'finished');
    assert.equal(end.outcome.text, 'a b');
    assert.deepEqual(
      end.outcome.images.map(({ uri }) => uri),
      ['file:///w/1.png', 'file:///w/2.png'],
    );
    assert.deepEqual(end.outcome.cost, { amount: '0.1', currency: 'USD' });
    assert.deepEqual(end.outcome.notices, []);
  });

  it('2.2 saves each picture as it comes, before the next event is asked for', async () => {
    const order = (await run({}, [image(), { type: 'text', text: 'later' }])).map(({ type }) => type);
    assert.ok(order.indexOf('saved') < order.indexOf('text'));
  });

  it('2.2 resolves with partialFailure and the code when a failure follows a saved picture', async () => {
    const events = await run({ n: 2 }, [image(), failure]);
    const end = last(events);
    assert.ok(end?.type === 'finished');
    assert.deepEqual(end.outcome.notices, [{ code: 'partialFailure', message: 'It broke. [serverError]' }]);
  });

  it('2.2 fails with the failure when nothing was saved, and hides what is not ours', async () => {
    assert.deepEqual(last(await run({}, [failure])), { type: 'failed', error: failure });
    const end = last(await run({}, [new Error('secret path')]));
    assert.ok(end?.type === 'failed');
    assert.doesNotMatch(end.error.message, /secret/);
  });

  it('2.2 fails with saveFailed when no picture could be written', async () => {
    const save = () => Promise.reject(new ImageGatewayError('saveFailed', 'No space.'));
    const end = last(await run({}, [image()], { save }));
    assert.ok(end?.type === 'failed');
    assert.equal(end.error.code, 'saveFailed');
  });

  it('2.2 goes on with the other pictures when one cannot be written: they are paid for, too', async () => {
    const save = (finished: FinishedImage, index: number) =>
      finished.facts.width === 5
        ? Promise.reject(new ImageGatewayError('saveFailed', 'No space.'))
        : Promise.resolve(saved(finished, index));
    const end = last(await run({ n: 3 }, [image(), image(5, 5), image(6, 6)], { save }));
    assert.ok(end?.type === 'finished');
    assert.deepEqual(
      end.outcome.images.map(({ width }) => width),
      [4, 6],
    );
    assert.deepEqual(end.outcome.notices, [{ code: 'partialFailure', message: 'No space. [saveFailed]' }]);
  });

  it('2.2 does not lose saved pictures to a link that cannot be inserted', async () => {
    const end = last(await run({}, [image()], { insertLinks: () => Promise.reject(new Error('x')) }));
    assert.ok(end?.type === 'finished');
    assert.equal(end.outcome.images.length, 1);
    assert.deepEqual(
      end.outcome.notices.map(({ code }) => code),
      ['linkNotInserted'],
    );
  });

  it('2.2 notices every difference between asked and delivered', async () => {
    assert.deepEqual(noticesOf(await run({ size: { width: 8, height: 4 } }, [image()])), ['sizeDiffers']);
    assert.deepEqual(noticesOf(await run({ aspectRatio: { width: 16, height: 9 } }, [image()])), [
      'aspectRatioDiffers',
    ]);
    assert.deepEqual(noticesOf(await run({ outputFormat: 'webp' }, [image()])), ['formatDiffers']);
    assert.deepEqual(noticesOf(await run({ n: 3 }, [image()])), ['countDiffers']);
    assert.deepEqual(noticesOf(await run({}, [image(), image(5, 5)])), ['countDiffers']);
    const opaque = received(4, 4);
    const noAlpha: GatewayEvent = {
      type: 'image',
      image: { ...opaque, facts: { ...opaque.facts, hasAlpha: false } },
    };
    assert.deepEqual(noticesOf(await run({ background: 'transparent' }, [noAlpha])), ['noTransparency']);
    const revised: GatewayEvent = { type: 'image', image: { ...received(4, 4), revisedPrompt: 'another' } };
    assert.deepEqual(noticesOf(await run({}, [revised])), ['promptRevised']);
    assert.deepEqual(
      noticesOf(await run({ size: { width: 4, height: 4 }, outputFormat: 'png' }, [image()])),
      [],
    );
  });

  it('2.2 says linkInserted for each picture, or why it was not', async () => {
    const inserted = await run({}, [image()], { insertLinks: () => Promise.resolve(undefined) });
    assert.deepEqual(inserted.map(({ type }) => type).slice(-2), ['linkInserted', 'finished']);
    const not = await run({}, [image()], {
      insertLinks: () => Promise.resolve({ code: 'linkNotInserted', message: 'No.' }),
    });
    const end = last(not);
    assert.ok(end?.type === 'finished');
    assert.deepEqual(end.outcome.notices, [{ code: 'linkNotInserted', message: 'No.' }]);
  });

  it('4.7 says that what came is kept where it is cancelled before it was saved', async () => {
    const kept = { ...received(8, 8), originalId: 'x' };
    const events = await run({}, [{ type: 'image', image: kept }], {
      finish: () => Promise.reject(new ImageGatewayError('cancelled', 'No.')),
    });
    const types = events.map(({ type }) => type);
    assert.deepEqual(types, ['image', 'notice', 'cancelled']);
    assert.match(JSON.stringify(events[1]), /after an image had come.*Recover Images/);
  });
});
