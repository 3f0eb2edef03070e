import assert from 'node:assert/strict';
import { errorWords } from '../../src/core/gateway/errorWords.ts';
import { statusFailure, toldFailure } from '../../src/core/gateway/failureOf.ts';
import { askGateway, gatewayAt } from '../support/askGateway.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const context = { gatewayName: 'Corp', host: 'ai.corp.example', secrets: [], model: 'm' };
const message = (body: unknown) => errorWords(body).message;

describe('2.9 what a status means', () => {
  const statuses: readonly (readonly [number, string])[] = [
    [400, 'badRequest'],
    [401, 'unauthorized'],
    [402, 'insufficientCredits'],
    [403, 'forbidden'],
    [404, 'badRequest'],
    [405, 'badRequest'],
    [408, 'timeout'],
    [409, 'badRequest'],
    [413, 'badRequest'],
    [422, 'badRequest'],
    [429, 'rateLimited'],
    [500, 'serverError'],
    [501, 'serverError'],
    [502, 'serverError'],
    [503, 'serverError'],
    [504, 'timeout'],
    [524, 'timeout'],
    [529, 'serverError'],
  ];
  for (const [status, code] of statuses) {
    it(`2.9 calls HTTP ${status} ${code}, with what to do next`, () => {
      const failure = statusFailure(status, { error: { message: 'no' } }, context);
      assert.equal(failure.code, code);
      assert.match(failure.message, new RegExp(`: “no” \\(HTTP ${status}\\); [^;]+\\. \\[${code}\\]$`));
    });
  }

  const bodies: readonly (readonly [number, unknown, string])[] = [
    [404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }, 'modelNotFound'],
    [404, { error: { message: 'model "x" not found, try pulling it first' } }, 'modelNotFound'],
    [429, { error: { message: 'quota', code: 'insufficient_quota' } }, 'insufficientCredits'],
    [400, { error: { message: 'limit', code: 'billing_hard_limit_reached' } }, 'insufficientCredits'],
    [400, { error: { message: 'no', code: 'moderation_blocked' } }, 'contentFiltered'],
    [400, { error: { message: 'no', code: 'content_policy_violation' } }, 'contentFiltered'],
    [400, { error: { message: 'no', type: 'image_generation_user_error' } }, 'contentFiltered'],
    [403, { error: { message: 'no', code: 'content_filter' } }, 'contentFiltered'],
    [500, { error: { message: 'no', code: 'content_filter' } }, 'serverError'],
  ];
  for (const [status, body, code] of bodies) {
    it(`2.9 calls HTTP ${status} with ${JSON.stringify(body)} ${code}`, () =>
      assert.equal(statusFailure(status, body, context).code, code));
  }

  it('2.9 says the status alone where the body says nothing', () => {
    assert.match(statusFailure(503, '', context).message, /^Corp failed: HTTP 503; try again later/);
  });
});

describe('2.9 what an error body says', () => {
  for (const [title, body, words] of [
    ['OpenAI’s object', { error: { message: 'bad size', code: 'x' } }, 'bad size'],
    ['an error that is a string', { error: 'prompt required' }, 'prompt required'],
    ['a name beside the message', { error: 'server_error', message: 'boom' }, 'boom'],
    ['Agnic’s three members', { error: 'invalid_token', error_description: 'expired' }, 'expired'],
    ['a list of errors', [{ error: { code: 400, message: 'Invalid JSON' } }], 'Invalid JSON'],
    ['a detail', { detail: 'no such size' }, 'no such size'],
    [
      'FastAPI’s details',
      { detail: [{ loc: ['body', 'size'], msg: 'bad' }] },
      '[{"loc":["body","size"],"msg":"bad"}]',
    ],
    ['a detail with an error', { detail: { error: 'x' } }, '{"error":"x"}'],
    ['problem+json', { title: 'Bad', status: 400 }, 'Bad'],
    ['plain text', 'upstream timed out', 'upstream timed out'],
    [
      'the SDK’s words for a page',
      '502 <html><head><title>502 Bad Gateway</title></head>',
      '502 Bad Gateway',
    ],
    ['a page without a title', '<!doctype html><body>x</body>', ''],
    ['nothing', undefined, ''],
    ['a number', 7, ''],
  ] as const) {
    it(`2.9 reads ${title}`, () => assert.equal(message(body), words));
  }

  it('2.3 takes no more than a moment for a page of nothing but titles', () => {
    assert.equal(message(`<html>${'<title'.repeat(1_000_000)}`), '');
  });
});

