/**
 * Makes a change, and rescues the focus where what had it is no longer seen: it would fall to the page, which is inert.
 * @param rescue takes the focus
 */
export function keepFocus(within: HTMLElement, change: () => void, rescue: () => void): void {
  const { activeElement } = document;
  change();
  if (!within.contains(activeElement) && activeElement?.isConnected !== false) return;
  if (!activeElement?.checkVisibility()) rescue();
}
