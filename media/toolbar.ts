import { h, isEnabled } from './dom.ts';
import { icon } from './icons.ts';
import { type MenuGroup, openMenu } from './menu.ts';

/** A button of a toolbar. */
export interface ToolbarButton {
  readonly label: string;
  readonly run: () => void;
  readonly enabled?: boolean;
}

const steps: ReadonlyMap<string, (at: number, count: number) => number> = new Map([
  ['ArrowRight', (at: number, count: number) => (at + 1) % count],
  ['ArrowDown', (at: number, count: number) => (at + 1) % count],
  ['ArrowLeft', (at: number, count: number) => (at + count - 1) % count],
  ['ArrowUp', (at: number, count: number) => (at + count - 1) % count],
  ['Home', () => 0],
  ['End', (_at: number, count: number) => count - 1],
]);

/** What there is no room for in the row: a last button opens it. */
export interface ToolbarMenu {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
}

function createMoreButton({ label, groups }: ToolbarMenu): HTMLButtonElement {
  const button = h(
    'button',
    {
      ...{ type: 'button', class: 'action more-actions', tabindex: '-1', title: label },
      ...{ 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    },
    icon('more'),
  );
  let close: (() => void) | undefined;
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-expanded') === 'true') close?.();
    else close = openMenu(button, label, groups);
  });
  return button;
}

/**
 * A toolbar as the ARIA practices and VS Code's own have it: one stop for Tab, arrow keys within. Ten
 * pictures are ten stops, not sixty.
 */
export function createToolbar(
  label: string,
  items: readonly ToolbarButton[],
  menu?: ToolbarMenu,
): HTMLElement {
  const buttons = items.map((item) => {
    const button = h('button', { type: 'button', class: 'action', tabindex: '-1' }, item.label);
    if (item.enabled === false) button.setAttribute('aria-disabled', 'true');
    button.addEventListener('click', () => {
      if (isEnabled(button)) item.run();
    });
    return button;
  });
  if (menu !== undefined) buttons.push(createMoreButton(menu));
  const settle = (current: HTMLButtonElement) => {
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
  };
  if (buttons[0]) settle(buttons[0]);
  const toolbar = h('div', { role: 'toolbar', class: 'actions', 'aria-label': label }, ...buttons);
  toolbar.addEventListener('focusin', (event) => {
    const current = buttons.find((button) => button === event.target);
    if (current) settle(current);
  });
  toolbar.addEventListener('keydown', (event) => {
    const step = steps.get(event.key);
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (!step || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    buttons[step(at, buttons.length)]?.focus();
  });
  return toolbar;
}
