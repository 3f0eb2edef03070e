// Files directly in this folder belong to every run: this one shows that the chain from the editor to the runner holds.
import * as vscode from 'vscode';
import * as assert from '../support/assert.ts';
import { controlFile, disk, makePicture, needsUi, TestGateway, ui } from '../support/client.ts';

describe('the editor under test', () => {
  it('has the extension, in the extension host that the run asks for', async () => {
    const { host } = await controlFile();
    const extension = vscode.extensions.getExtension('image-gateway.image-gateway');
    assert.ok(extension, 'the extension is not installed');
    assert.equal(typeof process === 'undefined' ? 'web' : 'node', host);
  });

  it('reaches a gateway over HTTP, which records it', async () => {
    const gateway = await TestGateway.start('example');
    const response = await fetch(`${gateway.baseUrl}/models`, {
      headers: { authorization: 'Bearer example' },
    });
    const { data } = (await response.json()) as { data: { id: string }[] };
    assert.deepEqual(
      data.map((model) => model.id),
      ['acme/painter', 'acme/chatty', 'acme/words'],
    );
    const [request] = await gateway.requests('/models');
    assert.equal(request?.headers['authorization'], 'Bearer example');
    await gateway.reset();
  });

  it('writes what the runner reads from the disk', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const picture = await makePicture('3x2');
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'example.png'), picture);
    assert.deepEqual(await disk.read('example.png'), picture);
    assert.ok((await disk.list()).includes('example.png'));
    await disk.remove('example.png');
  });

  it('shows the runner what a person sees', async function () {
    await needsUi(this);
    const answer = vscode.window.showInformationMessage('The chain holds?', 'Yes', 'No');
    assert.deepEqual((await ui.waitForNotification('The chain holds?')).buttons, ['Yes', 'No']);
    await ui.clickNotification('The chain holds?', 'Yes');
    assert.equal(await answer, 'Yes');
  });
});
