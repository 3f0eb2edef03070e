import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, useGateway } from '../../support/commandKit.ts';
import { errorReply, pngBase64 } from '../../support/gatewayReply.ts';
import {
  action,
  completed,
  generateButton,
  imagesPath,
  listsStreamer,
  openPanel,
  partial,
  resetPanel,
} from '../../support/panelKit.ts';

const picture = (size: string) => ({ json: { data: [{ b64_json: pngBase64(size) }] } });
const states = { selector: '.picture-view .state' };

/** Opens the panel with a prompt and asks for several pictures. */
async function askFor(count: number, prompt: string): Promise<void> {
  await openPanel(prompt);
  await ui.evaluate(
    `{ const list = document.querySelector('select[aria-label="Images"]'); list.value = '${count}';` +
      ` list.dispatchEvent(new Event('change')); }`,
  );
  await ui.clearNotifications();
  await ui.click(generateButton);
}

async function drafts(count: number): Promise<void> {
  await assert.eventually(
    async () => (await ui.texts(states)).filter((text) => text === 'Draft').length === count,
    `${count} drafts`,
  );
}

describe('5.1 5.2 a sheet of several pictures', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('sheets'));
  });

  afterEach(resetPanel);

  it('5.2 are drafts, of which nothing enters the workspace until one is kept', async () => {
    for (const size of ['64x48', '48x64', '32x32'])
      await gateway.queue(imagesPath, picture(`${size} #3b82c4`));
    const before = await disk.list();
    await askFor(3, 'three foxes');
    await drafts(3);
    assert.equal((await posts(gateway)).length, 3);
    assert.deepEqual(await disk.list(), before, 'nothing is written');
    await ui.waitForText('Drafts are not in the workspace until you keep them.');
    await ui.click({ ...action('Keep'), nth: 0 });
    await drafts(2);
    await assert.eventually(async () => (await disk.list('images')).length === 1, 'the file that was kept');
    await ui.click({ ...action('Discard'), nth: 0 });
    await drafts(1);
    await ui.waitForText('Discarded');
    await ui.click(action('Take Back'));
    await drafts(2);
    await ui.click(action('Keep All'));
    await drafts(0);
    await assert.eventually(async () => (await disk.list('images')).length === 3, 'all files');
  });

  it('5.2 come back after the panel was closed, and can still be kept', async () => {
    await gateway.reply(imagesPath, picture('64x48 #3b82c4'));
    await askFor(2, 'two foxes that wait');
    await drafts(2);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel();
    await drafts(2);
    await ui.waitFor({ role: 'img', name: 'two foxes that wait', nth: 1 });
    await ui.click({ ...action('Keep'), nth: 1 });
    await drafts(1);
    assert.equal((await disk.list('images')).length, 1);
  });

  it('5.1 has a place for each at once; each comes, fails and is cancelled by itself', async () => {
    await listsStreamer(gateway);
    await gateway.queue(
      imagesPath,
      { sse: [partial(false), completed()] },
      errorReply(400, 'Too many foxes', 'invalid_value'),
      { sse: [partial(false), completed()] },
    );
    await askFor(3, 'foxes, one by one');
    await assert.eventually(async () => (await ui.texts({ selector: '.tile' })).length === 3, 'three tiles');
    await ui.waitForText('Too many foxes');
    await ui.waitFor({ role: 'button', name: 'Cancel image 3' });
    await ui.click({ role: 'button', name: 'Cancel image 3' });
    await ui.waitForText('Cancelled.');
    assert.equal((await ui.texts({ selector: '.tile[aria-busy="true"]' })).length, 1, 'the first goes on');
    await gateway.release();
    await drafts(1);
    assert.equal((await ui.texts({ selector: '.tile[aria-busy="true"]' })).length, 0);
  });

  it('5.5 sends what the form asks for, and what it does not know it does not send', async () => {
    await gateway.reply(imagesPath, picture('64x48 #3b82c4'));
    await openPanel('a wide fox');
    await ui.evaluate(
      `{ const list = document.querySelector('select[aria-label="Size"]'); list.value = '16:9';` +
        ` list.dispatchEvent(new Event('change')); }`,
    );
    await ui.click(generateButton);
    await ui.waitForText('images/a-wide-fox.png', { selector: '.path' });
    const [post] = await posts(gateway);
    const body = post!.body as Record<string, unknown>;
    assert.equal(body['aspect_ratio'], '16:9');
    assert.equal('quality' in body, false);
  });
});
