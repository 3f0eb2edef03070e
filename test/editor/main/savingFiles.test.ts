// What is written: names, extensions, bytes.
import * as vscode from 'vscode';
import { sha256Hex } from '../../../src/core/files/sha256.ts';
import { type EncodedPicture, encodedPicture } from '../../fixtures/pictures/encodedPictures.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture } from '../../support/client.ts';
import { chatChunk, chatImage, pngUrl } from '../../support/gatewayReply.ts';
import {
  generate,
  imagesPath,
  inRoot,
  leavesNoTrace,
  picturesReply,
  savedPaths,
  useGateway,
} from '../../support/workspace.ts';

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

describe('2.7 a saved picture', () => {
  const used = useGateway('saving-files');
  const trace = leavesNoTrace();
  const chooseChatRoute = () => {
    const config = { baseUrl: used.gateway.baseUrl, auth: 'none', route: 'chat' };
    return trace.set('imageGateway.gateways', { 'saving-files': config }, vscode.ConfigurationTarget.Global);
  };

  it('2.7 is on the disk, whole, where the result says', async () => {
    await used.gateway.reply(imagesPath, picturesReply('30x20 #c85028'));
    const result = await generate({ prompt: 'A red fox' });
    const bytes = await makePicture('30x20 #c85028');
    const image = result.images[0]!;
    assert.equal(image.uri.toString(), inRoot('images/a-red-fox.png').toString());
    assert.ok(image.uri instanceof vscode.Uri, 'uri is a Uri');
    assert.deepEqual(await disk.read('images/a-red-fox.png'), bytes);
    const sha256 = await sha256Hex(bytes);
    assert.deepEqual(
      { ...image, uri: '' },
      {
        ...{ uri: '', mediaType: 'image/png', width: 30, height: 20, byteLength: bytes.byteLength },
        ...{ sha256, receivedSha256: sha256, alt: 'A red fox' },
      },
    );
  });

  const names: readonly [prompt: string, name: string][] = [
    ['Лиса спит 狐狸 – été!', 'лиса-спит-狐狸-été.png'],
    ['e\u0301te\u0301 हिन्दी', '\u00e9t\u00e9-हिन्दी.png'],
    ['🦊🦊', 'image.png'],
    ['CON', 'con-image.png'],
    ['Com1', 'com1-image.png'],
    ['a<b>:c"d/e\\f|g?*', 'a-b-c-d-e-f-g.png'],
    ['../../etc/passwd', 'etc-passwd.png'],
    ['.git/config', 'git-config.png'],
    ['word '.repeat(30), `${'word-'.repeat(12).slice(0, -1)}.png`],
    ['狐'.repeat(80), `${'狐'.repeat(40)}.png`],
  ];
  for (const [prompt, name] of names) {
    it(`2.7 is called ${JSON.stringify(name)} for the prompt ${JSON.stringify(prompt).slice(0, 40)}`, async () => {
      assert.deepEqual(savedPaths(await generate({ prompt })), [`images/${name}`]);
      assert.deepEqual(await disk.list('images'), [name]);
    });
  }

  const templates: readonly [template: string, name: string][] = [
    ['${model}-${prompt}-${index}', 'painter-fox-1.png'],
    ['aux', 'aux-image.png'],
    ['a:b*c?.', 'a-b-c-.png'],
    ['.hidden', 'hidden.png'],
    ['fox.jpg', 'fox.png'],
    ['fox.tar', 'fox.tar.png'],
  ];
  for (const [fileName, name] of templates) {
    it(`2.7 is called ${name} for the file name template ${fileName}`, async () => {
      assert.deepEqual(savedPaths(await generate({ prompt: 'Fox', fileName })), [`images/${name}`]);
      assert.deepEqual(await disk.list('images'), [name]);
    });
  }

  it('2.7 can be called after the date and the time', async () => {
    const [path] = savedPaths(await generate({ prompt: 'Fox', fileName: '${date}_${time}_${unixTime}' }));
    assert.match(path!, /^images\/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_\d{13}\.png$/);
  });

  it('2.7 has a name of its own for each of several', async () => {
    const result = await generate({ prompt: 'Fox', n: 3, fileName: '${prompt}-${index}' });
    assert.deepEqual(savedPaths(result), ['images/fox-1.png', 'images/fox-2.png', 'images/fox-3.png']);
    const same = await generate({ prompt: 'Owl', n: 3 });
    assert.deepEqual(savedPaths(same), ['images/owl.png', 'images/owl-1.png', 'images/owl-2.png']);
  });

  const formats: readonly [EncodedPicture, string, string][] = [
    ['jpegBaseline', 'jpg', 'image/jpeg'],
    ['webpLossy', 'webp', 'image/webp'],
    ['avifOpaque', 'avif', 'image/avif'],
  ];
  for (const [picture, extension, mediaType] of formats) {
    it(`2.7 has the extension ${extension} where its bytes say so, whatever its name was to be`, async () => {
      const bytes = encodedPicture(picture);
      await used.gateway.reply(imagesPath, picturesReply(base64(bytes)));
      const result = await generate({ prompt: 'Fox', fileName: 'fox.png' });
      assert.deepEqual(savedPaths(result), [`images/fox.${extension}`]);
      assert.equal(result.images[0]?.mediaType, mediaType);
      assert.deepEqual(result.notices, []);
      assert.deepEqual(await disk.read(`images/fox.${extension}`), bytes);
    });
  }

  it('2.7 has the extension png where the gateway calls a PNG a JPEG', async () => {
    const url = pngUrl('64x48').replace('image/png', 'image/jpeg');
    const message = { role: 'assistant', content: '', images: [chatImage(url)] };
    await used.gateway.reply('/chat/completions', {
      json: {
        id: 'chatcmpl-123',
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
      },
    });
    await chooseChatRoute();
    const result = await generate({ prompt: 'Fox', stream: false });
    assert.deepEqual(savedPaths(result), ['images/fox.png']);
    assert.deepEqual(
      result.notices.map(({ code }) => code),
      ['mediaTypeDiffers'],
    );
  });

  it('2.7 ends with its end marker: what follows is cut, with a notice', async () => {
    const picture = await makePicture('30x20');
    const received = new Uint8Array([...picture, ...new TextEncoder().encode('<script>alert(1)</script>')]);
    await used.gateway.reply(imagesPath, picturesReply(base64(received)));
    const { images, notices } = await generate({ prompt: 'Fox' });
    assert.deepEqual(await disk.read('images/fox.png'), picture);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['trailingBytesCut'],
    );
    assert.equal(images[0]!.sha256, await sha256Hex(picture));
    assert.equal(images[0]!.receivedSha256, await sha256Hex(received));
    assert.equal(images[0]!.byteLength, picture.byteLength);
  });

  const notPictures = {
    'an SVG': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
    'a web page': '<!doctype html><title>Sorry</title>',
    'a GIF': 'GIF89a\x01\x00\x01\x00\x00\x00\x00;',
  };
  for (const [what, text] of Object.entries(notPictures)) {
    it(`2.7 is never ${what}, whatever the gateway calls it`, async () => {
      await used.gateway.reply(imagesPath, picturesReply(btoa(text)));
      await assert.rejects(generate({ prompt: 'Fox' }), /\[malformedResponse\]$/);
      assert.deepEqual(await disk.list('images'), []);
    });
  }

  it('2.7 is no half picture: one without its end leaves no file', async () => {
    const picture = await makePicture('30x20');
    await used.gateway.reply(imagesPath, picturesReply(base64(picture.slice(0, -20))));
    await assert.rejects(generate({ prompt: 'Fox' }), /\[interrupted\]$/);
    assert.deepEqual(await disk.list('images'), []);
  });

  it('2.7 is no half picture: an answer that is cut off leaves no file', async () => {
    const picture = base64(await makePicture('300x200'));
    const half = JSON.stringify({ created: 1, data: [{ b64_json: picture }] }).slice(0, -picture.length / 2);
    await used.gateway.reply(imagesPath, { chunks: [{ text: half }], cut: true });
    await assert.rejects(generate({ prompt: 'Fox' }), /\[(interrupted|network)\]$/);
    assert.deepEqual(await disk.list('images'), []);
  });

  it('2.7 is no half picture: a stream that is cut off within its picture leaves no file', async () => {
    const picture = `data:image/png;base64,${base64(await makePicture('300x200'))}`;
    const event = `data: ${JSON.stringify(chatChunk({ images: [chatImage(picture)] }).data)}\n\n`;
    await used.gateway.reply('/chat/completions', {
      headers: { 'content-type': 'text/event-stream' },
      chunks: [{ text: event.slice(0, event.length / 2) }],
      cut: true,
    });
    await chooseChatRoute();
    await assert.rejects(generate({ prompt: 'Fox' }), /\[(interrupted|network)\]$/);
    assert.deepEqual(await disk.list('images'), []);
  });
});
