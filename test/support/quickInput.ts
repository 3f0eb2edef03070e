import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './controlApi.ts';
import type { PageElement } from './pageElement.ts';

const widget = '.quick-input-widget:visible';
const rows = `${widget} .quick-input-list .monaco-list-row`;

/** Runs in the page, on the quick inputs that are seen: at most one. */
function read([element]: PageElement[]): QuickInput | null {
  if (element === undefined) return null;
  const text = (selector: string, root = element) => root.querySelector(selector)?.textContent.trim() ?? '';
  const input = element.querySelector('.quick-input-box input');
  const items = [...element.querySelectorAll('.quick-input-list .monaco-list-row')].map((row) => {
    const item = {
      label: text('.monaco-icon-label .label-name', row),
      description: text('.monaco-icon-label .label-description', row),
      detail: text('.quick-input-list-label-meta', row),
    };
    const checked = row.getAttribute('aria-checked');
    return checked === null ? item : { ...item, checked: checked === 'true' };
  });
  return {
    title: text('.quick-input-title'),
    placeholder: input?.placeholder ?? '',
    value: typeof input?.value === 'string' ? input.value : '',
    password: input?.type === 'password',
    message: text('.quick-input-message'),
    items,
  };
}

/** The quick input that is open, or null when none opens in time. Its parts come one after another: read when it rests. */
export async function readQuickInput(page: Page, timeout: number): Promise<QuickInput | null> {
  const open = page.locator(widget);
  // Looked at before it is waited for: the shortest of waits ends in vain also where it is open.
  let before = await open.evaluateAll(read);
  if (before === null) await open.waitFor({ timeout }).catch(() => undefined);
  for (let look = 0; look < 20; look++) {
    const now = await open.evaluateAll(read);
    if (now === null || JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
    await page.waitForTimeout(50);
  }
  return before;
}

/** Puts a text into the open quick input. */
export async function typeInput(page: Page, text: string): Promise<void> {
  await page.locator(`${widget} .quick-input-box input`).fill(text, { timeout: 10_000 });
}

/** Accepts the open quick input, with a text of one's own if given. */
export async function answerInput(page: Page, text: string | undefined): Promise<void> {
  const input = page.locator(`${widget} .quick-input-box input`);
  for (let attempt = 0; text !== undefined && attempt < 5; attempt++) {
    await typeInput(page, text);
    // An input box checks what is typed a moment later; the file dialog puts its own text back while it loads a folder.
    await page.waitForTimeout(300);
    if ((await input.inputValue()).startsWith(text)) break;
  }
  await leaving(page, () => input.press('Enter', { timeout: 10_000 }));
}

/**
 * Does what ends a quick input and waits until it is another one or none, so that the next look does not meet the one
 * that is just closing. One that stays (its text was refused) is waited for in vain, for a second.
 */
async function leaving(page: Page, act: () => Promise<void>, milliseconds = 1000): Promise<void> {
  const state = async () =>
    JSON.stringify({ ...(await page.locator(widget).evaluateAll(read)), message: '' });
  const before = await state();
  await act();
  for (const end = Date.now() + milliseconds; Date.now() < end && (await state()) === before;)
    await page.waitForTimeout(30);
}

/** Escape, until no quick input is open. */
export async function cancelInput(page: Page): Promise<void> {
  for (let attempt = 0; attempt < 10 && (await page.locator(widget).isVisible()); attempt++) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(100);
  }
}

/** Picks the row with that label, or where there is none the first whose label holds it. */
export async function pickItem(page: Page, label: string): Promise<void> {
  const part = page.locator(rows).filter({ has: page.locator('.label-name', { hasText: label }) });
  await part.first().waitFor({ timeout: 10_000 });
  const row = (await rowReading(page, label)) ?? part.first();
  const hasBox = (await row.getAttribute('aria-checked')) !== null;
  await leaving(page, () => (hasBox ? row.click({ timeout: 10_000 }) : acceptRow(page, row)), 5000);
}

/** By keyboard: on a busy machine a list moves for seconds on end, and a click meets what lies there by then. */
async function acceptRow(page: Page, row: Locator): Promise<void> {
  const input = page.locator(`${widget} .quick-input-box input`);
  for (let step = 0; step < 200; step++) {
    const classes = await row.getAttribute('class', { timeout: 5000 });
    if (classes?.split(' ').includes('focused') === true) return input.press('Enter', { timeout: 10_000 });
    await input.press('ArrowDown', { timeout: 10_000 });
    await page.waitForTimeout(20);
  }
  throw new Error(`the row ${(await row.textContent()) ?? ''} does not take the focus`);
}

/** Opens the palette and types; resolves when the list answers. */
export async function searchPalette(page: Page, text: string): Promise<void> {
  const input = page.locator(`${widget} .quick-input-box input`);
  for (let attempt = 0; ; attempt++) {
    await page.keyboard.press('F1');
    const opened = await input.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (opened) break;
    if (attempt === 3) throw new Error('the command palette does not open');
    // The focus may be somewhere that swallows the key: nowhere, or in a page that is just loading.
    await page.locator('.monaco-workbench .part.statusbar').click({ position: { x: 200, y: 5 } });
  }
  await input.fill(`>${text}`);
  await page.locator(rows).first().waitFor({ timeout: 10_000 });
}

/** Runs the palette's command of exactly that title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = await findCommand(page, title);
  await leaving(page, () => row.click());
}

/** Opens the palette at the command of exactly that title. */
export async function findCommand(page: Page, title: string): Promise<Locator> {
  await searchPalette(page, title);
  // An extension that is just being installed or read adds its commands late.
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const row = await rowReading(page, title);
    if (row !== undefined) return row;
    await page.waitForTimeout(200);
  }
  const shown = (await readQuickInput(page, 1000))?.items.map((item) => item.label) ?? [];
  await cancelInput(page);
  throw new Error(`no command "${title}" in the palette; it shows: ${shown.join(' · ')}`);
}

async function rowReading(page: Page, label: string): Promise<Locator | undefined> {
  for (const row of await page.locator(rows).all()) {
    const text = await row
      .locator('.label-name')
      .first()
      .textContent({ timeout: 1000 })
      .catch(() => null);
    if (text?.trim() === label) return row;
  }
  return undefined;
}
