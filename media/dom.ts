type Prop = string | boolean | ((event: Event) => void);

/**
 * Builds an element. A function is a listener (`onclick`), a boolean switches an attribute, a string is
 * an attribute's value. Children that are strings become text nodes: never HTML.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Readonly<Record<string, Prop>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Changes text only where it differs; growing text is appended, so that a selection in it survives. */
export function setText(element: HTMLElement, text: string): void {
  const { firstChild } = element;
  const shown = element.textContent;
  if (shown === text) return;
  if (firstChild instanceof Text && shown !== '' && text.startsWith(shown)) {
    firstChild.appendData(text.slice(shown.length));
  } else {
    element.textContent = text;
  }
}

/** A button that keeps its place in the tab order while it can do nothing, so that focus is never lost. */
export function setEnabled(button: HTMLButtonElement, enabled: boolean): void {
  button.setAttribute('aria-disabled', String(!enabled));
}

/** Whether `setEnabled` last said so. */
export function isEnabled(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-disabled') !== 'true';
}
