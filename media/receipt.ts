import type { PanelReceiptRow, PanelStrings } from '../src/protocol/panel.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

/** What was asked for beside what came: one line that opens to a table. */
export interface Receipt {
  readonly element: HTMLElement;
  readonly render: (rows: readonly PanelReceiptRow[]) => void;
}

export function createReceipt(strings: PanelStrings): Receipt {
  const summary = h('summary', {});
  const body = h('tbody', {});
  const headings = ['', strings.receiptAsked, strings.receiptCame, strings.receiptSaved];
  const head = h('tr', {}, ...headings.map((words) => h('th', { scope: 'col' }, words)));
  const element = h('details', { class: 'receipt' }, summary, h('table', {}, h('thead', {}, head), body));
  // What was opened is to be read, also at the lower end of the panel.
  element.addEventListener('toggle', () => {
    if (element.open) element.scrollIntoView({ block: 'nearest' });
  });
  let shown: readonly PanelReceiptRow[] = [];
  return {
    element,
    render: (rows) => {
      element.hidden = rows.length === 0;
      // Each state brings the same rows; a table that is being read stays as it is.
      if (JSON.stringify(rows) === JSON.stringify(shown)) return;
      shown = rows;
      const differs = rows.some((row) => row.differs);
      summary.replaceChildren(
        icon(differs ? 'warning' : 'check'),
        differs ? strings.receiptDiffers : strings.receiptSame,
      );
      body.replaceChildren(...rows.map((row) => rowOf(row, strings)));
    },
  };
}

function rowOf({ topic, asked, came, saved, differs }: PanelReceiptRow, strings: PanelStrings): HTMLElement {
  const name = h('th', { scope: 'row' }, topic);
  // Seen as a mark, heard as a word.
  if (differs) name.prepend(icon('warning'), h('span', { class: 'heard' }, strings.receiptDiffersHere));
  const cell = (words: string) =>
    words === ''
      ? h(
          'td',
          {},
          h('span', { 'aria-hidden': 'true' }, '–'),
          h('span', { class: 'heard' }, strings.receiptNothing),
        )
      : h('td', {}, words);
  return h('tr', {}, name, cell(asked), cell(came), cell(saved === '' ? came : saved));
}
