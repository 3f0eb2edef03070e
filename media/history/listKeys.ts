import type { HistoryRow } from '../../src/protocol/history.ts';
import type { EntryActions } from './entryList.ts';
import type { RowView } from './rowView.ts';

/** The list as its keys see it. */
export interface KeyedList {
  readonly active: () => number;
  readonly count: () => number;
  readonly perPage: () => number;
  readonly moveTo: (index: number) => void;
  readonly viewAt: (index: number) => RowView | undefined;
  readonly rowAt: (index: number) => HistoryRow | undefined;
  readonly actions: Pick<EntryActions, 'remove' | 'restore'>;
}

/**
 * The list's keys: one stop for Tab; up and down, Page, Home and End from row to row, right and left between a row and
 * its menu; Delete removes, Ctrl/Cmd+Z takes that back, and the key or Shift+F10 opens the menu.
 */
export function listenToListKeys(element: HTMLElement, list: KeyedList): void {
  const steps: ReadonlyMap<string, () => number> = new Map([
    ['ArrowDown', () => list.active() + 1],
    ['ArrowUp', () => list.active() - 1],
    ['PageDown', () => list.active() + list.perPage()],
    ['PageUp', () => list.active() - list.perPage()],
    ['Home', () => 0],
    ['End', () => list.count() - 1],
  ]);
  const act = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const row = list.rowAt(list.active());
    const view = list.viewAt(list.active());
    if (row === undefined || view === undefined || altKey) return false;
    if (ctrlKey || metaKey) {
      if (key !== 'z' || !row.isRemoved) return false;
      list.actions.restore(row);
      return true;
    }
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      view.menu.click();
      return true;
    }
    if (shiftKey) return false;
    if (key === 'Delete') {
      if (!row.isRemoved) list.actions.remove(row);
      return true;
    }
    if (key === 'ArrowRight' || key === 'ArrowLeft') {
      (key === 'ArrowRight' && !row.isRemoved ? view.menu : view.main).focus();
      return true;
    }
    const step = steps.get(key);
    if (step === undefined) return false;
    list.moveTo(Math.max(0, Math.min(list.count() - 1, step())));
    return true;
  };
  element.addEventListener('keydown', (event) => {
    if (act(event)) event.preventDefault();
  });
}
