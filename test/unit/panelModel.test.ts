import assert from 'node:assert/strict';
import type { GenerationEvent } from '../../src/core/events.ts';
import { emptyPanelModel, parsePanelModel, reduce, started } from '../../src/host/panel/panelModel.ts';

const outcome = { images: [], text: '', model: 'acme/painter', gateway: 'acme', notices: [] };
const finished: GenerationEvent = { type: 'finished', outcome };

function costLineAfter(...events: readonly GenerationEvent[]): string {
  const begun = started(emptyPanelModel, 'a fox', 1);
  return [...events, finished].reduce((model, event) => reduce(model, event, () => 'id'), begun).costLine;
}

describe("2.6 panel: the host's state", () => {
  it('2.6 says what it cost, that it cost nothing, or that nobody told', () => {
    const cost = { amount: '0.04', currency: 'USD' };
    const usage = { total_tokens: 42 };
    assert.equal(costLineAfter({ type: 'usage', cost, usage }), '0.04 USD · 42 tokens');
    assert.equal(costLineAfter({ type: 'usage', cost: { ...cost, amount: '0' } }), 'no cost');
    assert.equal(costLineAfter({ type: 'usage', usage }), 'cost unknown · 42 tokens');
    assert.equal(costLineAfter(), 'cost unknown');
  });

  it('2.6 keeps the gateway and the model that were asked last', () => {
    const asked = reduce(
      emptyPanelModel,
      { type: 'started', model: 'acme/painter', gateway: 'acme' },
      () => 'id',
    );
    const next = started({ ...asked, prompt: 'a draft' }, 'a fox', 7);
    assert.deepEqual(
      [next.gateway, next.model, next.prompt, next.requestPrompt, next.startedAt, next.status],
      ['acme', 'acme/painter', 'a draft', 'a fox', 7, 'running'],
    );
  });

  it('2.6 takes a request that was running when the window closed for cancelled', () => {
    assert.equal(parsePanelModel({ ...emptyPanelModel, status: 'running' }).status, 'cancelled');
  });

  it('2.6 takes from what was remembered only what it knows', () => {
    for (const stored of [undefined, null, 7, 'x', []])
      assert.deepEqual(parsePanelModel(stored), emptyPanelModel);
    const saved = {
      uri: 'file:///a.png',
      alt: 'a',
      mediaType: 'image/png',
      width: 1,
      height: 1,
      byteLength: 9,
    };
    const good = { id: 'one', saved };
    const parsed = parsePanelModel({
      prompt: 7,
      status: 'owned',
      notices: ['kept', 7],
      images: [good, null, { id: 'two' }, { id: 3, saved }, { id: 'four', saved: { ...saved, width: '1' } }],
      other: 'gone',
    });
    assert.deepEqual(parsed, { ...emptyPanelModel, notices: ['kept'], images: [good] });
  });
});
