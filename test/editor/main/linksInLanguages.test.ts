// Links in documents of every language, at several places, and where no text editor is.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import {
  generate,
  imagesPath,
  inRoot,
  leavesNoTrace,
  openMarked,
  picturesReply,
  select,
  useGateway,
} from '../../support/workspace.ts';

describe('6.3 links in every language', () => {
  const used = useGateway('links-languages');
  const { set } = leavesNoTrace();
  const insert = (prompt = 'Fox', args: Readonly<Record<string, unknown>> = {}) =>
    generate({ prompt, insertLink: true, ...args });

  const cases: readonly (readonly [path: string, marked: string, text: string])[] = [
    ['notes/page#.mdx', 'See |.', 'See ![Fox](../images/fox.png).'],
    ['notes/page#.html', '<p>|</p>', '<p><img src="../images/fox.png" alt="Fox"></p>'],
    ['notes/page#.vue', '<p>|</p>', '<p><img src="../images/fox.png" alt="Fox"></p>'],
    ['notes/page#.tsx', 'const a = |;', 'const a = <img src="../images/fox.png" alt="Fox" />;'],
    ['notes/page#.css', 'a { background: |; }', 'a { background: url("../images/fox.png"); }'],
    ['notes/page#.adoc', '|', 'image::../images/fox.png["Fox"]'],
    ['notes/page#.rst', '|', '.. image:: ../images/fox.png\n   :alt: Fox\n'],
    ['notes/page#.tex', '|', '\\includegraphics[width=\\linewidth,alt={Fox}]{../images/fox.png}'],
    ['notes/page#.typ', '|', '#image("../images/fox.png", alt: "Fox")'],
  ];
  for (const [path, marked, text] of cases)
    it(`6.3 are written in ${path.replace('#', '')} as its language has it`, async () => {
      const { document } = await openMarked(path, marked);
      const { notices } = await insert();
      assert.deepEqual(notices, []);
      assert.equal(document.getText(), text);
    });

  it('6.3 lead to files that a site serves by their address there, in a language of sites', async () => {
    const { document } = await openMarked('notes/page#.html', '|');
    await insert('Fox', { directory: 'public/art' });
    assert.equal(document.getText(), '<img src="/art/fox.png" alt="Fox">');
  });

  it('6.3 are what a template of the settings says, with hostile words escaped', async () => {
    await set('imageGateway.link.templates', { plaintext: '(${path}: ${alt})' });
    const { document } = await openMarked('notes/page#.txt', '|');
    await insert('a ${CLIPBOARD} <b>');
    assert.match(document.getText(), /^\(\.\.\/images\/a-clipboard-b\.png: a CLIPBOARD b\)$/);
  });

  it('6.3 are not made by a template that asks the editor for more', async () => {
    await set('imageGateway.link.templates', { plaintext: '${path} ${CLIPBOARD}' });
    const { document } = await openMarked('notes/page#.txt', '|');
    const { notices } = await insert();
    assert.equal(document.getText(), '');
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['linkNotInserted'],
    );
  });

  it('6.3 stand after every selection', async () => {
    const editor = await openMarked('notes/page#.md', 'one two');
    await select(editor, '^one| two', 'one ^two|');
    await insert();
    assert.equal(editor.document.getText(), 'one ![Fox](../images/fox.png) two\n\n![Fox](../images/fox.png)');
  });

  it('6.3 of several pictures are several links, in their order', async () => {
    await used.gateway.reply(imagesPath, picturesReply('4x4', '6x6'));
    const { document } = await openMarked('notes/page#.html', '|');
    await insert('Fox', { n: 2 });
    assert.equal(
      document.getText(),
      '<img src="../images/fox.png" alt="Fox">\n<img src="../images/fox-1.png" alt="Fox">',
    );
  });

  it('6.3 of one request after the other stand in their order, until the cursor is moved', async () => {
    const editor = await openMarked('notes/page#.md', 'Foxes |here.');
    await insert('one');
    await insert('two');
    await insert('three');
    const links = ['one', 'two', 'three'].map((name) => `![${name}](../images/${name}.png)`).join('\n');
    assert.equal(editor.document.getText(), `Foxes ${links}here.`);
    const end = editor.document.positionAt(editor.document.getText().length);
    // As Go to Line and extensions move it.
    editor.selection = new vscode.Selection(end, end);
    await insert('four');
    assert.equal(editor.document.getText(), `Foxes ${links}here.![four](../images/four.png)`);
  });

  it('6.3 of the next request stands where the cursor was put while the first was at work', async () => {
    const editor = await openMarked('notes/page#.md', '|one two');
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const first = insert('one');
    await assert.eventually(async () => (await used.gateway.requests()).length > 0, 'the request');
    await select(editor, 'one two|');
    await used.gateway.release();
    await first;
    await used.gateway.reply(imagesPath, picturesReply('4x4'));
    await insert('two');
    assert.equal(editor.document.getText(), '![one](../images/one.png)one two![two](../images/two.png)');
  });

  it('6.3 stand in an untitled document by the path from the workspace folder', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '' });
    await vscode.window.showTextDocument(document);
    await insert();
    assert.equal(document.getText(), '![Fox](images/fox.png)');
  });

  it('6.3 stand in a document of a file that is not there yet by the path from its folder', async () => {
    const uri = inRoot('notes/new.md').with({ scheme: 'untitled' });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await insert();
    assert.equal(document.getText(), '![Fox](../images/fox.png)');
  });

  it('6.3 stand in a Markdown cell of a notebook by the path from the notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'Foxes', 'markdown');
    const uri = inRoot('notes/book.ipynb');
    const book = {
      cells: [{ cell_type: 'markdown', metadata: {}, source: [cell.value] }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 2,
    };
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(book)));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const { document } = notebook.cellAt(0);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    await assert.eventually(() => vscode.window.activeTextEditor?.document === document, 'the cell’s editor');
    await insert();
    assert.includes(document.getText(), '![Fox](../images/fox.png)');
  });

  it('6.3 stand at the end of a document that is shown without a text editor', async function () {
    await needsUi(this);
    const uri = inRoot('notes/shown.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('# Foxes\n'));
    await vscode.commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
    await assert.eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom,
      'the preview as an editor',
    );
    assert.equal(vscode.window.activeTextEditor, undefined);
    await insert();
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), '# Foxes\n\n![Fox](../images/fox.png)');
  });

  it('6.3 where the setting for copied files says to overwrite, nothing is, and that is told', async () => {
    await set('markdown.copyFiles.destination', { '**/*.md': 'pics/' });
    await set('markdown.copyFiles.overwriteBehavior', 'overwrite');
    const { document } = await openMarked('notes/page#.md', '|');
    const first = await insert();
    assert.deepEqual(first.notices, []);
    const second = await insert();
    assert.deepEqual(
      second.notices.map(({ code }) => code),
      ['notOverwritten'],
    );
    assert.equal(document.getText(), '![Fox](pics/fox.png)\n![Fox](pics/fox-1.png)');
  });

  it('6.4 are offered to copy where the language has none; a comment is the prompt without its marks', async function () {
    await needsUi(this);
    const editor = await openMarked('notes/page#.ts', '^// A red fox\n// asleep|\n');
    const done = vscode.commands.executeCommand('imageGateway.generateFromSelection');
    assert.equal((await ui.quickInput())?.value, 'A red fox asleep');
    await ui.answerInput();
    await done;
    const { buttons } = await ui.waitForNotification('Saved images/a-red-fox-asleep.png.');
    assert.deepEqual(buttons, ['Open', 'Copy Link']);
    await ui.clickNotification('Saved images/a-red-fox-asleep.png.', 'Copy Link');
    await assert.eventually(
      async () =>
        (await vscode.env.clipboard.readText()) === '![A red fox asleep](../images/a-red-fox-asleep.png)',
      'the link',
    );
    assert.equal(editor.document.getText(), '// A red fox\n// asleep\n');
    await ui.clearNotifications();
  });

  it('6.5 say what the model says of the picture, in a placeholder', async () => {
    await used.gateway.reply(imagesPath, {
      json: {
        data: [
          {
            b64_json: (picturesReply('4x4').json as { data: { b64_json: string }[] }).data[0]!.b64_json,
            revised_prompt: 'A red fox curled up in fresh snow. Flat colours.',
          },
        ],
      },
    });
    const editor = await openMarked('notes/page#.md', '|');
    const { images } = await insert();
    assert.equal(images[0]?.alt, 'A red fox curled up in fresh snow');
    assert.equal(editor.document.getText(), '![A red fox curled up in fresh snow](../images/fox.png)');
    assert.equal(editor.document.getText(editor.selection), 'A red fox curled up in fresh snow');
  });
});
