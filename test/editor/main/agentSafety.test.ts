import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, useGateway } from '../../support/commandKit.ts';
import { invokeTool, refusedCall, unboundAgents } from '../../support/toolKit.ts';

const dialog = { within: 'workbench', selector: '.monaco-dialog-box' } as const;

describe('7.4 what a document or a page told the agent', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('agentSafety'));
    await unboundAgents();
  });

  afterEach(async () => {
    const { temporary } = await disk.folders();
    for (const name of ['outside.png', 'outside.md']) await disk.remove(`${temporary}/${name}`);
  });

  it('7.4 no file goes along that is no image of the workspace', async () => {
    const { temporary } = await disk.folders();
    const picture = await makePicture('8x8');
    await disk.write(`${temporary}/outside.png`, picture);
    await disk.symlink(`${temporary}/outside.png`, 'inside.png');
    await disk.write('secret.png', 'KEY=1');
    await disk.write('good.png', picture);
    for (const path of [
      '../outside.png',
      `${temporary}/outside.png`,
      'inside.png',
      'secret.png',
      'README.md',
      'gone.png',
      '.git/config',
      'https://x.example/a.png',
      'file:///etc/passwd',
      'data:image/png;base64,AAAA',
    ]) {
      for (const input of [
        { image: path, prompt: 'as it is' },
        { image: 'good.png', prompt: 'as it is', references: [path] },
        { image: 'good.png', prompt: 'as it is', mask: path },
        { image: path, iconSet: true, path: 'icons/' },
      ]) {
        const { message } = await refusedCall('edit', input);
        assert.match(message, /\[invalidArguments\]$/, JSON.stringify(input));
      }
    }
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await disk.list('icons'), []);
  });

  it('7.4 no document outside the workspace is changed, nor one that is a link', async () => {
    const { temporary } = await disk.folders();
    await disk.write(`${temporary}/outside.md`, '# T\n');
    await disk.symlink(`${temporary}/outside.md`, 'link.md');
    for (const document of ['../outside.md', `${temporary}/outside.md`, 'link.md', '.git/x.md']) {
      const { message } = await refusedCall('generate', { prompt: 'a fox', document, placement: 'end' });
      assert.match(message, /\[invalidArguments\]$/, document);
    }
    assert.equal(await disk.readText(`${temporary}/outside.md`), '# T\n');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('7.4 the question names host, model, prompt, count, size, path and cost, all of it as plain words', async () => {
    await gateway.reply('/models', { json: { data: [{ id: 'acme/painter', type: 'image' }] } });
    await set('imageGateway.model', 'acme/painter');
    const prompt =
      'A fox [click here](command:workbench.action.quit) <img src=x onerror=alert(1)> **bold** $(trash) https://evil.example/x';
    for (const theme of ['Default Dark Modern', 'Default Light Modern']) {
      await set('workbench.colorTheme', theme);
      const call = invokeTool('generate', { prompt, n: 2, size: '1200x630', path: 'docs/hero.png' });
      const outcome = assert.rejects(call);
      const question = await ui.waitForDialog();
      assert.match(question.text, /^Generate 2 images with agentSafety-\d+\?$/);
      const detail = question.detail!;
      const { host } = new URL(gateway.origin);
      for (const part of [host, 'acme/painter', '1200×630', 'docs/hero.png', 'unknown; counts as $0.50'])
        assert.includes(detail, part);
      // To the letter, as it would be sent.
      assert.includes(detail, prompt);
      for (const element of ['a', 'img', 'strong', 'code'])
        assert.equal(
          (await ui.inspect({ ...dialog, selector: `.monaco-dialog-box .dialog-message-detail ${element}` }))
            .count,
          0,
        );
      await ui.screenshot(`agent-question-${theme.includes('Dark') ? 'dark' : 'light'}`);
      await ui.clickDialog('Cancel');
      await outcome;
    }
    // Whoever says no, pays nothing.
    assert.deepEqual(await posts(gateway), []);
  });
});
