import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { generate, leavesAsFound, useGateway } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';

const list = (...data: readonly unknown[]) => ({ json: { data } });
const priced = (id: string, image: string) => ({ id, type: 'image', pricing: { image } });
const active = { within: 'workbench', selector: '.quick-input-list .monaco-list-row.focused' } as const;
const title = { within: 'workbench', selector: '.quick-input-title' } as const;

async function rows(): Promise<{ label: string; detail: string }[]> {
  return (await ui.quickInput())!.items.map(({ label, detail }) => ({ label, detail }));
}

describe('3.4 Select Model', () => {
  leavesAsFound();
  before(async function () {
    await needsUi(this);
  });

  it('3.4 opens at once with the list that is known, and refreshes behind it', async () => {
    const { gateway } = await useGateway('picker');
    await gateway.reply('/models', list(priced('acme/one', '0.04'), priced('acme/two', '0.08')));
    await generate({ prompt: 'makes the list known' });
    const newer = list(priced('acme/zero', '0.01'), priced('acme/one', '0.04'), priced('acme/two', '0.09'));
    await gateway.reply('/models', { ...newer, hang: 'untilReleased' });
    await ui.runCommand('Image Gateway: Select Model');
    assert.deepEqual(await rows(), [
      { label: 'acme/one', detail: 'images · $0.04 per image' },
      { label: 'acme/two', detail: 'images · $0.08 per image' },
    ]);
    await ui.press('ArrowDown');
    // The extension hears of the active row a moment after it is shown.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await gateway.release();
    await assert.eventually(async () => (await rows()).length === 3, 'the new list');
    assert.equal((await rows())[2]!.detail, 'images · $0.09 per image');
    await ui.waitForText('acme/two', { ...active, timeoutMs: 5000 });
    await ui.press('Enter');
    const isAsked = async () => (await generate({ prompt: 'which one' })).model === 'acme/two';
    await assert.eventually(isAsked, 'the row that was active is remembered');
  });

  it('3.4 keeps the known list and says so quietly where it cannot be refreshed', async () => {
    const { gateway } = await useGateway('picker');
    await gateway.reply('/models', list(priced('acme/one', '0.04'), priced('acme/two', '0.08')));
    await generate({ prompt: 'makes the list known' });
    await gateway.reply('/models', errorReply(500, 'down'));
    await ui.runCommand('Image Gateway: Select Model');
    await ui.waitForText('could not be refreshed', title);
    assert.equal((await rows()).length, 2);
    assert.deepEqual(await ui.notifications(), []);
    await ui.typeInput('$0.08');
    await assert.eventually(async () => (await rows()).length === 1, 'the price is searched, too');
    await ui.answerInput();
    await assert.eventually(async () => (await generate({ prompt: 'b' })).model === 'acme/two', 'the model');
  });
});
