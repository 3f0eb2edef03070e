import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import type { ImageMetadata } from '../../src/core/image/metadata/imageMetadata.ts';
import { readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';
import {
  avifWith,
  compressedITXt,
  exifWith,
  iTXt,
  jpegWith,
  pngWith,
  riffChunk,
  tEXt,
  unicodeComment,
  webpWith,
  zTXt,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf, png, pngChunk, uint32 } from '../support/pictureBytes.ts';

/** Infotext as A1111, Forge, SD.Next and Civitai write it. */
const samples: readonly { readonly text: string; readonly expected: Omit<ImageMetadata, 'source'> }[] = [
  {
    text:
      'a castle, (moat:1.2), [sunset|dawn], <lora:ink:0.8>\n' +
      'Negative prompt: blurry, lowres\n' +
      'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 965400086, Size: 512x768, Model hash: 45dee52b, Model: dreamshaper_8, Version: v1.9.4',
    expected: {
      prompt: 'a castle, (moat:1.2), [sunset|dawn], <lora:ink:0.8>',
      negativePrompt: 'blurry, lowres',
      model: 'dreamshaper_8',
      seed: 965400086,
      size: { width: 512, height: 768 },
    },
  },
  {
    // Prompt and negative prompt of several lines, with what looks like parameters in them.
    text:
      'first, line\nsecond: "line", Seed: 1\n\nthird\nNegative prompt: one\ntwo, Size: 1x1\n' +
      'Steps: 30, Sampler: DPM++ 2M Karras, Seed: 7, Size: 64x64, Model: "a, b: \\"c\\"", Clip skip: 2',
    expected: {
      prompt: 'first, line\nsecond: "line", Seed: 1\n\nthird',
      negativePrompt: 'one\ntwo, Size: 1x1',
      model: 'a, b: "c"',
      seed: 7,
      size: { width: 64, height: 64 },
    },
  },
  {
    // Lists of hashes, quoted and as bare JSON, with members named as parameters are.
    text:
      'a cat\nSteps: 4, Seed: 5, Lora hashes: "ink: 0123abcd, Seed: 99", TI hashes: "Size: 1x1", ' +
      'Hashes: {"model": "45dee52b", "lora:ink": "0123abcd", Seed: 12, Model: evil}, Size: 8x8',
    expected: { prompt: 'a cat', seed: 5, size: { width: 8, height: 8 } },
  },
  {
    // Extensions add lines after the parameters.
    text: 'a cat\r\nSteps: 4, Seed: 5, Size: 8x8\r\nTemplate: a {cat|dog}\r\nNegative Template: x, y: z',
    expected: { prompt: 'a cat', seed: 5, size: { width: 8, height: 8 } },
  },
  {
    // Two parameters are no line of parameters, for A1111 as for us.
    text: 'a cat\nSeed: 5, Size: 8x8',
    expected: { prompt: 'a cat\nSeed: 5, Size: 8x8' },
  },
  {
    text: 'a cat\nSteps: 1, Seed: 12345678901234567890, Size: 99999x8, Model: , Seed: 1',
    expected: { prompt: 'a cat' },
  },
  { text: 'a cat\nSteps: 1, Seed: -1, Size: 0x8, A: b', expected: { prompt: 'a cat' } },
  {
    text: 'a cat\nSteps: 1, Seed: 3, Model: "never closed, Size: 8x8',
    expected: {
      prompt: 'a cat',
      seed: 3,
      model: '"never closed',
      size: { width: 8, height: 8 },
    },
  },
];

const long = samples[0]!;
const a1111 = { ...long.expected, source: 'a1111' };

describe('4.6 metadata: A1111’s infotext', () => {
  for (const [index, { text, expected }] of samples.entries()) {
    it(`4.6 reads sample ${index + 1} from PNG text of every kind`, async () => {
      const packed = deflateSync(Buffer.from(text));
      for (const chunk of [
        tEXt('parameters', text),
        iTXt('parameters', text),
        zTXt('parameters', packed),
        compressedITXt('parameters', packed),
      ]) {
        assert.deepEqual(await readMetadata(pngWith(chunk)), { ...expected, source: 'a1111' });
      }
    });
  }

  it('4.6 reads EXIF’s UserComment in JPEG, WebP, AVIF and PNG, in every encoding and order', async () => {
    const text = long.text.replace('castle', 'schloß 城');
    const comments = [
      unicodeComment(text, 'BE'),
      unicodeComment(text, 'LE'),
      unicodeComment(`\ufeff${text}`, 'LE'),
      unicodeComment(`\ufeff${text}`, 'BE'),
      bytesOf(ascii('ASCII\0\0\0'), Buffer.from(text)),
      bytesOf(new Uint8Array(8), Buffer.from(`${text}\0`)),
    ];
    for (const comment of comments) {
      for (const order of ['II', 'MM'] as const) {
        const exif = exifWith(comment, order);
        for (const bytes of [
          jpegWith(0xe1, bytesOf(ascii('Exif\0\0'), exif)),
          webpWith(riffChunk('EXIF', exif)),
          webpWith(riffChunk('EXIF', bytesOf(ascii('Exif\0\0'), exif))),
          avifWith('Exif', bytesOf(uint32(6), ascii('Exif\0\0'), exif)),
          pngWith(pngChunk('eXIf', exif)),
        ]) {
          assert.deepEqual(await readMetadata(bytes), {
            ...a1111,
            prompt: a1111.prompt.replace('castle', 'schloß 城'),
          });
        }
      }
    }
  });

  it('4.6 takes a camera’s comment for no prompt', async () => {
    const comment = bytesOf(ascii('ASCII\0\0\0'), ascii('Taken by hand, in the rain'));
    assert.equal(
      await readMetadata(jpegWith(0xe1, bytesOf(ascii('Exif\0\0'), exifWith(comment)))),
      undefined,
    );
  });

  it('4.6 does not understand the graphs and records of other tools', async () => {
    const graph = '{"3":{"class_type":"KSampler","inputs":{"seed":5,"text":"a cat"}}}';
    const chunks = [
      tEXt('prompt', graph),
      tEXt('workflow', graph),
      tEXt('parameters', graph),
      tEXt('parameters', ' '),
    ];
    for (const chunk of chunks) assert.equal(await readMetadata(pngWith(chunk)), undefined);
  });

  it('4.6 reads Latin-1 as Latin-1, and UTF-8 where a writer ignored that', async () => {
    const line = '\nSteps: 1, Seed: 2, Size: 8x8';
    const latin = await readMetadata(pngWith(tEXt('parameters', ascii(`caf\xe9 cr\xe8me${line}`))));
    assert.equal(latin?.prompt, 'café crème');
    const utf8 = await readMetadata(pngWith(tEXt('parameters', Buffer.from(`café 猫${line}`))));
    assert.equal(utf8?.prompt, 'café 猫');
  });

  it('4.6 reads its own infotext where the XMP was taken out, whatever the prompt pretends', async () => {
    const prompt = 'a fox\nSteps: 1, Seed: 6, Size: 9x9, Model: evil';
    const generation = { prompt, model: 'a/b', gateway: 'vercel', seed: 5 };
    const result = await writeMetadata(png(), { level: 'full', generation });
    assert.ok('bytes' in result);
    assert.equal((await readMetadata(result.bytes))?.source, 'imageGateway');
    const stripped = Buffer.from(result.bytes);
    stripped.write('xxxx', stripped.indexOf('XML:com'), 'latin1');
    assert.deepEqual(await readMetadata(stripped), { prompt, model: 'a/b', seed: 5, source: 'a1111' });
  });
});
