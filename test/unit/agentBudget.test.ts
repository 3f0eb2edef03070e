import assert from 'node:assert/strict';
import {
  type AgentEntry,
  type AgentJournal,
  type AgentLimits,
  dayUse,
  parseAgentJournal,
  pruned,
  sessionUse,
} from '../../src/core/agent/agentJournal.ts';
import type { AgentBudget as Budget } from '../../src/host/agentBudget.ts';
import { hostModule } from '../support/vscodeWithFiles.ts';

const { AgentBudget } = (await hostModule('agentBudget.ts')) as { AgentBudget: typeof Budget };

const hour = 3_600_000;
const limits: AgentLimits = {
  ...{ imagesPerSession: 4, imagesPerDay: 6 },
  ...{ costPerSession: 2_000_000, costPerDay: 3_000_000, assumedCost: 250_000 },
};

/** What is remembered between windows, as JSON; `lag` keeps writes back, as the editor does for a moment. */
function memory<T>(parse: (stored: unknown) => T) {
  let stored = '';
  const control = { lag: false, breaks: false };
  return {
    control,
    get: () => parse(stored === '' ? undefined : JSON.parse(stored)),
    set: async (value: T) => {
      if (control.breaks) throw new Error('The disk is full.');
      if (control.lag) await new Promise((resolve) => setTimeout(resolve, 1));
      stored = JSON.stringify(value);
    },
  };
}

const journal = () => memory<AgentJournal>(parseAgentJournal);
const workspaces = () => memory<string>((stored) => (typeof stored === 'string' ? stored : ''));

const exceeded =
  (...words: readonly string[]) =>
  (error: unknown) => {
    const { code, message } = error as { code?: string; message: string };
    assert.equal(code, 'budgetExceeded');
    for (const one of words) assert.ok(message.includes(one), `${one}: ${message}`);
    return true;
  };

