import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Inspection, Target } from './controlApi.ts';
import type { PageElement } from './pageElement.ts';

/** Publisher and name in package.json. */
export const extensionId = 'image-gateway.image-gateway';

type Scope = Page | FrameLocator;

/** The document to look in: the workbench's, or a webview's (an iframe in an iframe; the inner one is the content). */
export function scopeOf(page: Page, within: Target['within'] = 'panel'): Scope {
  if (within === 'workbench') return page;
  const id = within === 'panel' ? extensionId : within.webview;
  // Several webviews of one extension: the visible one.
  const outer = `iframe.webview.ready[src*="extensionId=${id}"]:visible`;
  return page.frameLocator(outer).frameLocator('#active-frame');
}

/** The elements that a target names. */
export function locate(page: Page, target: Target): Locator {
  const scope = scopeOf(page, target.within);
  const exact = target.loose !== true;
  const found = firstKind(scope, target, exact);
  return target.nth === undefined ? found : found.nth(target.nth);
}

function firstKind(scope: Scope, target: Target, exact: boolean): Locator {
  const { role, name, text, label, selector } = target;
  if (role !== undefined) {
    const byRole = scope.getByRole(role as 'button', name === undefined ? {} : { name, exact });
    return text === undefined ? byRole : byRole.filter({ hasText: text });
  }
  if (label !== undefined) return scope.getByLabel(label, { exact });
  if (selector !== undefined) {
    const bySelector = scope.locator(selector);
    return text === undefined ? bySelector : bySelector.filter({ hasText: text });
  }
  if (text !== undefined) return scope.getByText(text, { exact });
  if (name !== undefined) return scope.locator(`[aria-label="${name.replaceAll('"', '\\"')}"]`);
  return scope.locator('body');
}

/** How long to wait for a target. */
export function timeoutOf(target?: Target): { timeout: number } {
  return { timeout: target?.timeoutMs ?? 10_000 };
}

/** Runs in the page. */
function look(element: PageElement): Omit<Inspection, 'count'> {
  const { value, checked, ownerDocument } = element;
  const ariaChecked = element.getAttribute('aria-checked');
  return {
    focused: ownerDocument.activeElement === element && ownerDocument.hasFocus(),
    value: typeof value === 'string' ? value : undefined,
    checked:
      typeof checked === 'boolean' ? checked : ariaChecked === null ? undefined : ariaChecked === 'true',
    text: element.innerText ?? element.textContent,
    attributes: Object.fromEntries([...element.attributes].map((one) => [one.name, one.value])),
  };
}

/** What an element is like now, without waiting for it. */
export async function inspect(page: Page, target: Target): Promise<Inspection> {
  const all = locate(page, target);
  // A webview that is not there yet has no elements.
  const count = await all.count().catch(() => 0);
  if (count === 0) return { count };
  const first = all.first();
  const inside = await first.evaluate(look);
  const [visible, enabled, box] = await Promise.all([
    first.isVisible(),
    first.isEnabled(),
    first.boundingBox(),
  ]);
  return { count, visible, enabled, ...inside, box: box ?? undefined };
}
