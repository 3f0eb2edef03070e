import * as vscode from 'vscode';
import { inspectImage } from '../../../src/core/image/inspect.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  set,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';
import { promptBox } from '../../support/panelKit.ts';

const run = <T>(command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand<T>(`imageGateway.${command}`, ...args);
const master = workspaceUri('art/logo.png');

/** In the preview of an edit nothing is ticked that has to be confirmed. */
async function applyPreviewed(): Promise<void> {
  await ui.click({ within: 'workbench', selector: '.bulk-edit-panel .edit-checkbox', nth: 0 });
  await vscode.commands.executeCommand('refactorPreview.apply');
}

describe('4.5 sets of one picture', () => {
  leavesAsFound();
  beforeEach(async () => {
    await vscode.workspace.fs.writeFile(master, await makePicture('640x640 #3b82c4'));
  });

  it('4.5 an icon set: every file in its size, and the lines for page and manifest', async () => {
    const result = await run<{ files: vscode.Uri[]; html: string; manifest: string }>(
      'createIconSet',
      master,
      {
        directory: 'public',
      },
    );
    assert.deepEqual(await disk.list('public'), [
      'apple-touch-icon.png',
      'favicon.ico',
      'icon-192.png',
      'icon-512.png',
      'icon-maskable-512.png',
      'icon.png',
    ]);
    const sizes = { 'apple-touch-icon.png': 180, 'icon-192.png': 192, 'icon-512.png': 512, 'icon.png': 256 };
    for (const [name, size] of Object.entries(sizes))
      assert.equal(inspectImage((await disk.read(`public/${name}`))!)?.width, size, name);
    assert.deepEqual([...(await disk.read('public/favicon.ico'))!.subarray(0, 6)], [0, 0, 1, 0, 3, 0]);
    assert.equal(result.files.length, 6);
    assert.includes(result.html, 'apple-touch-icon.png');
    assert.includes(result.manifest, 'maskable');
  });

  it('4.5 overwrites nothing, and leaves the workspace by no way', async () => {
    await disk.write('public/favicon.ico', 'mine');
    await failsWith('invalidArguments', run('createIconSet', master, { directory: 'public' }));
    assert.deepEqual(await disk.list('public'), ['favicon.ico']);
    for (const directory of ['../outside', '/tmp', '.git', 'a/../../b', workspaceUri('../outside')])
      await failsWith('invalidArguments', run('createIconSet', master, { directory }));
    await failsWith(
      'invalidArguments',
      run('createIconSet', workspaceUri('README.md'), { directory: 'public2' }),
    );
    await failsWith(
      'invalidArguments',
      run('exportSizes', workspaceUri('../outside.png'), { directory: 'x' }),
    );
  });

  it('4.5 writes one of two sets that want the same names at once, and overwrites nothing', async () => {
    const other = workspaceUri('art/other.png');
    await vscode.workspace.fs.writeFile(other, await makePicture('640x640 #c43b3b'));
    const both = await Promise.allSettled(
      [master, other].map((uri) => run('createIconSet', uri, { directory: 'public' })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await disk.list('public')).length, 6);
  });

  it('4.5 refuses arguments that it does not know, by name', async () => {
    const failure = await failsWith('invalidArguments', run('exportSizes', master, { widths: [1] }));
    assert.includes(failure.message, 'widths');
  });

  it('4.5 responsive sizes with their srcset', async () => {
    const result = await run<{ files: vscode.Uri[]; html: string }>('exportSizes', master, {
      directory: 'art',
    });
    assert.deepEqual(await disk.list('art'), ['logo-480w.png', 'logo.png']);
    assert.equal(inspectImage((await disk.read('art/logo-480w.png'))!)?.height, 480);
    assert.includes(result.html, 'srcset="logo-480w.png 480w, logo.png 640w"');
  });

  it('4.5 offers the lines as edits of page and manifest that are previewed', async function () {
    await needsUi(this);
    await disk.write('site/index.html', '<html>\n<head>\n</head>\n</html>\n');
    await disk.write('public/app.webmanifest', '{\n  "name": "x"\n}\n');
    await vscode.window.showTextDocument(workspaceUri('site/index.html'));
    const made = run<{ files: vscode.Uri[] }>('createIconSet', master);
    await ui.pickItem('public');
    assert.equal((await made).files.length, 6);
    await ui.clickNotification('Made 6 icons.', 'Add to HTML…');
    await ui.waitForText('Refactor Preview', { within: 'workbench', nth: 0 });
    assert.equal(
      (await disk.read('site/index.html'))!.length,
      30,
      'nothing is written before it is confirmed',
    );
    await applyPreviewed();
    await assert.eventually(
      () => vscode.window.activeTextEditor?.document.getText().includes('href="/favicon.ico"') === true,
      'the lines, from the root of the site',
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(workspaceUri('public/app.webmanifest'));
    await ui.clickNotification('Made 6 icons.', 'Add to Manifest…');
    await ui.waitForText('Refactor Preview', { within: 'workbench', nth: 0 });
    await applyPreviewed();
    const manifest = await vscode.workspace.openTextDocument(workspaceUri('public/app.webmanifest'));
    await assert.eventually(() => manifest.getText().includes('"purpose": "maskable"'), 'the icons');
    assert.includes(manifest.getText(), '{\n  "name": "x",\n  "icons": [\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('4.5 puts the lines on the clipboard where there is no file for them', async function () {
    await needsUi(this);
    void run('createIconSet', master);
    await ui.pickItem('art');
    await ui.clickNotification('Made 6 icons.', 'Add to Manifest…');
    await ui.waitForNotification('There is no file for the lines in the workspace');
    assert.includes(await vscode.env.clipboard.readText(), '"src": "icon-192.png"');
  });

  it('4.5 puts the lines on the clipboard where a file has no place for them', async function () {
    await needsUi(this);
    // A name of its own: a file that comes back is taken for a deleted one for a moment.
    const page = `site/plain-${Date.now()}.html`;
    await disk.write(page, '<p>no head</p>');
    await vscode.window.showTextDocument(workspaceUri(page));
    void run('createIconSet', master);
    await ui.pickItem('art');
    await ui.clickNotification('Made 6 icons.', 'Add to HTML…');
    await ui.waitForNotification('There is no place for the lines in this file');
    assert.includes(await vscode.env.clipboard.readText(), 'href="../art/favicon.ico"');
  });

  it('4.5 asks where icons go, and says what is there already', async function () {
    await needsUi(this);
    await disk.write('public/icon.png', 'mine');
    void run('createIconSet', master);
    await ui.pickItem('public');
    await ui.waitForNotification('icon.png is there already');
    assert.deepEqual(await disk.list('public'), ['icon.png']);
  });
});

describe('4.6 what a picture says of itself', () => {
  leavesAsFound();

  it('4.6 is copied, and fills the panel’s box; nothing is sent', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('metadata');
    await set('imageGateway.output.metadata', 'full');
    const result = await generate({ prompt: 'a fox that knows its story', model: 'acme/painter' });
    const sent = (await gateway.requests()).length;
    await run('copyPromptFromImage', result.images[0]!.uri);
    assert.equal(await vscode.env.clipboard.readText(), 'a fox that knows its story');
    await run('generateAgainFromImage', result.images[0]!.uri);
    await assert.eventually(
      async () => (await ui.inspect(promptBox)).value === 'a fox that knows its story',
      'the prompt in the box',
    );
    assert.equal((await gateway.requests()).length, sent);
  });

  it('4.6 is looked up where the file says nothing, and told where nobody knows', async function () {
    await needsUi(this);
    await useGateway('metadata');
    const result = await generate({ prompt: 'a converted fox', model: 'acme/painter', outputFormat: 'webp' });
    await run('copyPromptFromImage', result.images[0]!.uri);
    assert.equal(await vscode.env.clipboard.readText(), 'a converted fox');
    await vscode.workspace.fs.writeFile(workspaceUri('mute.png'), await makePicture('8x8'));
    void run('copyPromptFromImage', workspaceUri('mute.png'));
    await ui.waitForNotification('Neither the image nor the storage says how it was made');
  });
});
