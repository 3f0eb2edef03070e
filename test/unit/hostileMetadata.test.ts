import assert from 'node:assert/strict';
import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import {
  exifWith,
  avifWith,
  compressedITXt,
  jpegXmp,
  pngWith,
  riffChunk,
  tEXt,
  webpWith,
  zTXt,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf } from '../support/pictureBytes.ts';
import { iptc, rdf, xmp } from '../support/xmpPackets.ts';

const readXmp = async (packet: string) => readMetadata(jpegXmp(packet));

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

  it('4.8 reads XML of 64 levels and 20,000 elements, and none beyond', async () => {
    const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
    // The packet has three levels and elements of its own.
    const reads = async (content: string) => {
      const packet = xmp('I:AIPromptInformation="a fox"', content);
      return (await readMetadata(webpWith(riffChunk('XMP ', Buffer.from(packet))))) !== undefined;
    };
    assert.deepEqual([await reads(nested(61)), await reads(nested(62))], [true, false]);
    assert.deepEqual([await reads('<a/>'.repeat(19_997)), await reads('<a/>'.repeat(19_998))], [true, false]);
  });

  it('4.8 reads text of 256 KiB, and none that is longer', async () => {
    const text = (length: number) => `a fox\nSteps: 1, Seed: 2, Size: 8x8`.padStart(length, 'x');
    assert.equal((await readMetadata(pngWith(tEXt('parameters', text(256 * 1024)))))?.seed, 2);
    assert.equal(await readMetadata(pngWith(tEXt('parameters', text(256 * 1024 + 1)))), undefined);
  });

  it('4.8 follows no item of an AVIF out of the file', async () => {
    const packet = Buffer.from(xmp('I:AIPromptInformation="a fox"'));
    const file = Buffer.from(avifWith('mime', packet));
    assert.equal((await readMetadata(file))?.prompt, 'a fox');
    const item = file.indexOf(Uint8Array.of(0, 7, 0, 0, 0, 0, 0, 1));
    // In another file; at an offset or of a length beyond the end.
    for (const at of [5, 8, 12]) {
      const changed = Buffer.from(file);
      changed[item + at] = 1;
      assert.equal(await readMetadata(changed), undefined, String(at));
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
        assert.equal(await readMetadata(bytes), undefined);
        await writeMetadata(bytes, { level: 'source' });
        const after = process.memoryUsage();
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
      // Zeros, and not at the end.
      webpWith(riffChunk('EXIF', exifWith(bytesOf(Buffer.alloc(size - 9), Uint8Array.of(1))))),
      pngWith(repeated(zTXt('parameters', new Uint8Array(0)))),
      bytesOf(Uint8Array.of(0xff, 0xd8), Buffer.alloc(8 << 20, Uint8Array.of(0xff, 0xe1, 0, 2))),
      bytesOf(
        encodedPicture('jpegBaseline').subarray(0, 2),
        Buffer.alloc(8 << 20, Uint8Array.of(0xff, 0xeb, 0, 4, 0x4a, 0x50)),
      ),
      webpWith(repeated(riffChunk('EXIF', new Uint8Array(0)))),
    ];
    for (const bytes of files) {
      await readMetadata(bytes);
      const written = await writeMetadata(bytes, { level: 'source' });
      assert.ok('refused' in written || inspectImage(written.bytes)?.complete);
    }
  });

  it('4.8 leaves packets alone that are larger than it reads', async () => {
    const packet = Buffer.from(xmp('I:AIPromptInformation="a fox"', ' '.repeat(256 * 1024)));
    const bytes = webpWith(riffChunk('XMP ', packet));
    assert.equal(await readMetadata(bytes), undefined);
    assert.deepEqual(await writeMetadata(bytes, { level: 'source' }), { refused: 'existingMetadata' });
  });
});
