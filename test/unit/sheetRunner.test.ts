import assert from 'node:assert/strict';
import type { GenerationEvent } from '../../src/core/events.ts';
import { ImageGatewayError, invalidArguments } from '../../src/core/failure.ts';
import type { PreparedCall } from '../../src/host/imageCall.ts';
import type { ImageService } from '../../src/host/imageService.ts';
import { type Sheet, emptyForm, startedSheet } from '../../src/host/panel/sheet.ts';
import { SheetRunner } from '../../src/host/panel/sheetRunner.ts';

const outcome = { images: [], text: '', model: 'm', gateway: 'g', notices: [] };

/** A runner over a service that a test plays; requests end at once unless they are `held`. */
function kit({ gateway = 'g', model = '', held = false } = {}) {
  const seen: string[] = [];
  const asked: string[] = [];
  const prepared = { call: {}, config: { id: gateway }, wantedModel: model } as unknown as PreparedCall;
  const service = {
    async *run({ wantedModel }: PreparedCall, signal: AbortSignal): AsyncGenerator<GenerationEvent, void> {
      asked.push(wantedModel);
      if (held) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield held ? { type: 'cancelled' } : { type: 'finished', outcome };
    },
  } as unknown as ImageService;
  const runner = new SheetRunner(service, (id, event) => seen.push(`${id} ${event.type}`));
  const prepare = () => Promise.resolve(prepared);
  return { runner, seen, asked, prepare };
}

function tilesOf(count: number, models: readonly string[] = ['']): Sheet['tiles'] {
  let id = 0;
  const newId = () => String(++id);
  return startedSheet('a fox', { ...emptyForm, count }, models, { now: 1, newId }).tiles;
}

const anyCall = () => ({ args: {} });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('5.2 the requests of a sheet', () => {
  it('5.2 a tile whose call is refused fails by itself, and the others go on', async () => {
    const { runner, seen, asked, prepare } = kit();
    await runner.run(tilesOf(6), prepare, (_tile, index) => {
      if (index % 2 === 1) throw invalidArguments('The argument seed must be a whole number.');
      return { args: {} };
    });
    assert.deepEqual(seen.filter((one) => one.endsWith('failed')).sort(), [
      '2 failed',
      '4 failed',
      '6 failed',
    ]);
    assert.deepEqual(seen.filter((one) => one.endsWith('finished')).sort(), [
      ...['1 finished', '3 finished', '5 finished'],
    ]);
    assert.equal(asked.length, 3, 'what is refused is not sent');
    const before = seen.length;
    runner.cancel();
    assert.equal(seen.length, before, 'nothing is under way any more');
  });

  it('5.2 all fail with what nobody thought of, and it is told once they are at their ends', async () => {
    const { runner, seen } = kit();
    const broken = () => Promise.reject(new TypeError('nobody thought of this'));
    await assert.rejects(runner.run(tilesOf(5), broken, anyCall), /nobody thought of this/);
    assert.deepEqual(seen.sort(), ['1 failed', '2 failed', '3 failed', '4 failed', '5 failed']);
  });

  it('5.2 none stays queued or running where one call breaks off', async () => {
    const { runner, seen, prepare } = kit();
    const callOf = (_tile: unknown, index: number) => {
      if (index === 0) throw new TypeError('nobody thought of this');
      return { args: {} };
    };
    await assert.rejects(runner.run(tilesOf(6), prepare, callOf), /nobody thought of this/);
    assert.deepEqual(
      seen.filter((one) => !one.endsWith('begun')).sort(),
      ['1 failed', ...['2', '3', '4', '5', '6'].map((id) => `${id} finished`)].sort(),
    );
  });

  it('5.2 are cancelled where the question before them is dismissed', async () => {
    const { runner, seen } = kit();
    const dismissed = () => Promise.reject(new ImageGatewayError('cancelled', 'The request was cancelled.'));
    await runner.run(tilesOf(2), dismissed, anyCall);
    assert.deepEqual(seen.sort(), ['1 cancelled', '2 cancelled']);
  });
});

describe('5.1 Cancel of a sheet', () => {
  it('5.1 ends a tile that waits for its turn at once, while four others are under way', async () => {
    const { runner, seen, asked, prepare } = kit({ held: true });
    const run = runner.run(tilesOf(6), prepare, anyCall);
    await turn();
    assert.equal(asked.length, 4);
    runner.cancel('5');
    assert.equal(seen.at(-1), '5 cancelled');
    runner.cancel('2');
    await turn();
    assert.equal(asked.length, 5, 'the turn of the sixth has come');
    runner.cancel();
    await run;
    assert.equal(asked.length, 5, 'the fifth is never sent');
    assert.deepEqual(
      seen.filter((one) => one.endsWith('cancelled')).sort(),
      ['1', '2', '3', '4', '5', '6'].map((id) => `${id} cancelled`),
    );
  });

  it('5.1 ends one of several at once while something is asked, and the question with the last', async () => {
    const { runner, seen } = kit();
    let isTakenBack = false;
    const question = (signal: AbortSignal) =>
      new Promise<PreparedCall>((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          isTakenBack = true;
          reject(new ImageGatewayError('cancelled', 'The request was cancelled.'));
        }),
      );
    const run = runner.run(tilesOf(2), question, anyCall);
    runner.cancel('1');
    assert.deepEqual([seen, isTakenBack], [['1 cancelled'], false]);
    runner.cancel('2');
    assert.equal(isTakenBack, true);
    await run;
    assert.deepEqual(seen, ['1 cancelled', '2 cancelled']);
  });
});

describe('5.2 the model of a tile', () => {
  const models = ['acme/painter', 'acme/drawer'];

  it('5.2 is the one that the person chose, or the gateway’s own', async () => {
    const { runner, asked, prepare } = kit({ gateway: 'acme', model: 'acme/default' });
    await runner.run(tilesOf(1, [...models, '']), prepare, anyCall, 'acme');
    assert.deepEqual(asked.sort(), ['acme/default', 'acme/drawer', 'acme/painter']);
  });

  it('5.2 is not asked of another gateway, the sketch among them', async () => {
    const { runner, asked, prepare } = kit({ gateway: 'offline' });
    await runner.run(tilesOf(1, models), prepare, anyCall, 'acme');
    assert.deepEqual(asked, ['', '']);
  });
});
