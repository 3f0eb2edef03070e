import {
  type FromReferencesMessage,
  mostPanelReferences,
  type PanelReference,
  panelRoles,
  type PanelThumbnail,
  type ReferencesStrings,
} from '../src/protocol/references.ts';
import { h, isEnabled, setEnabled, setText } from './dom.ts';
import { icon } from './icons.ts';
import { type MenuGroup, openMenu } from './menu.ts';
import { referenceName } from './referenceWords.ts';
import { fill, isShowable } from './words.ts';

/** The row of reference pictures above the prompt. */
export interface ReferenceRow {
  readonly element: HTMLElement;
  readonly render: (references: readonly PanelReference[]) => void;
  readonly showThumbnail: (thumbnail: PanelThumbnail) => void;
  readonly dispose: () => void;
}

/** What the row asks for. */
export interface RowActions {
  readonly post: (message: FromReferencesMessage) => void;
  readonly paste: () => void;
}

interface Item {
  readonly button: HTMLButtonElement;
  readonly picture: HTMLElement;
  readonly role: HTMLElement;
  reference: PanelReference;
  url: string;
}

/** The groups of a picture's menu. */
function menuOf(
  { id, role }: PanelReference,
  index: number,
  count: number,
  strings: ReferencesStrings,
  post: RowActions['post'],
): readonly MenuGroup[] {
  const choices = panelRoles.map((one) => ({
    label: strings[one],
    checked: one === role,
    run: () => post({ type: 'setReferenceRole', referenceId: id, role: one }),
  }));
  const move = (to: 'left' | 'right') => () => post({ type: 'moveReference', referenceId: id, to });
  const moves = [
    { label: strings.moveLeft, enabled: index > 0, run: move('left') },
    { label: strings.moveRight, enabled: index < count - 1, run: move('right') },
  ];
  const remove = () => post({ type: 'removeReference', referenceId: id });
  return [
    { label: strings.role, items: choices },
    { items: moves },
    { items: [{ label: strings.remove, key: 'Del', run: remove }] },
  ];
}

/** A button with a menu; arrow down opens it, too. */
function opensMenu(button: HTMLButtonElement, open: () => void): void {
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  const toggle = () => {
    if (isEnabled(button) && button.getAttribute('aria-expanded') === 'false') open();
  };
  button.addEventListener('click', toggle);
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    toggle();
  });
}

/** The button that adds; choosing and pasting stand in its menu. */
function createAddButton(strings: ReferencesStrings, actions: RowActions): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'reference-add', title: strings.addHint }, icon('add'));
  button.setAttribute('aria-label', strings.add);
  const choose = { label: strings.chooseFiles, run: () => actions.post({ type: 'chooseReferences' }) };
  const paste = { label: strings.paste, run: actions.paste };
  opensMenu(button, () => openMenu(button, strings.add, [{ items: [choose, paste] }]));
  return button;
}

/** @param placeOf where a picture stands, and among how many */
function createItem(
  reference: PanelReference,
  strings: ReferencesStrings,
  post: RowActions['post'],
  placeOf: (id: string) => readonly [index: number, count: number],
): Item {
  const picture = h('span', { class: 'reference-picture' }, icon('picture'));
  const role = h('span', { class: 'reference-role' });
  const button = h('button', { type: 'button', class: 'reference' }, picture, role);
  const item: Item = { button, picture, role, reference, url: '' };
  opensMenu(button, () => {
    const groups = menuOf(item.reference, ...placeOf(reference.id), strings, post);
    openMenu(button, fill(strings.menuOf, item.reference.name), groups);
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    post({ type: 'removeReference', referenceId: reference.id });
  });
  return item;
}

function showThumbnail(item: Item, { bytes, mediaType }: PanelThumbnail): void {
  if (!isShowable(mediaType)) return;
  URL.revokeObjectURL(item.url);
  item.url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
  const img = h('img', { alt: '', draggable: 'false' });
  img.src = item.url;
  item.picture.replaceChildren(img);
}

/** Takes away the buttons of pictures that are not there any more. */
function removeGone(items: Map<string, Item>, references: readonly PanelReference[]): void {
  for (const [id, { button, url }] of items) {
    if (references.some((one) => one.id === id)) continue;
    button.remove();
    URL.revokeObjectURL(url);
    items.delete(id);
  }
}

/** Makes one of the buttons the stop for Tab. */
function settle(buttons: readonly HTMLButtonElement[]): void {
  const stop = buttons.find((button) => button === document.activeElement) ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}

/**
 * The row: a toolbar, one stop for Tab, arrow keys within. Pictures that stay keep their buttons, so that the focus
 * stays, too; that of a removed one goes to its neighbour.
 */
export function createReferenceRow(strings: ReferencesStrings, actions: RowActions): ReferenceRow {
  const items = new Map<string, Item>();
  let shown: readonly PanelReference[] = [];
  const add = createAddButton(strings, actions);
  const hint = h('span', { class: 'hint' }, strings.hint);
  const name = { role: 'toolbar', 'aria-label': strings.references };
  const element = h('div', { class: 'reference-row', ...name }, add, hint);
  const buttons = () => [...shown.flatMap(({ id }) => items.get(id)?.button ?? []), add];
  const placeOf = (id: string) => [shown.findIndex((one) => one.id === id), shown.length] as const;
  element.addEventListener('focusin', () => settle(buttons()));
  element.addEventListener('keydown', (event) => walk(event, buttons()));
  const render = (references: readonly PanelReference[]) => {
    const focused = buttons().findIndex((button) => button === document.activeElement);
    const before = buttons()[focused];
    removeGone(items, references);
    shown = references;
    for (const [index, reference] of references.entries()) {
      const item = items.get(reference.id) ?? createItem(reference, strings, actions.post, placeOf);
      items.set(reference.id, item);
      describe(item, reference, index, references.length, strings);
      const there = element.children[index];
      if (there !== item.button) element.insertBefore(item.button, there ?? null);
    }
    setEnabled(add, references.length < mostPanelReferences);
    element.classList.toggle('has-references', references.length > 0);
    // Elements that move lose the focus on the way.
    if (focused >= 0) (before?.isConnected === true ? before : buttons()[focused])?.focus();
    settle(buttons());
  };
  return {
    element,
    render,
    showThumbnail: (thumbnail) => {
      const item = items.get(thumbnail.referenceId);
      if (item !== undefined) showThumbnail(item, thumbnail);
    },
    dispose: () => removeGone(items, []),
  };
}

function describe(
  item: Item,
  reference: PanelReference,
  index: number,
  count: number,
  strings: ReferencesStrings,
): void {
  item.reference = reference;
  item.button.setAttribute('aria-label', referenceName(reference, index, count, strings));
  item.button.title = `${reference.name}\n${reference.facts}`;
  item.role.hidden = reference.role === 'none';
  setText(item.role, reference.role === 'none' ? '' : strings[reference.role]);
}

/** Arrow keys within the row. */
function walk(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.findIndex((button) => button === document.activeElement);
  const count = buttons.length;
  const to = { ArrowRight: (at + 1) % count, ArrowLeft: (at + count - 1) % count, Home: 0, End: count - 1 }[
    event.key
  ];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  buttons[to]?.focus();
}
