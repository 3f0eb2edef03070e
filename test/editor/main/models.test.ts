import * as assert from '../../support/assert.ts';
import { needsUi, type TestGateway, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  onlyBody,
  posts,
  set,
  useGateway,
} from '../../support/commandKit.ts';

const listed = (...ids: readonly string[]) => ({ json: { data: ids.map((id) => ({ id, type: 'image' })) } });

/** Chooses a model by Select Model, as a person does. */
async function selectModel(name: string): Promise<void> {
  await ui.runCommand('Image Gateway: Select Model');
  assert.includes((await ui.quickInput())!.title, 'Select Model of');
  await ui.pickItem(name);
}

async function modelAsked(
  gateway: TestGateway,
  args: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const { length } = await posts(gateway);
  const result = await generate({ prompt: 'which model', ...args });
  const all = await posts(gateway);
  assert.equal(all.length, length + 1, 'requests for pictures');
  const { model } = all[length]!.body as { model: unknown };
  assert.equal(result.model, model);
  assert.equal(result.requested['model'], model);
  return model;
}

describe('2.2 which model is asked', () => {
  leavesAsFound();

  it('2.2 nothing chosen: the first image model that the gateway lists', async () => {
    const { gateway } = await useGateway('models');
    assert.equal(await modelAsked(gateway), 'acme/painter');
    assert.equal((await gateway.requests('/models')).length, 1);
  });

  it('2.2 nothing chosen: the one that the preset prefers, where it is listed', async () => {
    const { gateway, id } = await useGateway('models', { auth: 'none' });
    await set('imageGateway.gateways', {
      [id]: { baseUrl: gateway.baseUrl },
      openrouter: { baseUrl: gateway.baseUrl, auth: 'none' },
    });
    await gateway.reply('/models', listed('acme/first', 'google/gemini-3-pro-image'));
    assert.equal(await modelAsked(gateway, { gateway: 'openrouter' }), 'google/gemini-3-pro-image');
    assert.equal(await modelAsked(gateway), 'acme/first');
  });

  it('2.2 Select Model is remembered for its gateway, and the setting overrides it', async function () {
    await needsUi(this);
    const { gateway, id } = await useGateway('models');
    await selectModel('chatty');
    await assert.eventually(async () => (await modelAsked(gateway)) === 'acme/chatty', 'the chosen model');
    await set('imageGateway.gateways', {
      [id]: { baseUrl: gateway.baseUrl },
      [`${id}-other`]: { baseUrl: gateway.baseUrl },
    });
    assert.equal(await modelAsked(gateway, { gateway: `${id}-other` }), 'acme/painter');
    await set('imageGateway.model', 'acme/painter');
    assert.equal(await modelAsked(gateway), 'acme/painter');
    assert.equal(await modelAsked(gateway, { model: 'acme/chatty' }), 'acme/chatty');
  });

  it('2.2 Select Model offers the live list: image models, never ones that make no images', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('models');
    await generate({ prompt: 'makes the list known' });
    await gateway.reply('/models', {
      json: {
        data: [
          { id: 'acme/words', type: 'language' },
          { id: 'acme/newest', type: 'image', name: 'Newest $(trash)' },
          { id: 'plain' },
        ],
      },
    });
    await ui.runCommand('Image Gateway: Select Model');
    // The list of a moment ago is there at once, the new one behind it.
    const rows = async () =>
      (await ui.quickInput())!.items.map(({ label, description }) => [label, description]);
    await assert.eventually(async () => (await rows())[0]?.[1] === 'acme/newest', 'the new list');
    assert.deepEqual(await rows(), [
      ['Newest $ (trash)', 'acme/newest'],
      ['plain', ''],
    ]);
    await ui.cancelInput();
    assert.equal((await gateway.requests('/models')).length, 2, 'the list is asked for anew');
  });

  it('2.2 Select Model warns where the setting overrides the choice', async function () {
    await needsUi(this);
    await useGateway('models');
    await set('imageGateway.model', 'acme/painter');
    await selectModel('chatty');
    await ui.waitForNotification('imageGateway.model overrides');
  });

  it('2.2 Select Model asks for a name where the gateway has no list', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('models');
    await gateway.reply('/models', { status: 404, json: { error: { message: 'no such route' } } });
    await failsWith('modelNotFound', generate({ prompt: 'nothing to choose from' }));
    assert.deepEqual(await posts(gateway), []);
    await ui.runCommand('Image Gateway: Select Model');
    assert.includes((await ui.quickInput())!.message, 'has no list of models');
    await ui.answerInput('my-own-model');
    assert.equal(
      await assert.eventually(() => modelAsked(gateway).catch(() => undefined), 'the model is asked'),
      'my-own-model',
    );
  });

  it('2.2 a model that is not listed is modelNotFound naming the gateway, and nothing is asked for', async () => {
    const { gateway, id } = await useGateway('models');
    const byArgument = await failsWith('modelNotFound', generate({ prompt: 'a fox', model: 'acme/gone' }));
    assert.includes(byArgument.message, id);
    assert.includes(byArgument.message, 'acme/gone');
    await set('imageGateway.model', 'acme/typo');
    const bySetting = await failsWith('modelNotFound', generate({ prompt: 'a fox' }));
    assert.includes(bySetting.message, 'acme/typo');
    await failsWith('modelNotFound', generate({ prompt: 'a fox', model: 'acme/words' }));
    assert.deepEqual(await posts(gateway), []);
  });

  it('2.2 a model that appears in the list later is found without waiting', async () => {
    const { gateway } = await useGateway('models');
    assert.equal(await modelAsked(gateway), 'acme/painter');
    await gateway.reply('/models', listed('acme/brand-new'));
    assert.equal(await modelAsked(gateway, { model: 'acme/brand-new' }), 'acme/brand-new');
  });

  it('2.2 the entry of the list decides the route, and `route` in the settings overrides it', async () => {
    const byEntry = await useGateway('models');
    await generate({ prompt: 'a fox', model: 'acme/chatty' });
    assert.equal((await posts(byEntry.gateway))[0]!.path, '/v1/chat/completions');
    const bySetting = await useGateway('models', { route: 'images' });
    await generate({ prompt: 'a fox', model: 'acme/chatty' });
    assert.equal((await posts(bySetting.gateway))[0]!.path, '/v1/images/generations');
    assert.equal((await onlyBody(bySetting.gateway))['prompt'], 'a fox');
  });
});
