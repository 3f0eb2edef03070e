import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeFetch, publicFetch } from '../../src/host/platform/node/nodeFetch.ts';

describe('3.7 fetch by way of node:http', () => {
  const seen: { method: string; type: string; body: string }[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', headers } = request;
      seen.push({ method, type: headers['content-type'] ?? '', body: Buffer.concat(pieces).toString() });
      if (request.url === '/204') response.writeHead(204).end();
      else response.writeHead(201, { 'x-two': ['one', 'two'] }).end('hello');
    });
  });
  let origin: string;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (seen.length = 0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('3.7 sends method, headers and body, and gives status, headers and body', async () => {
    const response = await nodeFetch(`${origin}/a`, {
      ...{ method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } },
    });
    assert.deepEqual(
      [response.status, response.headers.get('x-two'), await response.text()],
      [201, 'one, two', 'hello'],
    );
    assert.deepEqual(seen, [{ method: 'POST', type: 'application/json', body: '{"a":1}' }]);
  });

  it('3.7 sends a form with its boundary', async () => {
    const body = new FormData();
    body.append('image', new File(['bytes'], 'a.png', { type: 'image/png' }));
    await nodeFetch(`${origin}/form`, { method: 'POST', body });
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(seen[0]!.type)?.[1];
    assert.ok(boundary !== undefined && seen[0]!.body.includes(boundary));
    assert.match(seen[0]!.body, /filename="a.png"\r\nContent-Type: image\/png\r\n\r\nbytes/);
  });

  it('3.7 takes an answer without a body', async () => {
    const response = await nodeFetch(`${origin}/204`);
    assert.deepEqual([response.status, response.body], [204, null]);
  });

  it('3.7 rejects with the signal’s reason, before and after it is sent', async () => {
    const reason = new Error('enough');
    await assert.rejects(nodeFetch(origin, { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const asking = nodeFetch(origin, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(asking, reason);
  });

  it('3.10 fetches pictures from public addresses only, whatever a name points to when it is connected', async () => {
    // A name that stands for this machine, as one that was rebound would.
    const url = `http://localhost:${new URL(origin).port}/picture`;
    await assert.rejects(publicFetch(url), (error: Error) =>
      String(error.cause).includes('no public address'),
    );
    assert.deepEqual(seen, []);
  });
});
