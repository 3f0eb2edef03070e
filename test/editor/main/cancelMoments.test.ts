import * as assert from '../../support/assert.ts';
import { needsUi, type TestGateway, ui } from '../../support/client.ts';
import { generate, leavesAsFound, posts, set, useGateway } from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import {
  cancelButton,
  finished,
  frame,
  generateInPanel,
  images,
  imagesPath,
  isRunning,
  listsStreamer,
  openPanel,
  partial,
  promptBox,
  words,
} from '../../support/panelKit.ts';

describe('2.9 cancelling at odd moments', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  it('2.9 in the panel takes away the frame of a picture that never came', async () => {
    const { gateway } = await useGateway('cancel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, { sse: [words('Soon.'), partial(false)], hang: 'after' });
    await generateInPanel('half a fox');
    await ui.waitFor(frame);
    await ui.click(cancelButton);
    await isClosed(gateway);
    await ui.waitFor(frame, 'hidden');
    assert.deepEqual(await ui.texts({ selector: '.text' }), ['Soon.'], 'the words stay');
    assert.deepEqual(await images(), []);
  });

  it('2.9 ends the download of a picture that the answer only names', async () => {
    const { gateway } = await useGateway('cancel');
    await set('imageGateway.model', 'acme/painter');
    await gateway.reply('/picture/slow.png', {
      headers: { 'content-type': 'image/png' },
      chunks: [{ base64: 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAw' }],
      hang: 'after',
    });
    await gateway.reply(imagesPath, { json: { data: [{ url: `${gateway.origin}/picture/slow.png` }] } });
    await generateInPanel('a slow fox');
    const download = async () => (await gateway.requests('/picture/slow.png'))[0];
    await assert.eventually(async () => (await download()) !== undefined, 'the download');
    await ui.click(cancelButton);
    await assert.eventually(async () => (await download())?.closedEarly, 'the download is over');
    await ui.waitForText('Cancelled.', { selector: '.cancelled' });
    assert.deepEqual(await images(), []);
  });

  it('2.9 in the panel ends a question for the key, too, and nothing is sent', async () => {
    const { gateway } = await useGateway('cancel', { auth: 'bearer' });
    await generateInPanel('a fox without a key');
    assert.includes((await ui.quickInput())?.title ?? '', 'No API key');
    await ui.click(cancelButton);
    await ui.waitForText('Cancelled.', { selector: '.cancelled' });
    await ui.waitFor({ within: 'workbench', selector: '.quick-input-widget' }, 'hidden');
    assert.equal(await isRunning(), false);
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.9 keeps the pictures that had come, and says that the rest is missing', async () => {
    const { gateway } = await useGateway('cancel');
    await listsStreamer(gateway);
    const type = 'image_generation.completed';
    const first = { event: type, data: { type, b64_json: pngBase64('64x48') } };
    await gateway.reply(imagesPath, { sse: [first], hang: 'after' });
    const result = generate({ n: 2 });
    await ui.quickInput();
    await ui.answerInput('two foxes');
    await assert.eventually(async () => (await images()).length === 1, 'the first');
    await ui.clickNotification('Generating image', 'Cancel');
    const { images: saved, notices } = await result;
    assert.equal(saved.length, 1);
    const notice = notices.find(({ code }) => code === 'partialFailure');
    assert.match(notice?.message ?? '', /\[cancelled\]$/);
    assert.deepEqual(await images(), ['two-foxes.png']);
    // It comes after the result, and would lie over the panel of the next test.
    await ui.waitForNotification('Saved');
  });

  it('2.9 cannot be pressed while nothing runs, and Escape leaves a finished picture alone', async () => {
    await useGateway('cancel');
    await generateInPanel('a calm fox');
    await finished('images/a-calm-fox.png');
    await ui.press('Escape', promptBox);
    assert.equal((await ui.inspect(cancelButton)).attributes?.['aria-disabled'], 'true');
    assert.equal((await ui.inspect({ selector: '.cancelled' })).visible, false);
    await openPanel();
    await finished('images/a-calm-fox.png');
  });

  async function isClosed(gateway: TestGateway): Promise<void> {
    await assert.eventually(async () => (await posts(gateway))[0]?.closedEarly, 'the connection is closed');
  }
});
