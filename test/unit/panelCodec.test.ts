import assert from 'node:assert/strict';
import { imageActions } from '../../src/protocol/panel.ts';
import { decodeFromWebview, decodeToWebview, maxPromptLength } from '../../src/protocol/panelCodec.ts';

const image = {
  id: 'one',
  bytes: new Uint8Array([1, 2, 3]),
  mediaType: 'image/png',
  width: 2,
  height: 1,
  byteLength: 3,
  hasAlpha: true,
  alt: 'A fox',
  path: 'images/a-fox.png',
};
const state = {
  prompt: 'A fox',
  gatewayName: 'Offline',
  modelName: 'sketch',
  status: 'idle',
  requestPrompt: '',
  startedAt: 0,
  waitLine: '',
  text: '',
  failure: '',
  costLine: '',
  sessionLine: '',
  notices: ['Size differs.'],
  receipt: [{ topic: 'Size', asked: '1200×630', came: '1024×1024', saved: '1200×630', differs: false }],
};
const stringNames =
  'receiptSame receiptDiffers receiptAsked receiptCame receiptSaved receiptNothing receiptDiffersHere ' +
  'gateway model chooseGateway chooseModel defaultModel prompt promptPlaceholder generate generateHint cancel emptyTitle ' +
  'emptyHint waiting receivingFrame elapsedSeconds cancelled failed showLog saved open reveal insertLink ' +
  'copyLink copyPath copyImage copied copyFailed fileMissing partialImageAlt notice imageActions';
const strings: Record<string, unknown> = Object.fromEntries(
  stringNames.split(' ').map((name) => [name, name]),
);

const notMessages = [
  undefined,
  null,
  0,
  '',
  'ready',
  [],
  {},
  { type: 'READY' },
  { type: 1 },
  [{ type: 'ready' }],
];

describe('2.6 panel: messages of the page, as the host decodes them', () => {
  it('2.6 accepts every message of the protocol unchanged', () => {
    const messages: unknown[] = [
      { type: 'ready' },
      { type: 'cancel' },
      { type: 'selectGateway' },
      { type: 'selectModel' },
      { type: 'showLog' },
      { type: 'promptChanged', prompt: '' },
      { type: 'generate', prompt: 'A fox' },
      { type: 'imageCopied', ok: false },
      ...imageActions.map((action) => ({ type: 'imageAction', action, imageId: 'one' })),
    ];
    for (const message of messages) assert.deepEqual(decodeFromWebview(message), message);
  });

  it('2.6 drops what is unknown or ill-typed', () => {
    const illTyped = [
      ...notMessages,
      { type: 'generate' },
      { type: 'generate', prompt: ['A fox'] },
      { type: 'promptChanged', prompt: 1 },
      { type: 'imageAction', action: 'delete', imageId: 'one' },
      { type: 'imageAction', action: 'open' },
      { type: 'imageAction', action: 'toString', imageId: 'one' },
      { type: 'imageCopied', ok: 'yes' },
      { type: 'snapshot', state: { ...state, images: [] }, strings },
    ];
    for (const message of illTyped) assert.equal(decodeFromWebview(message), undefined);
  });

  it('2.6 caps prompts at 32,000 and ids at 100', () => {
    const prompt = 'x'.repeat(maxPromptLength);
    assert.equal(maxPromptLength, 32_000);
    assert.ok(decodeFromWebview({ type: 'generate', prompt }));
    assert.equal(decodeFromWebview({ type: 'generate', prompt: `${prompt}x` }), undefined);
    const action = { type: 'imageAction', action: 'open' };
    assert.ok(decodeFromWebview({ ...action, imageId: 'x'.repeat(100) }));
    assert.equal(decodeFromWebview({ ...action, imageId: 'x'.repeat(101) }), undefined);
  });

  it('2.6 lets nothing through beside the known members: a forged Uri does not arrive', () => {
    const forged = { type: 'imageAction', action: 'open', imageId: 'one', uri: 'file:///etc/passwd' };
    assert.deepEqual(decodeFromWebview(forged), { type: 'imageAction', action: 'open', imageId: 'one' });
  });
});

describe('2.6 panel: messages of the host, as the page decodes them', () => {
  it('2.6 accepts every message of the protocol unchanged', () => {
    const missing: Record<string, unknown> = { ...image };
    delete missing['bytes'];
    const messages: unknown[] = [
      { type: 'snapshot', state: { ...state, images: [image, missing] }, strings },
      { type: 'textAdded', text: 'Here' },
      { type: 'partialImage', bytes: image.bytes, mediaType: 'image/png' },
      { type: 'imageAdded', image },
      { type: 'stateChanged', state },
      { type: 'imageForClipboard', imageId: 'one' },
      { type: 'focusPrompt' },
    ];
    for (const message of messages) assert.deepEqual(decodeToWebview(message), message);
  });

  it('2.6 takes the bytes of a picture as an ArrayBuffer too', () => {
    const message = decodeToWebview({
      type: 'partialImage',
      bytes: image.bytes.buffer,
      mediaType: 'image/png',
    });
    assert.deepEqual(message, { type: 'partialImage', bytes: image.bytes, mediaType: 'image/png' });
  });

  it('2.6 drops what is unknown or ill-typed', () => {
    const snapshot = { type: 'snapshot', state: { ...state, images: [image] }, strings };
    const fewerStrings = { ...strings };
    delete fewerStrings['waiting'];
    const illTyped = [
      ...notMessages,
      { ...snapshot, state },
      { ...snapshot, state: { ...state, images: [image, null] } },
      { ...snapshot, strings: fewerStrings },
      { ...snapshot, strings: { ...strings, open: 1 } },
      { type: 'stateChanged', state: { ...state, status: 'done' } },
      { type: 'stateChanged', state: { ...state, startedAt: -1 } },
      { type: 'stateChanged', state: { ...state, notices: 'Size differs.' } },
      { type: 'stateChanged', state: { ...state, text: undefined } },
      { type: 'imageAdded', image: { ...image, width: 1.5 } },
      { type: 'imageAdded', image: { ...image, height: Number.NaN } },
      { type: 'imageAdded', image: { ...image, bytes: 'AQID' } },
      { type: 'imageAdded', image: { ...image, bytes: { type: 'Buffer', data: [1] } } },
      { type: 'partialImage', bytes: [1, 2, 3], mediaType: 'image/png' },
      { type: 'partialImage', bytes: image.bytes },
      { type: 'imageForClipboard' },
      { type: 'ready' },
    ];
    for (const message of illTyped) assert.equal(decodeToWebview(message), undefined);
  });
});
