// The place of the link while the person goes on typing, and their cursor.
import * as vscode from 'vscode';
import type { GenerateResult } from '../../../src/host/imageCall.ts';
import * as assert from '../../support/assert.ts';
import {
  asked,
  generate,
  imagesPath,
  leavesNoTrace,
  openMarked,
  picturesReply,
  select,
  useGateway,
} from '../../support/workspace.ts';

const link = '![Fox](../images/fox.png)';

describe('2.8 the place of the link', () => {
  const used = useGateway('links-tracked');
  leavesNoTrace();

  /** Asks for a picture, acts while the gateway is at work, and lets it answer. */
  async function whileAtWork(act: () => Thenable<unknown>): Promise<GenerateResult> {
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const done = generate({ prompt: 'Fox', insertLink: true });
    await asked(used.gateway);
    await act();
    await used.gateway.release();
    return done;
  }

  const codes = ({ notices }: GenerateResult) => notices.map(({ code }) => code);
  const at = (document: vscode.TextDocument, text: string) =>
    document.positionAt(document.getText().indexOf(text));

  it('2.8 is followed while the person types before and after it', async () => {
    const editor = await openMarked('notes/page#.md', '# Page\n\nbefore |after\n\nEnd\n');
    const { document } = editor;
    const result = await whileAtWork(async () => {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A line more\n\n'));
      await editor.edit((edit) => edit.insert(at(document, 'End'), 'more words, '));
      await select(editor, document.getText().replace('Page', 'Pa|ge'));
      await vscode.commands.executeCommand('type', { text: 'XYZ' });
      await editor.edit((edit) =>
        edit.replace(new vscode.Range(at(document, 'fore'), at(document, 'after')), '- '),
      );
    });
    assert.deepEqual(codes(result), []);
    assert.equal(document.getText(), `A line more\n\n# PaXYZge\n\nbe- ${link}after\n\nmore words, End\n`);
  });

  it('2.8 is before what the person types at it', async () => {
    const editor = await openMarked('notes/page#.md', 'before |after');
    await whileAtWork(async () => vscode.commands.executeCommand('type', { text: 'typed on ' }));
    assert.equal(editor.document.getText(), `before ${link}typed on after`);
  });

  it('2.8 is followed through edits that others make, in the background', async () => {
    const editor = await openMarked('notes/page#.md', 'one\ntwo\nthree |four');
    const { document } = editor;
    await openMarked('notes/other#.md', 'elsewhere|');
    await vscode.window.showTextDocument(document);
    await select(editor, 'one\ntwo\nthree |four');
    const result = await whileAtWork(async () => {
      await openMarked('notes/other#.md', 'the person is here|');
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, 0, 3), '1\n1');
      edit.replace(document.uri, new vscode.Range(1, 0, 2, 0), '');
      await vscode.workspace.applyEdit(edit);
    });
    assert.deepEqual(codes(result), []);
    assert.equal(document.getText(), `1\n1\nthree ${link}four`);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'the person is here');
  });

  it('2.8 is followed when the line ends change', async () => {
    const editor = await openMarked('notes/page#.md', 'one\ntwo\nthree |four');
    const result = await whileAtWork(() => editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF)));
    assert.deepEqual(codes(result), []);
    assert.equal(editor.document.getText(), `one\r\ntwo\r\nthree ${link}four`);
  });

  it('2.8 is found while the person types without a pause', async () => {
    const editor = await openMarked('notes/page#.md', 'X\n\n|\n\nend');
    let typist: Promise<void> | undefined;
    const keys = 100;
    const result = await whileAtWork(async () => {
      await select(editor, 'X|\n\n\n\nend');
      typist = (async () => {
        // Without waiting for anything else: an edit made for one state of the document meets the next.
        for (let typed = 0; typed < keys; typed++)
          await vscode.commands.executeCommand('type', { text: 'x' });
      })();
    });
    await typist;
    assert.deepEqual(result.notices, []);
    assert.equal(editor.document.getText(), `X${'x'.repeat(keys)}\n\n${link}\n\nend`);
  });

  it('2.8 is lost when the text around it is deleted: nothing is inserted, with a notice', async () => {
    const editor = await openMarked('notes/page#.md', 'keep\n\ndelete |me\n\nkeep');
    const { document } = editor;
    const result = await whileAtWork(() =>
      editor.edit((edit) => edit.delete(new vscode.Range(at(document, 'lete'), at(document, 'e\n\nkeep')))),
    );
    assert.deepEqual(codes(result), ['linkNotInserted']);
    assert.equal(result.images.length, 1, 'the picture is saved all the same');
    assert.equal(document.getText(), 'keep\n\ndee\n\nkeep');
  });

  it('2.8 is gone when the document was closed: nothing is inserted, with a notice', async () => {
    const editor = await openMarked('notes/page#.md', 'text |');
    const { uri } = editor.document;
    const result = await whileAtWork(async () => {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(uri);
      await assert.eventually(() => editor.document.isClosed, 'the document is closed', 30_000);
    });
    assert.deepEqual(codes(result), ['linkNotInserted']);
    assert.equal(result.images.length, 1);
  });
});

