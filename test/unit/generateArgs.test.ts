import assert from 'node:assert/strict';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { parseGenerateArgs } from '../../src/core/generateArgs.ts';

const context = { isUri: (value: unknown): value is URL => value instanceof URL, maxImages: 4 };
const parse = (args: unknown) => parseGenerateArgs<URL>(args, context);

function refusal(args: unknown): string {
  try {
    parse(args);
  } catch (error) {
    assert.ok(isImageGatewayError(error));
    assert.equal(error.code, 'invalidArguments');
    return error.message;
  }
  assert.fail(`not refused: ${JSON.stringify(args)}`);
}

describe('2.2 the arguments of generate', () => {
  it('2.2 takes every field of the contract', () => {
    const uri = new URL('file:///a');
    const args = {
      prompt: 'a fox',
      gateway: 'vercel',
      model: 'm',
      n: 4,
      size: '1024x768',
      aspectRatio: '4:3',
      quality: 'high',
      background: 'transparent',
      outputFormat: 'webp',
      seed: -7,
      providerOptions: { a: { b: 1 } },
      extraBody: { user: 'me' },
      references: ['images/a.png', uri],
      mask: uri,
      directory: 'docs/img',
      fileName: '${prompt}',
      insertLink: false,
      stream: true,
    };
    assert.deepEqual(parse(args), {
      ...args,
      size: { width: 1024, height: 768 },
      aspectRatio: { width: 4, height: 3 },
    });
  });

  it('2.2 takes no arguments, and undefined members as absent', () => {
    assert.deepEqual(parse(undefined), {});
    assert.deepEqual(parse({ prompt: undefined, n: 1 }), { n: 1 });
  });

  const illTyped: Record<string, unknown[]> = {
    prompt: [5, '', '   ', 'x'.repeat(32_001), null],
    gateway: [1, ''],
    model: [{}, ''],
    n: [0, 11, 1.5, '2', NaN, -1],
    size: ['1024', '0x5', '1024×768', 1024, '99999x99999', '1x1x1'],
    aspectRatio: ['16/9', '0:1', 1.5],
    quality: [3],
    background: ['clear', true],
    outputFormat: ['gif', 'svg', 'jpg'],
    seed: [1.5, '1', Infinity],
    providerOptions: ['x', [], null],
    extraBody: [[], 'x'],
    references: [
      'a.png',
      [5],
      ['https://a.example/x.png'],
      ['file:///etc/passwd'],
      Array.from({ length: 17 }, () => 'a'),
    ],
    mask: ['http://a.example/x', 5],
    directory: [5, 'file:///tmp'],
    fileName: [5, ''],
    insertLink: ['yes', 1],
    stream: ['true'],
  };
  for (const [name, values] of Object.entries(illTyped)) {
    it(`2.2 refuses an ill-typed ${name} by name`, () => {
      for (const value of values)
        assert.match(refusal({ [name]: value }), new RegExp(`\\b${name}\\b.* \\[invalidArguments\\]$`));
    });
  }

  it('2.2 refuses unknown fields by name, and what is no object', () => {
    assert.match(refusal({ promt: 'x' }), /promt is unknown/);
    assert.match(refusal({ apiKey: 'x' }), /apiKey is unknown/);
    assert.match(refusal(JSON.parse('{"__proto__": 1}')), /__proto__ is unknown/);
    for (const value of [[], 'a fox', 5]) assert.match(refusal(value), /must be an object/);
  });

  it('2.2 refuses an n above request.maxImages, naming the setting', () => {
    assert.match(refusal({ n: 5 }), /n is 5, but imageGateway\.request\.maxImages allows 4/);
  });

  it('4.4 wants no transparency of JPEG', () => {
    assert.match(refusal({ background: 'transparent', outputFormat: 'jpeg' }), /JPEG has no transparency/);
    parse({ prompt: 'p', background: 'transparent', outputFormat: 'webp' });
  });

  it('2.2 wants size and aspectRatio to agree', () => {
    assert.deepEqual(parse({ size: '1344x768', aspectRatio: '16:9' }).size, { width: 1344, height: 768 });
    assert.match(refusal({ size: '1024x1024', aspectRatio: '16:9' }), /do not agree/);
  });

  const costly =
    'model prompt messages n stream Model N num_images numImages best_of tools tool_choice functions plugins web_search_options models route provider ' +
    'modalities image images image_url input_references mask size quality background aspect_ratio output_format seed providerOptions stream_options partial_images service_tier ' +
    'max_images candidateCount generationConfig sequential_image_generation batch_count init_image reference_images api_base extra_body extra_headers fallback_models';
  for (const name of costly.split(' ')) {
    it(`2.3 refuses the member ${name} of extraBody`, () =>
      assert.match(refusal({ extraBody: { [name]: 1 } }), new RegExp(`extraBody may not set ${name}`)));
  }

  it('2.2 copies JSON, so that the caller cannot change it after the check', () => {
    const extraBody: Record<string, unknown> = { user: 'a' };
    const parsed = parse({ extraBody });
    extraBody['n'] = 10;
    assert.deepEqual(parsed.extraBody, { user: 'a' });
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    assert.match(refusal({ providerOptions: cycle }), /JSON/);
  });
});
