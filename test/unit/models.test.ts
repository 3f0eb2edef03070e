import assert from 'node:assert/strict';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { chooseModel } from '../../src/core/gateway/chooseModel.ts';
import { imageModels, type ModelEntry, parseModels } from '../../src/core/gateway/models.ts';
import { gatewayAt } from '../support/askGateway.ts';

function only(answer: unknown): ModelEntry {
  const [entry, ...others] = parseModels(answer) ?? [];
  assert.ok(entry && others.length === 0);
  return entry;
}

const ids = (entries: readonly ModelEntry[] | undefined) => entries?.map(({ id }) => id);
const config = gatewayAt('https://ai.corp.example/v1', 'corp');

describe('2.4 the list of models', () => {
  it('2.4 reads Vercel’s list: the type image paints, the tag chats', () => {
    const models = parseModels({
      object: 'list',
      data: [
        { id: 'bfl/flux-pro', object: 'model', name: 'FLUX', type: 'image', tags: ['image-generation'] },
        { id: 'google/banana', name: 'Banana', type: 'language', tags: ['vision', 'image-generation'] },
        { id: 'google/words', name: 'Words', type: 'language', tags: ['vision'] },
        { id: 'a/embed', type: 'embedding' },
      ],
    });
    assert.deepEqual(
      models?.map(({ id, makesImages, route }) => [id, makesImages, route]),
      [
        ['bfl/flux-pro', 'yes', 'images'],
        ['google/banana', 'yes', 'chat'],
        ['google/words', 'no', undefined],
        ['a/embed', 'no', undefined],
      ],
    );
  });

  it('2.4 reads OpenRouter’s list: what the architecture puts out, and which parameters it takes', () => {
    const both = only({
      data: [
        {
          id: 'google/banana',
          name: 'Google: Banana',
          architecture: { input_modalities: ['text', 'image'], output_modalities: ['image', 'text'] },
          supported_parameters: ['seed', 7, 'stream'],
        },
      ],
    });
    assert.deepEqual(both, {
      id: 'google/banana',
      name: 'Google: Banana',
      makesImages: 'yes',
      route: 'chat',
      imageOnly: false,
      supportedParameters: ['seed', 'stream'],
      takesImages: true,
    });
    const listed = only({
      data: [
        {
          id: 'x',
          supported_parameters: {
            aspect_ratio: { type: 'enum', values: ['1:1', '16:9', 'auto', 7, '0:0'] },
            resolution: { type: 'enum', values: ['1K', '4K', '9K'] },
            size: { values: ['1024x1024', '99999x2', '1x1'] },
          },
        },
      ],
    });
    assert.deepEqual(listed.supportedParameters, ['aspect_ratio', 'resolution', 'size']);
    assert.deepEqual(listed.sizes, {
      sizes: [{ width: 1024, height: 1024 }],
      aspectRatios: [
        { width: 1, height: 1 },
        { width: 16, height: 9 },
      ],
      resolutions: ['1K', '4K'],
    });
    const alone = only({ data: [{ id: 'x', architecture: { output_modalities: ['image'] } }] });
    assert.equal(alone.imageOnly, true);
    const words = only({ data: [{ id: 'x', architecture: { output_modalities: ['text'] } }] });
    assert.equal(words.makesImages, 'no');
  });

  it('2.4 reads Agnic’s other form, with the outputs at the top', () => {
    const entry = only({ data: [{ id: 'x', output_modalities: ['text', 'image'] }] });
    assert.deepEqual([entry.makesImages, entry.route], ['yes', 'chat']);
  });

  it('2.4 knows nothing of a model in a plain OpenAI list', () => {
    const entry = only({
      object: 'list',
      data: [{ id: 'gpt-image-2', object: 'model', created: 1, owned_by: 'openai' }],
    });
    assert.deepEqual([entry.makesImages, entry.route, entry.name], ['unknown', undefined, 'gpt-image-2']);
    assert.equal(only({ data: [{ id: 'x', type: 'model' }] }).makesImages, 'unknown');
  });

  it('2.4 reads a bare array, and a list called models', () => {
    assert.deepEqual(ids(parseModels([{ id: 'a' }, { id: 'b' }])), ['a', 'b']);
    assert.deepEqual(ids(parseModels({ models: [{ id: 'a' }] })), ['a']);
  });

  it('2.4 tells an empty list from none', () => {
    assert.deepEqual(parseModels({ data: [] }), []);
    for (const answer of [{}, { data: null }, { data: { id: 'a' } }, 'models', null, 7])
      assert.equal(parseModels(answer), undefined, JSON.stringify(answer));
  });

  it('2.4 leaves out entries without a usable id, and the second of the same id', () => {
    const list = [
      { id: 'a', name: 'first' },
      { id: 'a', name: 'second' },
      { name: 'no id' },
      { id: '' },
      { id: 7 },
      { id: 'x'.repeat(201) },
      { id: 'two\nlines' },
      { id: 'b\u202e' },
      ' a ',
      null,
      ['a'],
    ];
    const models = parseModels({ data: list });
    assert.deepEqual(
      models?.map(({ name }) => name),
      ['first'],
    );
  });

  it('2.4 makes one bounded line of a name', () => {
    assert.equal(only([{ id: 'a', name: 'x\n\u202ey' }]).name, 'x y');
    assert.equal(only([{ id: 'a', name: 'x'.repeat(500) }]).name.length, 200);
    assert.equal(only([{ id: 'a', name: 7 }]).name, 'a');
  });

  it('2.4 puts models that say they paint before those that sound like it', () => {
    const models = parseModels([
      { id: 'my-flux' },
      { id: 'words', output_modalities: ['text'] },
      { id: 'painter', type: 'image' },
      { id: 'gpt-4' },
    ]);
    assert.deepEqual(ids(imageModels(models ?? [])), ['painter', 'my-flux']);
  });

  it('2.4 takes the one model of a server that has but one, and guesses not among several', () => {
    assert.deepEqual(ids(imageModels(parseModels([{ id: 'mine' }]) ?? [])), ['mine']);
    assert.deepEqual(imageModels(parseModels([{ id: 'mine' }, { id: 'yours' }]) ?? []), []);
    assert.deepEqual(imageModels(parseModels([{ id: 'words', output_modalities: ['text'] }]) ?? []), []);
  });

  for (const id of ['gpt-image-2', 'imagen-4', 'dall-e-3', 'stable-diffusion', 'FLUX.1', 'sdxl', 'sd-3.5']) {
    it(`2.4 thinks that ${id} paints`, () =>
      assert.equal(imageModels(parseModels([{ id }, { id: 'gpt-4' }]) ?? []).length, 1));
  }
});

