import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, TestGateway, ui } from '../../support/client.ts';
import { generate, leavesAsFound, set } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';

const key = 'sk-added-0123456789abcdef';
const models = {
  json: {
    data: [
      { id: 'acme/one', type: 'image' },
      { id: 'acme/two', type: 'image' },
    ],
  },
};

const gatewaysSetting = () =>
  vscode.workspace.getConfiguration('imageGateway').inspect('gateways')?.globalValue;
const gatewaySetting = () => vscode.workspace.getConfiguration('imageGateway').get<string>('gateway');

/** Waits for the question of that title. */
async function question(part: string) {
  await assert.eventually(
    async () => (await ui.quickInput(1000))?.title.includes(part),
    `the question ${part}`,
  );
  return (await ui.quickInput())!;
}

/** Goes from the palette to the box for the address, and answers it. */
async function typeAddress(address: string): Promise<void> {
  await ui.runCommand('Image Gateway: Select Gateway');
  await ui.pickItem('Add a gateway…');
  await question('Add Gateway (1/3)');
  await ui.answerInput(address);
}

/** Answers the questions for a bearer key. */
async function typeKey(text: string): Promise<void> {
  await question('(2/3): Authentication');
  await ui.pickItem('Bearer key');
  const box = await question('API Key for');
  assert.equal(box.password, true);
  await ui.answerInput(text);
}

/** The gateways for which a key is stored, by what Remove API Key offers; none: it says so. */
async function storedKeys(): Promise<string[]> {
  const removing = vscode.commands.executeCommand('imageGateway.removeApiKey');
  const open = await Promise.race([ui.quickInput(5000), removing.then(() => null)]);
  await ui.cancelInput();
  await removing;
  await ui.clearNotifications();
  return open?.items.map(({ label }) => label) ?? [];
}

describe('3.4 Add a gateway', () => {
  leavesAsFound();
  let gateway: TestGateway;
  let id: string;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    gateway = await TestGateway.start('added');
    await gateway.reset();
    await gateway.reply('/models', models);
    id = new URL(gateway.origin).host.replace(':', '-');
    await set('imageGateway.gateways', { kept: { baseUrl: 'https://kept.example/v1' } });
    await set('imageGateway.gateway', 'vercel');
  });

  it('3.4 on this machine is an address and a model: no key where none is wanted', async () => {
    await typeAddress(`${gateway.baseUrl}/images/generations`);
    const { placeholder } = await question('Add Gateway (3/3)');
    assert.includes(placeholder, 'lists 2 models, 2 of them for images');
    await ui.pickItem('acme/two');
    await ui.waitForNotification(`${id} is added and chosen; acme/two makes the images.`);
    assert.deepEqual(gatewaysSetting(), {
      kept: { baseUrl: 'https://kept.example/v1' },
      [id]: { baseUrl: gateway.baseUrl },
    });
    assert.equal(gatewaySetting(), id);
    assert.equal((await generate({ prompt: 'from the new one' })).model, 'acme/two');
  });

  it('3.4 asks for a key where it is refused without, finds /v1, and keeps the key for its origin', async () => {
    await gateway.reply('/api/models', { status: 404, json: {} });
    await gateway.queue('/api/v1/models', errorReply(401, 'no key'));
    await gateway.reply('/api/v1/models', models);
    await typeAddress(`${gateway.origin}/api`);
    await typeKey(key);
    await question('Add Gateway (3/3)');
    await ui.pickItem('acme/one');
    await ui.waitForNotification(`${id} is added and chosen`);
    const added = (gatewaysSetting() as Record<string, unknown>)[id];
    assert.deepEqual(added, { baseUrl: `${gateway.origin}/api/v1`, auth: 'bearer' });
    assert.ok(!JSON.stringify(gatewaysSetting()).includes(key));
    assert.deepEqual(
      (await gateway.requests()).map(({ path, headers }) => [path, headers['authorization']]),
      [
        ['/api/models', undefined],
        ['/api/v1/models', undefined],
        ['/api/models', `Bearer ${key}`],
        ['/api/v1/models', `Bearer ${key}`],
      ],
    );
    await ui.runCommand('Image Gateway: Remove API Key');
    await ui.pickItem(id);
    await ui.waitForNotification('is removed');
  });

  it('3.4 Escape at the end leaves nothing behind: no setting, no key', async () => {
    await gateway.reply('/models', errorReply(401, 'no key'));
    await typeAddress(gateway.baseUrl);
    await question('(2/3): Authentication');
    await ui.pickItem('Header of another name');
    await question('(2/3): Header');
    await ui.answerInput('X-Api-Token');
    await question('API Key for');
    await ui.answerInput(key);
    const failed = await question('Cannot Be Used Yet');
    assert.deepEqual(
      failed.items.map(({ label }) => label),
      ['Try again', 'Set a key', 'Save anyway'],
    );
    assert.includes(failed.items[0]!.detail, 'no key');
    await gateway.reply('/models', models);
    await ui.pickItem('Try again');
    await question('Add Gateway (3/3)');
    assert.equal((await gateway.requests()).at(-1)!.headers['x-api-token'], key);
    await ui.cancelInput();
    assert.deepEqual(gatewaysSetting(), { kept: { baseUrl: 'https://kept.example/v1' } });
    assert.equal(gatewaySetting(), 'vercel');
    await assert.eventually(async () => !(await storedKeys()).includes(id), 'the key is gone');
  });

  it('3.4 says while an address is typed what is wrong with it, and that http is open', async () => {
    await ui.runCommand('Image Gateway: Select Gateway');
    await ui.pickItem('Add a gateway…');
    await question('Add Gateway (1/3)');
    const says = async (text: string, part: string) => {
      await ui.typeInput(text);
      await assert.eventually(async () => (await ui.quickInput())!.message.includes(part), part);
    };
    await says('https://me:secret@llm.example/v1', 'it may not hold a user name or password');
    await says('http://llm.example/v1', 'a key is not sent');
  });

  it('3.4 saves a gateway that is off, with the model that is named', async () => {
    await typeAddress('http://127.0.0.1:9/v1');
    assert.includes((await question('Cannot Be Used Yet')).items[0]!.detail, '127.0.0.1:9');
    await ui.pickItem('Save anyway');
    assert.includes((await question('(3/3)')).message, 'are not known');
    await ui.answerInput('my-own-model');
    await ui.waitForNotification('my-own-model makes the images');
    assert.deepEqual((gatewaysSetting() as Record<string, unknown>)['127.0.0.1-9'], {
      baseUrl: 'http://127.0.0.1:9/v1',
    });
    await ui.clearNotifications();
    await set('imageGateway.gateway', 'vercel');
    await typeAddress('127.0.0.1:9');
    await ui.waitForNotification('has this address already and is chosen');
    assert.equal(gatewaySetting(), '127.0.0.1-9');
  });
});
