import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { controlFile, disk, needsUi, TestGateway, ui } from '../../support/client.ts';
import { errorReply } from '../../support/gatewayReply.ts';
import { inTurn } from '../../support/inTurn.ts';
import { resetOwn, setOwn } from '../../support/ownSettings.ts';

const key = 'sk-corp-0123456789-abcdef';

/** Begins a command that waits for the person; what it resolves to is asked for later. */
function begin(id: string): Promise<unknown> {
  return Promise.resolve(vscode.commands.executeCommand(`imageGateway.${id}`));
}

async function storeKey(gateway: string, text: string): Promise<unknown> {
  const storing = begin('setApiKey');
  await ui.pickItem(gateway);
  await ui.answerInput(text);
  return storing;
}

async function removeAllKeys(): Promise<void> {
  for (;;) {
    const removing = begin('removeApiKey');
    // Where no key is left it says so instead of asking.
    const open = await Promise.race([ui.quickInput(5000), removing.then(() => null)]);
    if (open === null) break;
    await ui.pickItem(open.items[0]!.label);
    await removing;
  }
  // Its toast comes a moment later, and not at all after many others: the next test is not to meet it.
  await ui.waitForNotification('No API key is stored.', 2000).catch(() => undefined);
}

describe('2.3 keys', () => {
  let corp: TestGateway;
  let other: TestGateway;

  const useCorp = (members: Readonly<Record<string, unknown>> = {}) =>
    setOwn({
      gateway: 'corp',
      gateways: { corp: { name: 'Corp', baseUrl: corp.baseUrl, auth: 'bearer', ...members } },
    });
  const generate = (args: Readonly<Record<string, unknown>> = {}) =>
    vscode.commands.executeCommand('imageGateway.generate', {
      prompt: 'A key on a table',
      directory: 'keys',
      ...args,
    });
  const sentKeys = async (gateway: TestGateway) =>
    (await gateway.requests()).map(({ headers }) => headers['authorization']);

  before(async function () {
    await needsUi(this);
    corp = await TestGateway.start('corp');
    other = await TestGateway.start('other');
  });
  beforeEach(() => useCorp());
  afterEach(async () => {
    await inTurn([
      () => ui.cancelInput(),
      removeAllKeys,
      () => ui.clearNotifications(),
      resetOwn,
      () => corp.reset(),
      () => other.reset(),
      () => disk.remove('keys'),
    ]);
  });

  it('2.3 asks for a key in a box that hides it and names the host', async () => {
    const storing = begin('setApiKey');
    const gateways = await ui.quickInput();
    assert.ok(gateways);
    const [first] = gateways.items;
    assert.deepEqual([first?.label, first?.description], ['Corp', new URL(corp.origin).host]);
    assert.ok(!gateways.items.some(({ label }) => label === 'Offline sketch'), 'it needs no key');
    await ui.pickItem('Corp');
    const box = await ui.quickInput();
    assert.ok(box?.password, 'what is typed can be seen');
    assert.equal(box.title, 'API Key for Corp');
    for (const words of [box.message, box.placeholder]) assert.includes(words, new URL(corp.origin).host);
    await ui.cancelInput();
    assert.equal(await storing, undefined);
    await assert.rejects(generate(), /There is no API key for Corp \(127\.0\.0\.1:\d+\).*\[unauthorized\]$/);
    assert.deepEqual(await corp.requests(), []);
  });

  it('2.3 takes no empty key and none with other than visible ASCII, and says so', async () => {
    const storing = begin('setApiKey');
    await ui.pickItem('Corp');
    for (const [text, words] of [
      ['   ', 'Paste the key.'],
      ['ключ', 'visible ASCII characters only'],
      ['two words', 'visible ASCII characters only'],
    ] as const) {
      await ui.answerInput(text);
      const box = await ui.quickInput();
      assert.ok(box?.password, `"${text}" was taken`);
      assert.includes(box.message, words);
    }
    await ui.cancelInput();
    await storing;
    await assert.rejects(generate(), /\[unauthorized\]$/);
  });

  it('2.3 stores the key trimmed, tells so by name and host, and returns nothing', async () => {
    assert.equal(await storeKey('Corp', `  ${key}  `), undefined);
    const { text } = await ui.waitForNotification('is stored');
    assert.equal(text, `The key for Corp (${new URL(corp.origin).host}) is stored.`);
    await generate();
    const sent = await sentKeys(corp);
    assert.ok(sent.length >= 2);
    assert.ok(sent.every((one) => one === `Bearer ${key}`));
  });

  it('2.3 takes and returns no key by any command', async () => {
    // Given one, it asks for it all the same.
    const storing = vscode.commands.executeCommand('imageGateway.setApiKey', key, { key, gateway: 'corp' });
    assert.equal((await ui.quickInput())?.title, 'Set API Key');
    await ui.cancelInput();
    assert.equal(await storing, undefined);
    await storeKey('Corp', key);
    const removing = begin('removeApiKey');
    await ui.pickItem('corp');
    assert.equal(await removing, undefined);
    await assert.rejects(generate(), /\[unauthorized\]$/);
  });

  it('2.3 removes a key, which it lists by gateway and host', async () => {
    await storeKey('Corp', key);
    const removing = begin('removeApiKey');
    const list = await ui.quickInput();
    assert.deepEqual(
      list?.items.map(({ label, description }) => [label, description]),
      [['corp', new URL(corp.origin).host]],
    );
    await ui.pickItem('corp');
    await removing;
    assert.includes((await ui.waitForNotification('is removed')).text, new URL(corp.origin).host);
    await assert.rejects(generate(), /\[unauthorized\]$/);
    assert.deepEqual(await corp.requests(), []);
    await begin('removeApiKey');
    await ui.waitForNotification('No API key is stored.');
  });

  it('2.3 finds no key where the gateway’s URL changed: nothing is sent to the new one', async () => {
    await storeKey('Corp', key);
    await useCorp({ baseUrl: other.baseUrl });
    const error = await assert.rejects(generate(), /\[unauthorized\]$/);
    assert.includes(error.message, new URL(other.origin).host);
    assert.deepEqual(await other.requests(), []);
    // The way back finds it again.
    await useCorp();
    await generate();
    assert.ok((await sentKeys(corp)).includes(`Bearer ${key}`));
    assert.deepEqual(await other.requests(), []);
  });

  it('2.3 finds no key for another gateway at the same origin', async () => {
    await storeKey('Corp', key);
    await setOwn({ gateways: { twin: { baseUrl: corp.baseUrl, auth: 'bearer' } } });
    await assert.rejects(generate({ gateway: 'twin' }), /There is no API key for twin.*\[unauthorized\]$/);
    assert.deepEqual(await corp.requests(), []);
  });

  it('2.3 keeps one entry for each gateway and origin', async () => {
    await setOwn({
      gateways: {
        corp: { name: 'Corp', baseUrl: corp.baseUrl, auth: 'bearer' },
        twin: { name: 'Twin', baseUrl: other.baseUrl, auth: { header: 'X-Twin' } },
      },
    });
    await storeKey('Corp', key);
    await storeKey('Twin', 'twin-0123456789');
    await generate();
    await generate({ gateway: 'twin' });
    assert.ok((await sentKeys(corp)).every((one) => one === `Bearer ${key}`));
    for (const { headers } of await other.requests()) {
      assert.equal(headers['x-twin'], 'twin-0123456789');
      assert.equal(headers['authorization'], undefined);
      assert.ok(!JSON.stringify(headers).includes(key));
    }
    assert.ok(!JSON.stringify(await corp.requests()).includes('twin-0123456789'));
  });

  it('2.3 refuses a key for plain http to another machine, before one is entered and before one is sent', async () => {
    await useCorp({ baseUrl: 'http://corp.invalid/v1' });
    const storing = begin('setApiKey');
    await ui.pickItem('Corp');
    await ui.waitForNotification('A key for corp.invalid would travel over plain http; use https.');
    await storing;
    assert.equal(await ui.quickInput(300), null);
    await assert.rejects(generate(), /over plain http.*\[unauthorized\]$/);
  });

  it('2.3 asks nothing of this machine’s own server that has no key, and sends no header for one', async () => {
    await setOwn({ gateways: { corp: { baseUrl: corp.baseUrl } } });
    await generate();
    const sent = await sentKeys(corp);
    assert.ok(sent.length >= 2 && sent.every((one) => one === undefined), JSON.stringify(sent));
  });

  it('2.3 lets the key stand in no setting, result, notification, failure, page or log', async () => {
    await storeKey('Corp', key);
    const told = JSON.stringify(await ui.notifications());
    // A toast would lie over the button that is pressed below.
    await ui.clearNotifications();
    const result = await generate({ model: 'acme/chatty' });
    await corp.reply('/chat/completions', errorReply(400, `Your key is ${key}, is it not?`, 'bad_key'));
    const error = await assert.rejects(generate({ model: 'acme/chatty' }), /Your key is •••, is it not\?/);
    await setOwn({ model: 'acme/chatty' });
    await vscode.commands.executeCommand('imageGateway.openPanel', { prompt: 'A key' });
    await ui.click({ role: 'button', name: 'Generate' });
    await ui.waitForText('Your key is •••');
    const places = {
      result: JSON.stringify(result),
      failure: `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`,
      settings: JSON.stringify(vscode.workspace.getConfiguration()),
      notifications: told + JSON.stringify(await ui.notifications()),
      page: String(await ui.evaluate('document.documentElement.outerHTML')),
      state: JSON.stringify(await ui.evaluate('Object.entries(window.localStorage ?? {})').catch(() => null)),
      log: await logText(),
    };
    for (const [place, text = ''] of Object.entries(places))
      assert.ok(!text.includes('0123456789'), `the key stands in the ${place}`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('2.3 lets no value of a configured header stand in a failure or the log', async () => {
    await setOwn({
      gateways: { corp: { baseUrl: corp.baseUrl, auth: 'none', headers: { 'X-Team': 'team-docs-77' } } },
    });
    await corp.reply('/models', errorReply(400, 'team-docs-77 may not', 'no'));
    const { message } = await assert.rejects(generate(), /••• may not/);
    assert.ok(!message.includes('team-docs-77'));
    assert.equal((await corp.requests())[0]?.headers['x-team'], 'team-docs-77');
    assert.ok(!((await logText()) ?? '').includes('team-docs-77'), 'it stands in the log');
  });
});

/**
 * What the extension's log shows, in the output view as the person sees it; undefined in the Node extension host,
 * where the server under test has no logger (a native module, which is not compiled).
 */
async function logText(): Promise<string | undefined> {
  if ((await controlFile()).host === 'node') return undefined;
  await vscode.commands.executeCommand('imageGateway.showLog');
  const text = await assert.eventually(
    () =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === 'output')
        .map((channel) => channel.getText())
        .find((lines) => lines.includes('•••')),
    'the log is shown',
  );
  await vscode.commands.executeCommand('workbench.action.closePanel');
  return text;
}
