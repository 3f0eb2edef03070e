// The quick fix of a link to an image that is not there, in every language, with the file and the document afterwards.
import * as vscode from 'vscode';
import { inspectImage } from '../../../src/core/image/inspect.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import {
  closeEditors,
  leavesAsFound,
  onlyBody,
  posts,
  set,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { imagesPath } from '../../support/panelKit.ts';

let documents = 0;

/** Opens a document of its own name, and puts the cursor where `|` stands in the text. */
async function open(path: string, marked: string): Promise<vscode.TextEditor> {
  const uri = workspaceUri(path.replace('#', String(++documents)));
  const offset = marked.indexOf('|');
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(marked.replace('|', '')));
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/** The quick fixes of this extension at the cursor. */
async function fixes(editor: vscode.TextEditor): Promise<vscode.CodeAction[]> {
  const ask = () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      editor.selection,
      vscode.CodeActionKind.QuickFix.value,
    );
  // The window cancels what is asked while the document's language is still being loaded.
  const actions = await Promise.resolve(ask()).catch(ask);
  return actions.filter(({ title }) => title.startsWith('Generate this image'));
}

/** Runs the fix as a click on it does. */
function apply({ command }: vscode.CodeAction): Thenable<unknown> {
  return vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
}

async function pictureAt(path: string) {
  const facts = inspectImage(await vscode.workspace.fs.readFile(workspaceUri(path)));
  return `${facts?.format} ${facts?.width}x${facts?.height}`;
}

/** A picture by its structure whose pixels are damaged, as base64. */
async function damagedPicture(): Promise<string> {
  const damaged = new Uint8Array(await makePicture('64x48'));
  damaged.fill(0, 45, 60);
  return btoa(Array.from(damaged, (byte) => String.fromCharCode(byte)).join(''));
}

