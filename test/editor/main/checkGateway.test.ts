import * as vscode from 'vscode';
import agnicOpenai from '../../fixtures/models/agnic-openai.json';
import agnicOpenrouter from '../../fixtures/models/agnic-openrouter.json';
import litellm from '../../fixtures/models/litellm.json';
import localai from '../../fixtures/models/localai.json';
import openai from '../../fixtures/models/openai.json';
import openrouterImages from '../../fixtures/models/openrouter-images.json';
import openrouter from '../../fixtures/models/openrouter.json';
import sdcpp from '../../fixtures/models/sdcpp.json';
import vercel from '../../fixtures/models/vercel.json';
import * as assert from '../../support/assert.ts';
import { controlFile, needsUi, TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, set } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';

const key = 'sk-check-0123456789abcdef';

/** Runs the command and returns the text of the report that it opens. */
async function check(): Promise<string> {
  const before = new Set(reports());
  await vscode.commands.executeCommand('imageGateway.checkGateway');
  const report = await assert.eventually(() => reports().find((one) => !before.has(one)), 'a report');
  return report!.getText();
}

const reports = () =>
  vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'image-gateway-report');

/** Makes a gateway on loopback, under the id of a preset or another, the current one. */
async function use(id: string, members: Readonly<Record<string, unknown>> = {}): Promise<TestGateway> {
  const gateway = await TestGateway.start('checked');
  await gateway.reset();
  await set('imageGateway.gateways', { [id]: { baseUrl: gateway.baseUrl, ...members } });
  await set('imageGateway.gateway', id);
  return gateway;
}

describe('3.3 Check Gateway', () => {
  leavesAsFound();

  for (const [name, id, list, found] of [
    [
      'Vercel',
      'vercel',
      vercel,
      ['13 listed, 9 for images', '| bfl/flux-2-pro | images | \\$0.03 per image |'],
    ],
    ['Agnic (plain)', 'agnic', agnicOpenai, ['12 listed, 5 for images, 5 of them by their names only']],
    ['Agnic', 'agnic', agnicOpenrouter, ['12 listed, 6 for images', '\\$2 / \\$12 per M tokens']],
    [
      'OpenRouter',
      'openrouter',
      openrouter,
      ['12 listed, 12 for images', 'riverflow-v2-fast | images | \\$0.02 per'],
    ],
    [
      'OpenRouter’s image API',
      'openrouter',
      openrouterImages,
      ['12 listed, 12 for images', '\\$0.03 per megapixel'],
    ],
    ['OpenAI', 'openai', openai, ['| gpt-image-2 | images | unknown | unknown |']],
    ['LocalAI', 'localai', localai, ['12 listed, 2 for images, 2 of them by their names only']],
    ['LiteLLM', 'litellm', litellm, ['12 listed, 5 for images', '| gpt-image-2 | images |']],
    ['sd.cpp', 'sdcpp', sdcpp, ['1 listed, 1 for images', '| sd-cpp-local | images |']],
  ] as const) {
    it(`3.3 reads the recorded list of ${name}`, async () => {
      const gateway = await use(id, { auth: 'none' });
      await gateway.reply('/models', { json: list });
      const report = await check();
      for (const part of [...found, '| Key | none is needed |']) assert.includes(report, part);
      assert.deepEqual([...new Set((await gateway.requests()).map(({ method }) => method))], ['GET']);
    });
  }

  it('3.3 shows a report that can be read, and copies one that can be passed on', async function () {
    await needsUi(this);
    const gateway = await use('vercel');
    await gateway.reply('/models', { json: vercel });
    await gateway.reply('/credits', { json: { balance: '95.50', total_used: '4.50' } });
    await ui.runCommand('Image Gateway: Set API Key');
    await ui.pickItem('Vercel AI Gateway');
    await ui.answerInput(key);
    await ui.waitForNotification('is stored');
    await ui.clearNotifications();
    await ui.runCommand('Image Gateway: Check Gateway');
    await ui.waitForNotification('The report on Vercel AI Gateway is open');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputWebview, 'the preview');
    const report = reports().at(-1)!.getText();
    for (const part of [
      'works: the account answered',
      '\\$95.50 left of the credit',
      new URL(gateway.origin).host,
    ])
      assert.includes(report, part);
    await ui.clickNotification('The report on', 'Copy Redacted Report');
    const clipboard = () => vscode.env.clipboard.readText();
    await assert.eventually(async () => (await clipboard()).includes('Check Gateway'), 'the copy');
    const copied = await clipboard();
    const { host } = await controlFile();
    assert.includes(
      copied,
      `VS Code ${vscode.version}, ${host === 'web' ? 'browser' : 'node'} extension host`,
    );
    assert.includes(copied, 'Key: works: the account answered');
    for (const text of [report, copied]) assert.ok(!text.includes(key), 'the key');
    for (const secret of ['127.0.0.1', '95.50', 'flux', 'Vercel'])
      assert.ok(!copied.includes(secret), `${secret} in ${copied}`);

    await gateway.reply('/credits', errorReply(401, `no such key ${key}`));
    const refused = await check();
    assert.includes(refused, '| Key | refused:');
    assert.includes(refused, '13 listed');
    assert.ok(!refused.includes(key), refused);
    await ui.clearNotifications();
    await ui.runCommand('Image Gateway: Remove API Key');
    await ui.pickItem('vercel');
    await ui.waitForNotification('is removed');
  });

  it('3.3 tells failures in the report and resolves', async () => {
    const gateway = await use('faulty', { auth: 'none' });
    await gateway.reply('/models', errorReply(500, 'see [here](command:workbench.action.quit)'));
    const report = await check();
    assert.includes(report, '(serverError)');
    assert.ok(!report.includes('command:'), report);
    await set('imageGateway.gateways', { nobody: { baseUrl: 'http://127.0.0.1:9/v1', auth: 'none' } });
    await set('imageGateway.gateway', 'nobody');
    assert.match(await check(), /\| Reached \| no: .*127\.0\.0\.1:9.* \(network\) \|/);
  });
});
