import assert from 'node:assert/strict';
import { pictureActions } from '../../src/protocol/panel.ts';
import { decodeFromWebview, decodeToWebview, maxPromptLength } from '../../src/protocol/panelCodec.ts';

const picture = {
  id: 'one',
  state: 'draft',
  bytes: new Uint8Array([1, 2, 3]),
  mediaType: 'image/png',
  width: 2,
  height: 1,
  byteLength: 3,
  hasAlpha: true,
  alt: 'A fox',
  path: 'images/a-fox.png',
};
const tile = {
  id: 'tile',
  model: 'acme/painter',
  status: 'running',
  startedAt: 7,
  waitLine: '',
  text: 'Here',
  failure: '',
  costLine: '',
  notices: ['Size differs.'],
  receipt: [{ topic: 'Size', asked: '1200×630', came: '1024×1024', saved: '1200×630', differs: false }],
  pictures: [picture],
};
const form = { shape: '1200x630', count: 2, quality: 'high', background: '', format: 'webp', seed: '7' };
const state = {
  prompt: 'A fox',
  form,
  absent: { quality: 'The route has no place for it.' },
  gatewayName: 'Offline',
  modelName: 'sketch',
  moreModels: ['acme/other'],
  priceLine: 'cost unknown',
  sessionLine: '',
  agentsLine: 'Agents in the last 24 hours: 3 images, $0.12 of $5; left in this session: 17 images, $1.88',
  maxCount: 4,
  sheet: { prompt: 'A fox', startedAt: 1, ratio: 1.9, tiles: [tile] },
};
const withTile = (member: object) => ({
  ...state,
  sheet: { ...state.sheet, tiles: [{ ...tile, ...member }] },
});
const withPicture = (member: object) => withTile({ pictures: [{ ...picture, ...member }] });
const stringNames =
  'gateway model chooseGateway chooseModel defaultModel prompt promptPlaceholder generate ' +
  'generateHint cancel emptyTitle emptyHint waiting receivingFrame elapsedSeconds cancelled cancelledUnsent ' +
  'failed showLog saved open reveal insertLink copyLink copyPath copyImage useAsReference moreActions edit copied copyFailed ' +
  'fileMissing partialImageAlt notice receiptSame receiptDiffers receiptAsked receiptCame ' +
  'receiptSaved receiptNothing receiptDiffersHere imageActions keep keepAll discard discardAll ' +
  'takeBack draft draftHint discarded compare compareHint removeModel shape shapeAuto shapeCustom ' +
  'shapePlaceholder count more quality background format seed auto low medium high transparent ' +
  'opaque asDelivered random notShown queued cancelTile saving';
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
      { type: 'addModel' },
      { type: 'removeModel', model: 'acme/other' },
      { type: 'keepAll' },
      { type: 'discardAll' },
      { type: 'cancel', tileId: 'tile' },
      { type: 'formChanged', form },
      { type: 'pictureCopied', ok: false },
      ...pictureActions.map((action) => ({ type: 'pictureAction', action, pictureId: 'one' })),
    ];
    for (const message of messages) assert.deepEqual(decodeFromWebview(message), message);
  });

  it('2.6 drops what is unknown or ill-typed', () => {
    const illTyped = [
      ...notMessages,
      { type: 'generate' },
      { type: 'generate', prompt: ['A fox'] },
      { type: 'promptChanged', prompt: 1 },
      { type: 'pictureAction', action: 'delete', pictureId: 'one' },
      { type: 'pictureAction', action: 'open' },
      { type: 'pictureAction', action: 'toString', pictureId: 'one' },
      { type: 'pictureCopied', ok: 'yes' },
      { type: 'formChanged', form: { ...form, count: 0 } },
      { type: 'formChanged', form: { ...form, count: 11 } },
      { type: 'formChanged', form: { ...form, shape: 7 } },
      { type: 'cancel', tileId: 7 },
      { type: 'snapshot', state, strings },
    ];
    for (const message of illTyped) assert.equal(decodeFromWebview(message), undefined);
  });

  it('2.6 caps prompts at 32,000 and ids at 100', () => {
    const prompt = 'x'.repeat(maxPromptLength);
    assert.equal(maxPromptLength, 32_000);
    assert.ok(decodeFromWebview({ type: 'generate', prompt }));
    assert.equal(decodeFromWebview({ type: 'generate', prompt: `${prompt}x` }), undefined);
    const action = { type: 'pictureAction', action: 'open' };
    assert.ok(decodeFromWebview({ ...action, pictureId: 'x'.repeat(100) }));
    assert.equal(decodeFromWebview({ ...action, pictureId: 'x'.repeat(101) }), undefined);
  });

  it('2.6 lets nothing through beside the known members: a forged Uri does not arrive', () => {
    const forged = { type: 'pictureAction', action: 'open', pictureId: 'one', uri: 'file:///etc/passwd' };
    assert.deepEqual(decodeFromWebview(forged), { type: 'pictureAction', action: 'open', pictureId: 'one' });
  });
});

