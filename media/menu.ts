import { h, isEnabled, setEnabled } from './dom.ts';
import { icon } from './icons.ts';

/** A row of a menu. A choice is one of its group; an action that can do nothing now is shown all the same. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly enabled?: boolean;
  /** Set for a choice. */
  readonly checked?: boolean;
  /** The key that does the same, to be read. */
  readonly key?: string;
}

/** Rows that belong together; a line separates them from the next. */
export interface MenuGroup {
  /** Heard before its rows. */
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

const steps: ReadonlyMap<string, (at: number, count: number) => number> = new Map([
  ['ArrowDown', (at: number, count: number) => (at + 1) % count],
  ['ArrowUp', (at: number, count: number) => (at + count - 1) % count],
  ['Home', () => 0],
  ['End', (_at: number, count: number) => count - 1],
]);

/** Pixels between a menu and what it belongs to, and the edges of the page. */
const gap = 4;

/** @param hasMarks whether rows of the menu can be chosen: the others stand beneath their words then */
function rowOf(item: MenuItem, hasMarks: boolean, close: () => void): HTMLButtonElement {
  const isChoice = item.checked !== undefined;
  const row = h(
    'button',
    { type: 'button', tabindex: '-1', class: 'menu-row', role: isChoice ? 'menuitemradio' : 'menuitem' },
    ...(hasMarks
      ? [h('span', { class: 'menu-mark' }, ...(item.checked === true ? [icon('check')] : []))]
      : []),
    h('span', { class: 'menu-label' }, item.label),
    ...(item.key === undefined ? [] : [h('span', { class: 'menu-key', 'aria-hidden': 'true' }, item.key)]),
  );
  if (isChoice) row.setAttribute('aria-checked', String(item.checked));
  if (item.enabled === false) setEnabled(row, false);
  row.addEventListener('click', () => {
    if (!isEnabled(row)) return;
    close();
    item.run();
  });
  row.addEventListener('pointerenter', () => row.focus());
  return row;
}

/** Beneath what it belongs to where there is room, else above, and never over an edge. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const hasRoom = bottom + gap + height <= clientHeight;
  menu.style.left = `${Math.max(gap, Math.min(left, clientWidth - width - gap))}px`;
  menu.style.top = `${hasRoom ? bottom + gap : Math.max(gap, top - height - gap)}px`;
}

function onKey(event: KeyboardEvent, rows: readonly HTMLButtonElement[], close: () => void): void {
  const at = rows.findIndex((row) => row === document.activeElement);
  const step = steps.get(event.key);
  const named = /^\S$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (step) rows[step(at, rows.length)]?.focus();
  else if (named) nextNamed(rows, at, event.key)?.focus();
  else return;
  // Escape would cancel a running request, a letter would be a key binding of the editor.
  event.preventDefault();
  event.stopPropagation();
}

function nextNamed(rows: readonly HTMLButtonElement[], at: number, letter: string) {
  const inOrder = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  const label = (row: HTMLButtonElement) => row.querySelector('.menu-label')?.textContent ?? '';
  return inOrder.find((row) => label(row).toLowerCase().startsWith(letter.toLowerCase()));
}

/**
 * Opens a menu as the ARIA practices have it: arrow keys within, the first letter jumps, Escape and Tab close and give
 * the focus back to the button that it belongs to.
 * @returns closes it
 */
export function openMenu(anchor: HTMLElement, label: string, groups: readonly MenuGroup[]): () => void {
  const ended = new AbortController();
  const close = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    const hadFocus = menu.contains(document.activeElement);
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (hadFocus) anchor.focus();
  };
  const hasMarks = groups.some(({ items }) => items.some(({ checked }) => checked !== undefined));
  const sections = groups.map(({ label: name, items }) => {
    const rows = items.map((item) => rowOf(item, hasMarks, close));
    return { rows, element: h('div', { role: 'group', ...(name && { 'aria-label': name }) }, ...rows) };
  });
  const rows = sections.flatMap((section) => section.rows);
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  menu.append(...sections.map(({ element }) => element));
  const { signal } = ended;
  menu.addEventListener('keydown', (event) => onKey(event, rows, close), { signal });
  document.addEventListener(
    'pointerdown',
    (event) => {
      if (event.target instanceof Node && !menu.contains(event.target) && !anchor.contains(event.target))
        close();
    },
    { signal, capture: true },
  );
  window.addEventListener('resize', close, { signal });
  window.addEventListener('blur', close, { signal });
  // Inside a landmark, where those who listen look for it.
  (anchor.closest('section, main, header, [role=complementary]') ?? document.body).append(menu);
  anchor.setAttribute('aria-expanded', 'true');
  place(menu, anchor);
  (rows.find((row) => row.getAttribute('aria-checked') === 'true') ?? rows[0])?.focus();
  return close;
}
