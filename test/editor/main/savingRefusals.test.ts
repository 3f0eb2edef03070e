// Nothing is written outside the workspace folder or into .git: refused before anything is sent, the disk unchanged.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { controlFile, disk } from '../../support/client.ts';
import {
  asked,
  generate,
  imagesPath,
  inRoot,
  leavesNoTrace,
  openMarked,
  picturesReply,
  root,
  useGateway,
} from '../../support/workspace.ts';

const sentence = /^[A-Z][^\n]{10,}[^.]\. \[invalidArguments\]$/;

describe('2.7 a directory that leaves the workspace or enters .git', () => {
  const used = useGateway('saving-refusals');
  const { set } = leavesNoTrace();
  let outside: string;

  beforeEach(async () => {
    const { temporary } = await disk.folders();
    outside = `${temporary}/outside`;
    await disk.write(`${outside}/keep.txt`, 'outside');
    await disk.write('.git/config', '[core]');
  });

  afterEach(() => disk.remove(outside));

  /** Nothing was sent, and nothing is new on the disk, inside and outside. */
  async function isRefused(args: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const before = await disk.list();
    const error = await assert.rejects(generate({ prompt: 'Fox', ...args }), sentence);
    assert.equal((error as { code?: unknown }).code, 'invalidArguments');
    assert.deepEqual(await used.gateway.requests(), [], 'something was sent');
    await isUnchanged(before);
  }

  async function isUnchanged(before: readonly string[]): Promise<void> {
    assert.deepEqual(await disk.list(), before, 'the workspace has changed');
    assert.deepEqual(await disk.list(outside), ['keep.txt'], 'the disk outside has changed');
    const { temporary } = await disk.folders();
    assert.deepEqual(
      (await vscode.workspace.fs.readDirectory(root().with({ path: temporary })))
        .map(([name]) => name)
        .sort(),
      ['data', 'home', 'outside', 'workspace'],
    );
  }

  const directories = {
    'by ..': [
      '..',
      '../outside',
      'images/../../outside',
      'a/b/../../../outside',
      'images/..',
      './..//outside',
      '.. /outside',
    ],
    'as an absolute path': [
      '/tmp',
      '//server/share',
      'C:/Windows',
      'c:\\Windows',
      '~/x',
      '\\\\server\\share',
      'D:x',
    ],
    'as a URL': ['file:///tmp/x', 'https://example.com/x', 'vscode-userdata:/x'],
    'with a backslash': ['..\\outside', 'images\\..\\..\\outside'],
    'as .git': ['.git', '.git/hooks', 'sub/.git', 'images/.git/x'],
    'as .git in disguise': [
      ...[
        '.GIT',
        '.Git/hooks',
        '.git ',
        '.git.',
        '.git. ./x',
        '.gi\u200ct',
        '\u2024git',
        '.ｇｉｔ',
        '.g\u0131t\u200d',
      ],
      ...['.git::$INDEX_ALLOCATION', '.git:x', 'git~1', 'GIT~1/hooks', 'GI7EB7~1'],
    ].filter((one) => !one.includes('\u0131')),
    'as a name that Windows keeps': ['con', 'aux.d', 'images/NUL', 'COM1/x', 'lpt¹'],
    'with characters nobody sees': ['a\u0000b', 'a\nb', '\u200b', '...', '. .'],
    'with a name that is too long': ['x'.repeat(300)],
  };
  for (const [how, paths] of Object.entries(directories)) {
    it(`2.7 ${how} is refused as an argument, before anything is sent`, async () => {
      for (const directory of paths) await isRefused({ directory });
    });

    it(`2.7 ${how} is refused in output.directory, before anything is sent`, async () => {
      for (const directory of paths) {
        // What a trim takes off says nothing.
        await set('imageGateway.output.directory', directory, vscode.ConfigurationTarget.Global);
        await isRefused();
      }
    });
  }

  it('2.7 is refused as a Uri, before anything is sent', async () => {
    const { temporary } = await disk.folders();
    const paths = [outside, temporary, `${root().path}/../outside`, `${root().path}/.git`, `${root().path}x`];
    for (const path of paths) await isRefused({ directory: root().with({ path }) });
    await isRefused({ directory: vscode.Uri.parse('untitled:images') });
    await isRefused({ directory: vscode.Uri.parse('https://example.com/images') });
    await isRefused({ directory: vscode.Uri.parse('vscode-userdata:/User') });
  });

  it('2.7 is refused as what a template comes to, before anything is sent', async () => {
    await openMarked('notes/.. outside.md', '|');
    const templates = [
      '${documentDirName}/../../outside',
      '${documentRelativeDirName}/../../x',
      '${documentWorkspaceFolder}x',
    ];
    templates.push(
      '${documentFilePath}/../../..',
      '/${documentBaseName}',
      '.g${fileExtName}/../.git',
      '${nope}',
    );
    templates.push('${documentBaseName/(a+)+$/../}', '${documentBaseName');
    for (const template of templates) {
      await set('imageGateway.output.directory', template);
      await isRefused();
    }
  });

  it('2.7 is refused as what markdown.copyFiles.destination comes to, before anything is sent', async () => {
    await openMarked('notes/page#.md', '|');
    const templates = [
      '../../outside/',
      '${documentWorkspaceFolder}/../outside/',
      '/../outside/',
      '/.git/hooks/',
      '../.GIT/${fileName}',
    ];
    templates.push(
      '/images/../../outside/x.png',
      'c:/Windows/',
      '${documentDirName}/../../',
      '${fileName/(a+)+$/x/}',
    );
    for (const template of templates) {
      await set('markdown.copyFiles.destination', { '**/*.md': template });
      await isRefused();
    }
  });

  it('2.7 is refused by way of the file name, before anything is sent', async () => {
    for (const fileName of ['../fox', 'a/b', '..\\fox', '${prompt', '${nope}', '${prompt/a/b/}'])
      await isRefused({ fileName });
  });

  it('2.7 is refused behind a link, before anything is sent', async () => {
    await disk.symlink(outside, 'absolute');
    await disk.symlink('../outside', 'relative');
    await disk.symlink('..', 'up');
    await disk.symlink('.git', 'harmless');
    await disk.symlink('nowhere', 'dangling');
    await disk.symlink(`${outside}/not-yet`, 'dangling-out');
    await disk.symlink('circle', 'circle');
    await disk.symlink('relative', 'chain');
    const directories = [
      'absolute',
      'relative/deep/er',
      'up/outside',
      'harmless',
      'harmless/hooks',
      'dangling',
    ];
    directories.push('dangling/x', 'dangling-out', 'circle', 'circle/x', 'chain', 'docs/../absolute', 'up');
    for (const directory of directories) {
      await isRefused({ directory });
      await isRefused({ directory: inRoot(directory) });
    }
  });

  it('2.7 is refused behind a link even inside, where links cannot be followed', async function () {
    if ((await controlFile()).host === 'node') this.skip();
    await disk.write('real/keep.txt', '');
    await disk.symlink('real', 'linked');
    await isRefused({ directory: 'linked' });
  });

  it('2.7 is refused where a file stands in its way, before anything is sent', async () => {
    await disk.write('images', 'a file');
    await isRefused();
    await isRefused({ directory: 'images/deep' });
    assert.equal(await disk.readText('images'), 'a file');
  });

  const swaps: Readonly<Record<string, () => Promise<void>>> = {
    'a link that leads out': () => disk.symlink(outside, 'images'),
    'a link into .git': () => disk.symlink('.git', 'images'),
    'a link to nowhere': () => disk.symlink(`${outside}/new`, 'images'),
    'a file': () => disk.write('images', 'a file'),
  };
  for (const [what, swap] of Object.entries(swaps)) {
    it(`2.7 is refused when it became ${what} while the gateway was at work`, async () => {
      await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
      const result = generate({ prompt: 'Fox' });
      await asked(used.gateway);
      await swap();
      const before = await disk.list();
      await used.gateway.release();
      await assert.rejects(result, sentence);
      await isUnchanged(before);
    });
  }
});

describe('2.7 a picture that cannot be written', () => {
  const used = useGateway('saving-failed');
  leavesNoTrace();

  it('2.7 fails with a sentence, and leaves nothing', async () => {
    // The directory is within the longest path that Linux takes, the file beyond it.
    const depth = 4080 - root().path.length;
    const segments = Array.from({ length: Math.floor(depth / 241) }, () => 'd'.repeat(240));
    segments.push('e'.repeat(depth - segments.join('/').length - 2));
    const directory = segments.join('/');
    const before = await disk.list();
    await assert.rejects(
      generate({ prompt: 'Fox and a name', directory }),
      /^The image was received but could not be written; .*\. \[saveFailed\]$/,
    );
    assert.equal((await used.gateway.requests(imagesPath)).length, 1);
    assert.deepEqual(await disk.list(), before);
  });
});
