import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { readMetadata } from '../../src/core/image/metadata/readMetadata.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import {
  avifWith,
  compressedITXt,
  iTXt,
  jpegXmp,
  pngWith,
  riffChunk,
  webpWith,
} from '../support/metadataPictures.ts';
import { bytesOf, png } from '../support/pictureBytes.ts';
import { xmpPackets } from '../support/pictureParts.ts';
import { written } from '../support/writtenMetadata.ts';
import { iptc, rdf, xmp } from '../support/xmpPackets.ts';

const readXmp = async (packet: string) => readMetadata(jpegXmp(packet));
const made = 'I:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"';

/** A packet of our own with values of anybody's. */
async function ownPacket(fields: Readonly<Record<string, string>>): Promise<string> {
  const file = await written(png(), { level: 'full', generation: { prompt: 'p' } });
  const own = /xmlns:imageGateway="([^"]+)"/.exec(xmpPackets(file)[0]!)![1]!;
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

  it('4.6 reads nothing from behind a picture', async () => {
    const packet = xmp('I:AIPromptInformation="a fox"');
    const plain = encodedPicture('jpegBaseline');
    const segment = jpegXmp(packet).subarray(2, 2 + jpegXmp(packet).length - plain.length);
    assert.equal(
      (await readMetadata(bytesOf(plain.subarray(0, 2), segment, plain.subarray(2))))?.prompt,
      'a fox',
    );
    assert.equal(await readMetadata(bytesOf(plain, segment)), undefined);
    assert.equal(await readMetadata(bytesOf(png(), iTXt('XML:com.adobe.xmp', packet))), undefined);
    const riff = riffChunk('XMP ', Buffer.from(packet));
    assert.equal(await readMetadata(bytesOf(encodedPicture('webpLossless'), riff)), undefined);
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
