import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { failsWith, generate, leavesAsFound, set, shownOnce, useGateway } from '../../support/commandKit.ts';
import { errorReply, type Reply } from '../../support/gatewayReply.ts';
import { generateInPanel, imagesPath, openPanel } from '../../support/panelKit.ts';

const key = 'sk-log-0123456789abcdef+/=';
const outputView: Parameters<typeof ui.waitFor>[0] = {
  within: 'workbench',
  selector: '.part.panel .output-view-container, .part.panel .output-view',
};

/** What the gateway does, and how the sentence begins and goes on. */
const failures: readonly (readonly [
  what: string,
  reply: Reply,
  sentence: RegExp,
  buttons: readonly string[],
])[] = [
  [
    'what the account may not do',
    errorReply(403, 'Not here'),
    /does not allow this: .*; check what the key and the account may do\.$/,
    [],
  ],
  ['too many requests', errorReply(429, 'Slow'), /asks to wait: .*; try again in a while\.$/, []],
  [
    'an unknown model',
    errorReply(404, 'The model does not exist'),
    /does not know the model acme\/painter: .*; run Image Gateway: Select Model\.$/,
    ['Select Model'],
  ],
  [
    'a bad request',
    errorReply(400, 'Too big'),
    /did not accept the request: .*; change the arguments or the model\.$/,
    [],
  ],
  [
    'no answer in time',
    { hang: 'before' },
    /(did not answer in time|took more than 1 seconds without a byte); .*Raise imageGateway\.request\.timeoutSeconds or try again\.$/,
    [],
  ],
  [
    'no JSON',
    { body: '<html><title>Welcome</title></html>' },
    /not JSON \(“Welcome”\)\. Check the gateway's baseUrl\.$/,
    [],
  ],
  [
    'half a picture',
    { json: { data: [{ b64_json: 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAw' }] } },
    /broke off before its end; it was not saved\. .*try again\. What came is kept: run Image Gateway: Recover Images\.$/,
    [],
  ],
];

describe('2.9 a failure', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  for (const [what, reply, sentence, buttons] of failures) {
    it(`2.9 of ${what} is one sentence with the next step and Show Log`, async () => {
      const { gateway } = await useGateway('failing');
      await set('imageGateway.model', 'acme/painter');
      if (reply.hang !== undefined) await set('imageGateway.request.timeoutSeconds', 1);
      await gateway.reply(imagesPath, reply);
      const result = generate();
      await ui.quickInput();
      await ui.answerInput('a fox');
      assert.equal(await result, undefined);
      const toast = await assert.eventually(
        async () => (await ui.notifications()).find((one) => one.buttons.includes('Show Log')),
        'the failure',
      );
      assert.match(toast!.text, sentence);
      assert.deepEqual(toast!.buttons, [...buttons, 'Show Log']);
      assert.equal(/\[\w+\]$|undefined|\n|\.\.$/.test(toast!.text), false, toast!.text);
      await shownOnce(toast!.text);
      await logHolds(toast!.text);
    });
  }

  it('2.9 offers the log: its button opens it', async () => {
    const { gateway } = await useGateway('failing');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await gateway.reply(imagesPath, errorReply(500, 'It burns'));
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('a fox');
    await result;
    await ui.clickNotification('It burns', 'Show Log');
    await ui.waitFor(outputView);
    await ui.waitForText('It burns', { within: 'workbench', selector: '.part.panel' });
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('2.9 is in the log, too, where nothing was sent', async () => {
    await set('imageGateway.gateway', 'no-such-gateway');
    await openPanel();
    await generateInPanel('a fox for nobody');
    await ui.waitForText('There is no gateway no-such-gateway', { selector: '.failure' });
    await logHolds('There is no gateway no-such-gateway');
  });
});

describe('2.9 the log', () => {
  leavesAsFound();

  it('2.9 tells what was asked, saved and noticed', async () => {
    const { id } = await useGateway('logged');
    const { images } = await generate({
      prompt: 'a logged fox',
      model: 'acme/painter',
      outputFormat: 'webp',
    });
    const { uri, byteLength } = images[0]!;
    const log = await logHolds(`Saved ${uri.toString()} (64×48, ${byteLength} bytes)`);
    assert.includes(log, `Asking ${id} for an image of acme/painter.`);
    assert.includes(log, 'PNG came and was converted to WebP. [converted]');
    assert.includes(log, 'Receipt: model: asked acme/painter; count: came 1; size: came 64×48');
    assert.includes(log, 'format: asked WebP, came PNG, saved WebP');
  });

  it('2.3 2.9 holds neither the key, however a gateway echoes it, nor base64', async function () {
    await needsUi(this);
    const { gateway, id } = await useGateway('echoing', { auth: 'bearer' });
    await ui.runCommand('Image Gateway: Set API Key');
    await ui.pickItem(id);
    await ui.answerInput(key);
    await ui.waitForNotification('is stored');
    await ui.clearNotifications();
    const base64 = 'QUJD'.repeat(100);
    const echoes = `marker ${key} and ${encodeURIComponent(key)} and Bearer ${key}`;
    for (const reply of [
      errorReply(401, echoes),
      errorReply(400, `marker data:image/png;base64,${base64}`),
      { status: 500, body: `marker ${key}` },
      { headers: { location: `https://${key.replace(/[^\w-]/g, '')}.example/` }, status: 302 },
    ]) {
      await gateway.queue(imagesPath, reply);
      const error = await assert.rejects(generate({ prompt: 'an echoing fox', model: 'acme/painter' }));
      assert.equal(error.message.includes(key), false, error.message);
    }
    assert.equal((await gateway.requests(imagesPath))[0]?.headers['authorization'], `Bearer ${key}`);
    const log = await logHolds('redirects');
    assert.includes(log, 'marker');
    for (const secret of [key, encodeURIComponent(key), base64.slice(0, 200)])
      assert.equal(log.includes(secret), false, `the log holds ${secret.slice(0, 20)}`);
    await ui.runCommand('Image Gateway: Remove API Key');
    await ui.pickItem(id);
    await ui.waitForNotification('is removed');
  });

  it('2.9 has one line for each event, whatever line breaks come from outside', async () => {
    const { gateway } = await useGateway('forging');
    await gateway.reply(
      imagesPath,
      errorReply(400, 'first\n2026-01-01 00:00:00.000 [info] Saved forged.png'),
    );
    await failsWith('badRequest', generate({ prompt: 'a forging fox', model: 'acme/painter' }));
    const log = await logHolds('Saved forged.png');
    assert.equal(/^2026-01-01 00:00:00\.000/m.test(log), false, 'a forged line');
  });

  it('2.9 has no errors of a panel that was closed in the middle', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('closing');
    await gateway.queue(imagesPath, { hang: 'before' });
    await generateInPanel('a fox left alone');
    await assert.eventually(async () => (await gateway.requests(imagesPath)).length === 1, 'the request');
    await openPanel();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const { id } = await useGateway('closed');
    await generate({ prompt: 'a fox afterwards', model: 'acme/painter' });
    const log = await logHolds(`Asking ${id}`);
    assert.includes(log, 'Cancelled after');
    assert.equal(log.includes('could not be handled'), false, log);
  });
});

/** Waits until the output channel shows the part; resolves with all that it shows. */
async function logHolds(part: string): Promise<string> {
  await vscode.commands.executeCommand('imageGateway.showLog');
  const isOurs = ({ uri }: vscode.TextDocument) =>
    uri.scheme === 'output' && uri.path.includes('image-gateway');
  let text = '';
  // What was logged comes to the output a moment later.
  for (const end = Date.now() + 10_000; !text.includes(part) && Date.now() < end;) {
    text = vscode.workspace.textDocuments.find(isOurs)?.getText() ?? '';
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.includes(text, part, 'not in the log');
  return text;
}
