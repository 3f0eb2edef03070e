import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, type TestGateway } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  onlyBody,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';

describe('2.2 references', () => {
  leavesAsFound();
  let gateway: TestGateway;
  let picture: Uint8Array;

  beforeEach(async () => {
    ({ gateway } = await useGateway('references'));
    picture = await makePicture('6x4');
  });

  /** Fails where the call is not refused, or where anything was asked before it was. */
  async function isRefused(reference: string | vscode.Uri): Promise<void> {
    const call = generate({ prompt: 'like this', model: 'acme/chatty', references: [reference] });
    await failsWith('invalidArguments', call);
    assert.deepEqual(await gateway.requests(), [], String(reference));
  }

  it('2.2 go along as image_url parts on the chat route, after the prompt', async () => {
    await disk.write('images/one.png', picture);
    // The bytes say what it is.
    await disk.write('images/two.jpg', await makePicture('5x5 #ff8800'));
    const references = ['images/one.png', workspaceUri('images/two.jpg')];
    const result = await generate({ prompt: 'like these', model: 'acme/chatty', references });
    const { messages } = (await onlyBody(gateway)) as { messages: { content: unknown[] }[] };
    const dataUrl = (bytes: Uint8Array) =>
      `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
    assert.deepEqual(messages[0]!.content, [
      { type: 'text', text: 'like these' },
      { type: 'image_url', image_url: { url: dataUrl(picture) } },
      { type: 'image_url', image_url: { url: dataUrl((await disk.read('images/two.jpg'))!) } },
    ]);
    assert.deepEqual((result.requested['references'] as unknown[]).map(String), references.map(String));
  });

  it('2.2 are refused where they lead out of the workspace, before anything is sent', async () => {
    const { temporary } = await disk.folders();
    await disk.write(`${temporary}/outside.png`, picture);
    const outside = vscode.Uri.joinPath(workspaceUri('.'), '..', 'outside.png');
    try {
      for (const one of ['../outside.png', `${temporary}/outside.png`, outside]) await isRefused(one);
      await disk.symlink(`${temporary}/outside.png`, 'linked.png');
      await isRefused('linked.png');
      await isRefused(workspaceUri('linked.png'));
      await disk.symlink(temporary, 'linked');
      await isRefused('linked/outside.png');
    } finally {
      await disk.remove(`${temporary}/outside.png`);
    }
  });

  it('2.2 are refused where they are URLs', async () => {
    for (const one of [
      'https://example.com/a.png',
      'http://127.0.0.1/a.png',
      'file:///etc/passwd',
      'data:image/png;base64,AAAA',
    ])
      await isRefused(one);
    for (const one of ['https://example.com/a.png', 'http://127.0.0.1/a.png', 'untitled:a.png'])
      await isRefused(vscode.Uri.parse(one));
  });

  it('2.2 are refused where they are no picture by their bytes, or not there', async () => {
    await disk.write('secret.png', 'API_KEY=very-secret');
    await disk.write('half.png', picture.slice(0, picture.length - 8));
    for (const one of ['secret.png', 'half.png', 'missing.png', 'docs', workspaceUri('secret.png')])
      await isRefused(one);
  });

  it('2.2 are refused where they lie in .git', async () => {
    await disk.write('.git/picture.png', picture);
    for (const one of ['.git/picture.png', workspaceUri('.git/picture.png')]) await isRefused(one);
  });
});
