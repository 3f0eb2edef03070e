import assert from 'node:assert/strict';
import { chooseModel } from '../../src/core/gateway/chooseModel.ts';
import { createGateway } from '../../src/core/gateway/gateway.ts';
import type { KeepOriginal } from '../../src/core/gateway/readAnswer.ts';
import type { ImageRequest } from '../../src/core/request.ts';
import { gatewayAt } from '../support/askGateway.ts';
import { pngBase64 } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const request: ImageRequest = { prompt: 'p', model: 'acme/painter', n: 4, references: [] };

describe('4.7 what was paid for is kept as it comes', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  /** What happened in which order: `kept`, and the types of events. */
  async function orderOf(sizes: readonly string[]): Promise<string[]> {
    server.reply('/images/generations', {
      json: { data: sizes.map((size) => ({ b64_json: pngBase64(size) })) },
    });
    const order: string[] = [];
    const keep: KeepOriginal = () => {
      order.push('kept');
      return Promise.resolve({ id: String(order.length) });
    };
    const config = gatewayAt(server.baseUrl);
    const gateway = createGateway(config, { key: 'test-key-1234', idleMs: 5000, fetch });
    const signal = new AbortController().signal;
    const model = chooseModel(config, 'acme/painter', await gateway.listModels(signal));
    for await (const { type } of gateway.generate(request, model, signal, keep))
      if (type === 'image') order.push(type);
    return order;
  }

  it('4.7 all pictures of an answer are kept before the first is worked on', async () => {
    const order = await orderOf(['64x48', '32x32', '48x48', '16x16']);
    assert.deepEqual(order, ['kept', 'kept', 'kept', 'kept', 'image', 'image', 'image', 'image']);
  });

  it('4.7 a picture that is sent twice is kept once', async () => {
    const order = await orderOf(['64x48', '64x48', '32x32', '16x16']);
    assert.equal(order.filter((one) => one === 'kept').length, 3);
    assert.equal(order.filter((one) => one === 'image').length, 3);
  });
});
