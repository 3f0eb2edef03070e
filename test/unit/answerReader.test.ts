import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { decodePicture, wirePictureIn } from '../../src/core/gateway/pictures.ts';
import { readBody, readStream } from '../../src/core/gateway/readStream.ts';
import { type ByteSink, memorySink } from '../../src/core/gateway/wire/byteSink.ts';
import type { WirePorts } from '../../src/core/gateway/wire/intake.ts';
import { decodeByBuffer } from '../../src/host/platform/node/decodeByBuffer.ts';
import { CutText } from '../../src/core/gateway/wire/cutText.ts';

const context = { gatewayName: 'Corp', host: 'ai.corp.example', secrets: [] };

/** A sink that knows how many of its writers are still open. */
function countingSink(): {
  readonly sink: ByteSink;
  readonly open: () => number;
  readonly opened: () => number;
} {
  let [open, opened] = [0, 0];
  const sink: ByteSink = {
    open() {
      open++;
      opened++;
      const inner = memorySink.open();
      const close = <T>(value: T) => (open--, value);
      return {
        write: (piece) => inner.write(piece),
        finish: () => inner.finish().then(close),
        discard: () => inner.discard().then(close),
      };
    },
  };
  return { sink, open: () => open, opened: () => opened };
}

function bodyOf(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let [at, turn] = [0, 0];
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else {
        const size = Math.max(1, sizes[turn++ % sizes.length] ?? 1);
        controller.enqueue(bytes.subarray(at, (at += size)));
      }
    },
  });
}

/** Puts each CutText's pictures back as base64, so that what was read can be compared with what was sent. */
async function restored(value: unknown): Promise<unknown> {
  if (value instanceof CutText) {
    const parts = await Promise.all(
      value.parts.map(async (part) =>
        typeof part === 'string' ? part : Buffer.from(await part.read()).toString('base64'),
      ),
    );
    return parts.join('');
  }
  if (Array.isArray(value)) return Promise.all(value.map(restored));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, one]) => [key, await restored(one)] as const),
  );
  return Object.fromEntries(entries);
}

async function readWhole(
  bytes: Uint8Array,
  framing: 'sse' | 'json',
  sizes: readonly number[],
  ports: WirePorts,
) {
  const values: unknown[] = [];
  if (framing === 'sse') {
    for await (const { data } of readStream(bodyOf(bytes, sizes), context, ports))
      values.push(await restored(data));
  } else {
    const body = readBody(bodyOf(bytes, sizes), context, ports, async function* (taken) {
      yield await restored(taken.parse());
    });
    for await (const value of body) values.push(value);
  }
  return values;
}

const encode = (text: string) => new TextEncoder().encode(text);
const picture = (length: number) => randomBytes(length).toString('base64');

