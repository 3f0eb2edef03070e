import assert from 'node:assert/strict';
import { inspectImage } from '../../src/core/image/inspect.ts';
import {
  type Asked,
  askGateway,
  type AskOptions,
  gatewayAt,
  imagesOf,
  textOf,
} from '../support/askGateway.ts';
import { answerOutcomes } from '../support/faults/answerOutcomes.ts';
import { type FaultName, faults } from '../support/faults/faults.ts';
import { GatewayServer, withPictures } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';
import { pngBase64 } from '../support/gatewayReply.ts';

describe('3.8 faults 22 to 40: streams and what answers hold', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  function play(
    fault: FaultName,
    route: 'chat' | 'images',
    args: object = {},
    options?: AskOptions,
  ): Promise<Asked> {
    server.play(fault);
    const model = route === 'chat' ? 'acme/chatty' : 'acme/painter';
    return askGateway(gatewayAt(server.baseUrl), { prompt: 'a fox', model, ...args }, options);
  }
  const notices = ({ events }: Asked) =>
    events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
  const costOf = ({ events }: Asked) =>
    events.flatMap((event) => (event.type === 'usage' ? [event.cost?.amount] : []))[0];

  for (const [fault, route, count, code, words] of answerOutcomes) {
    it(`3.8 fault ${faults[fault].number}: ${fault} brings ${count} and ends ${code ?? 'well'}`, async () => {
      const asked = await play(fault, route, {}, { idleMs: 1500 });
      assert.equal(asked.failure?.code, code, asked.failure?.message);
      assert.equal(imagesOf(asked).length, count);
      if (words !== undefined) assert.match(asked.failure?.message ?? '', words);
      for (const { bytes } of imagesOf(asked)) assert.equal(inspectImage(bytes)?.complete, true);
      assert.equal(server.requests().filter(({ method }) => method === 'POST').length, 1);
    });
  }

  it('3.8 fault 22: an error after an image comes after it, on the images route too', async () => {
    const asked = await play('errorEventAfterAnImage', 'images', { n: 2, stream: true });
    assert.equal(imagesOf(asked).length, 1);
    assert.equal(asked.failure?.code, 'serverError');
  });

  it('3.8 fault 26: usage in a chunk without choices is read', async () => {
    const asked = await play('emptyDataAndPings', 'chat');
    assert.equal(costOf(asked), '0.02');
  });

  for (const fault of ['namesInEventsOnly', 'namesDropped'] as const) {
    it(`3.8 fault 27: ${fault}: the frame is no picture`, async () => {
      const asked = await play(fault, 'images');
      const kinds = asked.events.map(({ type }) => type).filter((type) => /image/i.test(type));
      assert.deepEqual(kinds, ['partialImage', 'image']);
      const red = Buffer.from(withPictures(pngBase64('64x48 #ff0000')), 'base64');
      assert.deepEqual(Buffer.from(imagesOf(asked)[0]!.bytes), red);
    });
  }

  it('3.8 fault 28: frames that come after the picture are not shown over it', async () => {
    const asked = await play('finalBeforePartials', 'images');
    assert.ok(!asked.events.some(({ type }) => type === 'partialImage'));
  });

  it('3.8 fault 29: equal bytes count once; the last is told to be the answer', async () => {
    const asked = await play('interimImages', 'chat');
    assert.deepEqual(notices(asked), ['interimImages']);
    const red = Buffer.from(withPictures(pngBase64('64x48 #ff0000')), 'base64');
    assert.deepEqual(Buffer.from(imagesOf(asked).at(-1)!.bytes), red);
  });

  for (const fault of ['markdownWhole', 'markdownInDeltas'] as const) {
    it(`3.8 fault 30: ${fault}: the words are left without the picture`, async () => {
      assert.equal(textOf(await play(fault, 'chat')), 'Look:  - done!');
    });
  }

  it('3.8 fault 30: a large picture in words, whole or in large deltas, is one picture and no failure', async () => {
    const large = Buffer.from(makePng(64, 48)).toString('base64');
    const padded = Buffer.concat([makePng(64, 48), Buffer.alloc(6000, 5)]).toString('base64');
    for (const base64 of [large, padded]) {
      const words = `Look: ![a fox](data:image/png;base64,${base64}) - done!`;
      const chunk = (content: string) => ({
        data: { choices: [{ delta: { content }, finish_reason: null }] },
      });
      const end = { data: { choices: [{ delta: {}, finish_reason: 'stop' }] } };
      for (const cuts of [[], [2000], [40, 3001], [36, 5002, 7003]]) {
        const pieces = [0, ...cuts].map((from, index) => words.slice(from, cuts[index]));
        server.reply('/chat/completions', { sse: [...pieces.map(chunk), end] });
        const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/chatty' });
        assert.equal(asked.failure, undefined, asked.failure?.message);
        assert.equal(imagesOf(asked).length, 1);
        assert.equal(textOf(asked), 'Look:  - done!');
      }
    }
  });

  it('3.8 fault 32: what is missing is asked for where a number was given only', async () => {
    const asked = await play('fewerThanAsked', 'images', { n: 2 });
    assert.equal(imagesOf(asked).length, 2);
    assert.equal(server.requests('/images/generations').length, 2);
  });

  it('3.8 fault 33: the download alone is tried once more', async () => {
    const address = server.servePicture('late.png', Buffer.from(withPictures(pngBase64('8x8')), 'base64'));
    server.queue('/picture/late.png', { status: 503 });
    server.reply('/images/generations', { json: { data: [{ url: address }] } });
    const config = gatewayAt(server.baseUrl);
    const asked = await askGateway(config, { prompt: 'p', model: 'acme/painter' });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.equal(server.requests('/images/generations').length, 1);
    assert.equal(server.requests('/picture/late.png').length, 2);
    server.reply('/picture/late.png', { status: 404 });
    const gone = await askGateway(config, { prompt: 'p', model: 'acme/painter' });
    assert.equal(gone.failure?.code, 'malformedResponse');
    assert.equal(server.requests('/picture/late.png').length, 3, 'what is not there is not asked for again');
  });

  it('3.8 fault 37: the bytes decide what it is, and the difference is told', async () => {
    const asked = await play('wrongType', 'images');
    assert.equal(imagesOf(asked)[0]?.facts.mediaType, 'image/png');
    assert.deepEqual(notices(asked), ['mediaTypeDiffers']);
  });

  for (const [fault, amount] of [
    ['costAsAString', '0.04'],
    ['costInCamelCase', '0.04'],
    ['costAsANumber', '0.0000004'],
    ['costInTicks', '0.02'],
    ['costWithOwnKey', '0.03'],
    ['costWithOwnKeyUnknown', undefined],
    ['costAbsent', undefined],
    ['costNonsense', undefined],
  ] as const) {
    it(`3.8 fault 40: ${fault} is ${amount ?? 'unknown'}`, async () => {
      assert.equal(costOf(await play(fault, 'images')), amount);
    });
  }
});