describe('6.1 the quick fix of a missing image', () => {
  leavesAsFound();
  let gateway: TestGateway;

  before(async () => {
    // The editor drops what is asked while another extension registers its fixes, and asks again by itself.
    const editor = await open('missing-#.md', '![first|](first.png)\n');
    await assert.eventually(async () => (await fixes(editor)).length === 1, 'the language is loaded');
    await closeEditors();
    await vscode.workspace.fs.delete(editor.document.uri);
  });

  beforeEach(async function () {
    await needsUi(this);
    // The first document of a language starts the extension, and is not waited for.
    await vscode.extensions.getExtension('image-gateway.image-gateway')!.activate();
    ({ gateway } = await useGateway('missing'));
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: pngBase64('64x48 #ff8800') }] } });
  });

  const cases: readonly (readonly [
    name: string,
    path: string,
    marked: string,
    file: string,
    prompt: string,
    picture: string,
  ])[] = [
    [
      'Markdown',
      'notes/missing-#.md',
      '# Foxes\n\nThey sleep.\n\n![A red| fox](art/fox1.webp)\n',
      'notes/art/fox1.webp',
      'A red fox',
      'webp 64x48',
    ],
    [
      'a reference of Markdown',
      'missing-#.md',
      '![A red fox][fo|x]\n\n[fox]: art/my%20fox2.jpg "Fox"\n',
      'art/my fox2.jpg',
      'A red fox',
      'jpeg 64x48',
    ],
    [
      'HTML in Markdown',
      'missing-#.md',
      'Text.\n\n<img src="ar|t/fox3.png" alt="A red fox" width="32" height="24">\n',
      'art/fox3.png',
      'A red fox',
      'png 32x24',
    ],
    [
      'front matter',
      'missing-#.md',
      '---\ntitle: Foxes of the north\nimage: art/|cover.png\n---\n\nText.\n',
      'art/cover.png',
      'Foxes of the north',
      'png 64x48',
    ],
    [
      'MDX',
      'missing-#.mdx',
      'Text.\n\n<img src="./fo|x5.png" alt="A red fox" />\n',
      'fox5.png',
      'A red fox',
      'png 64x48',
    ],
    [
      'HTML',
      'missing-#.html',
      '<!doctype html><img src="a.p|ng" alt="A red fox" width=40 height=30>',
      'a.png',
      'A red fox',
      'png 40x30',
    ],
    [
      'an icon of HTML',
      'missing-#.html',
      '<!doctype html><link rel="icon" sizes="48x48" href="red-fo|x.png">',
      'red-fox.png',
      'red fox',
      'png 48x48',
    ],
    [
      'CSS',
      'missing-#.css',
      '.den { background: url("red-fo|x.webp"); }',
      'red-fox.webp',
      'red fox',
      'webp 64x48',
    ],
    [
      'a web manifest',
      'missing-#.webmanifest',
      '{ "name": "Foxes", "icons": [{ "src": "de|n.png", "sizes": "96x96" }] }',
      'den.png',
      'Foxes',
      'png 96x96',
    ],
    [
      'TSX, from the root of the site',
      'app/missing-#.tsx',
      'export const Den = () => <img src="/art/fo|x10.png" alt="A red fox" width={32} height={24} />;',
      'app/public/art/fox10.png',
      'A red fox',
      'png 32x24',
    ],
    [
      'Vue',
      'missing-#.vue',
      '<template><img src="./fo|x11.png" alt="A red fox"></template>',
      'fox11.png',
      'A red fox',
      'png 64x48',
    ],
    [
      'Svelte',
      'missing-#.svelte',
      '<img src="fo|x12.png" alt="A red fox" />',
      'fox12.png',
      'A red fox',
      'png 64x48',
    ],
    [
      'Astro',
      'missing-#.astro',
      '---\nconst x = 1;\n---\n<img src="fo|x13.png" alt="A red fox" />',
      'fox13.png',
      'A red fox',
      'png 64x48',
    ],
  ];
  for (const [name, path, marked, file, prompt, picture] of cases)
    it(`6.1 writes exactly the file that is named in ${name}`, async () => {
      if (path.startsWith('app/')) await vscode.workspace.fs.createDirectory(workspaceUri('app/public'));
      const editor = await open(path, marked);
      const [fix] = await fixes(editor);
      assert.equal(fix?.title, 'Generate this image');
      const done = apply(fix!);
      const box = await ui.quickInput();
      assert.equal(box?.value, prompt);
      await ui.answerInput();
      await done;
      assert.equal(await pictureAt(file), picture);
      const { document } = editor;
      assert.equal(document.getText(), marked.replace('|', ''), 'the document stays');
      assert.equal((await posts(gateway)).length, 1);
      assert.deepEqual(await fixes(editor), [], 'nothing is missing any more');
    });

  it('6.1 shows what goes along with the prompt, and leaves it out where it is not wanted', async () => {
    const editor = await open('missing-#.md', '# Foxes\n\nThey sleep all winter.\n\n![A fox|](winter.png)\n');
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    const box = await ui.quickInput();
    assert.includes(box?.message ?? '', 'With it goes: “Foxes — They sleep all winter.”');
    await ui.answerInput('a sleeping fox');
    await done;
    const { prompt } = await onlyBody(gateway);
    assert.includes(String(prompt), 'a sleeping fox');
    assert.includes(String(prompt), 'Foxes — They sleep all winter.');
  });

  it('6.1 changes the link to what is delivered where its name is of no format that is written', async () => {
    const editor = await open('missing-#.md', 'Before ![A fox|](art/fox.gif?v=2 "Fox") after.\n');
    const [fix] = await fixes(editor);
    assert.equal(fix?.title, 'Generate this image as fox.png, and change the link');
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    await done;
    assert.equal(await pictureAt('art/fox.png'), 'png 64x48');
    assert.equal(editor.document.getText(), 'Before ![A fox](art/fox.png?v=2 "Fox") after.\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'Before ![A fox](art/fox.gif?v=2 "Fox") after.\n');
  });

  it('6.1 fills a file without a byte, and leaves one that is there alone', async () => {
    await vscode.workspace.fs.writeFile(workspaceUri('empty.png'), new Uint8Array());
    const empty = await open('missing-#.md', '![A fox|](empty.png)\n');
    const [fix] = await fixes(empty);
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    await done;
    assert.equal(await pictureAt('empty.png'), 'png 64x48');
    assert.deepEqual(await fixes(await open('missing-#.md', '![A fox|](empty.png)\n')), []);
  });

  it('6.1 overwrites nothing that came into its place meanwhile', async () => {
    const editor = await open('missing-#.md', '![A fox|](late.png)\n');
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    await ui.quickInput();
    await vscode.workspace.fs.writeFile(workspaceUri('late.png'), new Uint8Array([1]));
    await ui.answerInput();
    await done;
    await ui.waitForNotification('late.png is there by now, and nothing is overwritten');
    assert.deepEqual([...(await vscode.workspace.fs.readFile(workspaceUri('late.png')))], [1]);
    assert.deepEqual(await posts(gateway), [], 'requests');
  });

  it('6.1 overwrites nothing that came while the gateway was at work', async () => {
    await gateway.reply(imagesPath, {
      json: { data: [{ b64_json: pngBase64('64x48 #ff8800') }] },
      hang: 'untilReleased',
    });
    const editor = await open('missing-#.md', '![A fox|](later.png)\n');
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request');
    await vscode.workspace.fs.writeFile(workspaceUri('later.png'), new Uint8Array([1]));
    await gateway.release();
    await done;
    await ui.waitForNotification('later.png is there by now, and nothing is overwritten');
    assert.deepEqual([...(await vscode.workspace.fs.readFile(workspaceUri('later.png')))], [1]);
  });

  it('6.1 writes nothing where what came cannot be converted; it is kept', async () => {
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: await damagedPicture() }] } });
    const editor = await open('missing-#.md', '![A fox|](unconverted.webp)\n');
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    assert.includes((await ui.waitForDialog()).text, 'What came is PNG and could not be converted');
    await ui.clickDialog('Cancel');
    await done;
    await ui.waitForNotification(
      'unconverted.webp was not written: what came is PNG and could not be converted.',
    );
    assert.deepEqual(
      (await disk.list()).filter((file) => file.includes('unconverted')),
      [],
    );
    assert.equal(editor.document.getText(), '![A fox](unconverted.webp)\n');
  });

  it('6.1 saves what came as it is, and changes the link, where the person wants that', async () => {
    const editor = await open('missing-#.md', 'Before ![A fox|](renamed.webp) after\n');
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: await damagedPicture() }] } });
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    await ui.waitForDialog();
    await ui.clickDialog('Save as renamed.png and Change the Link');
    await done;
    assert.equal(await pictureAt('renamed.png'), 'png 64x48');
    assert.equal(editor.document.getText(), 'Before ![A fox](renamed.png) after\n');
  });

  for (const [name, path, marked] of [
    ['an SVG', 'missing-#.md', '![A fox|](fox.svg)\n'],
    ['an address elsewhere', 'missing-#.md', '![A fox|](https://example.com/fox.png)\n'],
    ['a place outside of the workspace', 'missing-#.md', '![A fox|](../../fox.png)\n'],
    ['git’s own folder', 'missing-#.md', '![A fox|](.git/fox.png)\n'],
    ['an expression', 'missing-#.tsx', 'export const Den = () => <img src={`/${na|me}.png`} />;'],
    ['a link that is only being typed', 'missing-#.md', '![A fox|](\n'],
  ] as const)
    it(`6.1 is not offered for ${name}`, async () => {
      assert.deepEqual(
        (await fixes(await open(path, marked))).map(({ title }) => title),
        [],
      );
    });

  it('6.1 is one keystroke and Enter away, at VS Code’s own diagnostic, too', async () => {
    await set('markdown.validate.enabled', true);
    const editor = await open('missing-#.md', '![A fox](diag|nosed.png)\n');
    const diagnosed = () => vscode.languages.getDiagnostics(editor.document.uri);
    await assert.eventually(() => diagnosed().length > 0, 'the diagnostic', 20_000);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await ui.press('Control+.');
    const list = { selector: '.action-widget', text: 'Generate this image', within: 'workbench' } as const;
    await ui.waitFor(list);
    await ui.press('Enter');
    assert.equal((await ui.quickInput())?.title, 'Generate Missing Image');
    await ui.answerInput();
    await assert.eventually(async () => (await disk.list()).includes('diagnosed.png'), 'the file');
    await assert.eventually(() => diagnosed().length === 0, 'the diagnostic is gone', 20_000);
  });

  it('6.6 shows the picture in the open preview at once', async () => {
    const editor = await open('missing-#.md', '![A fox|](previewed.png)\n');
    await vscode.commands.executeCommand('markdown.showPreviewToSide');
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    const [fix] = await fixes(editor);
    const done = apply(fix!);
    await ui.quickInput();
    await ui.answerInput();
    await done;
    assert.ok((await disk.list()).includes('previewed.png'));
    const picture = {
      selector: 'img[alt="A fox"]',
      within: { webview: 'vscode.markdown-language-features' },
    } as const;
    await assert.eventually(async () => {
      const { box } = await ui.inspect(picture);
      return box !== undefined && Math.round(box.width) === 64 && Math.round(box.height) === 48;
    }, 'the preview shows the picture in its size');
  });
});
