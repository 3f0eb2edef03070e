import { chatChunk, pngBase64, pngUrl, type Reply } from '../gatewayReply.ts';
import { chatPath, type Fault, imagesPath } from './fault.ts';

const png = (colour = '#2878c8') => pngBase64(`64x48 ${colour}`);
const url = (colour = '#2878c8') => pngUrl(`64x48 ${colour}`);
const message = (members: object, finish = 'stop'): Reply => ({
  json: {
    choices: [
      { index: 0, message: { role: 'assistant', content: 'Here.', ...members }, finish_reason: finish },
    ],
  },
});
const chat = (number: number, reply: Reply): Fault => ({ number, always: { [chatPath]: reply } });
const images = (number: number, json: unknown): Fault => ({ number, always: { [imagesPath]: { json } } });
const data = (number: number, ...entries: readonly object[]) => images(number, { created: 1, data: entries });
const base64 = (text: string) => btoa(text);

/** A Markdown picture in words, in deltas of a few characters each. */
function dribbled(): Reply {
  return {
    // The placeholder is filled in before the text is cut: the server knows no picture in pieces.
    dribble: `Look: ![a fox](${url()}) - done!`,
  };
}

/** Faults 30 to 40: what answers hold. */
export const payloadFaults = {
  imagesOfStrings: chat(30, message({ images: [url()] })),
  imagesWithUrlStrings: chat(30, message({ images: [{ type: 'image_url', image_url: url() }] })),
  imagesWithBase64: chat(30, message({ images: [{ b64_json: png() }] })),
  oneImage: chat(30, message({ image: { url: url() } })),
  contentParts: chat(
    30,
    message({
      content: [
        { type: 'text', text: 'Here.' },
        { type: 'image_url', image_url: { url: url() } },
      ],
    }),
  ),
  contentSource: chat(
    30,
    message({
      content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png() } }],
    }),
  ),
  inlineData: chat(30, message({ content: [{ inlineData: { mimeType: 'image/png', data: png() } }] })),
  contentBlocks: chat(30, message({ content_blocks: [{ type: 'image_url', image_url: { url: url() } }] })),
  contentBlocksStreamed: chat(30, {
    sse: [
      chatChunk({ content_blocks: [{ index: 0, delta: { text: 'Here.', type: 'text' } }] }),
      chatChunk({ content_blocks: [{ index: 1, delta: { type: 'image_url', image_url: { url: url() } } }] }),
      chatChunk({}, 'STOP'),
    ],
  }),
  markdownWhole: chat(30, message({ content: `Look: ![a fox](${url()}) - done!` })),
  markdownInDeltas: chat(30, dribbled()),
  rawBase64: chat(30, message({ images: [png()] })),
  topLevelImages: chat(30, { json: { images: [{ image_url: { url: url() } }], choices: [] } }),
  chatOnTheImagesRoute: {
    number: 30,
    always: { [imagesPath]: message({ images: [{ image_url: { url: url() } }] }) },
  },
  soundBeside: chat(
    30,
    message({ content: [{ inlineData: { mimeType: 'audio/wav', data: 'AAAA' } }], image: { url: url() } }),
  ),
  wordsAboutDataUrls: chat(
    30,
    message({ content: 'Use data:image/png;base64,iVBOR… in CSS.', images: [url()] }),
  ),
  pictureBesideAnError: images(22, { data: [{ b64_json: png() }], error: { message: 'One of two failed.' } }),
  dataInsideChat: chat(30, { json: { data: [{ b64_json: png() }] } }),
  emptyData: data(31),
  nullData: images(31, { created: 1, data: null }),
  noChoices: chat(31, { json: { choices: [] } }),
  wordsOnly: chat(31, message({ content: 'I would rather write a poem.' })),
  imageSafety: chat(31, message({ content: '' }, 'IMAGE_SAFETY')),
  noImageReason: chat(31, message({ content: '' }, 'NO_IMAGE')),
  nativeReason: chat(31, {
    json: {
      choices: [{ message: { content: '' }, finish_reason: 'stop', native_finish_reason: 'IMAGE_SAFETY' }],
    },
  }),
  refusalPart: chat(31, message({ content: [{ type: 'refusal', refusal: 'I must not.' }] })),
  heldBack: data(31, { url: '', respect_moderation: false }),
  fewerThanAsked: data(32, { b64_json: png() }),
  moreThanAsked: data(32, { b64_json: png('#111111') }, { b64_json: png('#ff0000') }),
  urlOfAnotherMachine: data(33, { url: 'http://10.1.2.3/picture.png' }),
  urlOfNothing: data(33, { url: 'file:///etc/passwd' }),
  prefixInBase64: data(34, { b64_json: url() }),
  percentEncoded: data(34, { b64_json: 'iVBORw0KGgo%3D%3D' }),
  pageInBase64: data(34, { b64_json: '<html>busy</html>' }),
  paddingInTheMiddle: data(34, { b64_json: 'iVBORw0KGg==iVBORw0KGg==' }),
  wrappedBase64: data(34, { b64_json: `\r\n ${png()} \n` }),
  dataUrlWithParameters: chat(
    35,
    message({ images: [{ image_url: { url: `DATA:IMAGE/PNG;charset=utf-8;BASE64,${png()}` } }] }),
  ),
  escapedBase64: {
    number: 36,
    always: {
      [imagesPath]: {
        headers: { 'content-type': 'application/json' },
        escaped: `{"data":[{"b64_json":"${png()}"}]}`,
      },
    },
  },
  wrongType: data(37, { b64_json: png(), media_type: 'image/jpeg' }),
  svg: data(38, {
    b64_json: base64('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    media_type: 'image/svg+xml',
  }),
  gif: data(38, { b64_json: base64('GIF89a\u0001\u0000\u0001\u0000') }),
  withoutItsEnd: data(39, { b64_json: 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAA' }),
  costAsAString: images(40, {
    data: [{ b64_json: png() }],
    provider_metadata: { gateway: { cost: '0.04' } },
  }),
  costInCamelCase: images(40, {
    data: [{ b64_json: png() }],
    providerMetadata: { gateway: { cost: '0.0400' } },
  }),
  costAsANumber: images(40, { data: [{ b64_json: png() }], usage: { cost: 4e-7 } }),
  costInTicks: images(40, { data: [{ b64_json: png() }], usage: { cost_in_usd_ticks: 200_000_000 } }),
  costWithOwnKey: images(40, {
    data: [{ b64_json: png() }],
    usage: { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 0.03 } },
  }),
  costWithOwnKeyUnknown: images(40, { data: [{ b64_json: png() }], usage: { cost: 0, is_byok: true } }),
  costAbsent: images(40, { data: [{ b64_json: png() }], usage: { total_tokens: 5 } }),
  costNonsense: images(40, { data: [{ b64_json: png() }], usage: { cost: -1 } }),
} satisfies Record<string, Fault>;