describe('3.5 the reader of answers', () => {
  for (const framing of ['sse', 'json'] as const) {
    it(`3.5 cuts pictures out of ${framing === 'sse' ? 'streams' : 'bodies'}, wherever chunks are cut`, async () => {
      const base64 = picture(3000);
      const value = {
        choices: [
          {
            message: { content: 'Här!', images: [{ image_url: { url: `data:image/png;base64,${base64}` } }] },
          },
        ],
        data: [{ b64_json: picture(1537) }, { b64_json: picture(1538) }],
      };
      const text = JSON.stringify(value);
      const bytes = encode(framing === 'sse' ? `data: ${text}\r\n\r\n` : text);
      for (let size = 1; size < 70; size++) {
        const { sink, open, opened } = countingSink();
        assert.deepEqual(await readWhole(bytes, framing, [size], { sink }), [value]);
        assert.deepEqual([opened(), open()], [3, 0]);
      }
    });
  }

  it('3.8 fault 36: escapes inside the base64 are read as what they stand for', async () => {
    const bytes = Buffer.alloc(30_000, 0xfb);
    const plain = bytes.toString('base64');
    const escapes: ((text: string) => string)[] = [
      (text) => text.replaceAll('/', '\\/'),
      (text) => text.replaceAll('+', '\\u002B').replaceAll('/', '\\u002f'),
      (text) => text.replace(/.{76}/g, '$&\\r\\n'),
      (text) => text.replace(/.{1500}/g, '$& '),
      (text) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    ];
    for (const escaped of escapes)
      for (const head of ['', 'data:image\\/png;base64,'])
        for (const size of [3, 64, 5000, 50_000]) {
          const json = `{"data":[{"b64_json":"${head}${escaped(plain)}"}]}`;
          const { sink, opened } = countingSink();
          const ports = { sink, decodeBlock: size > 64 ? decodeByBuffer : undefined };
          const [value] = (await readWhole(encode(json), 'json', [size], ports)) as [
            { data: [{ b64_json: string }] },
          ];
          assert.equal(value.data[0].b64_json, head.replace('\\/', '/') + plain);
          assert.equal(opened(), 1);
        }
  });

  it('3.8 fault 34: what is no base64 as a whole is damaged, never garbage', async () => {
    const good = picture(3000);
    for (const bad of [
      `${good.slice(0, 2000)}==${good.slice(2000)}`,
      good.slice(0, 2001),
      `${good}%3D`,
      `${good.slice(0, 2000)}<html>${good.slice(2000)}`,
      `${good}…`,
    ]) {
      const { sink, open } = countingSink();
      const body = readBody(
        bodyOf(encode(JSON.stringify({ b64_json: bad })), [64]),
        context,
        { sink },
        async function* (taken) {
          const { b64_json } = taken.parse() as { b64_json: unknown };
          const found = wirePictureIn(b64_json, 'base64');
          if (found?.kind === 'stored') yield await found.stored.read();
          else if (found?.kind === 'base64') yield decodePicture(found.text, 'Acme').bytes;
        },
      );
      await assert.rejects(
        body.next(),
        (error) => isImageGatewayError(error) && error.code === 'malformedResponse',
      );
      assert.equal(open(), 0);
    }
  });

  it('3.5 forgets base64 that is no picture of the answer, and half a picture', async () => {
    const { sink, open, opened } = countingSink();
    const text = `data: {"signature":"${picture(3000)}"}\n\ndata: {"b64_json":"${picture(3000).slice(0, 2000)}`;
    const events = readStream(bodyOf(encode(text), [100]), context, { sink });
    await events.next();
    await assert.rejects(
      events.next(),
      (error) => isImageGatewayError(error) && error.code === 'interrupted',
    );
    assert.deepEqual([opened(), open()], [2, 0]);
  });

  it('3.5 leaves words alone, however much they look like base64', async () => {
    const words = 'a'.repeat(5000);
    const value = { choices: [{ delta: { content: words, reasoning: words } }], note: 'a b '.repeat(2000) };
    const { sink, opened } = countingSink();
    assert.deepEqual(await readWhole(encode(JSON.stringify(value)), 'json', [99], { sink }), [value]);
    assert.equal(opened(), 0);
  });

  it('3.5 cuts a picture out of the middle of words', async () => {
    const base64 = picture(3000);
    const value = { content: `Here: ![it](data:image/png;base64,${base64}) and more.` };
    const { sink, opened } = countingSink();
    assert.deepEqual(await readWhole(encode(JSON.stringify(value)), 'json', [99], { sink }), [value]);
    assert.equal(opened(), 1);
  });

  it('3.9 lets no gateway write a mark of its own', async () => {
    const value = { b64_json: picture(1500), content: '@00000000-0000-4000-8000-000000000000@0@' };
    const { sink } = countingSink();
    assert.deepEqual(await readWhole(encode(JSON.stringify(value)), 'json', [99], { sink }), [value]);
  });

  it('3.9 is not brought down by depth', async () => {
    const deep = `{"b64_json":"${picture(1500)}","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const { sink, open } = countingSink();
    const body = readBody(bodyOf(encode(deep), [65_536]), context, { sink }, async function* (taken) {
      yield await Promise.resolve(typeof taken.parse());
    });
    assert.equal((await body.next()).value, 'object');
    await body.return(undefined);
    assert.equal(open(), 0);
  });
});

describe('3.9 fuzzing the reader', () => {
  const base64 = fc
    .oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 2500 }) }, fc.integer({ min: 4000, max: 9000 }))
    .map((length) => Buffer.alloc(length, length * 7).toString('base64'));
  const leaf = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    base64,
    base64.map((text) => `data:image/png;base64,${text}`),
    base64.map((text) => `words ![x](data:image/webp;base64,${text}) words`),
    fc.integer(),
    fc.constantFrom(null, true, '[DONE', 'base64,', 'data:', '\\u002B', '"'),
  );
  const name = fc.constantFrom(
    'b64_json',
    'url',
    'content',
    'text',
    'image_url',
    'images',
    'signature',
    'base64,',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const escaped = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.replaceAll('/', '\\/'),
    (text) => text.replaceAll('+', '\\u002b').replaceAll('A', '\\u0041'),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 });

  it('3.9 reads any JSON in either framing as JSON.parse does, in any chunks', async function () {
    this.timeout(120_000);
    const property = fc.asyncProperty(
      tree,
      escaped,
      sizes,
      fc.boolean(),
      fc.constantFrom(undefined, decodeByBuffer),
      async (value, escape, chunks, isStream, decodeBlock) => {
        const json = escape(JSON.stringify({ value }));
        const { sink, open } = countingSink();
        const bytes = encode(isStream ? `event: x\ndata: ${json}\n\n` : json);
        const [read] = await readWhole(bytes, isStream ? 'sse' : 'json', chunks, { sink, decodeBlock });
        assert.deepEqual(read, JSON.parse(json));
        assert.equal(open(), 0);
      },
    );
    await fc.assert(property, { numRuns: 20_000 });
  });

  it('3.9 meets garbage with named failures only, and leaves nothing open', async function () {
    this.timeout(120_000);
    const bit = fc.constantFrom(
      ...'data: |data:|event: error|\n|\r|\r\n|\n\n|{|}|"|\\|\\u00|base64,|:|,|[DONE]|AAAA|=|%'.split('|'),
    );
    const garbage = fc.array(fc.oneof(bit, fc.string({ unit: 'binary', maxLength: 4 }), base64), {
      maxLength: 14,
    });
    const property = fc.asyncProperty(garbage, sizes, fc.boolean(), async (bits, chunks, isStream) => {
      const { sink, open } = countingSink();
      try {
        await readWhole(encode(bits.join('')), isStream ? 'sse' : 'json', chunks, { sink });
      } catch (error) {
        assert.ok(isImageGatewayError(error) || (!isStream && error instanceof SyntaxError), String(error));
      }
      assert.equal(open(), 0);
    });
    await fc.assert(property, { numRuns: 40_000 });
  });
});
