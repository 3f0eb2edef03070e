// What may change between the question and the run, and while the gateway is at work.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, onlyBody, posts, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { imagesPath } from '../../support/panelKit.ts';
import { callTool, invokeTool, unboundAgents } from '../../support/toolKit.ts';

describe('7.2 7.4 what the person was told of a call', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('agentConfirmed'));
    await unboundAgents();
  });

  /** What a call ends with whose person says yes after something was changed. */
  async function failsAfter(change: () => Promise<unknown>, input: object): Promise<Error> {
    const answer = Promise.resolve(invokeTool('edit', input));
    answer.catch(() => undefined);
    await ui.waitForDialog();
    await change();
    await ui.clickDialog('Yes');
    return assert.rejects(answer);
  }

  it('7.4 is not done where the image was exchanged since; the next call asks anew', async () => {
    await disk.write('art/logo.png', await makePicture('32x32 #ff8800'));
    const input = { image: 'art/logo.png', prompt: 'make it blue', path: 'art/blue.png' };
    const other = await makePicture('32x32 #00ff88');
    const { message } = await failsAfter(() => disk.write('art/logo.png', other), input);
    assert.match(
      message,
      /an image has changed since the person was asked; nothing was sent.*\[invalidArguments\]/,
    );
    assert.deepEqual(await posts(gateway), []);
    await gateway.reply('/images/edits', { json: { data: [{ b64_json: pngBase64('32x32 #0044ff') }] } });
    const { question } = await callTool('edit', input);
    assert.ok(question !== undefined);
  });

  it('7.4 is not done where the model was exchanged since', async () => {
    await disk.write('art/logo.png', await makePicture('32x32 #ff8800'));
    const models = ['acme/painter', 'acme/dear'].map((id) => ({ id, type: 'image' }));
    await gateway.reply('/models', { json: { data: models } });
    await set('imageGateway.model', 'acme/painter');
    const input = { image: 'art/logo.png', prompt: 'make it green', path: 'art/green.png' };
    const { message } = await failsAfter(() => set('imageGateway.model', 'acme/dear'), input);
    assert.match(message, /the model.* has changed since/);
    assert.deepEqual(await posts(gateway), []);
  });

  it('7.2 names the model that is asked where none was chosen, with its price; a workspace chooses none', async () => {
    const models = [{ id: 'acme/painter', type: 'image', pricing: { image: '0.04' } }];
    await gateway.reply('/models', { json: { data: models } });
    const settings = vscode.workspace.getConfiguration('imageGateway');
    await settings.update('model', 'acme/dear', vscode.ConfigurationTarget.Workspace);
    try {
      const { question } = await callTool('generate', { prompt: 'A fox', path: 'fox.png' });
      assert.includes(question!.detail!, 'acme/painter');
      assert.equal((await onlyBody(gateway))['model'], 'acme/painter');
    } finally {
      await settings.update('model', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('7.5 the link comes into its document also where the editor has let go of its text meanwhile', async () => {
    await disk.write('slow/README.md', '# Slow\n\nText.\n');
    await gateway.reply(imagesPath, {
      json: { data: [{ b64_json: pngBase64('64x48 #ff8800') }] },
      delayMs: 6000,
    });
    const made = callTool('generate', {
      ...{ prompt: 'A slow fox', path: 'slow/fox.png', document: 'slow/README.md', placement: 'afterTitle' },
    });
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request', 20_000);
    const uri = workspaceUri('slow/README.md').toString();
    const isOpen = () => vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri);
    // The editor keeps some fifty texts that it does not show.
    for (let index = 0; isOpen() && index < 200; index++) {
      await disk.write(`slow/${index}.txt`, 'x');
      await vscode.workspace.openTextDocument(workspaceUri(`slow/${index}.txt`));
    }
    await assert.eventually(() => !isOpen(), 'the editor lets go of the text');
    const { answer } = await made;
    assert.includes(answer.text, 'which is saved');
    assert.equal(await disk.readText('slow/README.md'), '# Slow\n\n![A slow fox](fox.png)\n\nText.\n');
  });
});
