import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, set, useGateway } from '../../support/commandKit.ts';
import { chatChunk, chatImage, errorReply, type Reply } from '../../support/gatewayReply.ts';
import { cancelButton, generateInPanel, openPanel, promptBox } from '../../support/panelKit.ts';

/** Moments at which a request can be cancelled. */
const moments: readonly (readonly [string, Reply])[] = [
  ['before the answer', { hang: 'before' }],
  ['in the middle of the text', { sse: [chatChunk({ content: 'Half a sen' })], hang: 'after' }],
  [
    'in the middle of the picture',
    {
      headers: { 'content-type': 'text/event-stream' },
      chunks: [
        {
          text: 'data: {"choices":[{"delta":{"images":[{"image_url":{"url":"data:image/png;base64,iVBORw0KGgo',
        },
      ],
      hang: 'after',
    },
  ],
];

describe('2.9 cancelling', () => {
  leavesAsFound();
  let gateway: TestGateway;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    ({ gateway } = await useGateway('cancelled'));
    await set('imageGateway.model', 'acme/chatty');
  });

  async function waitForRequest(): Promise<void> {
    await assert.eventually(
      async () => (await gateway.requests('/chat/completions')).length === 1,
      'the request was sent',
    );
  }

  async function isOver(): Promise<void> {
    await assert.eventually(
      async () => (await gateway.requests('/chat/completions'))[0]?.closedEarly === true,
      'the gateway sees the connection closed',
    );
    assert.equal(
      (await disk.list()).some((file) => file.startsWith('images/')),
      false,
      'a file was left',
    );
  }

  for (const [moment, reply] of moments) {
    it(`2.9 stops the request at once from the panel, ${moment}`, async () => {
      await gateway.reply('/chat/completions', reply);
      await openPanel();
      await generateInPanel('Never mind');
      await waitForRequest();
      await ui.click(cancelButton);
      await ui.waitForText('Cancelled.');
      await isOver();
      assert.deepEqual(await ui.notifications(), []);
    });

    it(`2.9 stops the request at once from the palette’s progress, ${moment}`, async () => {
      await gateway.reply('/chat/completions', reply);
      const result = vscode.commands.executeCommand('imageGateway.generate', {});
      await ui.quickInput();
      await ui.answerInput('Never mind');
      await waitForRequest();
      await ui.clickNotification('Generating image', 'Cancel');
      assert.equal(await result, undefined);
      await ui.waitForNotification('cancelled');
      assert.equal((await ui.notifications()).length, 1, 'it is said once');
      await isOver();
    });
  }

  it('2.9 Escape cancels in the panel, and the next request works', async () => {
    await gateway.queue('/chat/completions', { hang: 'before' });
    await openPanel();
    await generateInPanel('First try');
    await waitForRequest();
    await ui.press('Escape', promptBox);
    await ui.waitForText('Cancelled.');
    await gateway.reply('/chat/completions', {
      sse: [chatChunk({ images: [chatImage()] }, 'stop'), { data: '[DONE]' }],
    });
    await generateInPanel('Second try');
    await ui.waitForText('images/second-try.png');
  });

  it('2.9 cancelling while models are listed sends no request for a picture', async () => {
    await gateway.reply('/models', { hang: 'before' });
    await openPanel();
    await generateInPanel('Not even begun');
    await assert.eventually(
      async () => (await gateway.requests('/models')).length === 1,
      'models are asked for',
    );
    await ui.click(cancelButton);
    await ui.waitForText('Cancelled.');
    assert.equal((await gateway.requests('/chat/completions')).length, 0);
  });
});

describe('2.9 failures', () => {
  leavesAsFound();
  let gateway: TestGateway;

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    ({ gateway } = await useGateway('failing'));
    await set('imageGateway.model', 'acme/chatty');
  });

  const failures: readonly (readonly [string, Reply, RegExp])[] = [
    [
      'a refused key',
      errorReply(401, 'Bad key'),
      /refused the API key: “Bad key” \(HTTP 401\); run Image Gateway: Set API Key\.$/,
    ],
    ['no credit', errorReply(402, 'No money'), /wants credit first: “No money” \(HTTP 402\); top up/],
    [
      'a server that fails',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><title>Bad Gateway</title>' },
      /failed: “Bad Gateway” \(HTTP 502\); try again/,
    ],
    [
      'a filter',
      errorReply(400, 'Not that', 'moderation_blocked'),
      /declined: “Not that” \(HTTP 400\); change the prompt\.$/,
    ],
    [
      'an answer without a picture',
      { json: { choices: [{ message: { content: 'I would rather not.' }, finish_reason: 'stop' }] } },
      /without an image: “I would rather not\.”/,
    ],
    [
      'an answer that breaks off',
      { body: '{"choices":[', headers: { 'content-length': '500' }, cut: true },
      /broke off|closed the connection/,
    ],
  ];
  for (const [title, reply, words] of failures) {
    it(`2.9 says ${title} in one sentence with the next step and Show Log`, async () => {
      await gateway.reply('/chat/completions', reply);
      const result = vscode.commands.executeCommand('imageGateway.generate', {});
      await ui.quickInput();
      await ui.answerInput('Will fail');
      const toast = await ui.waitForNotification('', 15_000);
      const failure = toast.text.startsWith('Generating')
        ? await assert.eventually(
            async () => (await ui.notifications()).find(({ text }) => !text.startsWith('Generating')),
            'the failure is shown',
          )
        : toast;
      assert.match(failure?.text ?? '', words);
      assert.ok(failure?.buttons.includes('Show Log'), failure?.buttons.join());
      assert.equal(await result, undefined);
    });
  }

  it('2.9 Show Log opens the log, in which neither the key nor base64 stands', async () => {
    const key = 'sk-logged-0123456789abcdef';
    await set('imageGateway.gateways', {
      logged: { baseUrl: gateway.baseUrl, auth: 'bearer', name: 'Logged' },
    });
    await set('imageGateway.gateway', 'logged');
    await ui.runCommand('Image Gateway: Set API Key');
    await ui.pickItem('Logged');
    await ui.answerInput(key);
    await gateway.reply('/chat/completions', errorReply(400, `key ${key} and ${'QUJD'.repeat(200)}`));
    const result = vscode.commands.executeCommand('imageGateway.generate', {});
    await ui.quickInput();
    await ui.answerInput('Log me');
    await ui.clickNotification('did not accept the request', 'Show Log');
    await result;
    const channel = await assert.eventually(
      () =>
        vscode.workspace.textDocuments.find(
          (one) => one.uri.scheme === 'output' && one.uri.path.includes('image-gateway'),
        ),
      'the log is open',
    );
    await vscode.commands.executeCommand('workbench.action.closePanel');
    const log = await assert.eventually(
      () =>
        channel?.getText().includes('did not accept the request') === true ? channel.getText() : undefined,
      'the failure stands in the log',
    );
    assert.equal(log?.includes(key), false, 'the key stands in the log');
    assert.equal(log?.includes('QUJDQUJDQUJDQUJD'), false, 'base64 stands in the log');
  });
});
