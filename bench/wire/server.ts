// Serves answers on loopback from a process of its own: GET /<kind>/<MiB>/<chunk bytes>/…; prints its port.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chunksOf, makeSource } from './source.ts';

const server = createServer((request, response) => {
  const [, kind, mebibytes, chunkBytes] = (request.url ?? '').split('/');
  const source = makeSource(Number(mebibytes), kind === 'json' ? 'json' : 'sse');
  response.writeHead(200, { 'content-type': source.contentType });
  void (async () => {
    for (const chunk of chunksOf(source, Number(chunkBytes)))
      if (!response.write(chunk)) await once(response, 'drain');
    response.end();
  })();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
