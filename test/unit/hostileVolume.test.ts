import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WirePorts } from '../../src/core/gateway/wire/intake.ts';
import { decodeByBuffer } from '../../src/host/platform/node/decodeByBuffer.ts';
import { createFileSink } from '../../src/host/platform/node/fileSink.ts';
import { type Asked, askGateway, gatewayAt, imagesOf, textOf } from '../support/askGateway.ts';
import { type Flood, FloodServer } from '../support/floodServer.ts';
import { makePng } from '../support/png.ts';

const mebibyte = 1_048_576;
const base64 = Buffer.alloc(49_152, 7).toString('base64');
const chat = (content: string) => `data: {"choices":[{"delta":{"content":"${content}"}}]}\n\n`;

interface Ending {
  readonly code?: string;
  readonly said: RegExp;
  readonly mostSent?: number;
}
const brokenOff: Ending = { code: 'interrupted', said: /broke off/ };

/** What would be gigabytes, and how it ends. Some end by themselves: the bound on a whole answer is met once here. */
const floods: Readonly<Record<string, Flood & Ending>> = {
  'a picture without end in a stream': {
    head: 'data: {"b64_json":"',
    block: base64,
    said: /an image of more than 64 MiB/,
    mostSent: 128 * mebibyte,
  },
  'a picture without end in a body': {
    head: '{"data":[{"b64_json":"',
    block: base64,
    mediaType: 'application/json',
    said: /an image of more than 64 MiB/,
    mostSent: 128 * mebibyte,
  },
  'a picture without end that is split over the words of a chat': {
    head: chat('![x](data:image/png;base64,'),
    block: chat('ab'.repeat(10_000)),
    said: /an image of more than 64 MiB/,
    mostSent: 128 * mebibyte,
  },
  'words without end': {
    block: chat('word '.repeat(20_000)),
    times: 300,
    said: /more than 1 MiB of text beside the image/,
  },
  'a line without end': {
    head: 'data: {"x":"',
    block: 'x y '.repeat(16_384),
    said: /more than 8 MiB of text at once/,
    mostSent: 64 * mebibyte,
  },
  'a body of words without end': {
    head: '{"x":"',
    block: 'x y '.repeat(16_384),
    mediaType: 'application/json',
    said: /more than 8 MiB of text at once/,
    mostSent: 64 * mebibyte,
  },
  'a line of brackets without end': {
    head: 'data: ',
    block: '[{"a":'.repeat(10_000),
    said: /more than 8 MiB of text at once/,
    mostSent: 64 * mebibyte,
  },
  'a comment without end': {
    head: ': ',
    block: 'x'.repeat(65_536),
    said: /more than 256 MiB in one answer/,
  },
  'the name of a field without end': { block: 'x'.repeat(65_536), times: 800, ...brokenOff },
  'the name of an event without end': {
    head: 'event: ',
    block: 'x'.repeat(65_536),
    times: 800,
    ...brokenOff,
  },
  'signatures without end, each as long as a picture': {
    block: `data: {"signature":"${base64.repeat(6)}"}\n\n`,
    times: 200,
    ...brokenOff,
  },
  'more pictures than anybody asks for, in one event': {
    head: 'data: {"data":[',
    block: `{"b64_json":"${base64.slice(0, 2000)}"},`,
    said: /more than 32 images at once/,
    mostSent: 64 * mebibyte,
  },
};

