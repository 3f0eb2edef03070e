import assert from 'node:assert/strict';
import fc from 'fast-check';
import '../support/vscodeStandIn.ts';
import { decode } from '../../src/protocol/decoding.ts';
import {
  editBounds,
  type EditPicture,
  type EditState,
  type FromEdit,
  type ToEdit,
} from '../../src/protocol/edit.ts';
import { fromEdit, toEdit } from '../../src/protocol/editCodec.ts';
import { maskBounds, type MaskStroke } from '../../src/protocol/maskStrokes.ts';

const { editStrings } = await import('../../src/host/panel/editStrings.ts');

const strokes: readonly MaskStroke[] = [
  { tool: 'brush', radius: 2, points: [{ x: 1, y: 2 }] },
  { tool: 'rectangle', x: 1, y: 2, width: 3, height: 4 },
];
const state: EditState = {
  ...{ fileName: 'fox.png', acceptLabel: 'Replace fox.png', priceLine: 'about 0.04 USD', routeHint: '' },
  ...{ status: 'failed', startedAt: 1, waitLine: 'trying again', text: 'Night.', failure: 'Refused.' },
  ...{ notices: ['Scaled.'], costLine: 'Cost 0.04 USD', step: 1, prompts: ['night', 'a lamp'] },
};
const picture: EditPicture = {
  ...{ bytes: new Uint8Array([1]), mediaType: 'image/png', width: 2, height: 1, alt: 'a fox' },
};
const fromPage: readonly FromEdit[] = [
  { type: 'generate', prompt: 'night', strokes },
  { type: 'draft', prompt: '', strokes: [] },
  { type: 'goTo', step: 2 },
  { type: 'cancel' },
  { type: 'accept' },
  { type: 'close' },
  { type: 'showLog' },
];
const toPage: readonly ToEdit[] = [
  { type: 'opened', strings: editStrings(), state, picture },
  { type: 'opened', strings: editStrings(), state, picture, draft: { prompt: 'night', strokes } },
  { type: 'state', state },
  { type: 'text', text: 'Night.' },
  { type: 'partial', bytes: new Uint8Array([1]), mediaType: 'image/webp' },
  { type: 'picture', step: 1, picture },
  { type: 'closed', why: '' },
];
const heard = (value: unknown) => decode({ value }, (message) => fromEdit(message['value']));
const told = (value: unknown) => decode({ value }, (message) => toEdit(message['value']));

describe('5.3 messages of the edit', () => {
  it('5.3 arrive as they were sent', () => {
    for (const message of fromPage) assert.deepEqual(heard(structuredClone(message)), message);
    for (const message of toPage) assert.deepEqual(told(structuredClone(message)), message);
  });

  it('5.7 lose what they do not know: a Uri beside an id does not survive', () => {
    const uri = 'file:///etc/passwd';
    for (const message of fromPage) assert.deepEqual(heard({ ...message, uri }), message);
    for (const message of toPage) assert.deepEqual(told({ ...message, uri }), message);
    assert.deepEqual(told({ type: 'state', state: { ...state, uri } }), { type: 'state', state });
    const shown = { type: 'picture', step: 1, picture: { ...picture, uri } };
    assert.deepEqual(told(shown), { type: 'picture', step: 1, picture });
  });

  it('5.7 are dropped whole where a member is missing or of another type', () => {
    for (const [decoder, messages] of [[heard, fromPage] as const, [told, toPage] as const])
      for (const message of messages)
        for (const name of Object.keys(message)) {
          if (name === 'draft') continue;
          const others = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
          assert.equal(decoder(others), undefined, `${message.type} without ${name}`);
          assert.equal(
            decoder({ ...message, [name]: Symbol.iterator }),
            undefined,
            `${message.type} ${name}`,
          );
        }
    for (const name of Object.keys(state))
      assert.equal(told({ type: 'state', state: { ...state, [name]: undefined } }), undefined, name);
    for (const name of Object.keys(picture))
      assert.equal(
        told({ type: 'picture', step: 1, picture: { ...picture, [name]: null } }),
        undefined,
        name,
      );
  });

  it('5.7 are refused where they hold more than an edit may', () => {
    const long = 'x'.repeat(editBounds.prompt + 1);
    const longText = 'x'.repeat(editBounds.text + 1);
    const many = Array.from({ length: maskBounds.strokes + 1 }, () => strokes[1]);
    const huge = new Uint8Array(editBounds.bytes + 1);
    for (const message of [
      { type: 'generate', prompt: long, strokes: [] },
      { type: 'draft', prompt: '', strokes: many },
      { type: 'goTo', step: editBounds.steps + 1 },
      { type: 'goTo', step: -1 },
      { type: 'goTo', step: 0.5 },
    ])
      assert.equal(heard(message), undefined, message.type);
    const prompts = Array.from({ length: editBounds.steps + 1 }, () => 'night');
    for (const members of [{ prompts }, { prompts: [long] }, { text: longText }, { step: 3 }, { step: -1 }])
      assert.equal(told({ type: 'state', state: { ...state, ...members } }), undefined);
    for (const members of [{ bytes: huge }, { width: 0 }, { height: editBounds.side + 1 }, { alt: long }])
      assert.equal(told({ type: 'picture', step: 1, picture: { ...picture, ...members } }), undefined);
    assert.equal(told({ type: 'partial', bytes: huge, mediaType: 'image/png' }), undefined);
    assert.equal(told({ type: 'text', text: longText }), undefined);
  });

  it('5.7 never make a decoder throw', () => {
    const types = [...fromPage, ...toPage].map(({ type }) => type);
    const message = fc.record({
      type: fc.constantFrom(...types),
      state: fc.anything(),
      picture: fc.anything(),
    });
    fc.assert(fc.property(fc.anything(), (value) => (heard(value), told(value), true)));
    fc.assert(fc.property(message, (value) => (heard(value), told(value), true)));
  });
});