describe('2.2 which model is asked', () => {
  const models = parseModels([
    { id: 'painter', type: 'image' },
    { id: 'chatty', type: 'language', tags: ['image-generation'] },
    { id: 'words', type: 'language' },
    { id: 'plain' },
  ]);

  function refusal(wanted: string, list: readonly ModelEntry[] | undefined): string {
    try {
      chooseModel(config, wanted, list);
    } catch (error) {
      assert.ok(isImageGatewayError(error));
      assert.equal(error.code, 'modelNotFound');
      return error.message;
    }
    return assert.fail('it was chosen');
  }

  it('2.2 takes the one that is wanted, over the route that its entry names', () => {
    assert.equal(chooseModel(config, 'painter', models).route, 'images');
    assert.equal(chooseModel(config, 'chatty', models).route, 'chat');
  });

  it('2.2 lets the route of the settings override the entry’s', () => {
    const chat = gatewayAt('https://ai.corp.example/v1', 'corp', { route: 'chat' });
    assert.equal(chooseModel(chat, 'painter', models).route, 'chat');
  });

  it('2.4 asks a model whose entry says nothing over the gateway’s own route', () => {
    assert.equal(chooseModel(config, 'plain', models).route, 'images');
    assert.equal(chooseModel(gatewayAt('https://a.example', 'vercel'), 'plain', models).route, 'chat');
  });

  it('2.2 never takes another for one that is not listed, and names the gateway', () => {
    assert.match(refusal('gone', models), /^corp does not list the model gone; .*Select Model/);
    assert.match(refusal('gone', []), /does not list/);
  });

  it('2.2 refuses a model of which the list says that it makes no images', () => {
    assert.match(refusal('words', models), /makes no images/);
  });

  it('2.2 asks any model that is named where the gateway has no list', () => {
    const { entry, route } = chooseModel(config, 'mine', undefined);
    assert.deepEqual([entry.id, entry.makesImages, route], ['mine', 'unknown', 'images']);
  });

  it('2.2 takes the preferred one where none is wanted and it is listed, else the first that paints', () => {
    const openai = gatewayAt('https://a.example', 'openai');
    const list = parseModels([{ id: 'dall-e-3' }, { id: 'gpt-image-2' }]);
    assert.equal(chooseModel(openai, '', list).entry.id, 'gpt-image-2');
    assert.equal(chooseModel(openai, '', parseModels([{ id: 'dall-e-3' }])).entry.id, 'dall-e-3');
  });

  it('2.2 says what to do where nothing can be taken', () => {
    assert.match(refusal('', []), /lists no image model; name one/);
    assert.match(refusal('', undefined), /has no list of models; name one/);
  });

  it('2.3 shows a model’s id so that no link forms', () => {
    assert.doesNotMatch(refusal('[x](command:quit)', models), /\]\(|command:/);
  });
});
