import assert from 'node:assert/strict';
import type { FinishedImage, GenerationEvent } from '../../src/core/events.ts';
import { asItCame } from '../../src/core/finishing.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { emptyPanelModel, parsePanelModel } from '../../src/host/panel/panelModel.ts';
import {
  emptyForm,
  isRunning,
  picturesOf,
  reduceTile,
  type SheetTile,
  startedSheet,
  withPicture,
  withTile,
} from '../../src/host/panel/sheet.ts';
import { makePng } from '../support/png.ts';

const outcome = { images: [], text: '', model: 'acme/painter', gateway: 'acme', notices: [] };
const finished: GenerationEvent = { type: 'finished', outcome };
let ids = 0;
const names = { newId: () => `id ${++ids}`, alt: 'A fox' };
const sheetOf = (count = 1, models = ['']) =>
  startedSheet('a fox', { ...emptyForm, count }, models, { now: 7, newId: names.newId });

function after(...events: readonly GenerationEvent[]): SheetTile {
  return events.reduce((tile, event) => reduceTile(tile, event, names), sheetOf().tiles[0]!);
}

function image(originalId?: string): FinishedImage {
  const bytes = makePng(12, 8);
  return asItCame({ bytes, facts: inspectImage(bytes)!, ...(originalId && { originalId }) });
}

describe('5.2 the sheet', () => {
  it('5.1 has a tile at once for every picture of every model', () => {
    const sheet = sheetOf(2, ['acme/painter', 'acme/brush']);
    assert.deepEqual(
      sheet.tiles.map(({ model, status }) => [model, status]),
      ['painter', 'painter', 'brush', 'brush'].map((name) => [`acme/${name}`, 'queued']),
    );
    assert.equal(new Set(sheet.tiles.map(({ id }) => id)).size, 4);
    assert.ok(isRunning(sheet));
    assert.equal(sheet.startedAt, 7);
  });

  it('2.6 says what a picture cost, that it cost nothing, or that nobody told', () => {
    const cost = { amount: '0.04', currency: 'USD' };
    const usage = { total_tokens: 42 };
    const line = (...events: readonly GenerationEvent[]) => after(...events, finished).costLine;
    assert.equal(line({ type: 'usage', cost, usage }), '0.04 USD · 42 tokens');
    assert.equal(line({ type: 'usage', cost: { ...cost, amount: '0' } }), 'no cost');
    assert.equal(line({ type: 'usage', usage }), 'cost unknown · 42 tokens');
    assert.equal(line(), 'cost unknown');
  });

  it('5.2 a picture that nobody has decided about is a draft, which knows where its bytes are', () => {
    const tile = after({ type: 'drafted', image: image('original') }, finished);
    const [picture] = tile.pictures;
    assert.deepEqual(
      [picture?.state, picture?.originalId, picture?.saved, picture?.width, picture?.alt, tile.status],
      ['draft', 'original', undefined, 12, 'A fox', 'finished'],
    );
  });

  it('5.2 changes one tile and one picture, and leaves the others as they are', () => {
    const sheet = sheetOf(2);
    const [first, second] = sheet.tiles;
    const drafted = { type: 'drafted', image: image() } as const;
    const made = withTile(sheet, second!.id, (tile) => reduceTile(tile, drafted, names));
    assert.equal(made.tiles[0], first);
    const [picture] = picturesOf(made);
    const gone = withPicture(made, picture!.id, (one) => ({ ...one, state: 'discarded' }));
    assert.deepEqual(
      picturesOf(gone).map(({ state }) => state),
      ['discarded'],
    );
  });
});

describe('5.5 what the panel remembers', () => {
  it('2.6 takes a request that was running when the window closed for cancelled', () => {
    const sheet = withTile(sheetOf(2), '', (tile) => tile);
    const { tiles } = parsePanelModel({ ...emptyPanelModel, sheet }).sheet;
    assert.deepEqual(
      tiles.map(({ status }) => status),
      ['cancelled', 'cancelled'],
    );
  });

  it('5.5 gives back a draft of the prompt, the form and the sheet', () => {
    const sheet = withTile(sheetOf(), sheetOf().tiles[0]!.id, (tile) => tile);
    const done = { ...sheet, tiles: [after({ type: 'drafted', image: image('original') }, finished)] };
    const model = {
      ...{ prompt: 'half a', moreModels: ['acme/brush'], sheet: done },
      form: { ...emptyForm, shape: '16:9', count: 3, seed: '7' },
    };
    assert.deepEqual(parsePanelModel(JSON.parse(JSON.stringify(model))), model);
  });

  it('2.6 takes from what was remembered only what it knows', () => {
    for (const stored of [undefined, null, 7, 'x', []])
      assert.deepEqual(parsePanelModel(stored), emptyPanelModel);
    const good = after({ type: 'drafted', image: image() }, finished).pictures[0]!;
    const parsed = parsePanelModel({
      prompt: 7,
      form: { shape: 7, count: 99 },
      moreModels: ['a', 7, 'b', 'c', 'd'],
      sheet: {
        tiles: [
          null,
          { id: 7 },
          {
            id: 'one',
            status: 'owned',
            notices: ['kept', 7],
            pictures: [good, null, { ...good, state: 'kept' }, { ...good, width: '1' }, { ...good, id: 3 }],
          },
        ],
      },
      other: 'gone',
    });
    assert.deepEqual(
      [parsed.prompt, parsed.form, parsed.moreModels],
      ['', { ...emptyForm, count: 10 }, ['a', 'b', 'c']],
    );
    const [tile] = parsed.sheet.tiles;
    assert.equal(parsed.sheet.tiles.length, 1);
    assert.deepEqual([tile?.status, tile?.notices, tile?.pictures], ['cancelled', ['kept'], [good]]);
  });
});