describe('2.8 the cursor', () => {
  const used = useGateway('links-cursor');
  leavesNoTrace();

  /** Types something at the end while the gateway is at work, so that the link is a plain edit; returns the selections. */
  async function selectionsAfter(
    editor: vscode.TextEditor,
    selections: readonly string[],
  ): Promise<string[]> {
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const done = generate({ prompt: 'Fox', insertLink: true });
    await asked(used.gateway);
    const { document } = editor;
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), '!'));
    await select(editor, ...selections.map((one) => `${one}!`));
    await used.gateway.release();
    const { notices } = await done;
    assert.deepEqual(notices, []);
    // The window tells the extension host of selections; a command's answer comes after what it told before.
    await vscode.commands.executeCommand('setContext', 'imageGateway.test', true);
    return editor.selections.map((one) => marked(document, one));
  }

  const cases: readonly [what: string, before: readonly string[], after: readonly string[]][] = [
    ['is at the place', ['one |two'], [`one |${link}two!`]],
    ['is before the place', ['o|ne two'], [`o|ne ${link}two!`]],
    ['is after the place', ['one t|wo'], [`one ${link}t|wo!`]],
    ['ends a selection at the place', ['^one |two'], [`^one |${link}two!`]],
    ['begins a selection at the place', ['one ^two|'], [`one ${link}^two|!`]],
    ['is several cursors', ['one |two', 'one tw|o'], [`one |${link}two!`, `one ${link}tw|o!`]],
  ];
  for (const [what, before, after] of cases) {
    it(`2.8 stays where it is when the link is a plain edit and it ${what}`, async () => {
      const editor = await openMarked('notes/page#.md', 'one |two');
      assert.deepEqual(await selectionsAfter(editor, before), after);
    });
  }

  it('2.8 goes into the alternative text, as a placeholder, only where nobody has touched anything', async () => {
    const editor = await openMarked('notes/page#.md', 'one |two');
    await generate({ prompt: 'Fox', insertLink: true });
    assert.equal(marked(editor.document, editor.selection), 'one ![^Fox|](../images/fox.png)two');
    await vscode.commands.executeCommand('type', { text: 'An owl' });
    assert.equal(editor.document.getText(), 'one ![An owl](../images/fox.png)two');
  });

  it('2.8 stays where it was put while the gateway was at work', async () => {
    const editor = await openMarked('notes/page#.md', 'one |two');
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const done = generate({ prompt: 'Fox', insertLink: true });
    await asked(used.gateway);
    await select(editor, '|one two');
    await used.gateway.release();
    await done;
    assert.equal(marked(editor.document, editor.selection), `|one ${link}two`);
  });

  it('2.8 stays where it is in the document that the person went on to', async () => {
    const { document } = await openMarked('notes/page#.md', 'one |two');
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const done = generate({ prompt: 'Fox', insertLink: true });
    await asked(used.gateway);
    const other = await openMarked('notes/other#.md', 'one |two');
    await used.gateway.release();
    await done;
    assert.equal(document.getText(), `one ${link}two`);
    assert.equal(vscode.window.activeTextEditor?.document, other.document);
    assert.equal(marked(other.document, other.selection), 'one |two');
  });
});

/** The document with the selection in it, as `openMarked` takes it. */
function marked(document: vscode.TextDocument, selection: vscode.Selection): string {
  const text = document.getText();
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  if (start === end) return `${text.slice(0, end)}|${text.slice(end)}`;
  return `${text.slice(0, start)}^${text.slice(start, end)}|${text.slice(end)}`;
}
