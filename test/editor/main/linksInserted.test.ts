// The link in a Markdown document: what is written, and when.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, ui } from '../../support/client.ts';
import {
  asked,
  generate,
  imagesPath,
  inRoot,
  leavesNoTrace,
  openMarked,
  picturesReply,
  savedPaths,
  select,
  useGateway,
} from '../../support/workspace.ts';

/** What the built-in Markdown support makes of a document's text. */
async function rendered(document: vscode.TextDocument): Promise<string> {
  return vscode.commands.executeCommand<string>('markdown.api.render', document.getText());
}

describe('2.8 the link in a Markdown document', () => {
  const used = useGateway('links-inserted');
  const { set } = leavesNoTrace();
  const insert = (prompt: string, args: Readonly<Record<string, unknown>> = {}) =>
    generate({ prompt, insertLink: true, ...args });

  const documents: readonly [document: string, directory: string | undefined, target: string][] = [
    ['notes/page#.md', undefined, '../images/fox.png'],
    ['page#.md', undefined, 'images/fox.png'],
    ['notes/a/b/page.md', 'notes/pictures', '../../pictures/fox.png'],
    ['notes/page#.md', 'notes', 'fox.png'],
    ['my notes/page.md', 'my notes/über (1) 100%', '%C3%BCber%20%281%29%20100%25/fox.png'],
  ];
  for (const [path, directory, target] of documents) {
    it(`2.8 in ${path} leads to ${directory ?? 'images'} by the relative path ${target}`, async () => {
      const { document } = await openMarked(path, '# Page\n\n|\n\nEnd\n');
      const result = await insert('Fox', directory === undefined ? {} : { directory });
      assert.equal(document.getText(), `# Page\n\n![Fox](${target})\n\nEnd\n`);
      assert.deepEqual(result.notices, []);
      const resolved = vscode.Uri.joinPath(document.uri, '..', ...decodeURIComponent(target).split('/'));
      assert.equal(resolved.toString(), result.images[0]?.uri.toString());
    });
  }

  it('2.8 percent-encodes a name in another script', async () => {
    const { document } = await openMarked('notes/page#.md', '|');
    await insert('Лиса 狐');
    const name = `${encodeURIComponent('лиса-狐')}.png`;
    assert.equal(document.getText(), `![Лиса 狐](../images/${name})`);
    assert.includes(await rendered(document), `src="../images/${name}"`);
  });

  it('2.8 is written after the file exists, whole', async () => {
    const editor = await openMarked('notes/page#.md', '|');
    const picture = await makePicture('300x200');
    await used.gateway.reply(imagesPath, picturesReply('300x200'));
    const seen = new Promise<Uint8Array>((resolve, reject) => {
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== editor.document) return;
        listener.dispose();
        vscode.workspace.fs.readFile(inRoot('images/fox.png')).then(resolve, reject);
      });
    });
    await insert('Fox');
    assert.deepEqual(await seen, picture);
  });

  it('2.8 is not written where the file could not be', async () => {
    const { document } = await openMarked('notes/page#.md', 'Text |');
    await used.gateway.reply(imagesPath, picturesReply(btoa('no picture')));
    await assert.rejects(insert('Fox'));
    assert.equal(document.getText(), 'Text ');
    assert.equal(document.isDirty, false);
  });

  const hostile = [
    'x](https://evil.example/x) [a] <b onload=1> $TM_FILEPATH ${CLIPBOARD} ${1:y} *c* _d_ `e` \\',
    'one\ntwo\r\n\r\n# three\u2028four\u202e five \u200b',
    '![x](y) {{mdx}} {jsx} | table $math$ &lt; &#60; <!-- c -->',
    ']: https://evil.example "title',
  ];
  for (const untouched of [true, false]) {
    for (const prompt of hostile) {
      const how = untouched ? 'as a placeholder' : 'as plain text';
      it(`2.8 has the prompt for its alternative text, escaped (${how}): ${JSON.stringify(prompt)}`, async () => {
        await vscode.env.clipboard.writeText('FROM THE CLIPBOARD');
        const editor = await openMarked('notes/page#.md', 'Start |end');
        await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
        const done = insert(prompt, { fileName: 'fox' });
        await asked(used.gateway);
        if (!untouched) await select(editor, '|Start end');
        await used.gateway.release();
        await done;
        const text = editor.document.getText();
        assert.match(text, /^Start !\[[^\n\r]*\]\(\.\.\/images\/fox\.png\)end$/);
        assert.ok(
          !text.includes('FROM THE CLIPBOARD') && !text.includes('page.md'),
          'a variable was filled in',
        );
        const html = await rendered(editor.document);
        const images = [...html.matchAll(/<img [^>]*>/g)].map(([tag]) => tag);
        assert.equal(images.length, 1, html);
        // It leaves out escaped characters of an alternative text; test/unit/markdownLink.test.ts checks the words.
        assert.includes(images[0]!, 'src="../images/fox.png"');
        assert.ok(!html.includes('<a ') && !html.includes('<b') && !html.includes('<em'), html);
      });
    }
  }

  it('2.8 is taken out by one undo, with the line breaks around it', async () => {
    const before = '# Page\n\nA fox asleep.\n';
    const { document } = await openMarked('notes/page#.md', '# Page\n\n^A fox asleep.|\n');
    await vscode.commands.executeCommand('imageGateway.generateFromSelection', {
      prompt: 'Fox',
      n: 2,
      insertLink: true,
    });
    assert.ok(document.getText() !== before, 'nothing was inserted');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('2.8 of several pictures are lines of one edit', async () => {
    const { document } = await openMarked('notes/page#.md', 'Start\n\n|');
    let edits = 0;
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) edits++;
    });
    const result = await insert('Fox', { n: 2 });
    listener.dispose();
    assert.deepEqual(savedPaths(result), ['images/fox.png', 'images/fox-1.png']);
    assert.equal(document.getText(), 'Start\n\n![Fox](../images/fox.png)\n![Fox](../images/fox-1.png)');
    assert.equal(edits, 1);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'Start\n\n');
  });

  it('2.8 keeps the line ends of a document with CRLF', async () => {
    const { document } = await openMarked('notes/page#.md', '# Page\r\n\r\n^A fox|\r\n\r\nEnd\r\n');
    await vscode.commands.executeCommand('imageGateway.generateFromSelection', {
      prompt: 'Fox',
      n: 2,
      insertLink: true,
    });
    const links = '![Fox](../images/fox.png)\r\n![Fox](../images/fox-1.png)';
    assert.equal(document.getText(), `# Page\r\n\r\nA fox\r\n\r\n${links}\r\n\r\nEnd\r\n`);
  });

  const selections: readonly [marked: string, expected: string][] = [
    ['^A fox|\n\nEnd', 'A fox\n\nLINK\n\nEnd'],
    ['See ^a fox| here', 'See a fox LINK here'],
    ['^one\ntwo| three', 'one\ntwo LINK three'],
  ];
  for (const [marked, expected] of selections) {
    it(`2.8 stands after the selection that it was made from: ${JSON.stringify(marked)}`, async () => {
      const { document } = await openMarked('notes/page#.md', marked);
      await vscode.commands.executeCommand('imageGateway.generateFromSelection', {
        prompt: 'Fox',
        insertLink: true,
      });
      assert.equal(document.getText(), expected.replace('LINK', '![Fox](../images/fox.png)'));
    });
  }

  it('2.8 leads from an untitled document as from the workspace folder', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '' });
    await vscode.window.showTextDocument(document);
    await insert('Fox');
    assert.equal(document.getText(), '![Fox](images/fox.png)');
  });

  it('2.8 follows markdown.insertLink for calls with prompt: always inserts, ask and never do not', async () => {
    for (const [value, text] of Object.entries({ always: '![Fox](../images/fox.png)', ask: '', never: '' })) {
      await set('imageGateway.markdown.insertLink', value);
      const { document } = await openMarked(`notes/${value}#.md`, '|');
      await disk.remove('images');
      await generate({ prompt: 'Fox' });
      assert.equal(document.getText(), text, value);
    }
  });

  it('2.8 is not inserted where the argument says no, whatever the setting says', async () => {
    await set('imageGateway.markdown.insertLink', 'always');
    const { document } = await openMarked('notes/page#.md', '|');
    await generate({ prompt: 'Fox', insertLink: false });
    assert.equal(document.getText(), '');
  });

  it('2.8 is not inserted into other documents', async () => {
    for (const path of ['notes/page#.txt', 'notes/page#.ts', 'notes/page#.json']) {
      const { document } = await openMarked(path, '|');
      const { notices, images } = await insert('Fox');
      assert.equal(document.getText(), '', path);
      assert.equal(images.length, 1);
      assert.deepEqual(
        notices.map(({ code }) => code),
        ['linkNotInserted'],
      );
    }
  });

  it('2.8 is drawn by the built-in preview', async function () {
    await needsUi(this);
    await openMarked('notes/page#.md', '|');
    await insert('A fox (asleep)', { directory: 'my pictures' });
    await vscode.commands.executeCommand('markdown.showPreview');
    const width = `document.querySelector('img')?.naturalWidth`;
    await assert.eventually(
      async () => (await ui.evaluate(width, { webview: 'vscode.markdown-language-features' })) === 64,
      'the preview shows the picture',
    );
  });
});
