import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import {
  generate,
  generateFromSelection,
  leavesAsFound,
  onlyBody,
  openDocument,
  posts,
  shown,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';

const paragraph = 'The lamp turns\nslowly at night.';
const asPrompt = 'The lamp turns slowly at night.';
const folderRow = (name: string) =>
  ({ within: 'workbench', selector: '.explorer-folders-view .monaco-list-row', text: name }) as const;
const menuItem = (name: string) => ({ within: 'workbench', role: 'menuitem', name }) as const;

describe('2.2 the entrances', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('entrances'));
  });

  describe('2.2 the palette', () => {
    before(async function () {
      await needsUi(this);
    });

    it('2.2 Generate Image asks for a prompt, names the gateway and saves the image', async () => {
      await ui.runCommand('Image Gateway: Generate Image');
      const box = (await ui.quickInput())!;
      assert.equal(box.title, 'Generate Image');
      assert.includes(box.message, 'entrances-');
      await ui.answerInput('A lamp room');
      await ui.waitForNotification('Saved images/a-lamp-room.png.');
      assert.deepEqual(await disk.list('images'), ['a-lamp-room.png']);
      assert.equal((await onlyBody(gateway))['prompt'], 'A lamp room');
    });

    it('2.2 an empty prompt, or Escape, asks for nothing', async () => {
      for (const end of [() => ui.cancelInput(), () => ui.answerInput('  ')]) {
        const result = generate();
        await ui.quickInput();
        await end();
        assert.equal(await result, undefined);
      }
      assert.deepEqual(await gateway.requests(), []);
      assert.deepEqual(await shown(), { notifications: [], question: undefined });
    });

    it('2.2 Generate Image from Selection is there only with a selection', async () => {
      const title = 'Image Gateway: Generate Image from Selection';
      await openDocument('story.md', paragraph);
      assert.equal((await ui.searchCommands(title)).includes(title), false);
      await openDocument('story.md', paragraph, 'The lamp');
      await assert.eventually(async () => (await ui.searchCommands(title)).includes(title), 'the command');
    });

    it('2.2 Generate Image from Selection shows the selection for a last edit', async () => {
      await openDocument('docs/story.md', paragraph, paragraph);
      await ui.runCommand('Image Gateway: Generate Image from Selection');
      assert.equal((await ui.quickInput())!.value, asPrompt);
      await ui.answerInput(`${asPrompt} Flat colours.`);
      await ui.waitForNotification('Saved');
      assert.equal((await onlyBody(gateway))['prompt'], `${asPrompt} Flat colours.`);
    });
  });

  it("2.2 the editor's menu makes the selection the prompt", async function () {
    await needsUi(this);
    await openDocument('story.md', paragraph, paragraph);
    await assert.eventually(async () => {
      await ui.press('Shift+F10');
      return (await ui.inspect(menuItem('Generate Image from Selection'))).visible;
    }, 'the menu');
    await ui.click(menuItem('Generate Image from Selection'));
    assert.equal((await ui.quickInput())!.value, asPrompt);
    await ui.answerInput();
    await ui.waitForNotification('Saved');
    assert.equal((await onlyBody(gateway))['prompt'], asPrompt);
  });

  it("2.2 the explorer's menu saves into the folder", async function () {
    await needsUi(this);
    await vscode.commands.executeCommand('workbench.view.explorer');
    await ui.click(folderRow('docs'), { button: 'right' });
    await ui.click(menuItem('Generate Image'));
    await ui.quickInput();
    await ui.answerInput('a blue kettle');
    await ui.waitForNotification('Saved docs/a-blue-kettle.png.');
    assert.ok(await disk.read('docs/a-blue-kettle.png'), 'the file');
    await ui.click(folderRow('README.md'), { button: 'right' });
    await ui.waitFor(menuItem('Delete Permanently'));
    assert.equal((await ui.inspect(menuItem('Generate Image'))).count, 0, 'a file is no folder');
    await ui.press('Escape');
  });

  it('2.2 what the explorer passes (folder and selected folders) is no argument object', async function () {
    await needsUi(this);
    const docs = workspaceUri('docs');
    const result = generate(docs, [docs, workspaceUri('images')]);
    await ui.quickInput();
    await ui.answerInput('an iron stove');
    assert.equal((await result).images[0]!.uri.path, workspaceUri('docs/an-iron-stove.png').path);
  });

  it('2.2 a document that a menu passes is the one whose selection counts', async function () {
    await needsUi(this);
    const { document } = await openDocument('story.md', paragraph, 'The lamp');
    await vscode.window.showTextDocument(workspaceUri('README.md'), { viewColumn: vscode.ViewColumn.Beside });
    const result = generateFromSelection(document.uri);
    assert.equal((await ui.quickInput())!.value, 'The lamp');
    await ui.answerInput();
    assert.equal((await result).requested['prompt'], 'The lamp');
  });

  it('2.2 a selection goes with arguments, and a prompt among them stands for it', async function () {
    await openDocument('story.md', paragraph, 'The lamp');
    const given = await generateFromSelection({ prompt: 'another lamp', size: '16x16' });
    assert.equal(given.requested['prompt'], 'another lamp');
    await needsUi(this);
    const result = generateFromSelection({ size: '24x16' });
    assert.equal((await ui.quickInput())!.value, 'The lamp');
    await ui.answerInput();
    const { requested } = await result;
    assert.deepEqual([requested['prompt'], requested['size']], ['The lamp', '24x16']);
  });

  it('2.2 without a selection there is nothing to ask for, which is shown once', async function () {
    await needsUi(this);
    await openDocument('story.md', paragraph);
    assert.equal(await generateFromSelection(), undefined);
    const { text } = await ui.waitForNotification('Select the text');
    assert.deepEqual(await shown(), { notifications: [text], question: undefined });
    assert.deepEqual(await posts(gateway), []);
  });
});
