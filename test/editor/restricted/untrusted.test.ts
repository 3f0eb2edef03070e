import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, type TestGateway, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  generateFromSelection,
  leavesAsFound,
  onlyBody,
  openDocument,
  posts,
  sha256,
  shown,
  shownOnce,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';
import { openPanel } from '../../support/panelKit.ts';
import { refusedCall } from '../../support/toolKit.ts';
import { previousVersions } from '../../support/previousVersionsKit.ts';

/** Waits for the save dialog and the name in it: it names the folder first, while it reads that. */
function offeredName(name: string): Promise<unknown> {
  return assert.eventually(async () => (await ui.quickInput())?.value.endsWith(`/${name}`), name);
}

/** Answers the save dialog with a path; it is the simple one, a quick input. */
async function saveAs(path: string): Promise<void> {
  const dialog = (await ui.quickInput())!;
  assert.equal(dialog.title, 'Save Image As');
  await ui.answerInput(path);
}

/** Gives the workspace settings of its own, and waits until those that need no trust are read. */
async function workspaceSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const all = { ...settings, 'imageGateway.markdown.insertLink': 'never' };
  await disk.write('.vscode/settings.json', JSON.stringify(all));
  const read = () =>
    vscode.workspace.getConfiguration('imageGateway', workspaceUri('.')).get('markdown.insertLink');
  await assert.eventually(() => read() === 'never', 'the workspace settings');
}

