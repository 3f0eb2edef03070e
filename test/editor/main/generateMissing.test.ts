// Generate Missing Images: the list that is reviewed, what is made of it, and what is told.
import * as vscode from 'vscode';
import type { MissingResult } from '../../../src/host/commands/generateMissing.ts';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { imagesPath } from '../../support/panelKit.ts';

const generateMissing = (...args: readonly unknown[]) =>
  vscode.commands.executeCommand<MissingResult | undefined>('imageGateway.generateMissing', ...args);

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files))
    await vscode.workspace.fs.writeFile(workspaceUri(path), new TextEncoder().encode(text));
}

/** The rows once the search is over. */
async function rows(count: number) {
  await assert.eventually(
    async () => (await ui.quickInput())?.items.length === count,
    `${count} rows, now ${JSON.stringify((await ui.quickInput(1))?.items)}`,
  );
  return (await ui.quickInput())!.items;
}

const reply = { json: { data: [{ b64_json: pngBase64('64x48 #ff8800') }] } };

describe('6.2 Generate Missing Images', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('many'));
    await gateway.reply(imagesPath, reply);
  });

  it('6.2 lists what is missing in a folder, each file once, and makes what is chosen', async () => {
    await write({
      'tree1/.gitignore': 'drafts/\n',
      'tree1/a.md': '# Den\n\n![A red fox](img/fox.png)\n\n![The den](img/den.gif)\n',
      'tree1/b.html':
        '<!doctype html><img src="img/fox.png" alt="again"><img src="w.webp" alt="A wolf" width=40 height=30>',
      'tree1/drafts/c.md': '![never](never.png)\n',
      'tree1/node_modules/d.md': '![never](never.png)\n',
      'tree1/e.md': '![there](there.png)\n',
      'tree1/there.png': 'x',
    });
    const done = generateMissing(workspaceUri('tree1'));
    const listed = await rows(3);
    assert.deepEqual(
      listed.map(({ label, checked }) => [label, checked]),
      [
        ['fox.png', true],
        ['den.gif → den.png', false],
        ['w.webp', true],
      ],
    );
    assert.includes(listed[2]!.description, '40×30');
    assert.includes(listed[2]!.description, 'tree1/b.html');
    assert.includes((await ui.quickInput())?.title ?? '', '2 of 3 chosen · cost unknown');
    await ui.answerInput();
    const result = await done;
    assert.deepEqual(
      result?.items.map(({ target, result: made, error }) => [
        vscode.workspace.asRelativePath(target),
        made?.images[0]?.uri.path.split('/').pop(),
        error,
      ]),
      [
        ['tree1/img/fox.png', 'fox.png', undefined],
        ['tree1/w.webp', 'w.webp', undefined],
      ],
    );
    await ui.waitForNotification('2 missing images were generated.');
    const files = await disk.list();
    assert.ok(files.includes('tree1/img/fox.png') && files.includes('tree1/w.webp'));
    assert.ok(!files.includes('tree1/img/den.png'));
    assert.equal((await posts(gateway)).length, 2);
  });

  it('6.2 takes a prompt that was changed in the list', async () => {
    await write({ 'tree2/a.md': '![A red fox](fox.png)\n' });
    const done = generateMissing(workspaceUri('tree2/a.md'));
    await rows(1);
    await ui.click({ name: 'Edit the Prompt of the Focused Image', within: 'workbench' });
    await assert.eventually(async () => (await ui.quickInput())?.value === 'A red fox', 'the prompt');
    await ui.answerInput('A blue fox');
    const [row] = await rows(1);
    assert.equal(row?.detail, 'A blue fox');
    await ui.answerInput();
    const result = await done;
    assert.equal(result?.items.length, 1);
    assert.equal(((await posts(gateway))[0]!.body as { prompt: string }).prompt, 'A blue fox');
  });

  it('6.2 keeps what succeeds where others fail, and says which', async () => {
    await write({ 'tree3/a.md': ['a', 'b', 'c'].map((name) => `![A ${name}](${name}.png)\n`).join('\n') });
    await gateway.queue(imagesPath, reply);
    await gateway.queue(imagesPath, {
      status: 400,
      json: { error: { message: 'The prompt is not allowed.', code: 'moderation_blocked' } },
    });
    const done = generateMissing(workspaceUri('tree3'));
    await rows(3);
    await ui.answerInput();
    const result = await done;
    const codes = result!.items.map(({ error }) => error?.code);
    assert.equal(codes.filter((code) => code !== undefined).length, 1, JSON.stringify(codes));
    assert.equal((await disk.list()).filter((file) => /^tree3\/.\.png$/.test(file)).length, 2);
    await ui.waitForNotification('2 of 3 missing images were generated.');
    await ui.clickNotification('2 of 3 missing images were generated.', 'Show Details');
    await assert.eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('Missing Images'),
      'the report',
    );
  });

  it('6.2 asks nothing more once a key is refused', async () => {
    await write({
      'tree4/a.md': ['a', 'b', 'c', 'd'].map((name) => `![A ${name}](${name}.png)\n`).join('\n'),
    });
    await gateway.reply(imagesPath, { status: 402, json: { error: { message: 'No credits.' } } });
    const done = generateMissing(workspaceUri('tree4'));
    await rows(4);
    await ui.answerInput();
    const result = await done;
    assert.deepEqual(
      result!.items.map(({ error }) => error?.code),
      Array.from({ length: 4 }, () => 'insufficientCredits'),
    );
    // Three are under way at once at most.
    assert.ok((await posts(gateway)).length <= 3);
    assert.includes(result!.items[3]!.error!.message, 'It was not asked for');
  });

  it('6.2 asks once more before it asks for very many', async () => {
    await write({
      'tree10/a.md': Array.from({ length: 21 }, (_, index) => `![A fox](${index}.png)\n`).join('\n'),
    });
    const done = generateMissing(workspaceUri('tree10'));
    await assert.eventually(
      async () => (await ui.quickInput())?.title.includes('21 of 21 chosen') === true,
      'the list',
    );
    await ui.answerInput();
    const asked = await ui.waitForDialog();
    assert.includes(asked.text, 'Generate 21 images with');
    assert.equal(asked.detail, 'cost unknown');
    await ui.clickDialog('Cancel');
    assert.equal(await done, undefined);
    assert.equal((await posts(gateway)).length, 0);
  });

  it('6.2 goes on one by one until one has settled what is used, where the first may not be written', async () => {
    await write({
      'tree11/a.md': ['there/a', 'b', 'c'].map((name) => `![A fox](${name}.png)\n`).join('\n'),
    });
    const done = generateMissing(workspaceUri('tree11'));
    await rows(3);
    // Since the list was made: a file where the first has its folder.
    await write({ 'tree11/there': 'x' });
    await ui.answerInput();
    const result = await done;
    assert.deepEqual(
      result!.items.map(({ error }) => error?.code),
      ['invalidArguments', undefined, undefined],
    );
    assert.equal((await posts(gateway)).length, 2);
  });

  it('6.2 stops where it is cancelled: what was not asked for is not', async () => {
    await write({
      'tree9/a.md': ['a', 'b', 'c', 'd'].map((name) => `![A ${name}](${name}.png)\n`).join('\n'),
    });
    await gateway.reply(imagesPath, { hang: 'before' });
    const done = generateMissing(workspaceUri('tree9'));
    await rows(4);
    await ui.answerInput();
    await assert.eventually(async () => (await posts(gateway)).length === 3, 'three requests');
    await ui.clickNotification('Generating missing images', 'Cancel');
    const result = await done;
    assert.deepEqual(
      result!.items.map(({ error }) => error?.code),
      Array.from({ length: 4 }, () => 'cancelled'),
    );
    assert.deepEqual(
      result!.items.map(({ error }) => /may still bill|nothing was sent/.exec(error!.message)?.[0]),
      ['may still bill', 'may still bill', 'may still bill', 'nothing was sent'],
    );
    assert.equal((await posts(gateway)).length, 3);
  });

  it('6.2 changes the link where the file gets another name, and only there', async () => {
    const text = '![A fox](fox.gif) ![A fox](fox.png)\n';
    await write({ 'tree5/a.md': text, 'tree5/sub/b.html': '<img src="../fox.gif" alt="the same fox">' });
    const done = generateMissing(workspaceUri('tree5'));
    await rows(2);
    await ui.pickItem('fox.gif');
    await ui.answerInput();
    const result = await done;
    assert.deepEqual(
      result!.items.map(({ result: made }) => made?.images[0]?.uri.path.split('/').pop()).toSorted(),
      ['fox-1.png', 'fox.png'],
    );
    const document = await vscode.workspace.openTextDocument(workspaceUri('tree5/a.md'));
    const [, name] =
      /^!\[A fox\]\((fox(?:-1)?\.png)\) !\[A fox\]\(fox\.png\)\n$/.exec(document.getText()) ?? [];
    assert.ok(name !== undefined, document.getText());
    // Wherever it is named.
    const other = await vscode.workspace.openTextDocument(workspaceUri('tree5/sub/b.html'));
    assert.equal(other.getText(), `<img src="../${name}" alt="the same fox">`);
  });

  it('6.2 changes the link in a document of which the editor knows no language', async () => {
    await write({ 'tree12/a.pcss': '.a { background: url(fox.gif); }\n' });
    const document = await vscode.workspace.openTextDocument(workspaceUri('tree12/a.pcss'));
    assert.equal(document.languageId, 'plaintext');
    const done = generateMissing(document.uri);
    await rows(1);
    await ui.pickItem('fox.gif');
    await ui.answerInput();
    const result = await done;
    assert.deepEqual(
      result!.items.map(({ result: made }) => made?.notices),
      [[]],
    );
    const changed = await vscode.workspace.openTextDocument(document.uri);
    assert.equal(changed.getText(), '.a { background: url(fox.png); }\n');
    assert.ok((await disk.list()).includes('tree12/fox.png'));
  });

  it('6.2 chooses one size of a picture by itself: requests of their own would make other pictures', async () => {
    await write({
      'tree13/a.html':
        '<!doctype html><img srcset="fox-400.png 400w, fox-800.png 800w" src="fox.png" alt="A fox">\n' +
        '<img src="wolf.png" alt="A wolf">',
    });
    const done = generateMissing(workspaceUri('tree13'));
    const listed = await rows(4);
    assert.deepEqual(
      listed.map(({ label, checked }) => [label, checked]),
      [
        ['fox-800.png', true],
        ['fox-400.png', false],
        ['fox.png', false],
        ['wolf.png', true],
      ],
    );
    assert.includes(listed[1]!.description, 'another size or format of a picture above');
    await ui.cancelInput();
    await done;
  });

  it('6.2 says where nothing is missing, and sends nothing where the list is left', async () => {
    await write({ 'tree6/a.md': 'No image.\n', 'tree7/a.md': '![A fox](fox.png)\n' });
    assert.deepEqual(await generateMissing(workspaceUri('tree6')), { items: [] });
    await ui.waitForNotification('No image is missing here.');
    const left = generateMissing(workspaceUri('tree7'));
    await rows(1);
    await ui.cancelInput();
    assert.equal(await left, undefined);
    assert.deepEqual(await posts(gateway), []);
  });

  it('6.2 searches no linked folder and no path with dots, and says so', async () => {
    await write({ 'tree20/a.md': '![A fox](fox.png)\n' });
    await disk.symlink('tree20', 'link20');
    try {
      assert.equal(await generateMissing(workspaceUri('link20')), undefined);
      await ui.waitForNotification('links are not searched');
      const { scheme, authority, path } = workspaceUri('tree20');
      // As another extension can make one: joining would take the dots away.
      const dotted = vscode.Uri.from({ scheme, authority, path: `${path}/../tree20` });
      assert.equal(await generateMissing(dotted), undefined);
      await ui.waitForNotification('a path without dots as names');
    } finally {
      await disk.remove('link20');
    }
    assert.deepEqual(await posts(gateway), []);
  });

  it('6.2 honours files.exclude', async () => {
    await write({ 'tree8/a.md': '![A fox](fox.png)\n', 'tree8/hidden/b.md': '![A den](den.png)\n' });
    await set('files.exclude', { '**/hidden': true });
    const done = generateMissing(workspaceUri('tree8'));
    assert.deepEqual(
      (await rows(1)).map(({ label }) => label),
      ['fox.png'],
    );
    await ui.cancelInput();
    await done;
  });
});
