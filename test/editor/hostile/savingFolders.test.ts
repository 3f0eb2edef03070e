// Several workspace folders, and one whose files are not on the disk: this run's window has two folders already, so that a
// third does not reload it.
import * as vscode from 'vscode';
import { sha256Hex } from '../../../src/core/files/sha256.ts';
import type { GenerateResult } from '../../../src/host/imageCall.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, ui } from '../../support/client.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { generate as generateWith, leavesNoTrace, openMarked } from '../../support/workspace.ts';

/** The repository's settings name other gateways; the offline one needs no settings. */
const offline = { gateway: 'offline', size: '64x48' };
const generate = (args: Readonly<Record<string, unknown>>) => generateWith({ ...offline, ...args });
const folders = () => vscode.workspace.workspaceFolders!;
const inSecond = (path: string) => vscode.Uri.joinPath(folders()[1]!.uri, path);

describe('2.7 the workspace folder of a picture', () => {
  const { set } = leavesNoTrace();
  const place = (result: GenerateResult) => vscode.workspace.asRelativePath(result.images[0]!.uri, true);
  const names = () => folders().map(({ name }) => name);

  afterEach(async () => {
    await vscode.workspace.fs
      .delete(inSecond('images'), { recursive: true })
      .then(undefined, () => undefined);
  });

  it('2.7 is that of the argument directory where it is a Uri, whatever document is open', async () => {
    await openMarked('notes/page#.md', '|');
    const result = await generate({ prompt: 'Fox', directory: inSecond('images/deep') });
    assert.equal(place(result), `${names()[1]}/images/deep/fox.png`);
  });

  it('2.7 is that of the active document', async () => {
    await openMarked('notes/page#.md', '|');
    assert.equal(place(await generate({ prompt: 'Fox' })), `${names()[0]}/images/fox.png`);
    await vscode.commands.executeCommand('vscode.open', inSecond('README.md'));
    await assert.eventually(
      () => vscode.window.activeTextEditor?.document.uri.path.endsWith('second/README.md'),
      'the document is open',
    );
    assert.equal(place(await generate({ prompt: 'Fox' })), `${names()[1]}/images/fox.png`);
  });

  it('2.7 is not guessed with prompt: invalidArguments', async () => {
    const error = await assert.rejects(
      generate({ prompt: 'Fox' }),
      /^Several folders are open; .*directory.*\. \[invalidArguments\]$/,
    );
    assert.equal((error as { code?: unknown }).code, 'invalidArguments');
    await assert.rejects(generate({ prompt: 'Fox', directory: 'images' }), /\[invalidArguments\]$/);
  });

  it('2.7 is asked for without prompt, and its own settings count', async function () {
    await needsUi(this);
    await set(
      'imageGateway.output.fileName',
      'of-the-second',
      vscode.ConfigurationTarget.WorkspaceFolder,
      inSecond(''),
    );
    const result = vscode.commands.executeCommand<GenerateResult>('imageGateway.generate', offline);
    await ui.quickInput();
    await ui.answerInput('Fox');
    const picked = await ui.quickInput();
    assert.deepEqual(
      picked?.items.map(({ label }) => label),
      names(),
    );
    await ui.pickItem(names()[1]!);
    assert.equal(place(await result), `${names()[1]}/images/of-the-second.png`);
    await ui.clearNotifications();
  });

  it('2.7 can be declined: nothing is written', async function () {
    await needsUi(this);
    const before = await disk.list();
    const result = vscode.commands.executeCommand('imageGateway.generate', offline);
    await ui.quickInput();
    await ui.answerInput('Fox');
    await ui.quickInput();
    await ui.cancelInput();
    assert.equal(await result, undefined);
    assert.deepEqual(await disk.list(), before);
    await ui.clearNotifications();
  });

  it('2.7 is not left for another: neither by .. nor by a link', async () => {
    const before = await vscode.workspace.fs.readDirectory(inSecond(''));
    await disk.symlink('../second', 'linked');
    await openMarked('notes/page#.md', '|');
    for (const directory of ['../second', 'linked', 'linked/images'])
      await assert.rejects(generate({ prompt: 'Fox', directory }), /\[invalidArguments\]$/);
    assert.deepEqual(await vscode.workspace.fs.readDirectory(inSecond('')), before);
  });
});