describe('2.2 in Restricted Mode', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    assert.equal(vscode.workspace.isTrusted, false, 'the workspace is trusted');
    ({ gateway } = await useGateway('restricted'));
  });

  it('2.2 a call with `prompt` rejects with untrusted; nothing is sent, asked or shown', async () => {
    for (const args of [{ prompt: 'a fox' }, { prompt: 'a fox', gateway: 'offline' }]) {
      await failsWith('untrusted', generate(args));
      await failsWith('untrusted', generate(workspaceUri('docs'), args));
    }
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await shown(), { notifications: [], question: undefined });
    assert.deepEqual(await disk.list('images'), []);
  });

  it('7.1 7.4 the tools of agents fail with untrusted before anybody is asked; nothing is sent or written', async () => {
    await disk.write('art/logo.png', await makePicture('8x8'));
    for (const error of [
      await refusedCall('generate', { prompt: 'a fox' }),
      await refusedCall('edit', { image: 'art/logo.png', prompt: 'make it blue' }),
      await refusedCall('edit', { image: 'art/logo.png', iconSet: true }),
    ])
      assert.match(error.message, /Restricted Mode.*\[untrusted\]$/);
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await shown(), { notifications: [], question: undefined });
    assert.deepEqual(await disk.list('art'), ['logo.png']);
  });

  it('5.3 no image is edited, replaced or restored; nothing is sent or asked', async () => {
    const picture = await makePicture('8x8');
    await disk.write('art/logo.png', picture);
    const uri = workspaceUri('art/logo.png');
    const run = (command: string, ...args: readonly unknown[]) =>
      vscode.commands.executeCommand(`imageGateway.${command}`, ...args);
    await failsWith('untrusted', run('edit', uri, { prompt: 'make it blue' }));
    const { replacer } = await previousVersions();
    const expectedSha256 = await sha256(picture);
    await failsWith('untrusted', replacer.replaceImage({ uri, expectedSha256, bytes: picture }));
    for (const [command, words] of [
      ['edit', 'trust it to have its images edited'],
      ['restorePrevious', 'trust it to restore images of it'],
    ] as const) {
      await run(command, uri);
      await ui.waitForNotification(words);
    }
    assert.equal((await shown()).question, undefined);
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await disk.read('art/logo.png'), picture);
  });

  it('6.1 6.2 no missing image is looked for or generated', async () => {
    const { document } = await openDocument('story.md', '![A fox](fox.png)', 'A fox');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 3, 0, 3),
    );
    assert.deepEqual(
      actions.filter(({ title }) => title.startsWith('Generate this image')),
      [],
    );
    for (const [command, args] of [
      ['fillReference', [document.uri, 3]],
      ['generateMissing', [document.uri]],
    ] as const) {
      assert.equal(await vscode.commands.executeCommand(`imageGateway.${command}`, ...args), undefined);
      await ui.waitForNotification('trust it to have its missing images generated');
      await ui.clearNotifications();
    }
    assert.equal((await shown()).question, undefined);
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 generateFromSelection with `prompt` rejects with untrusted', async () => {
    await openDocument('story.md', 'The lamp turns.', 'The lamp');
    await failsWith('untrusted', generateFromSelection({ prompt: 'a fox' }));
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 what a person asks for goes to the place of a save dialog', async () => {
    await ui.runCommand('Image Gateway: Generate Image');
    await ui.quickInput();
    await ui.answerInput('A red fox');
    await offeredName('a-red-fox.png');
    await saveAs(workspaceUri('docs/by-me.png').path);
    await ui.waitForNotification('Saved docs/by-me.png.');
    assert.equal((await onlyBody(gateway))['prompt'], 'A red fox');
    assert.ok(await disk.read('docs/by-me.png'), 'the file');
    assert.deepEqual(await disk.list('images'), []);
  });

  it('2.2 the selection goes to the place of a save dialog, too', async () => {
    await openDocument('story.md', 'The lamp turns.', 'The lamp');
    const result = generateFromSelection();
    await ui.quickInput();
    await ui.answerInput();
    await saveAs(workspaceUri('lamp.png').path);
    assert.equal((await result).images[0]!.uri.path, workspaceUri('lamp.png').path);
  });

  it('2.2 the save dialog may not lead into .git; nothing is sent', async () => {
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('A red fox');
    // The dialog wants a folder that is there.
    await disk.write('.git/HEAD', 'ref: refs/heads/main');
    await saveAs(workspaceUri('.git/fox.png').path);
    assert.equal(await result, undefined);
    await ui.waitForNotification('An image is never written into .git');
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await disk.list('.git'), ['HEAD']);
    await disk.remove('.git');
  });

  it('2.2 nothing is sent where the save dialog is dismissed, which is shown once', async () => {
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('A red fox');
    assert.equal((await ui.quickInput())!.title, 'Save Image As');
    await ui.press('Escape');
    assert.equal(await result, undefined);
    const { text } = await ui.waitForNotification('No place for the image was chosen.');
    await shownOnce(text);
    assert.deepEqual(await gateway.requests(), []);
  });

  it("2.2 the workspace's model, directory and file name have no effect", async () => {
    await workspaceSettings({
      'imageGateway.model': 'acme/chatty',
      'imageGateway.output.directory': 'theirs',
      'imageGateway.output.fileName': 'theirs',
    });
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('A red fox');
    await offeredName('a-red-fox.png');
    await saveAs(workspaceUri('mine.png').path);
    assert.equal((await result).model, 'acme/painter');
    assert.equal((await posts(gateway))[0]!.path, '/v1/images/generations');
    assert.deepEqual(await disk.list('theirs'), []);
  });

  it('2.2 files of the workspace are not read as references', async () => {
    await disk.write('one.png', await makePicture('4x4'));
    const result = generate({ model: 'acme/chatty', references: ['one.png'] });
    await ui.quickInput();
    await ui.answerInput('like this one');
    assert.equal(await result, undefined);
    await ui.waitForNotification('Restricted Mode');
    assert.deepEqual(await gateway.requests(), []);
  });

  it("2.2 the explorer's menu has no entry, while the palette has", async () => {
    const item = (name: string) => ({ within: 'workbench', role: 'menuitem', name, loose: true }) as const;
    await vscode.commands.executeCommand('workbench.view.explorer');
    const row = {
      within: 'workbench',
      selector: '.explorer-folders-view .monaco-list-row',
      text: 'docs',
    } as const;
    await ui.click(row, { button: 'right' });
    await ui.waitFor(item('Rename'));
    assert.deepEqual(await ui.texts(item('Generate Image')), []);
    await ui.press('Escape');
    const title = 'Image Gateway: Generate Image';
    assert.ok((await ui.searchCommands(title)).includes(title), 'the palette');
  });

  it('2.2 the person can still choose the sketch where there is no key', async () => {
    await useGateway('restricted', { auth: 'bearer' });
    const result = generate({ size: '64x48' });
    await ui.quickInput();
    await ui.answerInput('A red fox');
    await saveAs(workspaceUri('sketch.png').path);
    await ui.quickInput();
    await ui.pickItem('Try offline (sketch, no key)');
    assert.equal((await result).gateway, 'offline');
    assert.ok(await disk.read('sketch.png'), 'the file');
  });

  it('5.3 the panel reads no file of the workspace as a reference; what is pasted into it goes along', async () => {
    const picture = await makePicture('6x4');
    await disk.write('images/fox.png', picture);
    await openPanel();
    await ui.waitFor({ role: 'toolbar', name: 'References' });
    const give = (type: string, member: string, fill: string) =>
      ui.evaluate(`(() => {
        const transfer = new DataTransfer();
        ${fill}
        const members = { bubbles: true, cancelable: true, ${member}: transfer };
        document.body.dispatchEvent(new ${type}(${JSON.stringify(type === 'DragEvent' ? 'drop' : 'paste')}, members));
      })()`);
    const uri = JSON.stringify(workspaceUri('images/fox.png').toString());
    await give('DragEvent', 'dataTransfer', `transfer.setData('application/vnd.code.uri-list', ${uri});`);
    await ui.waitForText('Restricted Mode', { selector: '.reference-problem' });
    assert.equal((await ui.inspect({ selector: '.reference' })).count, 0);
    const bytes = JSON.stringify([...picture]);
    const file = `new File([new Uint8Array(${bytes})], 'image.png', { type: 'image/png' })`;
    await give('ClipboardEvent', 'clipboardData', `transfer.items.add(${file});`);
    await ui.waitFor({ role: 'button', name: 'Pasted image, reference 1 of 1' });
  });
});
