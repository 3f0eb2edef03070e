import assert from 'node:assert/strict';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { hasC2pa } from '../../src/core/image/metadata/pieces.ts';
import { carriedMetadata, readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { encodedPicture, encodedPictures } from '../fixtures/pictures/encodedPictures.ts';
import {
  c2paPictures,
  exifWith,
  jpegWith,
  jpegXmp,
  pngWith,
  riffChunk,
  tEXt,
  webpWith,
  withSegment,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf, png, pngChunk } from '../support/pictureBytes.ts';
import { partsOf, pngParts, untouchedParts, xmpPackets } from '../support/pictureParts.ts';
import { ai, full, generation, refusal, source, written } from '../support/writtenMetadata.ts';
import { foreign } from '../support/xmpPackets.ts';

const pictures: Readonly<Record<string, Uint8Array>> = {
  png: png(),
  pngAlpha: png({ colourType: 6 }),
  jpegWithExif: jpegWith(0xe1, bytesOf(ascii('Exif\0\0'), exifWith(ascii('ASCII\0\0\0a camera')))),
  ...Object.fromEntries(
    encodedPictures
      .filter((name) => !name.startsWith('avif'))
      .map((name) => [name, encodedPicture(name)] as const),
  ),
};

describe('4.6 metadata: every container', () => {
  for (const [name, bytes] of Object.entries(pictures)) {
    for (const metadata of [source, full]) {
      it(`4.6 ${metadata.level}: touches nothing of the picture, writing twice as once: ${name}`, async () => {
        const result = await written(bytes, metadata);
        assert.deepEqual(untouchedParts(result), untouchedParts(bytes));
        assert.deepEqual(
          { ...inspectImage(result), end: 0 },
          { ...inspectImage(bytes), end: 0, complete: true },
        );
        assert.equal(inspectImage(result)?.end, result.length);
        assert.equal(xmpPackets(result).length, 1);
        assert.deepEqual(await written(result, metadata), result);
      });
    }

    it(`4.6 full: reads back exactly what was written: ${name}`, async () => {
      const { n, ...fields } = generation;
      assert.equal(n, 2);
      assert.deepEqual(await readMetadata(await written(bytes, full)), { ...fields, source: 'imageGateway' });
    });

    it(`4.6 source: says that a model made it, and nothing else: ${name}`, async () => {
      const result = await written(bytes, source);
      assert.deepEqual(await carriedMetadata(result), {
        c2pa: false,
        digitalSourceType: ai,
        isSynthetic: true,
      });
      assert.ok(xmpPackets(result)[0]!.includes(`DigitalSourceType>${ai}</`));
      assert.equal(Buffer.from(result).includes('Prompt'), false);
      assert.deepEqual(await written(await written(bytes, full), source), result);
    });
  }

  it('4.6 puts XMP where each specification wants it', async () => {
    const names = async (bytes: Uint8Array) => partsOf(await written(bytes, full)).map(({ name }) => name);
    assert.deepEqual(await names(png()), ['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
    const exif = bytesOf(ascii('Exif\0\0'), exifWith(ascii('ASCII\0\0\0a camera')));
    const jfif = bytesOf(ascii('JFIF\0'), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0));
    const icc = bytesOf(ascii('ICC_PROFILE\0'), Uint8Array.of(1, 1));
    const jpeg = withSegment(
      withSegment(withSegment(encodedPicture('jpegBaseline'), 0xe2, icc), 0xe1, exif),
      0xe0,
      jfif,
    );
    assert.deepEqual((await names(jpeg)).slice(0, 5), ['e0', 'e1', 'e1', 'e2', 'db']);
    assert.deepEqual(await names(encodedPicture('webpLossless')), ['VP8X', 'VP8L', 'XMP ']);
    assert.deepEqual(await names(encodedPicture('webpLossyAlpha')), ['VP8X', 'ALPH', 'VP8 ', 'XMP ']);
  });

  it('4.6 makes an extended WebP with the size and the alpha of the picture', async () => {
    for (const [name, flags] of [
      ['webpLossless', 0x04],
      ['webpLosslessAlpha', 0x14],
      ['webpLossy', 0x04],
    ] as const) {
      const [header] = partsOf(await written(encodedPicture(name), source));
      assert.deepEqual([...header!.data], [flags, 0, 0, 0, 16, 0, 0, 8, 0, 0], name);
    }
  });

  it('4.6 keeps what follows the picture’s end marker', async () => {
    for (const bytes of Object.values(pictures)) {
      const tail = ascii('tail');
      const result = await written(bytesOf(bytes, tail), source);
      assert.deepEqual(result, bytesOf(await written(bytes, source), tail));
    }
  });

  it('4.6 writes a WebP whose last padding byte was left out', async () => {
    const padded = webpWith(riffChunk('odd ', ascii('x')));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(padded.length - 9);
    const expected = untouchedParts(padded);
    for (const short of [
      bytesOf(padded.subarray(0, 4), size, padded.subarray(8)),
      bytesOf(padded.subarray(0, 4), size, padded.subarray(8, -1)),
    ]) {
      const result = await written(short, source);
      assert.deepEqual(untouchedParts(result), expected);
      assert.deepEqual(await written(result, source), result);
    }
  });
});

describe('4.6 metadata: what is written', () => {
  it('4.6 writes A1111’s infotext into PNG, which other tools read', async () => {
    const text = pngParts(await written(png(), full))
      .map(({ data }) => data.toString('utf8'))
      .find((each) => each.startsWith('parameters\0'));
    assert.equal(
      text,
      'parameters\0\0\0\0\0A fox & a "hound" <in>\nthe snow 🦊, ]]> 雪\n' +
        'Seed: -42, Size: 1200x630, Model: "google/gemini-3:free", Quality: high, Gateway: vercel, ' +
        'Digital source type: trainedAlgorithmicMedia, Version: Image Gateway',
    );
  });

  it('4.6 keeps the infotext of another program', async () => {
    const theirs = tEXt('parameters', 'a cat\nSteps: 20, Seed: 7, Size: 8x8');
    const result = await written(pngWith(theirs), full);
    const texts = pngParts(result).filter(({ data }) => data.toString('latin1').startsWith('parameters\0'));
    assert.equal(texts.length, 1);
    assert.equal(texts[0]!.name, 'tEXt');
    assert.equal((await readMetadata(result))?.prompt, generation.prompt);
    assert.equal((await readMetadata(await written(result, source)))?.prompt, 'a cat');
  });

  it('4.6 never writes URLs or paths as names', async () => {
    for (const place of [
      'https://gateway.corp.example/v1',
      '/srv/models/secret.safetensors',
      'C:\\models\\secret.gguf',
      '\\\\server\\models',
      '~/models/secret',
      '../secret',
      'file:secret',
    ]) {
      const record = { prompt: 'a fox', model: place, gateway: place, quality: place };
      const result = await written(png(), { level: 'full', generation: record });
      assert.equal(/secret|corp|server/.test(Buffer.from(result).toString('latin1')), false, place);
      assert.deepEqual(await readMetadata(result), { prompt: 'a fox', source: 'imageGateway' });
    }
  });

  it('4.6 leaves out what XML cannot hold: control characters, half surrogate pairs, noncharacters', async () => {
    const prompt = 'a\0b\x08c\x1bd\x7fe\x9ff\ud800g\udc00h\uffffi\tj\r\nk🦊';
    for (const bytes of Object.values(pictures)) {
      const result = await written(bytes, { level: 'full', generation: { ...generation, prompt } });
      assert.equal((await readMetadata(result))?.prompt, 'abcdefghi\tj\nk🦊');
      assert.match(
        xmpPackets(result)[0]!,
        /^[\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u,
      );
    }
  });

  it('4.6 bounds what it writes: a prompt of any length fits, in a JPEG up to its 64 KiB', async () => {
    const longest = { level: 'full', generation: { prompt: '&'.repeat(100_000) } } as const;
    for (const bytes of [png(), encodedPicture('webpLossy')]) {
      const result = await written(bytes, longest);
      assert.ok(result.length < 256 * 1024);
      assert.equal((await readMetadata(result))?.prompt, '&'.repeat(32_000));
    }
    const jpeg = encodedPicture('jpegBaseline');
    assert.equal(await refusal(jpeg, longest), 'tooLarge');
    const plain = { level: 'full', generation: { prompt: 'a'.repeat(32_000) } } as const;
    assert.equal((await readMetadata(await written(jpeg, plain)))?.prompt.length, 32_000);
  });

  it('4.6 fills a JPEG’s segment to its last byte and no further', async () => {
    const jpeg = encodedPicture('jpegBaseline');
    const withPrompt = (prompt: string) => ({ level: 'full', generation: { prompt } }) as const;
    const size = (bytes: Uint8Array) => Buffer.byteLength(xmpPackets(bytes)[0]!);
    const cats = '猫'.repeat(15_000);
    const missing = 65_502 - size(await written(jpeg, withPrompt(cats)));
    const fullest = cats + 'a'.repeat(missing);
    const result = await written(jpeg, withPrompt(fullest));
    assert.equal(size(result), 65_502);
    assert.equal((await readMetadata(result))?.prompt, fullest);
    assert.equal(await refusal(jpeg, withPrompt(`${fullest}a`)), 'tooLarge');
  });
});

describe('4.6 metadata: files that are left alone', () => {
  for (const [format, bytes] of Object.entries(c2paPictures())) {
    it(`4.6 never rewrites a file with Content Credentials: ${format}`, async () => {
      assert.equal(inspectImage(bytes)?.complete, true);
      assert.equal(hasC2pa(bytes), true);
      assert.equal(await refusal(bytes), 'c2pa');
      assert.equal(await refusal(bytes, full), 'c2pa');
      assert.equal((await carriedMetadata(bytes)).c2pa, true);
    });
  }

  it('4.6 sees no Content Credentials where there are none', () => {
    const others = [
      ...Object.values(pictures),
      encodedPicture('avifOpaque'),
      jpegWith(0xeb, ascii('JP\0\x01\0\0\0\x01another JUMBF box')),
      jpegWith(0xfe, ascii('JP c2pa in a comment')),
      pngWith(pngChunk('tEXt', ascii('caBX\0c2pa'))),
      bytesOf(png(), pngChunk('caBX', ascii('after the end'))),
      new Uint8Array(0),
    ];
    assert.deepEqual(
      others.map(hasC2pa),
      others.map(() => false),
    );
  });

  it('4.6 never rewrites a file whose manifest lies elsewhere', async () => {
    const packet = foreign(
      '<r:Description r:about="" xmlns:t="http://purl.org/dc/terms/" t:provenance="https://example.com/manifest.c2pa"/>',
    );
    assert.equal(await refusal(jpegXmp(packet)), 'c2pa');
  });

  it('4.6 says why: another format, a picture that was cut off', async () => {
    assert.equal(await refusal(encodedPicture('avifOpaque')), 'format');
    assert.equal(await refusal(ascii('GIF89a')), 'format');
    assert.equal(await refusal(new Uint8Array(0)), 'format');
    for (const bytes of Object.values(pictures))
      assert.equal(await refusal(bytes.subarray(0, -3)), 'incomplete');
  });

  it('4.6 does not change the bytes that it was given', async () => {
    for (const bytes of Object.values(pictures)) {
      const before = bytes.slice();
      await written(bytes, full);
      assert.deepEqual(bytes, before);
    }
  });
});
