import assert from 'node:assert/strict';
import { png } from '../support/pictureBytes.ts';
import { createLearnedStore, type LearnedStore } from '../../src/core/gateway/learned.ts';
import type { ReferenceImage } from '../../src/core/request.ts';
import { type Asked, askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { type FaultName, faults } from '../support/faults/faults.ts';
import { errorReply } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const chat = { prompt: 'a fox', model: 'acme/chatty' };
const images = { prompt: 'a fox', model: 'acme/painter' };
const picture: ReferenceImage = { bytes: makePng(8, 8), format: 'png' };

describe('3.2 learning from refusals', () => {
  let server: GatewayServer;
  let learned: LearnedStore;
  before(async () => (server = await GatewayServer.start()));
  beforeEach(() => (learned = createLearnedStore()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const ask = (args: object, references: readonly ReferenceImage[] = []) =>
    askGateway(gatewayAt(server.baseUrl), { ...args }, { learned, references });
  const posts = () => server.requests().filter(({ method }) => method === 'POST');
  const bodies = () => posts().map(({ body }) => body as Record<string, unknown>);
  const notSent = ({ events }: Asked) =>
    events.flatMap((event) =>
      event.type === 'notice' && event.notice.code === 'argumentNotSent' ? [event.notice.message] : [],
    );

  /** Each refused member: how it is asked for, and whether the other values of it may still be taken. */
  const refusals: readonly (readonly [FaultName, string, object, object | undefined])[] = [
    ['sizeNotSupported', 'size', { ...images, size: '64x48' }, undefined],
    ['qualityUnknown', 'quality', { ...images, quality: 'high' }, undefined],
    ['extraInput', 'background', { ...images, background: 'opaque' }, undefined],
    ['imageConfigRefused', 'image_config', { ...chat, aspectRatio: '16:9' }, undefined],
  ];
  for (const [fault, member, args, otherValue] of refusals) {
    it(`3.8 fault ${faults[fault].number}: ${fault} drops ${member} once, says so, and remembers it`, async () => {
      server.play(fault);
      const first = await ask(args);
      assert.equal(imagesOf(first).length, 1, first.failure?.message);
      assert.deepEqual(
        bodies().map((body) => member in body),
        [true, false],
      );
      assert.equal(notSent(first).length, 1);
      const second = await ask(args);
      assert.equal(posts().length, 3, 'the next request begins with what was learned');
      assert.ok(!(member in bodies()[2]!));
      assert.equal(notSent(second).length, 1, 'and says it again');
      if (otherValue === undefined) return;
      await ask(otherValue);
      assert.ok(member in bodies()[3]!, 'another value is another question');
    });
  }

  it('3.8 fault 43: a size that is not taken becomes the nearest aspect ratio, never both', async () => {
    server.play('sizeNotSupported');
    await ask({ ...images, size: '1920x1080' });
    assert.deepEqual(bodies()[1], { model: 'acme/painter', prompt: 'a fox', aspect_ratio: '16:9' });
  });

  it('4.2 fault 43: a refusal that names sizes teaches the one out of which the wanted one can be cut', async () => {
    server.play('sizeOfAnotherValue');
    const first = await ask({ ...images, size: '64x48' });
    assert.equal(imagesOf(first).length, 1, first.failure?.message);
    assert.deepEqual(
      bodies().map((body) => body['size']),
      ['64x48', '1024x1024'],
    );
    assert.equal(notSent(first).length, 0, 'a size is sent, and the picture is cut');
    await ask({ ...images, size: '64x48' });
    await ask({ ...images, size: '1024x1024' });
    assert.deepEqual(
      bodies().map((body) => body['size']),
      ['64x48', '1024x1024', '1024x1024', '1024x1024'],
    );
  });

  it('4.2 fault 43: limits are learned from refusals, one after the other, and hold for other sizes', async () => {
    server.play('sizeLimits');
    const first = await ask({ ...images, size: '300x200' });
    assert.equal(imagesOf(first).length, 1, first.failure?.message);
    await ask({ ...images, size: '1200x630' });
    const sizes = bodies().map((body) => body['size']);
    // Too small; then not in steps of 16; the last two were taken.
    assert.deepEqual(sizes, ['300x200', '992x661', '976x672', '1200x640']);
  });

  it('4.4 a model that answers a transparent background without an alpha channel is asked for a key colour next', async () => {
    const opaque = Buffer.from(png()).toString('base64');
    server.reply('/images/generations', { json: { data: [{ b64_json: opaque }] } });
    await ask({ ...images, background: 'transparent' });
    await ask({ ...images, background: 'transparent' });
    const [first, second] = bodies();
    assert.equal(first?.['background'], 'transparent');
    assert.equal(second?.['background'], undefined);
    assert.match(String(second?.['prompt']), /uniform background of pure green/);
  });

  it('3.8 fault 43: a refused count is made up, because the person asked for it', async () => {
    server.play('countRefused');
    const asked = await ask({ ...images, n: 2 });
    assert.equal(imagesOf(asked).length, 2);
    assert.equal(posts().length, 3);
  });

  it('3.8 fault 43: a refused stream is asked for whole', async () => {
    server.play('streamRefused');
    const asked = await ask({ ...images, stream: true });
    assert.equal(imagesOf(asked).length, 1);
    assert.ok(!('stream' in bodies()[1]!));
  });

  it('3.8 fault 43: modalities that no endpoint has become pictures alone', async () => {
    server.play('modalitiesRefused');
    const asked = await ask(chat);
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(bodies()[1]!['modalities'], ['image']);
  });

  it('3.8 fault 43: a refusal that names nothing teaches nothing', async () => {
    server.play('refusesWithoutAName');
    const { failure } = await ask({ ...images, size: '64x48', quality: 'high' });
    assert.equal(failure?.code, 'badRequest');
    assert.equal(posts().length, 1);
  });

  it('3.2 never drops the model, the prompt, or what the person put into the body', async () => {
    for (const param of ['model', 'prompt', 'style']) {
      server.reply('/images/generations', {
        status: 400,
        json: { error: { message: `Invalid ${param}`, param } },
      });
      const { failure } = await ask({ ...images, extraBody: { style: 'ink' } });
      assert.equal(failure?.code, 'badRequest', param);
    }
    assert.equal(posts().length, 3);
  });

  it('3.2 comes to an end with a gateway that refuses everything, one member after the other', async () => {
    for (const name of ['size', 'aspect_ratio', 'quality', 'background', 'seed', 'n', 'n'])
      server.queue('/images/generations', errorReply(400, `Unknown parameter: '${name}'.`));
    server.reply('/images/generations', errorReply(400, "Unknown parameter: 'n'."));
    const args = { ...images, size: '64x48', quality: 'high', background: 'auto', seed: 1, n: 2 };
    const { failure } = await ask(args);
    assert.equal(failure?.code, 'badRequest');
    assert.equal(posts().length, 7);
    assert.deepEqual(learned.get('acme/painter').refused, [], 'what did not work is not remembered');
  });

  it('3.8 fault 20: "is a language model" takes the chat route, and remembers it', async () => {
    server.play('languageModel');
    assert.equal(imagesOf(await ask(images)).length, 1);
    assert.equal(imagesOf(await ask(images)).length, 1);
    assert.deepEqual(
      posts().map(({ path }) => path),
      ['/v1/images/generations', '/v1/chat/completions', '/v1/chat/completions'],
    );
  });

  it('3.8 fault 20: "is an image model" takes the images route', async () => {
    server.play('imageModel');
    const asked = await ask(chat);
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.equal(posts()[1]?.path, '/v1/images/generations');
  });

  it('3.1 a route that the settings name is kept, whatever the refusal says', async () => {
    server.play('languageModel');
    const config = gatewayAt(server.baseUrl, 'vercel', { route: 'images' });
    const { failure } = await askGateway(config, images, { learned });
    assert.equal(failure?.code, 'badRequest');
    assert.equal(posts().length, 1);
  });

  for (const [fault, forms] of [
    ['editsAsFormOnly', ['json', 'image']],
    ['editsWithBracketsOnly', ['json', 'image', 'image[]']],
  ] as const) {
    it(`3.8 fault 41: ${fault} is learned: ${forms.join(', then ')}`, async () => {
      server.play(fault);
      const asked = await ask(images, [picture]);
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
      const seen = server
        .requests('/images/edits')
        .map(({ bodyText, body }) =>
          body === undefined ? /name="(image(\[\])?)"/.exec(bodyText)?.[1] : 'json',
        );
      assert.deepEqual(seen, forms);
      server.reply('/images/edits', { json: { data: [{ b64_json: '{{png 8x8}}' }] } });
      await ask(images, [picture]);
      assert.equal(server.requests('/images/edits').length, forms.length + 1, 'remembered');
    });
  }

  it('3.8 fault 41: a gateway without edits is asked over chat', async () => {
    server.play('editsAbsent');
    const asked = await ask(images, [picture]);
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.equal(posts()[1]?.path, '/v1/chat/completions');
  });

  it('3.3 Agnic: a key that is refused as a bearer token goes into X-Agnic-Token, and stays there', async () => {
    server.queue('/models', errorReply(401, 'Invalid token'));
    const config = gatewayAt(server.baseUrl, 'agnic');
    const options = { learned, key: 'agnic_tok_1234' };
    for (let time = 0; time < 2; time++) {
      const asked = await askGateway(config, { prompt: 'p', model: 'acme/chatty' }, options);
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    }
    const sent = server
      .requests()
      .map(({ headers }) => (headers['authorization'] === undefined ? headers['x-agnic-token'] : 'bearer'));
    assert.deepEqual(sent, ['bearer', ...Array.from({ length: 4 }, () => 'agnic_tok_1234')]);
  });

  it('3.3 a refused key is tried in no other header elsewhere', async () => {
    server.reply('/images/generations', errorReply(401, 'Invalid token'));
    assert.equal((await ask(images)).failure?.code, 'unauthorized');
    assert.equal(posts().length, 1);
  });
});
