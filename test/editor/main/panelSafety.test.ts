import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { chatChunk, chatImage } from '../../support/gatewayReply.ts';
import { generateInPanel, openPanel, page, slowChat } from '../../support/panelKit.ts';

const key = 'sk-panel-0123456789abcdef';

describe('2.6 the page is not trusted and trusts nothing', () => {
  leavesAsFound();
  let gateway: TestGateway;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    ({ gateway } = await useGateway('page', { auth: 'bearer', name: 'Page Gateway' }));
    await set('imageGateway.model', 'acme/chatty');
    await ui.runCommand('Image Gateway: Set API Key');
    await ui.pickItem('Page Gateway');
    await ui.answerInput(key);
    await gateway.reply('/chat/completions', slowChat(1));
  });

  it('2.3 the key reaches the gateway, but never the page, nor does any address of a file', async () => {
    await openPanel();
    await ui.evaluate(
      `window.heard = []; window.addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data)))`,
    );
    await generateInPanel('Without secrets');
    await ui.waitForText('images/without-secrets.png');
    assert.equal((await gateway.requests('/chat/completions'))[0]?.headers['authorization'], `Bearer ${key}`);
    const heard = String(await ui.evaluate(`window.heard.join('')`));
    const dom = String(await ui.evaluate('document.documentElement.outerHTML'));
    assert.includes(heard, 'without-secrets.png', 'the messages were heard');
    for (const text of [heard, dom]) {
      assert.equal(text.includes(key), false, 'the key stands in the page');
      assert.equal(text.includes(gateway.origin), false, 'the gateway’s address stands in the page');
      assert.equal(text.includes(workspaceUri('').path), false, 'a path of the machine stands in the page');
    }
  });

  it('2.3 the page’s policy starts from nothing, with a new nonce each time', async () => {
    const read = async () =>
      String(
        await ui.evaluate(`document.querySelector('meta[http-equiv="Content-Security-Policy"]').content`),
      );
    await openPanel();
    const first = await read();
    assert.match(
      first,
      /^default-src 'none'; img-src blob:; style-src [^;]+; script-src 'nonce-[A-Za-z0-9]{32}'$/,
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel();
    assert.ok((await read()) !== first, 'the nonce is the same');
  });

  it('2.3 the page reaches no network: neither pictures nor fetch nor inline script', async () => {
    await openPanel();
    await gateway.reset();
    await ui.evaluate(`(() => {
      const image = new Image(); image.src = '${gateway.origin}/picture/a.png'; document.body.append(image);
      fetch('${gateway.baseUrl}/models').catch(() => undefined);
      const script = document.createElement('script'); script.textContent = 'window.inlineRan = true'; document.body.append(script);
    })()`);
    await generateInPanel('A picture after it');
    await ui.waitForText('images/a-picture-after-it.png');
    assert.equal(await ui.evaluate('window.inlineRan === true'), false);
    const paths = (await gateway.requests()).map(({ path, headers }) => [path, headers['authorization']]);
    assert.equal(
      paths.some(([path]) => path?.startsWith('/picture') === true),
      false,
    );
    assert.equal(
      paths.every(([, authorization]) => authorization === `Bearer ${key}`),
      true,
      'a request of the page got out',
    );
  });

  it('2.3 what model and person write stands as text', async () => {
    const html = '<img src=x onerror="window.pwned=1"><b>bold</b> [a](command:x)';
    await gateway.reply('/chat/completions', {
      sse: [chatChunk({ content: html }), chatChunk({ images: [chatImage()] }, 'stop'), { data: '[DONE]' }],
    });
    await openPanel();
    await generateInPanel(`<i>prompt</i> ${html}`);
    await ui.waitFor(page.button('Open'));
    await ui.waitForText('<b>bold</b>');
    assert.deepEqual(
      await ui.evaluate(
        `[...document.querySelectorAll('b, i, a, img[onerror]')].length + (window.pwned ?? 0)`,
      ),
      0,
    );
  });

  it('2.3 messages that the page does not understand do nothing', async () => {
    await openPanel();
    await generateInPanel('Still standing');
    await ui.waitForText('images/still-standing.png');
    await ui.evaluate(`(() => {
      const forged = [null, 5, 'x', {}, { type: 'snapshot' }, { type: 'imageAdded', image: { id: 'x', bytes: 'x' } },
        { type: 'textAdded', text: { toString: 1 } }, { type: '__proto__' }];
      for (const data of forged) window.dispatchEvent(new MessageEvent('message', { data, origin: window.origin }));
      window.dispatchEvent(new MessageEvent('message', { data: { type: 'textAdded', text: 'FORGED' }, origin: 'https://evil.example' }));
    })()`);
    await ui.waitForText('images/still-standing.png');
    assert.equal(String(await ui.evaluate('document.body.textContent')).includes('FORGED'), false);
  });
});
