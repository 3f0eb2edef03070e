import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { ImageMetadata, MetadataToWrite } from '../../src/core/image/metadata/imageMetadata.ts';
import { hasC2pa } from '../../src/core/image/metadata/pieces.ts';
import { readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import {
  avifWith,
  c2paPictures,
  compressedITXt,
  exifWith,
  iTXt,
  jpegWith,
  pngWith,
  riffChunk,
  tEXt,
  unicodeComment,
  webpWith,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf, png } from '../support/pictureBytes.ts';

const runs = 110_000;
const generation = { prompt: 'a fox & a "hound"', model: 'a/b', gateway: 'vercel', seed: 1, n: 2 };
const levels: readonly MetadataToWrite[] = [{ level: 'source' }, { level: 'full', generation }];

/** A seeded generator (mulberry32): numbers from 0 up to `below`, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Small files of every kind, most with metadata in them. */
async function seeds(): Promise<readonly Uint8Array[]> {
  const infotext = 'a cat, (hat:1.2)\nNegative prompt: x\nSteps: 4, Seed: 5, Size: 8x8, Model: "a, b"';
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
  const packet = `<r:RDF xmlns:r="${rdf}"><r:Description r:about="" xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" I:AIPromptInformation="a &#38; b"><I:DigitalSourceType>x</I:DigitalSourceType><!--c--></r:Description></r:RDF>`;
  const exif = (order: 'II' | 'MM') =>
    exifWith(unicodeComment(infotext, order === 'II' ? 'LE' : 'BE'), order);
  const plain = [
    png(),
    encodedPicture('jpegBaseline'),
    encodedPicture('webpLossy'),
    encodedPicture('webpLosslessAlpha'),
  ];
  const results = await Promise.all(plain.map((bytes, index) => writeMetadata(bytes, levels[index % 2]!)));
  return [
    ...plain,
    ...results.flatMap((result) => ('bytes' in result ? [result.bytes] : [])),
    ...Object.values(c2paPictures()),
    pngWith(tEXt('parameters', infotext)),
    pngWith(iTXt('XML:com.adobe.xmp', packet)),
    pngWith(compressedITXt('XML:com.adobe.xmp', deflateSync(packet))),
    jpegWith(0xe1, bytesOf(ascii('http://ns.adobe.com/xap/1.0/\0'), ascii(packet))),
    jpegWith(0xe1, bytesOf(ascii('Exif\0\0'), exif('II'))),
    webpWith(riffChunk('EXIF', exif('MM')), riffChunk('XMP ', ascii(packet))),
    avifWith('mime', ascii(packet)),
    avifWith('Exif', bytesOf(Buffer.alloc(4), exif('MM')), true),
  ];
}

const telling = [0, 1, 2, 4, 0x20, 0x22, 0x26, 0x2f, 0x3a, 0x3c, 0x3e, 0x7f, 0x80, 0xd8, 0xda, 0xe1, 0xff];

/** Changes, removes, repeats or moves some bytes; two of three times near the beginning, where structure is. */
function damaged(file: Uint8Array, other: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = file.slice();
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(random(3) === 0 ? bytes.length + 1 : Math.min(400, bytes.length + 1));
    const length = random(12);
    switch (random(8)) {
      case 0:
        bytes = bytesOf(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 1:
        bytes = bytesOf(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
        break;
      case 2:
        bytes = bytesOf(bytes.subarray(0, at), other.subarray(random(other.length + 1)));
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      default:
        if (at < bytes.length) bytes[at] = random(2) === 0 ? random(256) : telling[random(telling.length)]!;
    }
  }
  return bytes;
}

const members = new Set(
  'prompt negativePrompt model gateway seed size quality background aspectRatio source'.split(' '),
);

/** Whether what was read can go into the form as it is. */
function assertHarmless(metadata: ImageMetadata): void {
  assert.ok(Object.keys(metadata).every((name) => members.has(name)));
  for (const text of [metadata.prompt, metadata.negativePrompt ?? 'none']) {
    assert.ok(text.length > 0 && text.length <= 32_000);
    assert.doesNotMatch(text, /(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
  }
  for (const name of [metadata.model, metadata.gateway, metadata.quality])
    assert.ok(name === undefined || (name.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(name)));
  assert.ok(metadata.seed === undefined || Number.isSafeInteger(metadata.seed));
}

/** What must be true of every file, however it came about. @returns what happened */
async function check(bytes: Uint8Array, metadata: MetadataToWrite): Promise<string> {
  const before = await readMetadata(bytes);
  if (before) assertHarmless(before);
  const facts = inspectImage(bytes);
  const result = await writeMetadata(bytes, metadata);
  if ('refused' in result) {
    assert.ok(result.refused !== 'c2pa' || hasC2pa(bytes) || Buffer.from(bytes).includes('provenance'));
    assert.ok(result.refused !== 'incomplete' || facts?.complete === false);
    return result.refused;
  }
  assert.equal(hasC2pa(bytes), false);
  assert.ok(facts?.complete);
  const { end, ...rest } = inspectImage(result.bytes)!;
  assert.deepEqual({ ...rest, end: bytes.length - facts.end }, { ...facts, end: result.bytes.length - end });
  const again = await writeMetadata(result.bytes, metadata);
  assert.ok('bytes' in again && Buffer.compare(again.bytes, result.bytes) === 0, 'writing twice');
  if (metadata.level === 'full') {
    const read = await readMetadata(result.bytes);
    assert.ok(read?.source === 'imageGateway' && read.prompt === generation.prompt && read.seed === 1);
  }
  return before ? 'metadata of before' : 'written';
}

describe('4.8 fuzzing what reads and writes metadata', () => {
  it(`4.8 keeps its promises for ${runs.toLocaleString('en')} damaged files`, async function () {
    this.timeout(300_000);
    const random = randomNumbers(20261121);
    const files = await seeds();
    const counts = new Map<string, number>();
    for (let run = 0; run < runs; run++) {
      const bytes = damaged(files[random(files.length)]!, files[random(files.length)]!, random);
      try {
        const outcome = await check(bytes, levels[run % 2]!);
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      } catch (thrown) {
        const hex = Buffer.from(bytes).toString('hex');
        throw new Error(`run ${run}, level ${levels[run % 2]!.level}: ${hex}`, { cause: thrown });
      }
    }
    // Each way was taken often: the files are damaged, but not beyond recognition.
    for (const outcome of [
      'written',
      'metadata of before',
      'c2pa',
      'format',
      'incomplete',
      'existingMetadata',
    ])
      assert.ok((counts.get(outcome) ?? 0) > 1000, `${outcome}: ${JSON.stringify([...counts])}`);
  });
});
