import assert from 'node:assert/strict';
import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import type { ImageMetadata } from '../../src/core/image/metadata/imageMetadata.ts';
import { readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import {
  avifWith,
  compressedITXt,
  exifWith,
  iTXt,
  jpegWith,
  jpegXmp,
  pngWith,
  riffChunk,
  tEXt,
  unicodeComment,
  webpWith,
  zTXt,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf, png, pngChunk, uint32 } from '../support/pictureBytes.ts';
import { xmpPackets } from '../support/pictureParts.ts';

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

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const iptc = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const xmp = (attributes: string, content = '') =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description rdf:about="" ` +
  `xmlns:I="${iptc}" xmlns:dc="http://purl.org/dc/elements/1.1/" ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;
const readXmp = async (packet: string) => readMetadata(jpegXmp(packet));
const made = 'I:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"';

/** A packet of our own with values of anybody's. */
async function ownPacket(fields: Readonly<Record<string, string>>): Promise<string> {
  const result = await writeMetadata(png(), { level: 'full', generation: { prompt: 'p' } });
  assert.ok('bytes' in result);
  const own = /xmlns:imageGateway="([^"]+)"/.exec(xmpPackets(result.bytes)[0]!)![1]!;
  const elements = Object.entries(fields).map(([name, value]) => `<g:${name}>${value}</g:${name}>`);
  return xmp(`xmlns:g="${own}"`, elements.join(''));
}

describe('4.6 metadata: XMP', () => {
  it('4.6 reads it in every container, an AVIF’s items included', async () => {
    const packet = Buffer.from(xmp('I:AIPromptInformation="a &lt;fox&gt; &#x1F98A;" I:AISystemUsed="m"'));
    for (const bytes of [
      jpegXmp(packet.toString()),
      webpWith(riffChunk('XMP ', packet)),
      pngWith(iTXt('XML:com.adobe.xmp', packet.toString())),
      pngWith(compressedITXt('XML:com.adobe.xmp', deflateSync(packet))),
      avifWith('mime', packet),
      avifWith('mime', packet, true),
    ]) {
      assert.deepEqual(await readMetadata(bytes), { prompt: 'a <fox> 🦊', model: 'm', source: 'xmp' });
    }
  });

  it('4.6 takes a description for a prompt only where the picture is said to be made', async () => {
    const described =
      '<dc:description><rdf:Alt><rdf:li xml:lang="de">ein Fuchs</rdf:li><rdf:li xml:lang="x-default">a fox</rdf:li></rdf:Alt></dc:description>';
    assert.deepEqual(await readXmp(xmp(made, described)), { prompt: 'a fox', source: 'xmp' });
    assert.equal(await readXmp(xmp('', described)), undefined);
    assert.equal(await readXmp(xmp(made)), undefined);
  });

  it('4.6 reads CDATA, comments, other prefixes and both forms of properties', async () => {
    const packet = `\ufeff<?xml version="1.0"?><!-- c --><R xmlns="${rdf}"/>`.replace(
      /<R .*/,
      `<RDF xmlns="${rdf}"><Description xmlns:q='${iptc}'><q:AIPromptInformation>a <![CDATA[<fox>&]]><!-- not a --> dog</q:AIPromptInformation></Description></RDF>\n`,
    );
    assert.equal((await readXmp(packet))?.prompt, 'a <fox>& dog');
  });

  it('4.6 fills a form only: no count, no extra body, no header, no gateway’s URL comes out', async () => {
    const packet = await ownPacket({
      Prompt: 'a fox',
      Gateway: 'evil',
      Count: '10',
      n: '10',
      ExtraBody: '{"n":10}',
      extraBody: '{"n":10}',
      BaseUrl: 'https://evil.example',
      Seed: '5',
    });
    assert.deepEqual(await readXmp(packet), {
      prompt: 'a fox',
      gateway: 'evil',
      seed: 5,
      source: 'imageGateway',
    });
  });

  it('4.6 checks every value as strictly as a command’s argument', async () => {
    const packet = await ownPacket({
      Prompt: 'a fox',
      Model: 'm'.repeat(201),
      Gateway: 'g'.repeat(65),
      Quality: 'q'.repeat(41),
      Seed: '1e3',
      Size: '1200x630x1',
      Background: 'url(evil)',
      AspectRatio: '16x9',
    });
    assert.deepEqual(await readXmp(packet), { prompt: 'a fox', source: 'imageGateway' });
  });

  it('4.6 takes invisible words and overrides out of a prompt, and keeps what scripts need', async () => {
    const hidden = Array.from('ignore', (letter) => `&#${0xe0000 + letter.charCodeAt(0)};`).join('');
    const packet = await ownPacket({
      Prompt: `a${hidden}\u202efox\u2066\u200b &#x2028;&#9;b\u0085c می\u200cخواهم 👩\u200d🚀\ue000&#xFEFF;`,
    });
    assert.equal((await readXmp(packet))?.prompt, 'afox \n\tb\nc می\u200cخواهم 👩\u200d🚀');
  });

  it('4.6 caps a prompt at the limit of the form, between characters', async () => {
    const packet = Buffer.from(await ownPacket({ Prompt: `a${'🦊'.repeat(20_000)}` }));
    const prompt = (await readMetadata(webpWith(riffChunk('XMP ', packet))))!.prompt;
    assert.equal(prompt.length, 31_999);
    assert.equal(prompt.endsWith('🦊'), true);
  });
});