describe('2.7 a workspace folder that is not on the disk', () => {
  leavesNoTrace();
  const files = new MemoryFiles();
  const root = vscode.Uri.parse(`${MemoryFiles.scheme}:/folder`);
  let registration: vscode.Disposable | undefined;

  before(async () => {
    registration = vscode.workspace.registerFileSystemProvider(MemoryFiles.scheme, files);
    vscode.workspace.updateWorkspaceFolders(folders().length, 0, { uri: root, name: 'virtual' });
    await assert.eventually(() => vscode.workspace.getWorkspaceFolder(root), 'the folder is there');
  });

  beforeEach(() => files.clear());

  after(async () => {
    vscode.workspace.updateWorkspaceFolders(folders().length - 1, 1);
    await assert.eventually(() => !vscode.workspace.getWorkspaceFolder(root), 'the folder is gone');
    registration?.dispose();
  });

  it('2.7 takes pictures like any other, through workspace.fs', async () => {
    const directory = vscode.Uri.joinPath(root, 'images');
    const result = await generate({ prompt: 'Fox', directory });
    assert.equal(result.images[0]?.uri.toString(), `${MemoryFiles.scheme}:/folder/images/fox.png`);
    assert.equal(await sha256Hex(files.read('/folder/images/fox.png')!), result.images[0]?.sha256);
    await generate({ prompt: 'Fox', directory });
    assert.deepEqual(files.list(), ['/folder/images/fox-1.png', '/folder/images/fox.png']);
  });

  it('2.7 keeps no half of a picture whose writing failed: saveFailed', async () => {
    files.quota = 20;
    const error = await assert.rejects(
      generate({ prompt: 'Fox', directory: vscode.Uri.joinPath(root, 'images') }),
      /^The image was received but could not be written; [^\n]*\. \[saveFailed\]$/,
    );
    assert.deepEqual(Object.keys(error).sort(), ['code']);
    assert.ok(files.wasFull, 'the writing was not tried');
    assert.deepEqual(files.list(), []);
  });

  it('2.7 holds up no picture elsewhere while it takes long, and gives no other its name', async () => {
    const directory = vscode.Uri.joinPath(root, 'images');
    let release!: () => void;
    const until = new Promise<void>((resolve) => (release = resolve));
    files.slow = { path: '/folder/images/fox.png', until };
    const slow = generate({ prompt: 'Fox', directory });
    try {
      await assert.eventually(() => files.isWaiting, 'the write has begun');
      const [beside] = (await generate({ prompt: 'Fox', directory })).images;
      assert.equal(beside?.uri.path, '/folder/images/fox-1.png');
      await generate({ prompt: 'Fox', directory: inSecond('images') });
      await vscode.workspace.fs.delete(inSecond('images'), { recursive: true });
    } finally {
      release();
    }
    assert.equal((await slow).images[0]?.uri.path, '/folder/images/fox.png');
  });

  it('2.7 takes no picture behind a link, where links cannot be followed', async () => {
    files.links.add('/folder/linked');
    await assert.rejects(
      generate({ prompt: 'Fox', directory: vscode.Uri.joinPath(root, 'linked') }),
      /\[invalidArguments\]$/,
    );
    assert.deepEqual(files.list(), []);
  });

  it('5.3 gives no reference whose path leads up out of it, whatever its file system makes of such a path', async () => {
    const picture = await makePicture('6x4');
    for (const path of ['/folder/../outside.png', '/folder/./inside.png', '/folder/inside.png'])
      await files.writeFile(root.with({ path }), picture);
    const directory = vscode.Uri.joinPath(root, 'images');
    const ask = (path: string) => generate({ prompt: 'Fox', directory, references: [root.with({ path })] });
    const result = await ask('/folder/inside.png');
    assert.equal(result.images.length, 1);
    for (const path of ['/folder/../outside.png', '/folder/./inside.png'])
      await assert.rejects(ask(path), /is refused: it is not inside the workspace\. \[invalidArguments\]$/);
  });
});
