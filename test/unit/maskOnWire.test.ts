import assert from 'node:assert/strict';
import { createLearnedStore } from '../../src/core/gateway/learned.ts';
import { parseGateways } from '../../src/core/gateway/parseGateways.ts';
import { planCall } from '../../src/core/gateway/wireCall.ts';
import { wholePicture } from '../../src/core/image/maskRegion.ts';
import type { ImageRequest, ReferenceImage, Turn } from '../../src/core/request.ts';
import { type AskOptions, askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { pngBase64 } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const picture = (colour: number, more: Partial<ReferenceImage> = {}): ReferenceImage => ({
  bytes: makePng(8, 8, [colour, 0, 0, 255]),
  format: 'png',
  ...more,
});
const original = picture(10);
const other = picture(20);
const mask = picture(30);
const maskRegion = 'the area from 25 % to 50 % of the width and 0 % to 10 % of the height (left top)';
const sentenceOf = (region: string) =>
  `Image 1 is to be edited: change only ${region}, and leave everything else in it exactly as it is.`;
const sentence = sentenceOf(maskRegion);
const url = (one: ReferenceImage) => `data:image/png;base64,${Buffer.from(one.bytes).toString('base64')}`;
const part = (one: ReferenceImage) => ({ type: 'image_url', image_url: { url: url(one) } });
const answered = { json: { created: 1, data: [{ b64_json: pngBase64('8x8') }] } };

interface Message {
  readonly role: string;
  readonly content: unknown;
  readonly images?: unknown;
}

describe('5.3 an edit with a mask on the wire', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const ask = (model: string, options: AskOptions, prompt = 'a hat') =>
    askGateway(gatewayAt(server.baseUrl), { prompt, model }, options);
  const bodyOf = (path: string) => server.requests(path).at(-1)?.body as Record<string, unknown>;
  const messages = () => bodyOf('/chat/completions')['messages'] as readonly Message[];

  it('5.3 chat: the region stands behind the prompt in one sentence, and no mask goes along', async () => {
    const asked = await ask('acme/chatty', { references: [original, other], mask, maskRegion });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(messages(), [
      {
        role: 'user',
        content: [{ type: 'text', text: `a hat\n\n${sentence}` }, part(original), part(other)],
      },
    ]);
    assert.doesNotMatch(server.requests('/chat/completions')[0]!.bodyText, new RegExp(url(mask).slice(-40)));
  });

  it('5.3 chat: nothing is said of a mask that leaves nothing out', async () => {
    await ask('acme/chatty', { references: [original], mask, maskRegion: wholePicture });
    assert.deepEqual(messages()[0]?.content, [{ type: 'text', text: 'a hat' }, part(original)]);
  });

  it('5.3 images/edits: the mask file goes along, and nothing is said of it', async () => {
    server.reply('/images/edits', answered);
    const asked = await ask('acme/painter', { references: [original], mask, maskRegion });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    const { prompt, mask: sent } = bodyOf('/images/edits');
    assert.deepEqual([prompt, sent], ['a hat', { image_url: url(mask) }]);
  });

  it('5.3 without images/edits it goes over chat in words, and straight there the next time', async () => {
    const learned = createLearnedStore();
    for (let time = 0; time < 2; time++) {
      const asked = await ask('acme/painter', { references: [original], mask, maskRegion, learned });
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
      assert.deepEqual((messages()[0]?.content as unknown[])[0], {
        type: 'text',
        text: `a hat\n\n${sentence}`,
      });
    }
    assert.equal(server.requests('/images/edits').length, 1);
  });

  it('5.3 is refused over chat without words for the mask, also where chat was learned for edits', async () => {
    const refused = await ask('acme/chatty', { references: [original], mask });
    assert.equal(refused.failure?.code, 'invalidArguments');
    const learned = createLearnedStore();
    learned.set('acme/painter', { refused: [], editForm: 'chat' });
    const missing = await ask('acme/painter', { references: [original], mask, learned });
    assert.notEqual(missing.failure, undefined);
    assert.equal(server.requests('/chat/completions').length, 0);
  });

  it('5.3 a refusal that quotes our sentence teaches nothing', async () => {
    const message = `Invalid request, unsupported: “${sentenceOf('the seed')}”`;
    server.queue('/chat/completions', { status: 400, json: { error: { message } } });
    const quoted = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'a hat', model: 'acme/chatty', seed: 3 },
      { references: [original], mask, maskRegion: 'the seed' },
    );
    assert.equal(quoted.failure?.code, 'badRequest');
    assert.equal(server.requests('/chat/completions').length, 1);
  });

  it('5.3 images routes without a place for a mask get the words, in the form that they take', () => {
    const { gateways } = parseGateways({ xai: { baseUrl: 'https://api.x.ai/v1' } });
    const config = gateways.find(({ id }) => id === 'xai')!;
    const request: ImageRequest = { prompt: 'a hat', model: 'm', references: [original], mask, maskRegion };
    const entry = { id: 'm', name: 'm', makesImages: 'yes', supportedParameters: [] } as const;
    const call = planCall({ request, config, entry, route: 'images', learned: { refused: [] } });
    const body = call.body as Record<string, unknown>;
    assert.equal(body['prompt'], `a hat\n\n${sentence}`);
    assert.deepEqual(body['image'], { url: url(original), type: 'image_url' });
    assert.equal('mask' in body, false);
  });
});

describe('5.3 a conversation on the wire', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const history: readonly Turn[] = [
    { role: 'user', text: 'a fox', images: [] },
    { role: 'assistant', text: 'Here.', images: [other, original] },
  ];
  /** The same bytes in another array. */
  const again: ReferenceImage = { ...original, bytes: original.bytes.slice() };
  const ask = (model: string, options: AskOptions) =>
    askGateway(gatewayAt(server.baseUrl), { prompt: 'a hat', model }, { history, ...options });
  const lastContent = () =>
    (
      (server.requests('/chat/completions').at(-1)?.body as Record<string, unknown>)[
        'messages'
      ] as readonly Message[]
    ).at(-1)?.content;

  it('5.3 does not send its last picture twice', async () => {
    await ask('acme/chatty', { references: [again] });
    assert.equal(lastContent(), 'a hat');
    await ask('acme/chatty', { references: [other, again, mask] });
    assert.deepEqual(lastContent(), [{ type: 'text', text: 'a hat' }, part(other), part(mask)]);
  });

  it('5.3 names roles and the edited picture by where they stand', async () => {
    const style: ReferenceImage = { ...mask, role: 'style' };
    const subject: ReferenceImage = { ...again, role: 'subject' };
    await ask('acme/chatty', { references: [subject, style], mask: other, maskRegion });
    const [text] = lastContent() as readonly { readonly text: string }[];
    assert.equal(
      text?.text,
      [
        'a hat',
        'The last image of this conversation shows the subject. Image 1 is a reference for style only: take its look, not what it shows.',
        `The last image of this conversation is to be edited: change only ${maskRegion}, and leave everything else in it exactly as it is.`,
      ].join('\n\n'),
    );
  });

  it('5.3 images routes take its references as they are, and nothing is said of it being left out', async () => {
    server.reply('/images/edits', answered);
    const { events, failure } = await ask('acme/painter', { references: [again] });
    assert.equal(failure, undefined);
    const body = server.requests('/images/edits')[0]?.body as Record<string, unknown>;
    assert.deepEqual(body, {
      model: 'acme/painter',
      prompt: 'a hat',
      images: [{ image_url: url(original) }],
    });
    assert.deepEqual(
      events.filter(({ type }) => type === 'notice'),
      [],
    );
  });
});
