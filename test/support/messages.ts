import type { Page } from 'playwright-core';
import type { Message } from './controlApi.ts';
import type { PageElement } from './pageElement.ts';

const toast = '.notifications-toasts .notification-list-item';
const dialog = '.monaco-dialog-box';

/** Runs in the page. */
function readToasts(items: PageElement[]): Message[] {
  // A button with a menu has a second one for the arrow.
  const button = '.notification-list-item-buttons-container .monaco-button:not(.monaco-dropdown-button)';
  return items.map((item) => ({
    text: item.querySelector('.notification-list-item-message')?.textContent.trim() ?? '',
    buttons: [...item.querySelectorAll(button)].map((one) => one.textContent.trim()),
  }));
}

/** Runs in the page. */
function readDialog(box: PageElement): Message {
  const text = (selector: string) => box.querySelector(selector)?.textContent.trim() ?? '';
  const buttons = [...box.querySelectorAll('.dialog-buttons .monaco-button')].map((one) =>
    one.textContent.trim(),
  );
  const message = text('.dialog-message-text') || text('.dialog-message');
  const detail = text('.dialog-message-detail');
  // A message without a detail stands in the detail's place.
  return {
    text: message || detail,
    detail: message && detail,
    buttons: buttons.filter((label) => label !== ''),
  };
}

/** The notification toasts in view, but for what the explorer says of a folder that a test has taken away. */
export async function notifications(page: Page): Promise<Message[]> {
  const all = await page.locator(toast).evaluateAll(readToasts);
  return all.filter(({ text }) => !text.startsWith('Unable to resolve nonexistent file'));
}

/** Waits for a toast that holds the text. */
export async function waitForNotification(page: Page, text: string, timeout: number): Promise<Message> {
  const end = Date.now() + timeout;
  for (;;) {
    const all = await notifications(page);
    const found = all.find((one) => one.text.includes(text));
    if (found !== undefined) return found;
    if (Date.now() > end) {
      throw new Error(
        `no notification with "${text}"; there are: ${all.map((one) => one.text).join(' · ') || 'none'}`,
      );
    }
    await page.waitForTimeout(100);
  }
}

/** Presses a button of the toast that holds the text. */
export async function clickNotification(page: Page, text: string, button: string): Promise<void> {
  await waitForNotification(page, text, 10_000);
  // The tip of whatever the mouse was left on can lie over the button.
  await page.mouse.move(1, 1);
  const item = page.locator(toast).filter({ hasText: text }).first();
  await item.locator('.monaco-button').getByText(button, { exact: true }).click({ timeout: 10_000 });
}

/** The editor shows no toast for a fourth notification unless it had a rest this long, in milliseconds, before. */
const restAfterToasts = 850;

/** Closes every toast by its button, one by one. */
export async function clearNotifications(page: Page): Promise<void> {
  if ((await page.locator(toast).count()) === 0) return;
  const close = page.locator(toast).locator('.codicon-notifications-clear, .codicon-notifications-hide');
  for (let attempt = 0; attempt < 20 && (await page.locator(toast).count()) > 0; attempt++) {
    // By an event: it is seen only while the mouse is over its toast, and a toast may be gone before that is there.
    await close
      .first()
      .dispatchEvent('click', {}, { timeout: 1000 })
      .catch(() => undefined);
  }
  await page.waitForTimeout(restAfterToasts);
}

/** Waits for a modal dialog. */
export async function waitForDialog(page: Page, timeout: number): Promise<Message> {
  const box = page.locator(dialog).first();
  await box.waitFor({ timeout });
  return box.evaluate(readDialog);
}

/** Presses a button of the modal dialog. */
export async function clickDialog(page: Page, button: string): Promise<void> {
  await page
    .locator(`${dialog} .dialog-buttons .monaco-button`)
    .getByText(button, { exact: true })
    .click({ timeout: 10_000 });
}
