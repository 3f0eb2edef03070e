/**
 * Makes a change, and rescues the focus where what had it is no longer seen: it would fall to the page. Where the page
 * itself has no focus, that waits until it has: whoever types in the editor meanwhile must not be interrupted.
 * @param rescue takes the focus
 */
export function keepFocus(within: HTMLElement, change: () => void, rescue: () => void): void {
  const { activeElement } = document;
  change();
  if (!within.contains(activeElement) && activeElement?.isConnected !== false) return;
  if (activeElement?.checkVisibility()) return;
  if (document.hasFocus()) rescue();
  else window.addEventListener('focus', () => isNowhere() && rescue(), { once: true });
}

function isNowhere(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}