describe('4.8 metadata: hostile files', () => {
  it('4.8 reads no XML with a document type, an unknown entity or a fault', async () => {
    const good = xmp('I:AIPromptInformation="a fox"');
    assert.equal((await readXmp(good))?.prompt, 'a fox');
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      '',
    );
    for (const packet of [
      `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>${good.replace('a fox', '&l9;')}`,
      `<!DOCTYPE r SYSTEM "file:///etc/passwd">${good}`,
      `<!doctype r>${good}`,
      good.replace('a fox', '&ha;'),
      good.replace('a fox', '&amp'),
      good.replace('a fox', '&#0;'),
      good.replace('a fox', '&#xD800;'),
      good.replace('a fox', '&#1114112;'),
      good.replace('a fox', '&constructor;'),
      good.replace('a fox', 'a \x01 fox'),
      good.replace('a fox', 'a < fox'),
      good.replace('="a fox"', '=a'),
      good.replace('"a fox"', '"a fox"I:b="c"'),
      good.replace('"a fox"', '"a fox" I:AIPromptInformation="b"'),
      good.replace('xmlns:I=', 'xmlns:J='),
      good.replace('</rdf:RDF>', ''),
      good.replace('</x:xmpmeta>', '</y:xmpmeta>'),
      `${good}<x/>`,
      `${good}words`,
      `${good}<!-- `,
      `${good}<? `,
      good.slice(0, -1),
    ]) {
      assert.equal(await readXmp(packet), undefined, packet.slice(0, 200));
    }
  });

  it('4.8 stops inflating at 64 KiB: bombs in zTXt and iTXt, of a gibibyte, too', async function () {
    this.timeout(60_000);
    // A mebibyte of zeros that ends at a whole byte, so that it can be repeated.
    const mebibyte = deflateRawSync(Buffer.alloc(1 << 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
    const bomb = (mebibytes: number) =>
      bytesOf(Uint8Array.of(0x78, 0xda), Buffer.alloc(mebibytes * mebibyte.length, mebibyte));
    const gibibyte = bomb(1024);
    const small = bomb(60);
    assert.ok(gibibyte.length < 2 << 20 && small.length < 64 * 1024);
    assert.equal(inflateSync(small, { finishFlush: constants.Z_SYNC_FLUSH }).length, 60 << 20);
    for (const packed of [gibibyte, small]) {
      for (const chunk of [
        zTXt('parameters', packed),
        compressedITXt('parameters', packed),
        zTXt('XML:com.adobe.xmp', packed),
        compressedITXt('XML:com.adobe.xmp', packed),
      ]) {
        const bytes = pngWith(chunk);
        const before = process.memoryUsage();
        const start = performance.now();
        assert.equal(await readMetadata(bytes), undefined);
        await writeMetadata(bytes, { level: 'source' });
        const after = process.memoryUsage();
        assert.ok(performance.now() - start < 4000);
        assert.ok(
          after.arrayBuffers - before.arrayBuffers < 16 << 20,
          String(after.arrayBuffers - before.arrayBuffers),
        );
      }
    }
  });

  it('4.8 reads inflated text of just 64 KiB, and none that is longer or damaged', async () => {
    const head = 'a fox\nSteps: 1, Seed: 2, Size: 8x8, Words: ';
    const text = (length: number) => Buffer.from(head + 'x'.repeat(length - head.length));
    assert.equal((await readMetadata(pngWith(zTXt('parameters', deflateSync(text(65_536))))))?.seed, 2);
    assert.equal(await readMetadata(pngWith(zTXt('parameters', deflateSync(text(65_537))))), undefined);
    const packed = deflateSync(text(1000));
    assert.equal(await readMetadata(pngWith(zTXt('parameters', packed.subarray(0, -6)))), undefined);
    packed[packed.length - 1]! ^= 1;
    assert.equal(await readMetadata(pngWith(zTXt('parameters', packed))), undefined);
    assert.equal(await readMetadata(pngWith(zTXt('parameters', ascii('not deflated')))), undefined);
  });

  it('4.8 takes a moment only, for what is made to keep it busy', async () => {
    const size = 250 * 1024;
    const fill = (head: string, unit: string, tail = '') =>
      head + unit.repeat(Math.floor((size - head.length - tail.length) / unit.length)) + tail;
    const open = `<rdf:RDF xmlns:rdf="${rdf}"><rdf:Description xmlns:I="${iptc}"`;
    const repeated = (part: Uint8Array) => Buffer.alloc(part.length * 100_000, part);
    const packets = [
      fill('', '<a>'),
      fill('', '<'),
      fill('<a ', ' '),
      fill('<a ', 'b="" '),
      fill('<a b="', '&amp;'),
      fill('<a>', '&'),
      fill('<a>', '<!---->'),
      fill('<a>', '<!--'),
      fill('<a>', '<![CDATA['),
      fill('<a>', '<b/>', '</a>'),
      fill('<a ', 'xmlns:b="c" '),
      fill(`${open} `, ' ', '/></rdf:RDF>'),
      fill(`${open}>`, '<I:DigitalSourceType/>', '</rdf:Description></rdf:RDF>'),
      fill(`<rdf:RDF xmlns:rdf="${rdf}">`, '<rdf:Description/>', '</rdf:RDF>'),
      fill('a', ':a'),
      fill('', '\r'),
    ];
    const infotexts = [
      fill('', 'a'),
      fill('', ' '),
      fill('', '\n'),
      fill('', 'a:'),
      fill('', 'a: "'),
      fill('', 'a: "\\", '),
      fill('Steps: 1, ', 'a: b, '),
      fill('Steps: 1, a: "', '\\"'),
      fill('', 'Steps: 1\n'),
      fill('', 'Negative prompt:\n'),
      fill('', '['),
      fill('', 'a: " '),
      fill('Steps: 1', ', a: {'),
      fill('Steps: 1', ', a: {}'),
    ];
    const files = [
      ...packets.map((text) => webpWith(riffChunk('XMP ', Buffer.from(text)))),
      ...infotexts.map((text) => pngWith(tEXt('parameters', text))),
      pngWith(repeated(zTXt('parameters', new Uint8Array(0)))),
      bytesOf(Uint8Array.of(0xff, 0xd8), Buffer.alloc(8 << 20, Uint8Array.of(0xff, 0xe1, 0, 2))),
      bytesOf(
        encodedPicture('jpegBaseline').subarray(0, 2),
        Buffer.alloc(8 << 20, Uint8Array.of(0xff, 0xeb, 0, 4, 0x4a, 0x50)),
      ),
      webpWith(repeated(riffChunk('EXIF', new Uint8Array(0)))),
    ];
    for (const [index, bytes] of files.entries()) {
      const start = performance.now();
      await readMetadata(bytes);
      await writeMetadata(bytes, { level: 'source' });
      assert.ok(performance.now() - start < 4000, `hostile file ${index}`);
    }
  });

  it('4.8 leaves packets alone that are larger than it reads', async () => {
    const packet = Buffer.from(xmp('I:AIPromptInformation="a fox"', ' '.repeat(256 * 1024)));
    const bytes = webpWith(riffChunk('XMP ', packet));
    assert.equal(await readMetadata(bytes), undefined);
    assert.deepEqual(await writeMetadata(bytes, { level: 'source' }), { refused: 'existingMetadata' });
  });
});
