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

// Drawn here instead of a codicon font: the CSP has no font-src. 16 × 16, strokes in the text's colour.
const iconPaths = {
  chevron: 'M4.5 6.5 8 10l3.5-3.5',
  warning: 'M8 2.2 14.6 13.5H1.4ZM8 6.3v3.4M8 11.4v.6',
  error: 'M8 1.7a6.3 6.3 0 1 1 0 12.6A6.3 6.3 0 0 1 8 1.7ZM8 4.6v4.2M8 10.8v.6',
  stopped: 'M8 1.7a6.3 6.3 0 1 1 0 12.6A6.3 6.3 0 0 1 8 1.7ZM5.2 8h5.6',
  check: 'm3 8.6 3.2 3.2L13 4.8',
  picture: 'M2 3h12v10H2ZM2 11l3.4-3.4 2.8 2.8 2.2-2 3.6 3.2M10.9 5a.8.8 0 1 1 0 1.6.8.8 0 0 1 0-1.6Z',
} as const;

/** A small picture beside words that say the same; hidden from screen readers for that reason. */
export function icon(name: keyof typeof iconPaths): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', iconPaths[name]);
  svg.append(path);
  return svg;
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