describe('3.9 gateways that send without end', () => {
  let server: FloodServer;
  let folder: string;
  before(async () => (server = await FloodServer.start()));
  after(() => server.stop());
  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'flood-')), 'incoming')));
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const onNode = (): WirePorts => ({ sink: createFileSink(folder), decodeBlock: decodeByBuffer });
  const files = () => (existsSync(folder) ? readdirSync(folder).length : 0);

  /** Asks, and looks at what the reader holds meanwhile. */
  async function ask(
    flood: Flood,
    idleMs = 15_000,
  ): Promise<Asked & { readonly grownMiB: number; readonly mostFiles: number }> {
    server.flood = flood;
    const held = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return arrayBuffers + heapUsed;
    };
    const begun = held();
    let [most, mostFiles] = [begun, 0];
    const timer = setInterval(() => {
      most = Math.max(most, held());
      mostFiles = Math.max(mostFiles, files());
    }, 10);
    const gateway = gatewayAt(server.baseUrl, 'corp', { route: 'chat' });
    const asked = await askGateway(gateway, { prompt: 'x', model: 'my/own' }, { ports: onNode(), idleMs });
    clearInterval(timer);
    return { ...asked, grownMiB: (most - begun) / mebibyte, mostFiles };
  }

  for (const [name, { said, code = 'malformedResponse', mostSent, ...flood }] of Object.entries(floods)) {
    it(`3.9 ends ${name}, in little memory and with no file left`, async function () {
      this.timeout(60_000);
      const { failure, grownMiB, mostFiles } = await ask(flood);
      assert.equal(failure?.code, code);
      assert.match(failure.message, said);
      // Garbage counts too; what would be held is gigabytes.
      assert.ok(grownMiB < 350, `${grownMiB.toFixed(0)} MiB`);
      assert.ok(server.sent <= (mostSent ?? 300 * mebibyte), `${server.sent} bytes were taken`);
      assert.ok(mostFiles <= 2, `${mostFiles} files at once`);
      assert.equal(files(), 0);
    });
  }

  it('3.9 keeps what it needs of an error page without end', async () => {
    const { failure } = await ask({
      status: 400,
      block: '{"error":"no"} '.repeat(5000),
      mediaType: 'text/html',
    });
    assert.equal(failure?.code, 'badRequest');
    assert.ok(server.sent < 64 * mebibyte);
  });

  it('3.9 reads a million tiny events in a time that grows with their number only', async function () {
    this.timeout(60_000);
    const timed = async (times: number) => {
      const started = performance.now();
      const { failure, grownMiB } = await ask({ block: 'data: {}\n\n'.repeat(5000), times });
      assert.equal(failure?.code, 'interrupted');
      assert.ok(grownMiB < 350, `${grownMiB.toFixed(0)} MiB`);
      return performance.now() - started;
    };
    const [some, many] = [await timed(20), await timed(200)];
    assert.ok(many < 30 * some, `${some.toFixed(0)} ms for a tenth, ${many.toFixed(0)} ms for all`);
  });

  it('3.9 says that words were left out, and keeps the picture that comes after them', async () => {
    const url = `data:image/png;base64,${Buffer.from(makePng(64, 48)).toString('base64')}`;
    const last = `data: {"choices":[{"delta":{"images":[{"image_url":{"url":"${url}"}}]}}]}\n\ndata: [DONE]\n\n`;
    const long = await ask({ block: chat('word '.repeat(20_000)), times: 20, tail: last });
    assert.match(long.failure?.message ?? '', /more than 1 MiB of text beside the image/);
    assert.equal(textOf(long).length, mebibyte);
    assert.equal(imagesOf(long).length, 1);
  });

  for (const [name, flood] of Object.entries<Flood>({
    'says nothing more': { head: 'data: {"choices":[' },
    'stops inside a picture': { head: `data: {"b64_json":"${base64.repeat(8)}` },
    'sends comments for ever': { block: ': still here\n\n', delayMs: 20 },
    'sends spaces for ever': { block: '  ', delayMs: 20, mediaType: 'application/json' },
  })) {
    it(`3.9 leaves a gateway that ${name}, and no file`, async () => {
      const { failure } = await ask(flood, 200);
      assert.equal(failure?.code, 'timeout');
      assert.equal(files(), 0);
    });
  }

  it('3.5 leaves no file of a picture that is cancelled on its way', async () => {
    server.flood = { head: `data: {"b64_json":"${base64.repeat(8)}`, block: base64, delayMs: 5 };
    const cancel = new AbortController();
    const asking = askGateway(
      gatewayAt(server.baseUrl, 'corp', { route: 'chat' }),
      { prompt: 'x', model: 'my/own' },
      { ports: onNode(), signal: cancel.signal },
    );
    for (const end = Date.now() + 5000; files() === 0 && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(files(), 1);
    cancel.abort();
    assert.equal((await asking).failure?.code, 'cancelled');
    assert.equal(files(), 0);
  });
});
