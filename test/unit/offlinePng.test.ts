import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import { encodePng } from '../../src/core/gateway/offline/encodePng.ts';
import { drawSketch } from '../../src/core/gateway/offline/drawSketch.ts';
import { createPace } from '../../src/core/gateway/offline/pace.ts';
import { createRandom } from '../../src/core/gateway/offline/random.ts';

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly chunks: readonly string[];
  readonly rows: readonly Buffer[];
}

/** Reads a PNG by the specification, checking every CRC; of the filters only those we write. */
function decodePng(bytes: Uint8Array): Decoded {
  const png = Buffer.from(bytes);
  assert.equal(png.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(body), 'the CRC of a chunk');
    chunks.push({ type: body.subarray(0, 4).toString('latin1'), data: body.subarray(4) });
    at += 12 + length;
  }
  const header = chunks[0]!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  assert.deepEqual([header[8], header[10], header[11], header[12]], [8, 0, 0, 0]);
  const channels = header[9] === 2 ? 3 : 4;
  assert.equal(header[9], channels === 3 ? 2 : 6);
  const data = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)),
  );
  assert.equal(data.length, height * (width * channels + 1), 'the length of the inflated data');
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const line = data.subarray(y * (width * channels + 1), (y + 1) * (width * channels + 1));
    assert.ok(line[0] === 0 || line[0] === 2);
    const row = Buffer.from(line.subarray(1));
    if (line[0] === 2)
      for (let x = 0; x < row.length; x++) row[x] = (row[x]! + (rows[y - 1]?.[x] ?? 0)) & 255;
    rows.push(row);
  }
  return { width, height, channels, chunks: chunks.map(({ type }) => type), rows };
}

describe('offline PNG', () => {
  it('2.5 writes a PNG that decodes to the same pixels, RGB where nothing is transparent', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 200],
      [300, 5],
      [1024, 400],
    ] as const) {
      const rgba = await drawSketch({ prompt: 'A fox', width, height });
      const decoded = decodePng(await encodePng({ width, height, rgba }));
      assert.deepEqual([decoded.width, decoded.height, decoded.channels], [width, height, 3]);
      const expected = Buffer.from(rgba.filter((_, i) => i % 4 !== 3));
      assert.ok(Buffer.concat(decoded.rows).equals(expected));
    }
  });

  it('2.5 keeps transparency', async () => {
    const rgba = await drawSketch({ prompt: 'A fox', width: 90, height: 70, background: 'transparent' });
    const decoded = decodePng(await encodePng({ width: 90, height: 70, rgba }));
    assert.equal(decoded.channels, 4);
    assert.ok(Buffer.concat(decoded.rows).equals(Buffer.from(rgba)));
  });

  it('2.5 writes no metadata, and the same bytes for the same pixels', async () => {
    const random = createRandom('noise');
    const rgba = Uint8Array.from({ length: 900_000 * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256));
    const [one, other] = [
      await encodePng({ width: 1000, height: 900, rgba }),
      await encodePng({ width: 1000, height: 900, rgba }),
    ];
    assert.ok(Buffer.from(one).equals(Buffer.from(other)));
    const { chunks } = decodePng(one);
    assert.deepEqual([...new Set(chunks)], ['IHDR', 'IDAT', 'IEND']);
    assert.ok(chunks.length > 3, 'long data stands in several chunks');
  });

  it('2.5 packs a picture of 1024 × 1024 into less than half a megabyte', async () => {
    for (const prompt of ['A sunset over the sea', 'note 1', 'A city']) {
      const rgba = await drawSketch({ prompt, width: 1024, height: 1024 });
      assert.ok((await encodePng({ width: 1024, height: 1024, rgba })).length < 500_000);
    }
  });

  it('2.5 stops packing with the reason of the signal', async () => {
    const controller = new AbortController();
    const rgba = new Uint8Array(4096 * 4096 * 4).fill(255);
    const reason = new Error('enough');
    const encoding = encodePng({ width: 4096, height: 4096, rgba }, createPace(controller.signal));
    controller.abort(reason);
    await assert.rejects(encoding, (error) => error === reason);
  });
});
