import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';
import {
  completed,
  finished,
  generateInPanel,
  imagesPath,
  listsStreamer,
  openPanel,
  partial,
  promptBox,
  words,
} from '../../support/panelKit.ts';

const key = 'sk-panel-0123456789abcdef';

describe("2.6 the panel's page", () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  it('2.3 2.6 never holds the key, a Uri or a path outside the workspace: not shown, not kept, not said', async () => {
    const { gateway, id } = await useGateway('panel-key', { auth: 'bearer' });
    await listsStreamer(gateway);
    await ui.runCommand('Image Gateway: Set API Key');
    await ui.pickItem(id);
    await ui.answerInput(key);
    await ui.waitForNotification('is stored');
    await openPanel();
    await ui.evaluate(
      `(window.heard = [], addEventListener('message', (event) => heard.push(JSON.stringify(event.data))), 0)`,
    );
    await gateway.queue(imagesPath, errorReply(401, `Incorrect API key provided: ${key}.`));
    await generateInPanel('a secret fox');
    await ui.waitForText('refused the API key');
    await gateway.reply(imagesPath, { sse: [words('Here.'), partial(false), completed(false)] });
    await generateInPanel('a secret fox');
    await finished('images/a-secret-fox.png');
    assert.equal((await posts(gateway))[1]?.headers['authorization'], `Bearer ${key}`);
    // A reload lets VS Code write the page's kept state into its document.
    const page = String(await ui.evaluate(`document.documentElement.outerHTML + heard.join('\\n')`));
    assert.includes(page, 'images/a-secret-fox.png');
    assert.includes(page, 'pictureChanged');
    assert.equal(page.includes(key), false, 'the key');
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await assert.eventually(
      async () => (await ui.evaluate('typeof window.heard').catch(() => '')) === 'undefined',
      'another page',
    );
    await finished('images/a-secret-fox.png');
    const again = String(await ui.evaluate(`document.documentElement.outerHTML`));
    assert.equal(again.includes(key), false, 'the key');
    const body = String(await ui.evaluate(`document.body.outerHTML`)).replace(/<script[^>]*>/g, '');
    const root = workspaceUri('').path.replace(/\/$/, '');
    for (const uri of [root, 'vscode-remote:', 'file:', 'vscode-userdata:'])
      assert.equal((body + page.replace(/<head>[^]*<\/head>|<script[^>]*>/g, '')).includes(uri), false, uri);
    await ui.clearNotifications();
    await removeKey(id);
  });

  it('2.3 2.6 may load its own script and style and show blobs, and nothing else', async () => {
    await openPanel();
    const policy = String(
      await ui.evaluate(`document.querySelector('meta[http-equiv=Content-Security-Policy]').content`),
    );
    assert.match(
      policy,
      /^default-src 'none'; img-src blob:; style-src 'self' https:\/\/\*\.vscode-cdn\.net; script-src 'nonce-[0-9a-f]{32}'$/,
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel();
    const another = String(
      await ui.evaluate(`document.querySelector('meta[http-equiv=Content-Security-Policy]').content`),
    );
    assert.equal(another === policy, false, 'the nonce is another one each time');
  });

  it('2.3 2.6 runs no inline script and reaches no network', async () => {
    const { gateway } = await useGateway('panel-csp');
    const picture = await gateway.servePicture('spy.png', '8x8');
    await openPanel();
    const blocked = (await ui.evaluate(`(async () => {
      const blocked = new Set();
      addEventListener('securitypolicyviolation', (event) => blocked.add(event.effectiveDirective));
      const add = (tag, members) => document.body.append(Object.assign(document.createElement(tag), members));
      add('script', { textContent: 'window.pwned = true' });
      add('img', { src: ${JSON.stringify(picture)} });
      add('iframe', { src: ${JSON.stringify(picture)} });
      add('link', { rel: 'stylesheet', href: ${JSON.stringify(picture)} });
      const div = document.createElement('div');
      div.setAttribute('onclick', 'window.pwned = true');
      document.body.append(div);
      div.click();
      const fetched = await fetch(${JSON.stringify(picture)}).then(() => 'fetched', () => 'refused');
      // Not from here: what a test evaluates may evaluate.
      const evaluated = await new Promise((resolve) => setTimeout(() => {
        try { resolve(new Function('return "evaluated"')()); } catch { resolve('refused'); }
      }));
      for (let turn = 0; turn < 100 && blocked.size < 7; turn++) await new Promise((resolve) => setTimeout(resolve, 50));
      return { blocked: [...blocked].sort(), fetched, evaluated, pwned: typeof window.pwned };
    })()`)) as Record<string, unknown>;
    assert.deepEqual(blocked, {
      blocked: [
        'connect-src',
        'frame-src',
        'img-src',
        'script-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-elem',
      ],
      fetched: 'refused',
      evaluated: 'refused',
      pwned: 'undefined',
    });
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.3 2.6 heeds no message of another origin and none that is no message of the protocol', async () => {
    const { gateway } = await useGateway('panel-forged');
    await openPanel('an honest prompt');
    await assert.eventually(
      async () => (await ui.inspect(promptBox)).value === 'an honest prompt',
      'the prompt',
    );
    const before = await ui.evaluate(`document.body.innerText`);
    await ui.evaluate(`(() => {
      const form = { shape: '', count: 1, quality: '', background: '', format: '', seed: '' };
      const sheet = { prompt: 'forged', startedAt: 1, ratio: 1, tiles: [] };
      const state = { prompt: 'forged', form, absent: {}, gatewayName: 'forged', modelName: 'forged', moreModels: [],
        priceLine: 'forged', sessionLine: 'forged', sheet };
      const say = (data, origin) => window.dispatchEvent(new MessageEvent('message', { data, origin }));
      say({ type: 'stateChanged', state }, 'https://evil.example');
      for (const data of [
        { type: 'stateChanged', state: { ...state, moreModels: [7] } },
        { type: 'stateChanged', state: { ...state, sheet: { ...sheet, ratio: 'owned' } } },
        { type: 'textAdded', tileId: 'x', text: { toString: () => 'forged' } },
        { type: 'pictureChanged', tileId: 'x', picture: { id: 'x', path: 'forged' } },
        { type: 'open', uri: 'file:///etc/passwd' },
        'textAdded', null, 7, [],
      ]) say(data, window.origin);
    })()`);
    assert.equal(await ui.evaluate(`document.body.innerText`), before);
    assert.equal((await ui.inspect(promptBox)).value, 'an honest prompt');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.3 2.6 cannot get at the words between host and page: the way to the host is taken once', async () => {
    await openPanel();
    const again = await ui.evaluate(
      `(() => { try { acquireVsCodeApi(); return 'given'; } catch { return 'refused'; } })()`,
    );
    assert.equal(again, 'refused');
  });

  it('2.6 shows a picture that is no picture as none', async () => {
    const { gateway } = await useGateway('panel-svg');
    await set('imageGateway.model', 'acme/painter');
    const svg = btoa('<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned = 1</script></svg>');
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: svg }] } });
    await generateInPanel('an svg fox');
    await ui.waitForText('no PNG, JPEG, WebP or AVIF image');
    assert.equal((await ui.inspect({ selector: 'main img' })).count, 0);
  });

  async function removeKey(id: string): Promise<void> {
    await ui.runCommand('Image Gateway: Remove API Key');
    await ui.pickItem(id);
    await ui.waitForNotification('is removed');
  }
});
