// What a hostile gateway, and the words it sends, can do.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, TestGateway, ui } from '../../support/client.ts';
import { chatImage, errorReply } from '../../support/gatewayReply.ts';
import { resetOwn, setOwn } from '../../support/ownSettings.ts';

const link = '[press me](command:workbench.action.toggleSidebarVisibility) [here](https://evil.invalid)';
const anchors = {
  within: 'workbench',
  selector: '.notifications-toasts .notification-list-item-message a',
} as const;

interface Result {
  readonly images: readonly { readonly width: number }[];
  readonly notices: readonly { readonly code: string; readonly message: string }[];
  readonly text: string;
}

describe('2.3 a hostile gateway', () => {
  let gateway: TestGateway;
  let other: TestGateway;
  let id: string;
  let ids = 0;

  const generate = (args: Readonly<Record<string, unknown>> = {}) =>
    vscode.commands.executeCommand<Result>('imageGateway.generate', {
      prompt: 'A mask',
      directory: 'outside',
      model: 'acme/painter',
      ...args,
    });

  before(async () => {
    gateway = await TestGateway.start('hostile');
    other = await TestGateway.start('third party');
  });
  beforeEach(() => {
    // Lists of models are remembered by id.
    id = `hostile-${++ids}`;
    return setOwn({
      gateway: id,
      gateways: { [id]: { baseUrl: gateway.baseUrl, auth: 'none', headers: { 'X-Team': 'team-77' } } },
    });
  });
  afterEach(async () => {
    if (await ui.available()) {
      await ui.cancelInput();
      await ui.clearNotifications();
    }
    await resetOwn();
    await gateway.reset();
    await other.reset();
    await disk.remove('outside');
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`2.3 gets no request on to where it redirects with HTTP ${status}`, async () => {
      const moved = { status, headers: { location: `${other.baseUrl}/models` }, body: '' };
      await gateway.reply('/models', moved);
      await assert.rejects(generate(), /redirects.*are refused.*\[network\]$/);
      await gateway.reset();
      await gateway.reply('/images/generations', {
        ...moved,
        headers: { location: `${other.baseUrl}/images/generations` },
      });
      await assert.rejects(generate(), /redirects.*are refused.*\[network\]$/);
      assert.deepEqual(await other.requests(), []);
      assert.deepEqual(await disk.list('outside').catch(() => []), []);
    });
  }

  it('2.3 gets a picture’s URL of its own origin fetched, without the headers of the settings', async () => {
    const url = await gateway.servePicture('own.png', '8x6');
    await gateway.reply('/images/generations', { json: { data: [{ url }] } });
    const { images } = await generate();
    assert.deepEqual(
      images.map(({ width }) => width),
      [8],
    );
    const [fetched] = await gateway.requests('/picture/own.png');
    assert.equal(fetched?.headers['x-team'], undefined);
    assert.equal(fetched?.headers['authorization'], undefined);
    assert.equal(fetched?.headers['cookie'], undefined);
  });

  it('2.3 gets no picture’s URL fetched at another origin of this machine, or over plain http', async () => {
    const url = await other.servePicture('other.png', '8x6');
    for (const wrong of [
      url,
      url.replace('127.0.0.1', 'localhost'),
      url.replace('http:', 'https:'),
      'http://pictures.invalid/a.png',
      'file:///etc/passwd',
      'vscode-userdata:/User/settings.json',
    ]) {
      await gateway.reply('/images/generations', { json: { data: [{ url: wrong }] } });
      await assert.rejects(generate(), /so it was not fetched.*\[malformedResponse\]$/);
    }
    assert.deepEqual(await other.requests(), []);
  });

  it('2.3 gets no picture’s URL followed to another origin by a redirect', async () => {
    const url = await other.servePicture('other.png', '8x6');
    await gateway.reply('/v1/moved.png', { status: 302, headers: { location: url }, body: '' });
    await gateway.reply('/images/generations', { json: { data: [{ url: `${gateway.baseUrl}/moved.png` }] } });
    await assert.rejects(generate(), /redirects.*\[network\]$/);
    assert.deepEqual(await other.requests(), []);
  });

  it('2.3 gets no URL fetched that stands in the model’s prose', async () => {
    const url = await gateway.servePicture('prose.png', '8x6');
    const content = `Here it is: ![a](${url}) <img src="${url}"> ${url}`;
    const message = { role: 'assistant', content, images: [chatImage('4x3')] };
    await gateway.reply('/chat/completions', { json: { choices: [{ message, finish_reason: 'stop' }] } });
    const { images } = await generate({ model: 'acme/chatty', stream: false });
    assert.deepEqual(
      images.map(({ width }) => width),
      [4],
    );
    assert.deepEqual(await gateway.requests('/picture/prose.png'), []);
  });

  it('2.3 lets a failure own name, message and code, and nothing else', async () => {
    await gateway.reply('/images/generations', errorReply(400, 'no', 'x'));
    const error = await assert.rejects(generate(), / \[badRequest\]$/);
    const owned = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack');
    assert.deepEqual(owned.sort(), ['code', 'message', 'name']);
    assert.equal((error as Error & { code?: string }).code, 'badRequest');
    assert.equal(error.name, 'ImageGatewayError');
    assert.equal(error.cause, undefined);
    assert.ok(!(error.stack ?? '').includes('team-77'));
  });

  it('2.3 quotes at most 200 characters of it, of which no link can form', async () => {
    await gateway.reply(
      '/images/generations',
      errorReply(400, `${link} \u202e\u0007 ${'long '.repeat(100)}`),
    );
    const { message } = await assert.rejects(generate());
    const quoted = /“(.*)”/.exec(message)?.[1] ?? '';
    assert.ok(quoted.length > 100 && quoted.length <= 200, String(quoted.length));
    assert.ok(!/[[\]\u202e\u0007]|\w:\/\/|command:/.test(quoted), quoted);
  });

  it('2.3 draws no link in a notification, neither from an error nor from a model’s refusal', async function () {
    await needsUi(this);
    // The editor does draw one where a message holds it: else the test would show nothing.
    void vscode.window.showInformationMessage(`A control: ${link}`);
    await ui.waitForNotification('A control:');
    assert.equal((await ui.inspect(anchors)).count, 2);
    await ui.clearNotifications();
    const refusal = { message: { refusal: `I will not. ${link}` }, finish_reason: 'stop' };
    for (const [reply, words] of [
      [errorReply(400, `Wrong. ${link}`), 'Wrong.'],
      [{ json: { choices: [refusal] } }, 'I will not.'],
    ] as const) {
      await gateway.reply('/chat/completions', reply);
      const done = vscode.commands.executeCommand('imageGateway.generate', {
        directory: 'outside',
        model: 'acme/chatty',
      });
      await ui.answerInput('A mask');
      const { text } = await ui.waitForNotification(words);
      assert.includes(text, 'press me');
      assert.equal((await ui.inspect(anchors)).count, 0, text);
      assert.equal(await done, undefined);
      await ui.clearNotifications();
    }
  });

  it('2.3 draws no link in the progress from the name of a model', async function () {
    await needsUi(this);
    const model = '[press me](command:workbench.action.quit)';
    await gateway.reply('/models', { json: { data: [{ id: model, type: 'image' }] } });
    await gateway.reply('/images/generations', { hang: 'before' });
    const done = vscode.commands.executeCommand('imageGateway.generate', { directory: 'outside', model });
    await ui.answerInput('A mask');
    await ui.waitForNotification('waiting for');
    assert.equal((await ui.inspect(anchors)).count, 0);
    await ui.clickNotification('waiting for', 'Cancel');
    assert.equal(await done, undefined);
  });

  it('2.3 draws no icon and no link in the list of models', async function () {
    await needsUi(this);
    await gateway.reply('/models', {
      json: { data: [{ id: 'a$(trash)', name: '$(check) [a](command:x)', type: 'image' }] },
    });
    const selecting = vscode.commands.executeCommand('imageGateway.selectModel');
    const list = { within: 'workbench', selector: '.quick-input-list .monaco-list-row' } as const;
    await ui.waitFor({ ...list, text: 'a$ (trash)' });
    for (const drawn of ['.codicon-trash', '.codicon-check', '.quick-input-list-entry a[href]'])
      assert.equal(
        (await ui.inspect({ within: 'workbench', selector: `${list.selector} ${drawn}` })).count,
        0,
        drawn,
      );
    await ui.cancelInput();
    await selecting;
  });

  it('2.3 is moved by nothing that a workspace’s own settings file says', async () => {
    const evil = {
      'imageGateway.gateway': 'evil',
      'imageGateway.gateways': { evil: { baseUrl: other.baseUrl, auth: 'none' } },
      [`imageGateway.gateways.${id}.baseUrl`]: other.baseUrl,
      'imageGateway.request.maxImages': 10,
    };
    const settings = vscode.workspace.getConfiguration();
    await disk.write('.vscode/settings.json', JSON.stringify(evil));
    try {
      // The editor reads the file again after a change of its own.
      await settings.update('editor.rulers', [80], vscode.ConfigurationTarget.Workspace);
      await assert.eventually(
        () =>
          JSON.stringify(
            vscode.workspace.getConfiguration('imageGateway').inspect('gateways')?.workspaceValue ?? '',
          ).includes(other.baseUrl),
        'the workspace’s settings are there',
      );
      await generate();
      await assert.rejects(generate({ gateway: 'evil' }), /There is no gateway evil/);
      await assert.rejects(generate({ n: 5 }), /maxImages allows 4/);
      assert.deepEqual(await other.requests(), []);
    } finally {
      await settings.update('editor.rulers', undefined, vscode.ConfigurationTarget.Workspace);
      await disk.remove('.vscode');
    }
  });
});
