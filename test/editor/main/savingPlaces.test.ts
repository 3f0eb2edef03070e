// Where pictures go: the argument, the setting, markdown.copyFiles.destination, the default; and what is never overwritten.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { controlFile, disk, makePicture } from '../../support/client.ts';
import {
  asked,
  generate,
  imagesPath,
  inRoot,
  leavesNoTrace,
  openMarked,
  picturesReply,
  savedPaths,
  useGateway,
} from '../../support/workspace.ts';

const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;

describe('2.7 the directory of a picture', () => {
  const used = useGateway('saving-places');
  const { set } = leavesNoTrace();
  const place = async (args: Readonly<Record<string, unknown>> = {}) =>
    savedPaths(await generate({ prompt: 'Fox', ...args }))[0];

  it('2.7 is images in the workspace folder where nothing else is said', async () => {
    assert.equal(await place(), 'images/fox.png');
    assert.deepEqual(await disk.list('images'), ['fox.png']);
  });

  const directories = {
    'docs/pictures': 'docs/pictures/',
    '': '',
    '.': '',
    './a//b/': 'a/b/',
    'über uns/狐': 'über uns/狐/',
  };
  for (const [directory, folder] of Object.entries(directories)) {
    it(`2.7 is ${JSON.stringify(directory)} where the argument says so`, async () => {
      assert.equal(await place({ directory }), `${folder}fox.png`);
      assert.ok(await disk.read(`${folder}fox.png`), 'the file is there');
    });
  }

  it('2.7 is the folder of the argument where it is a Uri', async () => {
    assert.equal(await place({ directory: inRoot('some/where') }), 'some/where/fox.png');
  });

  it('2.7 is the folder that the explorer names', async () => {
    const args = [inRoot('docs'), { prompt: 'Fox' }];
    const result = await vscode.commands.executeCommand<Awaited<ReturnType<typeof generate>>>(
      'imageGateway.generate',
      ...args,
    );
    assert.deepEqual(savedPaths(result), ['docs/fox.png']);
  });

  for (const [name, target] of Object.entries({ Global, Workspace, WorkspaceFolder })) {
    it(`2.7 is what output.directory says in the settings (${name})`, async () => {
      const scope = target === WorkspaceFolder ? inRoot('') : undefined;
      await set('imageGateway.output.directory', 'assets/pictures', target, scope);
      assert.equal(await place(), 'assets/pictures/fox.png');
      assert.equal(await place({ directory: 'other' }), 'other/fox.png', 'the argument wins');
    });
  }

  it('2.7 can be built from variables of the document', async () => {
    await openMarked('notes/deep/my notes.md', '|');
    const templates = {
      '${documentRelativeDirName}/${documentBaseName}-images': 'notes/deep/my notes-images/fox.png',
      '${documentDirName}/x': 'notes/deep/x/fox.png',
      '${documentWorkspaceFolder}/y': 'y/fox.png',
      '${documentFileName}.d/${fileExtName}': 'notes/deep/my notes.md.d/png/fox.png'.replace(
        'notes/deep/',
        '',
      ),
    };
    for (const [template, path] of Object.entries(templates)) {
      await set('imageGateway.output.directory', template);
      assert.equal(await place(), path, template);
    }
  });

  it('2.7 with variables and without a document is refused, and nothing is sent', async () => {
    await set('imageGateway.output.directory', '${documentBaseName}');
    await assert.rejects(place(), /which needs a document\. \[invalidArguments\]$/);
    assert.deepEqual(await used.gateway.requests(), []);
  });

  it('2.7 does not take a document outside the workspace for one inside', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '' });
    await vscode.window.showTextDocument(document);
    assert.equal(await place(), 'images/fox.png');
    await set('imageGateway.output.directory', '${documentRelativeDirName}/x');
    await assert.rejects(place(), /\[invalidArguments\]$/);
  });

  it('2.7 gives the file the name of the document where its template says so', async () => {
    await openMarked('notes/my notes.md', '|');
    await set('imageGateway.output.fileName', '${documentBaseName}-${prompt}');
    assert.equal(await place(), 'images/my notes-fox.png');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await assert.rejects(place(), /needs a document.*\[invalidArguments\]$/);
  });

  it('2.7 is that of markdown.copyFiles.destination for Markdown, where output.directory is not set', async () => {
    await set('markdown.copyFiles.destination', {
      'other/**/*.md': 'nowhere/',
      '/notes/**/*.md': '/media/${documentBaseName}/',
      '**/*': 'too late/',
    });
    await openMarked('notes/my notes.md', '|');
    assert.equal(await place(), 'media/my notes/fox.png');
    assert.equal(await place({ directory: 'given' }), 'given/fox.png', 'the argument wins');
    await set('imageGateway.output.directory', 'images');
    assert.equal(await place(), 'images/fox.png', 'the setting wins, also with the value of the default');
  });

  it('2.7 lets markdown.copyFiles.destination name the file, relative to the document', async () => {
    await set('markdown.copyFiles.destination', { '*.md': '../img/${documentBaseName}-${fileName}' });
    await openMarked('notes/deep/page.md', '|');
    assert.equal(await place(), 'notes/img/page-fox.png');
  });

  it('2.7 is not that of markdown.copyFiles.destination for other documents', async () => {
    await set('markdown.copyFiles.destination', { '**/*': 'media/' });
    await openMarked('notes/page.txt', '|');
    assert.equal(await place(), 'images/fox.png');
  });

  it('2.7 may be behind a link to another folder inside, where links can be followed', async function () {
    if ((await controlFile()).host === 'web') this.skip();
    await disk.write('real/folder/keep.txt', '');
    await disk.symlink('real/folder', 'linked');
    assert.equal(await place({ directory: 'linked' }), 'linked/fox.png');
    assert.deepEqual(await disk.list('real'), ['folder/fox.png', 'folder/keep.txt']);
  });
});

