import assert from 'node:assert/strict';
import { askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const paint = { prompt: 'x', model: 'acme/painter', n: 2 };

describe('2.4 answers of which a part is wrong', () => {
  let server: GatewayServer;
  before(async () => {
    server = await GatewayServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  it('2.4 keeps the whole pictures of an answer, and tells the cost, when one is damaged', async () => {
    const data = [{ b64_json: 'iVBORw0KGgo...' }, { b64_json: '{{png 8x4}}' }];
    server.reply('/images/generations', { json: { data, usage: { cost: 0.04 } } });
    const asked = await askGateway(gatewayAt(server.baseUrl), paint);
    assert.equal(imagesOf(asked).length, 1);
    assert.equal(asked.failure?.code, 'malformedResponse');
    assert.doesNotMatch(asked.failure.message, /nothing was saved/);
    assert.deepEqual(asked.events.at(-1), {
      type: 'usage',
      usage: { cost: 0.04 },
      cost: { amount: '0.04', currency: 'USD' },
    });
  });

  it('2.4 keeps the other pictures when one URL cannot be reached, and names its host', async () => {
    const url = `${server.origin}/v1/cut.png`;
    server.reply('/v1/cut.png', { body: 'x', headers: { 'content-length': '500' }, cut: true });
    server.reply('/images/generations', { json: { data: [{ url }, { b64_json: '{{png 8x4}}' }] } });
    const asked = await askGateway(gatewayAt(server.baseUrl), paint);
    assert.equal(imagesOf(asked).length, 1);
    assert.equal(asked.failure?.code, 'network');
    assert.match(asked.failure.message, /by a URL at “127\.0\.0\.1:\d+”, which cannot be reached/);
  });

  it('2.4 takes an empty error beside a picture for none', async () => {
    server.reply('/images/generations', { json: { error: '', data: [{ b64_json: '{{png 8x4}}' }] } });
    const asked = await askGateway(gatewayAt(server.baseUrl), { ...paint, n: 1 });
    assert.equal(asked.failure, undefined);
    assert.equal(imagesOf(asked).length, 1);
  });

  for (const status of [404, 405, 501]) {
    it(`2.4 asks a model that is named where the list of models answers ${status}`, async () => {
      server.reply('/models', { status, json: { error: { message: 'no' } } });
      const asked = await askGateway(gatewayAt(server.baseUrl, 'corp'), { ...paint, model: 'my/own', n: 1 });
      assert.equal(asked.failure, undefined);
      assert.equal(imagesOf(asked).length, 1);
    });
  }

  it('2.9 says what to do where no server runs', async () => {
    const gone = await GatewayServer.start();
    await gone.stop();
    const { failure } = await askGateway(gatewayAt(gone.baseUrl, 'corp'), paint);
    assert.equal(failure?.code, 'network');
    assert.match(failure.message, /^Nothing answers at 127\.0\.0\.1:\d+; start the server there/);
  });
});