describe('2.9 failures over HTTP', () => {
  let server: GatewayServer;
  before(async () => {
    server = await GatewayServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  const ask = (args = {}) =>
    askGateway(gatewayAt(server.baseUrl), { prompt: 'a fox', model: 'acme/chatty', stream: false, ...args });
  const picture = (color: number) => ({
    b64_json: `{{png 4x4 #${color.toString(16).padStart(6, '0')}}}`,
  });

  for (const [title, reply, code] of [
    ['an answer that is not JSON', { body: '<html><title>Login</title>' }, 'malformedResponse'],
    [
      'an error under status 200',
      { json: { error: { message: 'no', code: 'content_policy' } } },
      'contentFiltered',
    ],
    ['an empty answer', { body: '' }, 'noImage'],
    ['no choices', { json: { choices: [] } }, 'noImage'],
    ['JSON that breaks off', { chunks: [{ text: '{"choices":[{"mess' }], cut: true }, 'interrupted'],
    [
      'a refusal in the model’s own words',
      { json: { choices: [{ message: { refusal: 'I will not.' }, finish_reason: 'stop' }] } },
      'contentFiltered',
    ],
  ] as const) {
    it(`2.9 calls ${title} ${code}`, async () => {
      server.reply('/chat/completions', reply);
      const { failure } = await ask();
      assert.equal(failure?.code, code, failure?.message);
    });
  }

  it('2.9 calls a gateway that nobody answers for network', async () => {
    const { failure } = await askGateway(gatewayAt('http://127.0.0.1:9/v1'), { prompt: 'x', model: 'y' });
    assert.equal(failure?.code, 'network');
    assert.match(failure.message, /127\.0\.0\.1:9 cannot be reached/);
  });

  it('2.3 reads 32 pictures of one answer and no more', async () => {
    const pictures = Array.from({ length: 40 }, (_, index) => picture(index + 1));
    server.reply('/images/generations', { json: { data: pictures } });
    const { events, failure } = await ask({ model: 'acme/painter' });
    assert.equal(events.filter(({ type }) => type === 'image').length, 32);
    assert.equal(failure?.code, 'malformedResponse');
    assert.match(failure.message, /more than 32 images/);
  });

  it('2.3 fetches no more than 32 pictures that an answer names', async () => {
    const url = server.servePicture('no.png', Buffer.from('no picture'));
    server.reply('/images/generations', { json: { data: Array.from({ length: 40 }, () => ({ url })) } });
    await ask({ model: 'acme/painter' });
    assert.equal(server.requests('/picture/no.png').length, 32);
  });

  it('2.3 takes the key out of all that a gateway says', async () => {
    const key = 'sk-echo-0123456789';
    const told = async (answer: unknown) => {
      server.reply('/chat/completions', { json: answer });
      const { events, failure } = await askGateway(
        gatewayAt(server.baseUrl),
        { prompt: 'x', model: 'acme/chatty', stream: false },
        { key },
      );
      return JSON.stringify({ events, message: failure?.message });
    };
    const image = { image_url: { url: 'data:image/png;base64,{{png 4x4}}' } };
    const choice = (message: unknown, finish = 'stop') => ({ choices: [{ message, finish_reason: finish }] });
    const all = [
      await told(choice({ content: `your key is ${key}`, images: [image] })),
      await told(choice({ content: '' }, `content_filter ${key}`)),
    ];
    server.reply('/images/generations', { json: { data: [{ ...picture(1), revised_prompt: `x ${key}` }] } });
    const revised = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'x', model: 'acme/painter' },
      { key },
    );
    assert.doesNotMatch([...all, JSON.stringify(revised)].join('\n'), /sk-echo|0123456789/);
    assert.match(all[0] ?? '', /your key is •••/);
  });
});

describe('2.9 a failure told inside an answer', () => {
  it('2.9 claims no HTTP status that the server never sent', () => {
    const context = { gatewayName: 'Corp', host: 'corp.example', secrets: [] };
    const failure = toldFailure(500, { error: { message: 'Provider gone' } }, context);
    assert.equal(failure.code, 'serverError');
    assert.match(failure.message, /^Corp failed: “Provider gone” \(in its answer\); /);
  });
});
