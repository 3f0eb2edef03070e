import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  posts,
  set,
  shownOnce,
  useGateway,
} from '../../support/commandKit.ts';
import { chatChunk, errorReply, type Reply } from '../../support/gatewayReply.ts';

const images = '/images/generations';
const chat = '/chat/completions';

/** Code, how the gateway brings it about. */
const answers: readonly (readonly [string, string, Reply, string?])[] = [
  ['unauthorized', '401', errorReply(401, 'Incorrect API key')],
  ['forbidden', '403', errorReply(403, 'Your country is not supported')],
  ['insufficientCredits', '402', errorReply(402, 'Please top up')],
  ['insufficientCredits', '429 for an empty account', errorReply(429, 'quota', 'insufficient_quota')],
  ['rateLimited', '429', errorReply(429, 'Slow down')],
  ['contentFiltered', '400 of a filter', errorReply(400, 'Not this', 'content_policy_violation')],
  ['badRequest', '400', errorReply(400, 'Size is not supported')],
  ['modelNotFound', '404 for the model', errorReply(404, 'The model does not exist', 'model_not_found')],
  ['serverError', '500', errorReply(500, 'Something broke')],
  ['serverError', '502 with a page', { status: 502, body: '<html><title>Bad gateway</title></html>' }],
  ['timeout', '504', errorReply(504, 'Upstream timed out')],
  ['timeout', 'no answer', { hang: 'before' }],
  ['malformedResponse', 'no JSON', { body: 'Hello!' }],
  ['malformedResponse', 'no picture', { json: { data: [{ b64_json: 'SGVsbG8=' }] } }],
  ['interrupted', 'a cut connection', { body: '{"data":[', cut: true }],
  ['noImage', 'text alone', { sse: [chatChunk({ content: 'I am a poet.' }, 'stop')] }, 'acme/chatty'],
  [
    'contentFiltered',
    'a stream that a filter ended',
    { sse: [chatChunk({}, 'content_filter'), { data: '[DONE]' }] },
    'acme/chatty',
  ],
  [
    'contentFiltered',
    'a refusal',
    { json: { choices: [{ message: { refusal: 'I will not.' }, finish_reason: 'stop' }] } },
    'acme/chatty',
  ],
  ['interrupted', 'a stream without an end', { sse: [chatChunk({ content: 'A' })] }, 'acme/chatty'],
];

describe('2.2 how generate fails', () => {
  leavesAsFound();

  for (const [code, what, reply, model] of answers) {
    it(`2.2 ${what} is ${code}`, async () => {
      const { gateway } = await useGateway('failures');
      if (reply.hang !== undefined) await set('imageGateway.request.timeoutSeconds', 1);
      await gateway.reply(model === undefined ? images : chat, reply);
      const error = await failsWith(code, generate({ prompt: `fails ${code}`, ...(model && { model }) }));
      assert.equal((error as { code?: unknown }).code, code);
      assert.deepEqual(
        Object.getOwnPropertyNames(error)
          .filter((one) => one !== 'name')
          .sort(),
        ['code', 'message'],
      );
      assert.equal((await posts(gateway)).length, 1, 'requests: one call is one POST');
      assert.deepEqual(await disk.list('images'), []);
    });
  }

  it('2.2 a host that cannot be reached is network', async () => {
    // Nothing listens on the discard port.
    const baseUrl = 'http://127.0.0.1:9/v1';
    await set('imageGateway.gateways', { nobody: { baseUrl } });
    const error = await failsWith('network', generate({ prompt: 'a fox', gateway: 'nobody' }));
    assert.includes(error.message, '127.0.0.1:9');
  });

  it('2.2 a missing key is unauthorized, names the gateway, and nothing is sent', async () => {
    const { gateway, id } = await useGateway('failures', { auth: 'bearer' });
    const error = await failsWith('unauthorized', generate({ prompt: 'a fox' }));
    assert.includes(error.message, id);
    assert.deepEqual(await gateway.requests(), []);
    await failsWith('unauthorized', generate({ prompt: 'a fox', gateway: 'vercel' }));
  });

  it('2.2 a file that cannot be written is saveFailed', async () => {
    const { gateway } = await useGateway('failures');
    // No part of it is too long for a file system, but the whole is.
    const directory = [...Array.from({ length: 16 }, () => 'd'.repeat(250)), 'd'.repeat(79)].join('/');
    await failsWith('saveFailed', generate({ prompt: 'a fox', directory }));
    assert.equal((await posts(gateway)).length, 1);
  });

  it('2.2 quotes the gateway in one harmless line', async () => {
    const { gateway } = await useGateway('failures');
    const said = `no\nway \u202e[click](command:workbench.action.quit) https://evil.example ${'x '.repeat(500)}`;
    await gateway.reply(images, errorReply(400, said));
    const { message } = await failsWith('badRequest', generate({ prompt: 'a fox' }));
    assert.equal(
      /[\n\u202e]|\]\(|https?:|command:/.test(message.replace(/ \[badRequest\]$/, '')),
      false,
      message,
    );
    assert.ok(message.length < 400, message);
  });

  it('2.2 without `prompt` a failure is shown once, with Show Log and the next step, and resolves undefined', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('failures');
    await gateway.reply(images, errorReply(401, 'Incorrect API key'));
    const result = generate({ size: '64x64' });
    await ui.quickInput();
    await ui.answerInput('a fox');
    assert.equal(await result, undefined);
    const { text, buttons } = await ui.waitForNotification('refused the API key');
    assert.equal(text.includes('[unauthorized]'), false, 'the code is for programs');
    assert.deepEqual(buttons, ['Set API Key', 'Show Log']);
    await shownOnce(text);
  });

  it('2.2 without `prompt` a cancel is shown once and resolves undefined', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('failures');
    await gateway.reply(images, { hang: 'before' });
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('a fox');
    await ui.clickNotification('Generating image', 'Cancel');
    assert.equal(await result, undefined);
    const { text } = await ui.waitForNotification('cancelled');
    await shownOnce(text);
  });
});
