import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, ui } from '../../support/client.ts';
import { failsWith, generate, leavesAsFound, sha256, useGateway } from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { imagesPath } from '../../support/panelKit.ts';

const half = 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAw';
const kept = /What came is kept: run Image Gateway: Recover Images\. \[/;

/** Opens the list and returns its rows. */
async function openList() {
  await ui.runCommand('Image Gateway: Recover Images');
  const items = await assert.eventually(async () => {
    const list = await ui.quickInput();
    return list?.title === 'Recover Images' ? list.items : undefined;
  }, 'the list');
  return items!;
}

/** Answers the save dialog, which is a quick input like the list before it. */
async function answerDialog(path: string): Promise<void> {
  await assert.eventually(
    async () => (await ui.quickInput())?.title.startsWith('This Is No Whole Image') === true,
    'the save dialog',
  );
  await ui.answerInput(path);
}

/** A picture that was received while its folder became a file. */
async function losePicture(prompt: string): Promise<void> {
  const { gateway } = await useGateway('recover');
  const data = [{ b64_json: pngBase64('64x48 #3b82c4') }];
  await gateway.reply(imagesPath, { json: { data }, hang: 'untilReleased' });
  const asked = failsWith('invalidArguments', generate({ prompt, model: 'acme/painter', directory: 'lost' }));
  await assert.eventually(async () => (await gateway.requests(imagesPath)).length === 1, 'the request');
  await disk.write('lost', 'no folder');
  await gateway.release();
  assert.match((await asked).message, kept);
  await disk.remove('lost');
}

describe('4.7 what was paid for', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
    // What a test before left there, or an attempt that failed.
    const clearing = vscode.commands.executeCommand('imageGateway.clearStorage');
    await ui.waitForDialog(1000).then(
      () => ui.clickDialog('Delete'),
      () => undefined,
    );
    await clearing;
    await ui.clearNotifications();
  });

  it('4.7 is kept where saving fails, offered by Recover Images, saved as it came, and then gone from the list', async () => {
    await losePicture('a fox that was paid for');
    const [row, ...others] = await openList();
    assert.deepEqual(others, []);
    assert.equal(row?.label, 'a fox that was paid for');
    assert.match(row?.description ?? '', /acme\/painter · [\d.,]+ kB$/);
    assert.equal(row?.checked, true, 'what was never saved is chosen at once');
    await ui.press('Enter');
    await ui.waitForNotification('Recovered images/a-fox-that-was-paid-for.png.');
    const bytes = await disk.read('images/a-fox-that-was-paid-for.png');
    assert.equal(await sha256(bytes!), await sha256(await makePicture('64x48 #3b82c4')));
    await ui.runCommand('Image Gateway: Recover Images');
    await ui.waitForNotification('There is nothing to recover');
  });

  it('4.7 is kept where it is no whole picture, and goes nowhere into the workspace', async () => {
    const { gateway } = await useGateway('recover');
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: half }] } });
    const error = await failsWith('interrupted', generate({ prompt: 'half a fox', model: 'acme/painter' }));
    assert.match(error.message, kept);
    const [row] = await openList();
    assert.equal(row?.label, 'half a fox');
    await ui.press('Enter');
    const { temporary, workspace } = await disk.folders();
    await answerDialog(`${workspace}/half.bin`);
    await ui.waitForNotification('only images are written into the workspace');
    assert.equal(await disk.read('half.bin'), undefined);
    await ui.clearNotifications();
    await openList();
    await ui.press('Enter');
    await answerDialog(`${temporary}/half.bin`);
    await ui.waitForNotification('Recovered');
    assert.equal((await disk.read(`${temporary}/half.bin`))?.length, 24);
    await disk.remove(`${temporary}/half.bin`);
  });

  it('4.7 is deleted by Clear Storage, after a question that says what', async () => {
    await losePicture('a fox to forget');
    const clearing = vscode.commands.executeCommand('imageGateway.clearStorage');
    const question = await ui.waitForDialog();
    assert.match(
      question.text,
      /^Delete 1 received images \([\d.,]+ kB\) and the history of this workspace \(1 generations\) for good\?$/,
    );
    assert.includes(question.detail ?? '', '1 of them were never saved.');
    await ui.clickDialog('Delete');
    await clearing;
    await ui.runCommand('Image Gateway: Recover Images');
    await ui.waitForNotification('There is nothing to recover');
  });
});
