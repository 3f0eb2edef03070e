import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { chatImage } from '../../support/gatewayReply.ts';
import { chatPath, finished, generateInPanel, openPanel, promptBox } from '../../support/panelKit.ts';

const row = { role: 'toolbar', name: 'References' } as const;
const problem = { selector: '.reference-problem' } as const;

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Lets something drop on the page as VS Code's explorer does, Shift held. */
function drop(...uris: readonly string[]): Promise<unknown> {
  return ui.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('application/vnd.code.uri-list', ${JSON.stringify(uris.join('\r\n'))});
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, shiftKey: true, dataTransfer }));
  })()`);
}

/** Names of the pictures in the row. */
async function shown(): Promise<unknown> {
  return ui.evaluate(
    `[...document.querySelectorAll('.reference')].map((one) => one.getAttribute('aria-label')).join('; ')`,
  );
}

describe('5.3 references in the panel', () => {
  leavesAsFound();
  let gateway: TestGateway;
  let picture: Uint8Array;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('panel-references'));
    await set('imageGateway.model', 'acme/chatty');
    await gateway.reply(chatPath, {
      json: { choices: [{ message: { role: 'assistant', images: [chatImage()] } }] },
    });
    picture = await makePicture('6x4');
    await openPanel();
    await ui.waitFor(row);
  });

  /** The parts of the message that the gateway got. */
  async function sentParts(): Promise<unknown> {
    const [post] = await posts(gateway);
    return (post?.body as { messages: { content: unknown }[] } | undefined)?.messages[0]?.content;
  }

  it('5.3 a picture of the workspace that is dropped goes along on the wire, its role behind the prompt', async () => {
    await disk.write('images/fox.png', picture);
    await disk.write('art/fox.png', picture);
    // What the explorer of a remote window calls the file, where the extension runs there.
    const uri = workspaceUri('images/fox.png');
    const asRemote = uri.with({ scheme: 'vscode-remote', authority: '127.0.0.1:1' });
    const dropped = uri.scheme === 'file' ? asRemote : uri;
    await drop(dropped.toString(), workspaceUri('art/fox.png').toString());
    await assert.eventually(
      async () => (await shown()) === 'fox.png, reference 1 of 2; fox.png, reference 2 of 2',
      'two pictures',
    );
    await assert.eventually(
      async () => (await ui.inspect({ selector: '.reference img' })).count === 2,
      'their thumbnails',
    );
    await ui.click({ role: 'button', name: 'fox.png, reference 2 of 2' });
    await ui.click({ role: 'menuitemradio', name: 'Style' });
    await ui.waitFor({ role: 'button', name: 'fox.png, Style, reference 2 of 2' });
    await generateInPanel('a quiet harbour');
    await finished('images/a-quiet-harbour.png');
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${base64(picture)}` } };
    const sentence = 'Image 2 is a reference for style only: take its look, not what it shows.';
    assert.deepEqual(await sentParts(), [
      { type: 'text', text: `a quiet harbour\n\n${sentence}` },
      image,
      image,
    ]);
    await ui.waitForText('a quiet harbour', { selector: '.request-prompt' });
    assert.equal((await ui.inspect({ selector: '.request-prompt' })).text, 'a quiet harbour');
  });

  it('5.3 a picture is dragged from the explorer by mouse, Shift held as VS Code asks for it', async () => {
    await disk.write('dragged.png', picture);
    const file = {
      within: 'workbench',
      selector: '.explorer-folders-view .monaco-list-row',
      text: 'dragged.png',
    } as const;
    await vscode.commands.executeCommand('workbench.view.explorer');
    await ui.waitFor({ ...file, timeoutMs: 20_000 });
    await ui.clearNotifications();
    await ui.drag(file, { selector: 'main' }, 'Shift');
    await ui.waitFor({ role: 'button', name: 'dragged.png, reference 1 of 1' });
    assert.equal((await ui.inspect({ selector: '.drop-zone' })).visible, false);
  });

  it('5.3 a forged message with a file’s Uri outside the workspace reads nothing', async () => {
    const { temporary } = await disk.folders();
    await disk.write(`${temporary}/outside.png`, picture);
    const outside = vscode.Uri.joinPath(workspaceUri('.'), '..', 'outside.png');
    try {
      await disk.symlink(`${temporary}/outside.png`, 'linked.png');
      await disk.symlink(temporary, 'linked');
      await disk.write('.git/kept.png', picture);
      await disk.write('secret.png', 'API_KEY=very-secret');
      const inside = workspaceUri('.')
        .toString()
        .replace(/\/?\.?$/, '');
      const forged = [
        ...[
          outside.toString(),
          `file://${temporary}/outside.png`,
          `vscode-remote://x${temporary}/outside.png`,
        ],
        ...[`${inside}/../outside.png`, `${inside}/%2e%2e/outside.png`, `${inside}/linked.png`],
        ...[`${inside}/linked/outside.png`, `${inside}/.git/kept.png`, `${inside}/secret.png`],
        ...[
          'http://127.0.0.1:1/a.png',
          'command:workbench.action.quit',
          '/etc/passwd',
          '',
          'data:image/png,x',
        ],
      ];
      for (const uri of forged) {
        await ui.evaluate(`document.querySelector('.reference-problem').hidden = true`);
        await drop(uri, 'not a uri');
        await ui.waitForText('The reference image', problem);
        assert.equal(await shown(), '', uri);
      }
      await generateInPanel('a forged harbour');
      await finished('images/a-forged-harbour.png');
      assert.equal(await sentParts(), 'a forged harbour');
    } finally {
      await disk.remove(`${temporary}/outside.png`);
      await disk.remove('.git');
    }
  });

  it('5.3 a file is chosen in the dialog, which may be any picture of the person’s', async () => {
    const { temporary } = await disk.folders();
    await disk.write(`${temporary}/chosen.png`, picture);
    try {
      await ui.click({ role: 'button', name: 'Add reference' });
      await ui.click({ role: 'menuitem', name: 'Choose Files…' });
      const dialog = (await ui.quickInput())!;
      assert.equal(dialog.title, 'Choose Reference Images');
      await ui.answerInput(`${temporary}/chosen.png`);
      await ui.waitFor({ role: 'button', name: 'chosen.png, reference 1 of 1' });
    } finally {
      await disk.remove(`${temporary}/chosen.png`);
    }
  });

  it('5.3 pictures and roles are there after the panel was hidden, and gone with it', async () => {
    await disk.write('images/fox.png', picture);
    await drop(workspaceUri('images/fox.png').toString());
    const button = { role: 'button', name: 'fox.png, reference 1 of 1' } as const;
    await ui.waitFor(button);
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await ui.waitFor(button);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel();
    await ui.waitFor(row);
    assert.equal(await shown(), '');
  });

  it('5.5 arrow up brings back the prompt of a request, after the panel was closed, too', async () => {
    await generateInPanel('an old lighthouse');
    await finished('images/an-old-lighthouse.png');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel('');
    await ui.fill(promptBox, '');
    await ui.press('ArrowUp', promptBox);
    await assert.eventually(
      async () => (await ui.inspect(promptBox)).value === 'an old lighthouse',
      'the earlier prompt',
    );
  });
});
