import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { generate, leavesAsFound, posts, set, shownOnce, useGateway } from '../../support/commandKit.ts';

const gatewaySetting = () => vscode.workspace.getConfiguration('imageGateway').get<string>('gateway');

/** Runs Generate Image from the palette and stops at the question that comes without a key. */
async function askWithoutKey(prompt: string) {
  await ui.runCommand('Image Gateway: Generate Image');
  await ui.quickInput();
  await ui.answerInput(prompt);
  const question = (await ui.quickInput())!;
  assert.includes(question.title, 'No API key for');
  return question;
}

describe('2.2 a person without a key', () => {
  leavesAsFound();
  let gateway: TestGateway;
  let id: string;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    ({ gateway, id } = await useGateway('keyless', { auth: 'bearer' }));
  });

  it('2.2 is one choice away from a picture: the offline sketch, for this request only', async () => {
    await set('imageGateway.gateway', 'vercel');
    const { items, title, placeholder } = await askWithoutKey('A lighthouse at dawn');
    assert.equal(title, 'No API key for Vercel AI Gateway');
    assert.includes(placeholder, 'ai-gateway.vercel.sh');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['Enter key for ai-gateway.vercel.sh', 'Choose another gateway', 'Try offline (sketch, no key)'],
    );
    assert.equal(items[2]!.description, 'for this request only');
    await ui.pickItem('Try offline (sketch, no key)');
    const { text } = await ui.waitForNotification('Saved images/a-lighthouse-at-dawn.png.', 20_000);
    assert.includes(text, 'sketch');
    const bytes = await disk.read('images/a-lighthouse-at-dawn.png');
    assert.deepEqual([...bytes!.slice(1, 4)], [0x50, 0x4e, 0x47]);
    assert.equal(gatewaySetting(), 'vercel');
    await ui.clearNotifications();
    await askWithoutKey('and again');
  });

  it('2.2 may take the sketch whatever model the settings name', async () => {
    await set('imageGateway.model', 'acme/painter');
    await askWithoutKey('a sketch');
    await ui.pickItem('Try offline (sketch, no key)');
    await ui.waitForNotification('Saved images/a-sketch.png.', 20_000);
  });

  it('2.2 may enter the key for the host that is named, and the request goes on', async () => {
    const host = gateway.origin.replace('http://', '');
    await askWithoutKey('with a key');
    await ui.pickItem(`Enter key for ${host}`);
    const box = (await ui.quickInput())!;
    assert.includes(box.message, host);
    assert.equal(box.password, true);
    await ui.answerInput('key-of-keyless-1234');
    await ui.waitForNotification('Saved images/with-a-key.png.');
    assert.equal((await posts(gateway))[0]!.headers['authorization'], 'Bearer key-of-keyless-1234');
    await ui.clearNotifications();
    await ui.runCommand('Image Gateway: Remove API Key');
    await ui.pickItem(id);
    await ui.waitForNotification('is removed');
  });

  it('2.2 may change their mind in the key box and is asked again', async () => {
    await askWithoutKey('no key after all');
    await ui.pickItem('Enter key for');
    assert.equal((await ui.quickInput())!.password, true);
    await ui.press('Escape');
    await assert.eventually(
      async () => (await ui.quickInput())?.title.includes('No API key for'),
      'the question',
    );
    await ui.press('Escape');
    const { text } = await ui.waitForNotification('No key was entered.');
    await shownOnce(text);
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 may choose another gateway, which stays chosen', async () => {
    const other = `${id}-other`;
    await set('imageGateway.gateways', {
      [id]: { baseUrl: gateway.baseUrl, auth: 'bearer' },
      [other]: { baseUrl: gateway.baseUrl, auth: 'none' },
    });
    await askWithoutKey('from another');
    await ui.pickItem('Choose another gateway');
    assert.equal((await ui.quickInput())!.title, 'Select Gateway');
    await ui.pickItem(other);
    await ui.waitForNotification('Saved images/from-another.png.');
    assert.equal((await posts(gateway)).length, 1);
    assert.equal(gatewaySetting(), other);
  });

  it('2.2 leaves the settings as they are where the call named its gateway', async () => {
    const other = `${id}-other`;
    await set('imageGateway.gateways', {
      [id]: { baseUrl: gateway.baseUrl, auth: 'bearer' },
      [other]: { baseUrl: gateway.baseUrl, auth: 'none' },
    });
    await set('imageGateway.gateway', 'openai');
    const result = generate({ gateway: id });
    await ui.quickInput();
    await ui.answerInput('by name');
    await ui.quickInput();
    await ui.pickItem('Choose another gateway');
    await ui.quickInput();
    await ui.pickItem(other);
    assert.equal((await result).gateway, other);
    assert.equal(gatewaySetting(), 'openai');
  });
});