describe('7.2 the budget of agents', () => {
  it('7.2 bounds the images of a session, and names what is left and the setting', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    await budget.reserve(3, 0, limits);
    await assert.rejects(
      budget.reserve(2, 0, limits),
      exceeded('3 of 4 images', '1 left', '2 asked for', 'imageGateway.agent.maxImagesPerSession'),
    );
    await budget.reserve(1, 0, limits);
    await assert.rejects(budget.reserve(1, 0, limits), exceeded('0 left'));
  });

  it('7.2 bounds the images of a day, over all workspaces', async () => {
    const record = journal();
    await new AgentBudget(record, workspaces(), () => 0).reserve(4, 0, limits);
    const other = new AgentBudget(record, workspaces(), () => hour);
    await other.reserve(2, 0, limits);
    await assert.rejects(
      other.reserve(1, 0, limits),
      exceeded('6 of 6', 'imageGateway.agent.maxImagesPerDay'),
    );
  });

  it('7.2 counts an image of unknown cost as the assumed maximum, before and after it is made', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    const many = { ...limits, imagesPerSession: 100, imagesPerDay: 100 };
    for (let call = 0; call < 8; call++) await (await budget.reserve(1, 250_000, many)).settle('unknown', 1);
    await assert.rejects(
      budget.reserve(1, 250_000, many),
      exceeded('$2 of $2', '$0 left', '$0.25', 'imageGateway.agent.maxCostPerSession'),
    );
  });

  it('7.2 puts what the gateway says in the place of what was assumed, up and down', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    const many = { ...limits, imagesPerSession: 100, imagesPerDay: 100 };
    const cheap = await budget.reserve(1, 250_000, many);
    assert.equal(await cheap.settle({ amount: '0.04', currency: 'USD' }, 1), 40_000);
    assert.equal(budget.left(many).cost, '$1.96');
    const dear = await budget.reserve(1, 250_000, many);
    await dear.settle({ amount: '1.96', currency: 'USD' }, 1);
    await assert.rejects(budget.reserve(1, 1, many), exceeded('$2 of $2'));
  });

  it('7.2 does not take another currency, or a negative amount, for dollars', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    for (const bill of [
      { amount: '0.01', currency: 'EUR' },
      { amount: '-5', currency: 'USD' },
      { amount: 'free', currency: 'USD' },
    ])
      assert.equal(await (await budget.reserve(1, 250_000, limits)).settle(bill, 1), 250_000);
  });

  it('7.2 gives back what was never billed, and counts every picture that came', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    await (await budget.reserve(4, 250_000, limits)).settle('none', 0);
    assert.deepEqual(budget.left(limits), { images: 4, cost: '$2' });
    await (await budget.reserve(1, 250_000, limits)).settle('unknown', 3);
    assert.deepEqual(budget.left(limits), { images: 1, cost: '$1.25' });
  });

  it('7.2 counts what was asked for where fewer came: equal pictures, and what was cancelled on its way', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    await (await budget.reserve(2, 250_000, limits)).settle({ amount: '0.08', currency: 'USD' }, 1);
    assert.deepEqual(budget.left(limits), { images: 2, cost: '$1.92' });
    await (await budget.reserve(2, 250_000, limits)).settle('unknown', 1);
    assert.deepEqual(budget.left(limits), { images: 0, cost: '$1.42' });
  });

  it('7.2 keeps no trace of calls that cost nothing, so that they push out none that did', async () => {
    const [record, workspace] = [journal(), workspaces()];
    const budget = new AgentBudget(record, workspace, () => 0);
    const paid = await budget.reserve(3, 250_000, limits);
    await paid.settle('unknown', 3);
    for (let call = 0; call < 1100; call++)
      await (await budget.reserve(1, 250_000, limits)).settle('none', 0);
    assert.deepEqual(
      record.get().map(({ images }) => images),
      [3],
    );
    const own = (budget as unknown as { own: ReadonlyMap<string, AgentEntry> }).own;
    // A window remembers them for a while, and not for ever.
    assert.ok(own.size <= 1001, String(own.size));
    assert.equal(new AgentBudget(record, workspace, () => 0).left(limits).images, 1);
  });

  it('7.2 gives back what cost nothing also while the editor still tells what was there before', async () => {
    const [record, workspace] = [journal(), workspaces()];
    const budget = new AgentBudget(record, workspace, () => 0);
    const refused = await budget.reserve(1, 250_000, limits);
    const before = record.get();
    await refused.settle('none', 0);
    // The editor's answer to the first write comes after the second.
    await record.set(before);
    assert.equal(budget.left(limits).images, 4);
  });

  it('7.2 sends nothing where the session cannot be written down', async () => {
    const [record, workspace] = [journal(), workspaces()];
    workspace.control.breaks = true;
    const budget = new AgentBudget(record, workspace, () => 0);
    await assert.rejects(budget.reserve(4, 0, limits), { code: 'saveFailed' });
    workspace.control.breaks = false;
    await budget.reserve(4, 0, limits);
    assert.equal(new AgentBudget(record, workspace, () => 0).left(limits).images, 0);
  });

  it('7.2 calls that come at once before the session is written down are of one session', async () => {
    const [record, workspace] = [journal(), workspaces()];
    workspace.control.lag = true;
    const budget = new AgentBudget(record, workspace, () => 0);
    const most = { ...limits, imagesPerDay: 100 };
    const calls = Array.from({ length: 20 }, () => budget.reserve(1, 0, most));
    const outcomes = await Promise.allSettled(calls);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 4);
    assert.equal(new Set(record.get().map((entry) => entry.workspace)).size, 1);
    assert.equal(record.get()[0]?.workspace, workspace.get());
  });

  it('7.2 lets no two calls that come at once take the same', async () => {
    const record = journal();
    record.control.lag = true;
    const budget = new AgentBudget(record, workspaces(), () => 0);
    const calls = Array.from({ length: 20 }, () => budget.reserve(1, 0, limits));
    const outcomes = await Promise.allSettled(calls);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 4);
  });

  it('7.2 is written down before anything may be sent', async () => {
    const record = journal();
    record.control.breaks = true;
    const budget = new AgentBudget(record, workspaces(), () => 0);
    await assert.rejects(budget.reserve(1, 0, limits), { code: 'saveFailed' });
    record.control.breaks = false;
    await budget.reserve(4, 0, limits);
    assert.equal(record.get().length, 1);
  });

  it('7.2 loses no picture where what it cost cannot be written down; what was assumed stays', async () => {
    const [record, workspace] = [journal(), workspaces()];
    const reservation = await new AgentBudget(record, workspace, () => 0).reserve(1, 250_000, limits);
    record.control.breaks = true;
    assert.equal(await reservation.settle({ amount: '0.04', currency: 'USD' }, 1), 40_000);
    assert.equal(new AgentBudget(record, workspace, () => 0).left(limits).cost, '$1.75');
  });

  it('7.2 goes on after a restart of the window, also for a call that was under way', async () => {
    const [record, workspace] = [journal(), workspaces()];
    await new AgentBudget(record, workspace, () => 0).reserve(3, 500_000, limits);
    const restarted = new AgentBudget(record, workspace, () => hour);
    assert.deepEqual(restarted.left(limits), { images: 1, cost: '$0.50' });
    await assert.rejects(restarted.reserve(2, 0, limits), exceeded('3 of 4'));
  });

  it('7.2 ends a session four hours after its last call, not after its first', async () => {
    let now = 0;
    const many = { ...limits, imagesPerDay: 100, costPerDay: 1e9 };
    const budget = new AgentBudget(journal(), workspaces(), () => now);
    for (let call = 0; call < 4; call++) {
      await budget.reserve(1, 0, many);
      now += 3 * hour;
    }
    await assert.rejects(budget.reserve(1, 0, many), exceeded('4 of 4'));
    now += hour;
    await budget.reserve(4, 0, many);
  });

  it('7.2 counts a day as 24 hours, and forgets nothing when the clock is set back', async () => {
    let now = 100 * hour;
    const budget = new AgentBudget(journal(), workspaces(), () => now);
    await budget.reserve(4, 0, limits);
    now = 50 * hour;
    await assert.rejects(budget.reserve(1, 0, limits), exceeded('4 of 4'));
    now = 123 * hour;
    await budget.reserve(2, 0, limits);
    await assert.rejects(budget.reserve(1, 0, limits), exceeded('6 of 6'));
    now = 124 * hour;
    await budget.reserve(1, 0, limits);
  });

  it('7.2 is not blocked for longer than a day by a clock that was ahead, also where nothing more is allowed', async () => {
    const [record, workspace] = [journal(), workspaces()];
    let now = 10_000 * hour;
    const budget = new AgentBudget(record, workspace, () => now);
    await budget.reserve(4, 0, limits);
    now = 50 * hour;
    await assert.rejects(budget.reserve(3, 0, limits), exceeded());
    // A window that is opened anew knows since when as well.
    now = 53 * hour;
    await assert.rejects(
      new AgentBudget(record, workspace, () => now).reserve(1, 0, limits),
      exceeded('4 of 4'),
    );
    now = 55 * hour;
    const anew = new AgentBudget(record, workspace, () => now);
    await anew.reserve(2, 0, limits);
    await assert.rejects(anew.reserve(1, 0, limits), exceeded('6 of 6'));
    now = 75 * hour;
    await new AgentBudget(record, workspace, () => now).reserve(4, 0, limits);
  });

  it('7.2 forgets nothing by a clock that was ahead for a while, or behind', async () => {
    let now = 1000 * hour;
    const budget = new AgentBudget(journal(), workspaces(), () => now);
    await budget.reserve(3, 0, limits);
    now += 8 * 24 * hour;
    await budget.reserve(1, 0, limits);
    now = 1001 * hour;
    await assert.rejects(budget.reserve(1, 0, limits), exceeded('4 of 4'));
    const late = new AgentBudget(journal(), workspaces(), () => now);
    await late.reserve(1, 0, limits);
    now = 0;
    await late.reserve(3, 0, limits);
    now = 1002 * hour;
    await assert.rejects(late.reserve(1, 0, limits), exceeded('4 of 4'));
  });

  it('7.2 keeps the newest of a journal that has grown long, and of an old one only so many', () => {
    const entries = (count: number, from: number): AgentEntry[] =>
      Array.from({ length: count }, (_, index) => ({
        ...{ id: String(index), at: from + index, workspace: 'w', images: 1, cost: 5, isKnown: true },
      }));
    const year = 365 * 24 * hour;
    assert.equal(pruned(entries(6000, year), year).length, 5000);
    assert.equal(pruned(entries(6000, year), year)[0]?.id, '1000');
    const old = pruned(entries(6000, 0), year);
    assert.ok(old.length > 0 && old.length <= 1000);
    assert.equal(old.at(-1)?.id, '5999');
    assert.equal(dayUse(old, year).images + sessionUse(old, 'w', year).images, 0);
  });

  it('7.2 keeps what another window wrote in between, and puts back what it overwrote', async () => {
    const record = journal();
    const [one, other] = [workspaces(), workspaces()].map(
      (workspace) => new AgentBudget(record, workspace, () => 0),
    ) as [Budget, Budget];
    await one.reserve(2, 0, limits);
    // Written by a window that did not know of it.
    await record.set([]);
    await other.reserve(2, 0, limits);
    await one.reserve(1, 0, limits);
    assert.equal(
      record.get().reduce((total, { images }) => total + images, 0),
      5,
    );
  });

  it('7.2 allows nothing where a limit is 0', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    for (const name of ['imagesPerSession', 'imagesPerDay', 'costPerSession', 'costPerDay'] as const)
      await assert.rejects(budget.reserve(1, 1, { ...limits, [name]: 0 }), exceeded());
  });

  it('7.2 reads a stored journal of any kind, and takes no negative entry', () => {
    for (const stored of [undefined, null, 7, 'x', {}, [null, 1, 'a', {}, { id: 'a' }]])
      assert.deepEqual(parseAgentJournal(stored), []);
    const entry = { id: 'a', at: 1, workspace: 'w', images: 1, cost: 5, isKnown: false };
    assert.deepEqual(parseAgentJournal([entry, { ...entry, cost: -1e9 }, { ...entry, images: NaN }]), [
      entry,
    ]);
  });

  it('7.2 says one quiet line for the panel once something is used: what is assumed is called so', async () => {
    const budget = new AgentBudget(journal(), workspaces(), () => 0);
    let changes = 0;
    budget.onDidChange(() => changes++);
    assert.equal(budget.line(limits), '');
    const reservation = await budget.reserve(3, 250_000, limits);
    assert.equal(
      budget.line(limits),
      'Agents in the last 24 hours: 3 images, at most $0.75 of $3; left in this session: 1 image, $1.25',
    );
    await reservation.settle({ amount: '0.12', currency: 'USD' }, 3);
    assert.equal(
      budget.line(limits),
      'Agents in the last 24 hours: 3 images, $0.12 of $3; left in this session: 1 image, $1.88',
    );
    assert.equal(changes, 2);
  });
});
