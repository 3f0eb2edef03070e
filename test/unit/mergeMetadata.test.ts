import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { carriedMetadata, readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import {
  compressedITXt,
  iTXt,
  jpegWith,
  jpegXmp,
  pngWith,
  riffChunk,
  webpWith,
  withSegment,
} from '../support/metadataPictures.ts';
import { ascii, bytesOf, png } from '../support/pictureBytes.ts';
import { xmpPackets } from '../support/pictureParts.ts';
import { ai, full, refusal, source, written } from '../support/writtenMetadata.ts';
import { foreign } from '../support/xmpPackets.ts';

const creator =
  '<r:Description r:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><r:Seq><r:li>Ann &#38; Bo</r:li></r:Seq></dc:creator></r:Description>';
const sourceType = (value: string) =>
  `<r:Description r:about="" xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" I:DigitalSourceType="${value}"/>`;

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

  it('4.6 keeps a description of others, even where another tool moved all into one', async () => {
    const [packet] = xmpPackets(await written(png(), { level: 'full', generation: { prompt: 'a fox' } }));
    assert.equal(packet!.split('>a fox<').length, 4);
    const moved = packet!.replace('x-default">a fox<', 'x-default">Theirs<');
    const [merged] = xmpPackets(await written(containers.png(moved), full));
    assert.ok(merged!.includes('>Theirs<') && merged!.split('</dc:description>').length === 2);
  });

  it('4.6 makes no packet that is larger than what it reads', async () => {
    const spacious = foreign(`${creator}${' '.repeat(255 * 1024 - foreign(creator).length)}`);
    assert.equal(await refusal(containers.webp(spacious)), undefined);
    assert.equal(
      await refusal(containers.webp(spacious), { level: 'full', generation: { prompt: 'a'.repeat(2000) } }),
      'tooLarge',
    );
  });

  it('4.6 refuses to choose between two packets', async () => {
    const chunk = iTXt('XML:com.adobe.xmp', foreign(creator));
    assert.equal(await refusal(pngWith(chunk, chunk)), 'existingMetadata');
    const segment = bytesOf(ascii('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(foreign(creator)));
    assert.equal(await refusal(withSegment(jpegWith(0xe1, segment), 0xe1, segment)), 'existingMetadata');
    const riff = riffChunk('XMP ', Buffer.from(foreign(creator)));
    assert.equal(await refusal(webpWith(riff, riff)), 'existingMetadata');
  });
});
