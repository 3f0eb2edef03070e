import assert from 'node:assert/strict';
import { type Asked, askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { statusOutcomes } from '../support/faults/statusOutcomes.ts';
import { type FaultName, faults } from '../support/faults/faults.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const chat = { prompt: 'a fox', model: 'acme/chatty' };
const images = { prompt: 'a fox', model: 'acme/painter' };

describe('3.8 faults 11 to 21: status and errors', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  function play(fault: FaultName, args: object): Promise<Asked> {
    server.play(fault);
    return askGateway(gatewayAt(server.baseUrl), { ...args });
  }

  for (const [fault, code, words] of statusOutcomes) {
    it(`3.8 fault ${faults[fault].number}: ${fault} is ${code}, in words, and one POST`, async () => {
      for (const args of [chat, { ...chat, stream: false }, images]) {
        server.reset();
        const { failure } = await play(fault, args);
        assert.equal(failure?.code, code, failure?.message);
        assert.match(failure.message, words);
        // Nothing of a page but its title, and never a link.
        assert.doesNotMatch(failure.message, /<|https?:/);
        assert.equal(server.requests().filter(({ method }) => method === 'POST').length, 1);
      }
    });
  }

  it('3.8 fault 12: JSON that is called text is read', async () => {
    assert.equal(imagesOf(await play('jsonCalledText', images)).length, 1);
  });

  it('3.8 fault 14: a JSON error where a stream was asked for is read', async () => {
    const { failure } = await play('jsonErrorOnAStream', { ...chat, stream: true });
    assert.equal(failure?.code, 'serverError');
    assert.match(failure.message, /Out of capacity/);
  });

  it('3.8 fault 17: strings for numbers inside a stream', async () => {
    const { failure } = await play('stringsAsStreamError', chat);
    assert.equal(failure?.code, 'serverError');
    assert.match(failure.message, /late boom/);
  });

  it('3.8 the log has the gateway’s words whole, the request’s id and its time', async () => {
    const lines: string[] = [];
    const words = `boom ${'and on '.repeat(60)}to the end`;
    server.reply('/images/generations', {
      ...{
        status: 500,
        headers: { 'x-request-id': 'req-42' },
        json: { error: { message: `${words} test-key-1234` } },
      },
    });
    const log = (line: string) => void lines.push(line);
    const { failure } = await askGateway(gatewayAt(server.baseUrl), images, { log });
    assert.doesNotMatch(failure!.message, /to the end/);
    const told = lines.join('\n');
    assert.match(told, /POST \/v1\/images\/generations: HTTP 500 after \d+\.\d\d s, x-request-id req-42/);
    assert.match(told, /to the end/);
    assert.doesNotMatch(told, /test-key-1234/);
  });
});
