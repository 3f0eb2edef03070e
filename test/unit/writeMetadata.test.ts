import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { GenerationRecord, MetadataToWrite } from '../../src/core/image/metadata/imageMetadata.ts';
import { hasC2pa } from '../../src/core/image/metadata/pieces.ts';
import { carriedMetadata, readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';
import { encodedPicture, encodedPictures } from '../fixtures/pictures/encodedPictures.ts';
import {
  c2paPictures,
  compressedITXt,
  exifWith,
  iTXt,
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

const ai = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const source: MetadataToWrite = { level: 'source' };
const generation = {
  prompt: 'A fox & a "hound" <in>\nthe snow 🦊, ]]> 雪',
  model: 'google/gemini-3:free',
  gateway: 'vercel',
  seed: -42,
  size: { width: 1200, height: 630 },
  quality: 'high',
  background: 'transparent',
  aspectRatio: { width: 40, height: 21 },
  n: 2,
} satisfies GenerationRecord;
const full: MetadataToWrite = { level: 'full', generation };
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

async function written(bytes: Uint8Array, metadata: MetadataToWrite): Promise<Uint8Array> {
  const result = await writeMetadata(bytes, metadata);
  assert.ok('bytes' in result, JSON.stringify(result));
  return result.bytes;
}

const refusal = async (bytes: Uint8Array, metadata: MetadataToWrite = source) => {
  const result = await writeMetadata(bytes, metadata);
  return 'refused' in result ? result.refused : undefined;
};

/** An XMP packet of another program, around properties. */
const foreign = (description: string) =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
  `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</r:RDF></x:xmpmeta><?xpacket end="w"?>`;
const creator =
  '<r:Description r:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><r:Seq><r:li>Ann &#38; Bo</r:li></r:Seq></dc:creator></r:Description>';
const sourceType = (value: string) =>
  `<r:Description r:about="" xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" I:DigitalSourceType="${value}"/>`;

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

describe('4.6 metadata: XMP that is there', () => {
  const containers = {
    png: (packet: string) => pngWith(iTXt('XML:com.adobe.xmp', packet)),
    jpeg: jpegXmp,
    webp: (packet: string) => webpWith(riffChunk('XMP ', Buffer.from(packet))),
    pngCompressed: (packet: string) => pngWith(compressedITXt('XML:com.adobe.xmp', deflateSync(packet))),
  };
  for (const [name, make] of Object.entries(containers)) {
    it(`4.6 keeps the properties of others to the character, in one packet: ${name}`, async () => {
      for (const metadata of [source, full]) {
        const result = await written(make(foreign(creator)), metadata);
        const [packet, second] = xmpPackets(result);
        assert.equal(second, undefined);
        assert.ok(packet!.includes(creator) && packet!.includes(ai));
        assert.equal(packet!.replace(/\n {2}<rdf:Description[^]*<\/rdf:Description>/, ''), foreign(creator));
        assert.deepEqual(await written(result, metadata), result);
      }
    });

    it(`4.6 keeps a digital source type that says how it was made, and no untrue one: ${name}`, async () => {
      const composite = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';
      const kept = await written(make(foreign(sourceType(composite))), full);
      assert.equal((await carriedMetadata(kept)).digitalSourceType, composite);
      assert.equal(xmpPackets(kept)[0]!.split('DigitalSourceType').length, 2);
      const camera = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';
      const mended = await written(make(foreign(sourceType(camera))), source);
      assert.equal((await carriedMetadata(mended)).digitalSourceType, ai);
      assert.equal(xmpPackets(mended)[0]!.includes('digitalCapture'), false);
    });

    it(`4.6 leaves a file alone whose XMP it cannot keep whole: ${name}`, async () => {
      for (const packet of [
        '',
        'no XML',
        foreign('<r:Description>'),
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        `<!DOCTYPE x>${foreign(creator)}`,
        `<!DOCTYPE x [<!ENTITY a "b">]>${foreign('&a;')}`,
        foreign(`<r:Description>${' '.repeat(300_000)}</r:Description>`),
      ]) {
        if (name === 'jpeg' && packet.length > 65_000) continue;
        assert.equal(await refusal(make(packet)), 'existingMetadata', packet.slice(0, 80));
      }
    });
  }

  it('4.6 takes over from other tools that moved its properties', async () => {
    const [packet] = xmpPackets(await written(png(), full));
    const own = /xmlns:imageGateway="([^"]+)"/.exec(packet!)![1]!;
    const moved = foreign(
      `<r:Description r:about="" xmlns:g="${own}" xmlns:dc="http://purl.org/dc/elements/1.1/" g:Prompt="old" g:Seed="1" dc:format="image/png"><g:Model>old</g:Model><dc:rights>mine</dc:rights></r:Description>`,
    );
    const result = await written(containers.png(moved), full);
    assert.equal((await readMetadata(result))?.seed, -42);
    const [merged] = xmpPackets(result);
    assert.ok(merged!.includes('dc:format="image/png"') && merged!.includes('<dc:rights>mine</dc:rights>'));
    assert.equal(merged!.includes('old'), false);
  });

  it('4.6 keeps a description that is there', async () => {
    const described =
      '<r:Description r:about="uuid:1 &amp; 2" xmlns:d="http://purl.org/dc/elements/1.1/"><d:description><r:Alt><r:li xml:lang="x-default">Theirs</r:li></r:Alt></d:description></r:Description>';
    const [packet] = xmpPackets(await written(containers.png(foreign(described)), full));
    assert.ok(packet!.includes('>Theirs<') && !packet!.includes('dc:description'));
    assert.ok(packet!.includes('rdf:about="uuid:1 &amp; 2"'), 'all descriptions are about the same');
  });

  it('4.6 refuses to choose between two packets', async () => {
    const chunk = iTXt('XML:com.adobe.xmp', foreign(creator));
    assert.equal(await refusal(pngWith(chunk, chunk)), 'existingMetadata');
    const segment = bytesOf(ascii('http://ns.adobe.com/xap/1.0/\0'), ascii(foreign('')));
    assert.equal(await refusal(withSegment(jpegWith(0xe1, segment), 0xe1, segment)), 'existingMetadata');
    const riff = riffChunk('XMP ', Buffer.from(foreign(creator)));
    assert.equal(await refusal(webpWith(riff, riff)), 'existingMetadata');
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
