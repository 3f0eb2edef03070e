import type { PanelState } from '../../src/protocol/panel.ts';
// The page with a real history behind it: the host's desk over files on the disk.
import './vscodeStandIn.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { History } from '../../src/core/history/history.ts';
import {
  HistoryDesk,
  type HistoryDeskParts,
  type LoadedSettings,
  type SavedPicture,
} from '../../src/host/panel/historyDesk.ts';
import { openHistory } from './historyKit.ts';
import { openPage, type PageHarness, type PageOptions } from './pageHarness.ts';

const { historyStrings, historyWords } = await import('../../src/host/panel/historyStrings.ts');
const { panelStrings } = await import('../../src/host/panel/panelStrings.ts');

export const emptyState: PanelState = {
  prompt: '',
  form: { shape: '', count: 1, quality: '', background: '', format: '', seed: '' },
  maxCount: 4,
  absent: {},
  gatewayName: 'Acme',
  modelName: 'painter',
  moreModels: [],
  priceLine: '',
  sessionLine: '',
  agentsLine: '',
  sheet: { prompt: '', startedAt: 0, ratio: 1, tiles: [] },
};

/** Now, but never the same twice: ids are in the order in which they were made. */
function oneAfterTheOther(): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Date.now()));
}

/** A page with its history, and what was done through it. */
export interface HistoryPageHarness extends PageHarness {
  readonly history: History;
  readonly desk: HistoryDesk;
  readonly loaded: (readonly [LoadedSettings, boolean])[];
  readonly done: (readonly [string, SavedPicture])[];
  /** Files that are not there. */
  readonly gone: Set<string>;
}

/** Parts of a desk whose files are only noted. */
export function deskParts(history: History, members: Partial<HistoryDeskParts> = {}) {
  const done: (readonly [string, SavedPicture])[] = [];
  const [gone, errors]: [Set<string>, string[]] = [new Set(), []];
  let isShown = false;
  const parts: HistoryDeskParts = {
    history,
    files: {
      exists: (uri) => Promise.resolve(!gone.has(uri)),
      run: (action, picture) => {
        done.push([action, picture]);
        return Promise.resolve();
      },
    },
    strings: historyStrings,
    words: historyWords,
    shown: {
      get: () => isShown,
      set: (value) => {
        isShown = value;
        return Promise.resolve();
      },
    },
    log: { error: (line) => errors.push(line) },
    ...members,
  };
  return { parts, done, gone, errors };
}

/** Opens the page. @param fill puts generations into its history before */
export async function openHistoryPage(
  browser: Browser,
  fill: (history: History) => Promise<unknown>,
  options: Omit<PageOptions, 'handle'> & {
    readonly undoMs?: number;
    readonly now?: () => number;
    readonly history?: History;
  } = {},
): Promise<HistoryPageHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'history-page-'));
  const history =
    options.history ?? openHistory(folder, undefined, options.now ?? oneAfterTheOther()).history;
  await fill(history);
  const { parts, done, gone } = deskParts(history);
  const loaded: (readonly [LoadedSettings, boolean])[] = [];
  let tell: PageHarness['post'] = () => Promise.resolve();
  const desk = new HistoryDesk(
    parts,
    {
      post: (message) => void tell({ type: 'history', message }),
      load: (settings, isAgain) => loaded.push([settings, isAgain]),
    },
    options.undoMs,
  );
  const harness = await openPage(browser, {
    ...options,
    handle: async (message, post) => {
      tell = post;
      if (message.type === 'ready') {
        await post({ type: 'snapshot', state: emptyState, strings: panelStrings() });
        desk.begin();
      } else if (message.type === 'history') await desk.handle(message.message);
    },
  });
  return {
    ...harness,
    ...{ history, desk, loaded, done, gone },
    close: async () => {
      desk.dispose();
      await harness.close();
      // The desk may be writing its last.
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
