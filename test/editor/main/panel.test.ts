import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, openDocument, posts, set, shown, useGateway } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';
import { generateInPanel, openPanel, page, panelTabs, slowChat, slowFrames } from '../../support/panelKit.ts';

describe('2.6 the panel', () => {
  leavesAsFound();
  let gateway: TestGateway;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    ({ gateway } = await useGateway('panel', { name: 'Panel Gateway' }));
    await set('imageGateway.model', 'acme/chatty');
  });

  it('2.6 shows the gateway and the model, and follows the settings', async () => {
    await openPanel();
    await ui.waitForText('Panel Gateway');
    await ui.waitForText('acme/chatty');
    await set('imageGateway.model', 'acme/painter');
    await ui.waitForText('acme/painter');
    await set('imageGateway.gateway', 'offline');
    await ui.waitForText('Offline sketch');
  });

  it('2.6 chooses the gateway and the model from the page', async () => {
    await set('imageGateway.model', '');
    await openPanel();
    await ui.click({ role: 'button', name: 'Gateway Panel Gateway', loose: true });
    await ui.pickItem('Offline sketch');
    await ui.waitForText('Offline sketch');
    await ui.click({ role: 'button', name: 'Model', loose: true });
    await ui.pickItem('Offline sketch');
    await ui.waitForText('offline/sketch');
  });

  it('2.6 shows text as it comes, then the picture with its path, and saves it at once', async () => {
    await gateway.reply('/chat/completions', slowChat(1500));
    await openPanel();
    await generateInPanel('A paper boat');
    await ui.waitForText('Here it comes.');
    assert.equal((await ui.inspect({ selector: '.tile img' })).count, 0, 'pictures before the first came');
    assert.equal((await disk.list()).includes('images/a-paper-boat.png'), false);
    await ui.waitForText('images/a-paper-boat.png');
    await ui.waitForText('64 × 48');
    assert.ok(await disk.read('images/a-paper-boat.png'));
    const image = await ui.inspect({ role: 'img', name: 'A paper boat' });
    assert.match(image.attributes?.['src'] ?? '', /^blob:/);
    await assert.eventually(
      async () => (await ui.evaluate(`document.querySelector('.tile img').naturalWidth`)) === 64,
      'the picture is drawn',
    );
    assert.deepEqual((await shown()).notifications, []);
  });

  it('2.6 shows frames as they come', async () => {
    await set('imageGateway.model', 'acme/painter');
    await gateway.reply('/images/generations', slowFrames(2500));
    await openPanel();
    await generateInPanel('In frames');
    await ui.waitFor({ role: 'img', name: 'Unfinished image' });
    assert.equal(
      (await disk.list()).some((file) => file.startsWith('images/')),
      false,
      'a frame is never saved',
    );
    await ui.waitForText('images/in-frames.png');
    assert.equal((await ui.inspect({ role: 'img', name: 'Unfinished image' })).count, 0);
    await ui.waitForText('12 tokens');
  });

  it('2.6 is driven by the keyboard from end to end', async () => {
    await gateway.reply('/chat/completions', slowChat(200));
    await openPanel();
    await ui.focus(page.prompt);
    await ui.press('ControlOrMeta+a');
    await ui.type('Keys only');
    await ui.press('ControlOrMeta+Enter');
    await ui.waitForText('images/keys-only.png');
    await ui.waitFor(page.button('Open'));
    for (let presses = 0; presses < 12; presses++) {
      if ((await ui.inspect(page.button('Open'))).focused === true) break;
      await ui.press('Shift+Tab');
    }
    assert.equal((await ui.inspect(page.button('Open'))).focused, true, 'Open can be reached with Tab');
    await ui.press('Enter');
    await assert.eventually(
      () => vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.label === 'keys-only.png'),
      'the picture is open',
    );
  });

  it('2.6 generates nothing from an empty prompt, and one request at a time', async () => {
    await gateway.reply('/chat/completions', slowChat(800));
    await openPanel();
    await generateInPanel('   ');
    await generateInPanel('Only once');
    await ui.press('ControlOrMeta+Enter', page.prompt);
    await ui.waitForText('images/only-once.png');
    assert.equal((await posts(gateway)).length, 1);
  });

  it('2.6 shows a failure in one sentence with Show Log, and no toast', async () => {
    await gateway.reply('/chat/completions', errorReply(429, 'Slow down, please'));
    await openPanel();
    await generateInPanel('Too much');
    await ui.waitForText('Slow down, please');
    await ui.waitFor(page.button('Show Log'));
    assert.deepEqual((await shown()).notifications, []);
  });

  it('2.6 takes the selected text along, or the prompt it is given', async () => {
    await openDocument('panel.md', 'Draw a small white lighthouse now', 'a small white lighthouse');
    await openPanel();
    await assert.eventually(
      async () => (await ui.inspect(page.prompt)).value === 'a small white lighthouse',
      'the selection stands in the box',
    );
    await openPanel({ prompt: 'Another one' });
    await assert.eventually(
      async () => (await ui.inspect(page.prompt)).value === 'Another one',
      'the prompt stands in the box',
    );
    assert.equal((await ui.inspect(page.prompt)).focused, true);
    assert.equal(panelTabs().length, 1, 'there is one panel');
  });

  it('2.6 keeps its state in the host: hiding, closing and reloading the page lose nothing', async () => {
    await gateway.reply('/chat/completions', slowChat(100));
    await openPanel();
    await generateInPanel('Kept over');
    await ui.waitForText('images/kept-over.png');
    await ui.fill(page.prompt, 'a draft of the next');
    await ui.focus({ role: 'button', name: 'Model', loose: true });
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await ui.waitForText('images/kept-over.png');
    await ui.waitForText('Here it comes.');
    assert.equal((await ui.inspect(page.prompt)).value, 'a draft of the next');
    const column = vscode.window.tabGroups.all.find((group) =>
      group.tabs.includes(panelTabs()[0]!),
    )?.viewColumn;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'over it' }),
      column ?? 1,
    );
    await openPanel();
    await ui.waitForText('images/kept-over.png');
    assert.equal((await ui.inspect(page.prompt)).value, 'a draft of the next');
    await vscode.window.tabGroups.close(panelTabs());
    await openPanel();
    await ui.waitForText('images/kept-over.png');
    await assert.eventually(
      async () => (await ui.evaluate(`document.querySelector('.tile img')?.naturalWidth`)) === 64,
      'the picture is read from its file',
    );
  });

  it('2.6 goes on while it is hidden, and shows the end when it is back', async () => {
    await gateway.reply('/chat/completions', slowChat(1200));
    await openPanel();
    await generateInPanel('Behind the scenes');
    await ui.waitForText('Here it comes.');
    const column = vscode.window.tabGroups.all.find((group) =>
      group.tabs.includes(panelTabs()[0]!),
    )?.viewColumn;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'over it' }),
      column ?? 1,
    );
    await assert.eventually(
      async () => (await disk.list()).includes('images/behind-the-scenes.png'),
      'the picture is saved',
    );
    await openPanel();
    await ui.waitForText('images/behind-the-scenes.png');
  });
});