describe('2.6 panel: messages of the host, as the page decodes them', () => {
  it('2.6 accepts every message of the protocol unchanged', () => {
    const missing: Record<string, unknown> = { ...picture };
    delete missing['bytes'];
    const messages: unknown[] = [
      { type: 'snapshot', state: withTile({ pictures: [picture, missing] }), strings },
      { type: 'textAdded', tileId: 'tile', text: 'Here' },
      { type: 'partialImage', tileId: 'tile', bytes: picture.bytes, mediaType: 'image/png' },
      { type: 'pictureChanged', tileId: 'tile', picture },
      { type: 'stateChanged', state },
      { type: 'pictureForClipboard', pictureId: 'one' },
      { type: 'focusPrompt' },
    ];
    for (const message of messages) assert.deepEqual(decodeToWebview(message), message);
  });

  it('2.6 takes the bytes of a picture as an ArrayBuffer too', () => {
    const message = decodeToWebview({
      type: 'partialImage',
      tileId: 'tile',
      bytes: picture.bytes.buffer,
      mediaType: 'image/png',
    });
    assert.deepEqual(message, {
      type: 'partialImage',
      tileId: 'tile',
      bytes: picture.bytes,
      mediaType: 'image/png',
    });
  });

  it('2.6 drops what is unknown or ill-typed', () => {
    const snapshot = { type: 'snapshot', state, strings };
    const fewerStrings = { ...strings };
    delete fewerStrings['waiting'];
    const changed = (member: object) => ({ type: 'stateChanged', state: { ...state, ...member } });
    const illTyped = [
      ...notMessages,
      { ...snapshot, strings: fewerStrings },
      { ...snapshot, strings: { ...strings, open: 1 } },
      { ...snapshot, state: withTile({ pictures: [picture, null] }) },
      changed(withTile({ status: 'done' })),
      changed(withTile({ startedAt: -1 })),
      changed(withTile({ notices: 'Size differs.' })),
      changed(withTile({ text: undefined })),
      changed(withPicture({ width: 1.5 })),
      changed(withPicture({ height: Number.NaN })),
      changed(withPicture({ state: 'stolen' })),
      changed(withPicture({ bytes: 'AQID' })),
      changed(withPicture({ bytes: { type: 'Buffer', data: [1] } })),
      changed({ sheet: { ...state.sheet, ratio: 0 } }),
      changed({ sheet: { ...state.sheet, ratio: '1' } }),
      changed({ absent: { quality: 7 } }),
      changed({ form: undefined }),
      { type: 'pictureChanged', tileId: 'tile', picture: { ...picture, id: 'x'.repeat(101) } },
      { type: 'pictureChanged', picture },
      { type: 'partialImage', tileId: 'tile', bytes: [1, 2, 3], mediaType: 'image/png' },
      { type: 'partialImage', tileId: 'tile', bytes: picture.bytes },
      { type: 'pictureForClipboard' },
      { type: 'ready' },
    ];
    for (const message of illTyped) assert.equal(decodeToWebview(message), undefined);
  });
});
