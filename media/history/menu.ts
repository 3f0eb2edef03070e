import { h } from '../dom.ts';

/** A line of a menu; `separated` draws a line above it. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly separated?: boolean;
}

const edge = 4;

/**
 * Opens a menu as the ARIA practices have it: arrow keys move in it, Escape and a click elsewhere close it, and focus
 * goes back to where it was opened from.
 * @param label its name for screen readers
 */
export function openMenu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  const end = new AbortController();
  const close = (returnsFocus: boolean) => {
    if (end.signal.aborted) return;
    end.abort();
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (returnsFocus) anchor.focus();
  };
  const buttons = items.map(({ label: words, run, separated }) => {
    const button = h('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, words);
    button.addEventListener('click', () => {
      close(true);
      run();
    });
    if (separated) menu.append(h('div', { role: 'separator', class: 'menu-line' }));
    menu.append(button);
    return button;
  });
  menu.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = stepTo(event.key, at, buttons.length);
    if (to === undefined) {
      if (event.key !== 'Escape' && event.key !== 'Tab') return;
      close(true);
    } else buttons[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && menu.contains(relatedTarget))) close(false);
  });
  const { signal } = end;
  const closeOutside = ({ target }: Event) => {
    if (!(target instanceof Node && menu.contains(target))) close(false);
  };
  window.addEventListener('pointerdown', closeOutside, { capture: true, signal });
  window.addEventListener('blur', () => close(false), { signal });
  window.addEventListener('resize', () => close(false), { signal });
  // In a landmark, as everything on the page is.
  (anchor.closest('[role=complementary], [role=main]') ?? document.body).append(menu);
  place(menu, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  buttons[0]?.focus();
}

function stepTo(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Beneath what it was opened from, or above it where there is no room; never beyond the window. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = from.bottom + height + edge <= window.innerHeight;
  const top = below ? from.bottom : Math.max(edge, from.top - height);
  const left = Math.max(edge, Math.min(from.right - width, window.innerWidth - width - edge));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
