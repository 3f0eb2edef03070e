import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, useGateway } from '../../support/commandKit.ts';
import { controlFileName } from '../../support/controlApi.ts';
import { openPanel } from '../../support/panelKit.ts';
import { callTool, failedCall, invokeTool, refusedCall, unboundAgents } from '../../support/toolKit.ts';

const setting = (name: string) => `imageGateway.agent.${name}`;

describe('7.2 the budget of agents', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('agentBudget'));
    await unboundAgents();
  });

  /** What is used of a bound, by other tests, too: images, or dollars. */
  async function used(name: string): Promise<number> {
    await set(setting(name), 0);
    const { message } = await refusedCall('generate', { prompt: 'how many' });
    await set(setting(name), 1000);
    return Number(/have used \$?([\d.]+) of/.exec(message)?.[1]);
  }

  for (const [name, period] of [
    ['maxImagesPerSession', 'session'],
    ['maxImagesPerDay', 'day'],
  ] as const)
    it(`7.2 ${name} bounds what is allowed, before the person is asked again and before the request`, async () => {
      const already = await used(name);
      await set(setting(name), already + 3);
      await callTool('generate', { prompt: 'two', n: 2 });
      const { message } = await refusedCall('generate', { prompt: 'two more', n: 2 });
      assert.includes(
        message,
        `${already + 2} of ${already + 3} images of this ${period}: 1 left, 2 asked for`,
      );
      assert.match(message, new RegExp(`${setting(name).replaceAll('.', '\\.')}.*\\[budgetExceeded\\]$`));
      await callTool('generate', { prompt: 'the last one' });
      assert.equal((await posts(gateway)).length, 2);
    });

  it('7.2 calls at once do not slip through, though each was allowed', async () => {
    await set(setting('maxImagesPerSession'), (await used('maxImagesPerSession')) + 2);
    const calls = Array.from({ length: 5 }, (_, index) =>
      invokeTool('generate', { prompt: `at once ${index}` }),
    );
    const outcomes = Promise.allSettled(calls);
    for (let asked = 0; asked < 5; asked++) {
      await ui.waitForDialog();
      await ui.clickDialog('Yes');
    }
    assert.equal((await outcomes).filter(({ status }) => status === 'fulfilled').length, 2);
    assert.equal((await posts(gateway)).length, 2);
  });

  for (const name of ['maxCostPerSession', 'maxCostPerDay'])
    it(`7.2 ${name} counts an unknown cost as the assumed maximum`, async () => {
      const already = await used(name);
      await set(setting('assumedCostPerImage'), 0.5);
      await set(setting(name), already + 0.75);
      const { answer } = await callTool('generate', { prompt: 'one' });
      assert.includes(answer.text, 'counted as $0.50');
      const { message } = await refusedCall('generate', { prompt: 'one more' });
      assert.match(message, /\$0\.25 left, and this may cost \$0\.50\..*\[budgetExceeded\]$/);
      assert.includes(message, setting(name));
      assert.equal((await posts(gateway)).length, 1);
    });

  it('7.2 a cost that the gateway reports takes the place of the assumed one', async () => {
    const already = await used('maxCostPerSession');
    await gateway.reply('/images/generations', {
      json: { created: 1, data: [{ b64_json: '{{png 8x8}}' }], usage: { cost: 0.04 } },
    });
    const { answer } = await callTool('generate', { prompt: 'one' });
    assert.includes(answer.text, 'Cost: 0.04 USD');
    assert.equal(Math.round(((await used('maxCostPerSession')) - already) * 1000), 40);
  });

  it('7.2 a request that was refused costs nothing of it', async () => {
    const already = await used('maxImagesPerSession');
    await gateway.reply('/images/generations', { status: 401, json: { error: { message: 'no' } } });
    await failedCall('generate', { prompt: 'one' });
    assert.equal(await used('maxImagesPerSession'), already);
  });

  it('7.2 a sketch costs nothing and is not counted', async () => {
    const already = await used('maxImagesPerSession');
    await set('imageGateway.gateway', 'offline');
    await set(setting('maxImagesPerSession'), 0);
    const { answer, question } = await callTool('generate', { prompt: 'a sketch', size: '32x32' });
    assert.includes(question!.detail!, 'nothing: it is drawn on this machine');
    assert.includes(answer.text, 'Cost: none');
    await useGateway('agentBudget');
    assert.equal(await used('maxImagesPerSession'), already);
  });

  it('7.2 what is used is known to a window that is opened anew', async () => {
    await callTool('generate', { prompt: 'one' });
    const already = await used('maxImagesPerDay');
    // Without it the tests would begin in that window, too.
    const control = (await disk.read(controlFileName))!;
    await disk.remove(controlFileName);
    try {
      const line = await ui.textInNewWindow('Image Gateway: Open Image Panel', { selector: '.agents' });
      assert.includes(line, `Agents in the last 24 hours: ${already} image`);
    } finally {
      await disk.write(controlFileName, control);
    }
  });

  it('7.2 the panel shows one line of what agents used', async () => {
    await callTool('generate', { prompt: 'one' });
    await openPanel();
    await ui.waitForText('Agents in the last 24 hours:', { selector: '.agents' });
    const before = (await ui.inspect({ selector: '.agents' })).text!;
    assert.match(before, /^Agents in the last 24 hours: \d+ images?, (at most )?\$[\d.]+ of \$1000; /);
    assert.match(before, /; left in this session: \d+ images?, \$[\d.]+$/);
    const count = Number(/: (\d+)/.exec(before)![1]);
    await callTool('generate', { prompt: 'another' });
    await ui.waitForText(`: ${count + 1} images`, { selector: '.agents' });
  });
});
