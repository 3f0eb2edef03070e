import * as vscode from 'vscode';
import { maskFromStrokes } from '../../../src/core/image/maskStrokes.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { failsWith, generate, leavesAsFound, posts, set, useGateway } from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { cancelButton, completed, generateInPanel, imagesPath, isRunning } from '../../support/panelKit.ts';

const marked = { tool: 'rectangle', x: 2, y: 2, width: 4, height: 4 } as const;
const picture = { json: { data: [{ b64_json: pngBase64('8x8') }] } };

describe('3.1 edits', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('edits'));
    await disk.write('art/fox.png', await makePicture('8x8'));
    await disk.write('art/mask.png', await maskFromStrokes(8, 8, [marked]));
    await disk.write('art/opaque.png', await makePicture('8x8 #000000'));
  });

  const edit = { prompt: 'now in snow', model: 'acme/painter', references: ['art/fox.png'] };

  it('3.1 references go to images/edits, with the mask, and what comes is saved', async () => {
    await gateway.reply('/images/edits', picture);
    const { images } = await generate({ ...edit, mask: 'art/mask.png' });
    assert.equal(images.length, 1);
    const [request] = await posts(gateway);
    assert.equal(request?.path, '/v1/images/edits');
    const body = request!.body as { images: unknown[]; mask: { image_url: string } };
    assert.equal(body.images.length, 1);
    assert.match(body.mask.image_url, /^data:image\/png;base64,/);
  });

  it('3.1 go as a form where JSON is not taken, with real files in it', async () => {
    await gateway.play('editsAsFormOnly');
    await generate(edit);
    const [, form] = await posts(gateway);
    assert.match(form?.headers['content-type'] ?? '', /^multipart\/form-data/);
    assert.includes(form?.bodyText ?? '', 'name="image"; filename="image-1.png"\r\nContent-Type: image/png');
  });

  it('3.1 a mask alone, and one that marks nothing, are refused before anything is sent', async () => {
    await failsWith(
      'invalidArguments',
      generate({ prompt: 'p', model: 'acme/painter', mask: 'art/mask.png' }),
    );
    await failsWith('invalidArguments', generate({ ...edit, model: 'acme/chatty', mask: 'art/opaque.png' }));
    await failsWith('invalidArguments', generate({ ...edit, mask: '../outside.png' }));
    assert.deepEqual(await posts(gateway), []);
  });
});

describe('3.2 what a gateway takes', () => {
  leavesAsFound();

  it('3.2 is remembered beyond the request, for this gateway and model', async () => {
    const { gateway } = await useGateway('learning');
    await gateway.play('qualityUnknown');
    for (let time = 0; time < 2; time++) {
      const { notices } = await generate({ prompt: 'p', model: 'acme/painter', quality: 'high' });
      assert.deepEqual(
        notices.map(({ code }) => code),
        ['argumentNotSent'],
      );
    }
    assert.deepEqual(
      (await posts(gateway)).map(({ body }) => 'quality' in (body as object)),
      [true, false, false],
    );
  });

  it('3.1 can be forgotten in Select Model, and is asked with everything again', async function () {
    await needsUi(this);
    const { gateway, id } = await useGateway('forgetting');
    await gateway.play('qualityUnknown');
    const ask = () => generate({ prompt: 'p', model: 'acme/painter', quality: 'high' });
    await ask();
    const selecting = vscode.commands.executeCommand('imageGateway.selectModel');
    await ui.quickInput();
    await ui.click({ within: 'workbench', label: `Forget what ${id} was seen to refuse` });
    await ui.waitForNotification('Forgotten');
    await ui.cancelInput();
    await selecting;
    const { notices } = await ask();
    assert.deepEqual(notices, []);
    assert.ok('quality' in ((await posts(gateway)).at(-1)!.body as object));
  });

  it('3.2 the count is made up where one answer brings fewer, and every picture is saved', async () => {
    const { gateway } = await useGateway('learning');
    const { images, notices } = await generate({ prompt: 'p', model: 'acme/chatty', n: 3 });
    assert.equal(images.length, 3);
    assert.equal((await disk.list('images')).length, 3);
    assert.deepEqual(notices, []);
    assert.equal((await posts(gateway)).length, 3);
  });
});

describe('3.7 time and money', () => {
  leavesAsFound();

  it('3.7 a wait that the gateway asks for is shown in the panel and can be cancelled', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('waiting');
    await set('imageGateway.model', 'acme/painter');
    await gateway.play('rateLimitedTwoMinutes');
    await generateInPanel('a fox that waits');
    await ui.waitForText('The gateway asks to wait; trying again in 120 s');
    await ui.click(cancelButton);
    await assert.eventually(async () => !(await isRunning()), 'cancelled');
    assert.equal((await posts(gateway)).length, 1);
  });

  it('3.7 the panel adds up what this session cost, and how much of it is unknown', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('costs');
    await set('imageGateway.model', 'acme/painter');
    await gateway.reply(imagesPath, { sse: [completed(false)] });
    await generateInPanel('a fox that costs');
    await ui.waitForText('0.0125 USD · 42 tokens');
    const before = sessionOf(await sessionLine());
    assert.ok(before.known >= 0.0125);
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: pngBase64('8x8') }] } });
    await generate({ prompt: 'a fox of unknown cost' });
    await assert.eventually(async () => {
      const now = sessionOf(await sessionLine());
      return now.unknown === before.unknown + 1 && now.known === before.known;
    }, 'the session’s total');
  });

  it('3.7 waits longer than fetch can where request.timeoutSeconds says so', async () => {
    const { gateway } = await useGateway('patient');
    await set('imageGateway.request.timeoutSeconds', 900);
    const { images } = await generate({ prompt: 'p', model: 'acme/painter' });
    assert.equal(images.length, 1);
    assert.equal((await posts(gateway)).length, 1);
  });
});

/** The line of the panel; another one there tells of agents. */
async function sessionLine(): Promise<string> {
  return (await ui.texts({ selector: '.cost' })).findLast((text) => text.startsWith('This session')) ?? '';
}

/** Reads "This session: 0.0125 USD + 3 requests of unknown cost". */
function sessionOf(line: string): { known: number; unknown: number } {
  const known = /([\d.]+) USD/.exec(line)?.[1] ?? '0';
  const unknown = /(\d+) requests? of unknown cost/.exec(line)?.[1] ?? '0';
  return { known: Number(known), unknown: Number(unknown) };
}
