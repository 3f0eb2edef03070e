import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Target, UiApi } from './controlApi.ts';
import {
  clearNotifications,
  clickDialog,
  clickNotification,
  notifications,
  waitForDialog,
  waitForNotification,
} from './messages.ts';
import type { PageClipboard } from './pageElement.ts';
import {
  answerInput,
  cancelInput,
  pickItem,
  readQuickInput,
  runCommand,
  searchPalette,
  typeInput,
} from './quickInput.ts';
import { inspect, locate, scopeOf, timeoutOf } from './uiTarget.ts';

/** Drives the workbench of a run; `page` is asked for at each call, since it is opened after the control server. */
export function uiControl(page: () => Page | undefined, screenshotDir: string): UiApi {
  const here = () => {
    const open = page();
    if (open === undefined) throw new Error('this run has no page to drive: ui.available() is false');
    return open;
  };
  return {
    available: () => Promise.resolve(page() !== undefined),
    ...commands(here),
    ...elements(here),
    ...looks(here, screenshotDir),
    notifications: () => notifications(here()),
    waitForNotification: (text, timeoutMs = 10_000) => waitForNotification(here(), text, timeoutMs),
    clickNotification: (text, button) => clickNotification(here(), text, button),
    clearNotifications: () => clearNotifications(here()),
    waitForDialog: (timeoutMs = 10_000) => waitForDialog(here(), timeoutMs),
    clickDialog: (button) => clickDialog(here(), button),
  };
}

async function drag(page: Page, from: Locator, to: Locator, modifier?: string): Promise<void> {
  const middleOf = async (one: Locator) => {
    const { x, y, width, height } = (await one.boundingBox({ timeout: 10_000 }))!;
    return [x + width / 2, y + height / 2] as const;
  };
  const [start, end] = [await middleOf(from), await middleOf(to)];
  await page.mouse.move(...start);
  await page.mouse.down();
  // A drag begins with a movement; only then the editor looks at the keys.
  await page.mouse.move(start[0] + 20, start[1] + 20, { steps: 5 });
  if (modifier !== undefined) await page.keyboard.down(modifier);
  await page.mouse.move(...end, { steps: 15 });
  await page.mouse.move(end[0] + 5, end[1] + 5, { steps: 5 });
  await page.mouse.up();
  if (modifier !== undefined) await page.keyboard.up(modifier);
}

type Here = () => Page;

function commands(here: Here) {
  return {
    runCommand: (title) => runCommand(here(), title),
    searchCommands: async (text) => {
      await searchPalette(here(), text);
      // The list is filtered a moment after the typing.
      await here().waitForTimeout(300);
      const labels = (await readQuickInput(here(), 1000))?.items.map((item) => item.label) ?? [];
      await cancelInput(here());
      return labels;
    },
    quickInput: (timeoutMs = 10_000) => readQuickInput(here(), timeoutMs),
    pickItem: (label) => pickItem(here(), label),
    typeInput: (text) => typeInput(here(), text),
    answerInput: (text) => answerInput(here(), text),
    cancelInput: () => cancelInput(here()),
  } satisfies Partial<UiApi>;
}

function elements(here: Here) {
  const find = (target: Target) => locate(here(), target);
  return {
    type: (text) => here().keyboard.type(text),
    press: (key, target) =>
      target === undefined ? here().keyboard.press(key) : find(target).press(key, timeoutOf(target)),
    click: (target, options = {}) => find(target).click({ ...timeoutOf(target), ...options }),
    drag: (from, to, modifier) => drag(here(), find(from), find(to), modifier),
    fill: (target, text) => find(target).fill(text, timeoutOf(target)),
    focus: (target) => find(target).focus(timeoutOf(target)),
    inspect: (target) => inspect(here(), target),
    texts: (target) => find(target).allInnerTexts(),
    waitFor: async (target, state = 'visible') => {
      const one = find(target);
      if (state !== 'enabled') return one.waitFor({ state, ...timeoutOf(target) });
      const end = Date.now() + timeoutOf(target).timeout;
      while (!(await one.isEnabled(timeoutOf(target)))) {
        if (Date.now() > end) throw new Error('it stays disabled');
        await here().waitForTimeout(50);
      }
    },
    waitForText: async (text, target = {}) => {
      const place = find(target).filter({ hasText: text }).first();
      await place.waitFor(timeoutOf(target)).catch(async () => {
        const shown = await inspect(here(), target);
        throw new Error(`"${text}" does not appear; shown: ${shown.text ?? 'nothing'}`);
      });
    },
  } satisfies Partial<UiApi>;
}

function looks(here: Here, screenshotDir: string) {
  return {
    evaluate: (expression, within = 'panel') => scopeOf(here(), within).locator('html').evaluate(expression),
    ariaSnapshot: (target) => locate(here(), target ?? { selector: 'body' }).ariaSnapshot(timeoutOf(target)),
    screenshot: async (name, target) => {
      await mkdir(screenshotDir, { recursive: true });
      const path = join(screenshotDir, `${name.replace(/[^\w.-]+/g, '-')}.png`);
      if (target === undefined) await here().screenshot({ path });
      else await locate(here(), target).screenshot({ path, ...timeoutOf(target) });
      return path;
    },
    textInNewWindow: (title, target) => textInNewWindow(here(), title, target),
    setViewport: (width, height) => here().setViewportSize({ width, height }),
    clipboard: () => here().evaluate(readClipboard),
  } satisfies Partial<UiApi>;
}

async function textInNewWindow(page: Page, title: string, target: Target): Promise<string> {
  const other = await page.context().newPage();
  try {
    await other.goto(page.url(), { timeout: 60_000 });
    await other.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor({
      timeout: 30_000,
    });
    await runCommand(other, title);
    const element = locate(other, target);
    await element.waitFor({ timeout: 30_000 });
    return await element.innerText();
  } finally {
    await other.close();
  }
}

/** Runs in the page. */
async function readClipboard(): Promise<{ types: string[]; text: string; png: string | null }> {
  const { clipboard } = navigator as unknown as { clipboard: PageClipboard };
  const result = { types: [] as string[], text: '', png: null as string | null };
  for (const item of await clipboard.read()) {
    result.types.push(...item.types);
    if (item.types.includes('text/plain')) result.text = await (await item.getType('text/plain')).text();
    if (!item.types.includes('image/png')) continue;
    const bytes = new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
    result.png = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }
  return result;
}