describe('2.7 an existing file', () => {
  const used = useGateway('saving-existing');
  leavesNoTrace();

  it('2.7 is never overwritten: the next number is taken', async () => {
    await disk.write('images/fox.png', 'mine');
    await disk.write('images/fox-2.png/keep.txt', 'a folder');
    await disk.symlink('nowhere.png', 'images/fox-3.png');
    const paths: string[] = [];
    for (let count = 0; count < 3; count++) paths.push(...savedPaths(await generate({ prompt: 'Fox' })));
    assert.deepEqual(paths, ['images/fox-1.png', 'images/fox-4.png', 'images/fox-5.png']);
    assert.equal(await disk.readText('images/fox.png'), 'mine');
    assert.deepEqual(await disk.list('images'), [
      ...['fox-1.png', 'fox-2.png/keep.txt', 'fox-3.png -> nowhere.png', 'fox-4.png', 'fox-5.png', 'fox.png'],
    ]);
  });

  it('2.7 is not overwritten where it came while the gateway was at work', async () => {
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const result = generate({ prompt: 'Fox' });
    await asked(used.gateway);
    await disk.write('images/fox.png', 'mine');
    await used.gateway.release();
    assert.deepEqual(savedPaths(await result), ['images/fox-1.png']);
    assert.equal(await disk.readText('images/fox.png'), 'mine');
  });

  it('2.7 is not overwritten by another of twenty requests of the same prompt that finish at once', async () => {
    const sizes = Array.from({ length: 20 }, (_, index) => `${index + 1}x7`);
    const replies = sizes.map((size) => ({ ...picturesReply(size), hang: 'untilReleased' as const }));
    await used.gateway.queue(imagesPath, ...replies);
    const all = Promise.all(sizes.map(() => generate({ prompt: 'Fox' })));
    // A browser opens no more than six connections to one server.
    await asked(used.gateway, (await controlFile()).host === 'web' ? 6 : 20);
    await used.gateway.release();
    const results = await all;
    const names = ['images/fox.png', ...sizes.slice(1).map((_, index) => `images/fox-${index + 1}.png`)];
    assert.deepEqual(results.flatMap(savedPaths).sort(), names.sort());
    for (const { images } of results) {
      const { uri, width } = images[0]!;
      const bytes = await vscode.workspace.fs.readFile(uri);
      assert.deepEqual(bytes, await makePicture(`${width}x7`), uri.path);
    }
    assert.equal(
      new Set(results.map(({ images }) => images[0]!.width)).size,
      20,
      'twenty different pictures',
    );
  });
});
