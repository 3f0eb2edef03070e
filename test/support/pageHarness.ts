// The panel's page in a real browser, with a host that a test plays.
import type { Browser, Page } from 'playwright-core';
import type { FromWebviewMessage } from '../../src/protocol/panel.ts';
import { decodeFromWebview } from '../../src/protocol/panelCodec.ts';
import { decodeFromReferences, type FromReferencesMessage } from '../../src/protocol/references.ts';
import { type PageTheme, pageThemes, themeScript } from './pageThemes.ts';
import { servePage } from './servePage.ts';

/** Everything that the page may say. */
export type PageMessage = FromWebviewMessage | FromReferencesMessage;

/** A page and its host's end. */
export interface PageHarness {
  readonly page: Page;
  /** Says something to the page, which need not understand it. */
  readonly post: (message: object) => Promise<void>;
  /** What the page has said, decoded as the host does. */
  readonly said: PageMessage[];
  /** What went wrong in the page: errors, and what its policy refused. */
  readonly problems: string[];
  readonly close: () => Promise<void>;
}

/** How the page is opened. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: PageTheme;
  /** Answers what the page says. */
  readonly handle: (message: PageMessage, post: PageHarness['post']) => unknown;
}

/** Opens the panel's page. */
export async function openPage(browser: Browser, options: PageOptions): Promise<PageHarness> {
  const { width = 900, height = 700, theme = pageThemes[0]!, handle } = options;
  const site = await servePage('media/main.ts');
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const [said, problems]: [PageMessage[], string[]] = [[], []];
  const note = (error: unknown) => problems.push(String(error));
  page.on('pageerror', note);
  page.on('console', (message) => message.type() === 'error' && note(message.text()));
  let isOver = false;
  let told: Promise<unknown> = Promise.resolve();
  const post: PageHarness['post'] = async (message) => {
    // As one text, because the driver takes its time with large values; in the order in which they were said.
    const text = JSON.stringify(textOf(message));
    told = told.then(() => (isOver ? undefined : page.evaluate(`window.hear(${text})`).catch(note)));
    await told;
  };
  await page.exposeFunction('sayToHost', (text: string) => {
    const value: unknown = JSON.parse(text, bytesOf);
    const message = decodeFromWebview(value) ?? decodeFromReferences(value);
    if (message === undefined) {
      note(`not understood: ${text.slice(0, 1000)}`);
      return;
    }
    said.push(message);
    void Promise.resolve(handle(message, post)).catch(note);
  });
  await page.addInitScript(standInForEditor);
  await page.addInitScript(themeScript(theme));
  await page.goto(site.url);
  return {
    ...{ page, post, said, problems },
    close: async () => {
      isOver = true;
      await told;
      await context.close();
      site.close();
    },
  };
}

/** A message as a text; bytes in it as base64. */
function textOf(message: unknown): string {
  return JSON.stringify(message, (_, value: unknown) =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  );
}

function bytesOf(_: string, value: unknown): unknown {
  const base64 = typeof value === 'object' && value !== null && 'base64' in value ? value.base64 : undefined;
  return typeof base64 === 'string' ? new Uint8Array(Buffer.from(base64, 'base64')) : value;
}

/** What the editor's own frame does before the page's script runs. It is carried into the page as text. */
const standInForEditor = `(() => {
  let state;
  const binary = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const textOf = (message) =>
    JSON.stringify(message, (_, value) => (value instanceof Uint8Array ? { base64: btoa(binary(value)) } : value));
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => void window.sayToHost(textOf(message)),
    setState: (next) => (state = next),
    getState: () => state,
  });
  const bytesOf = (_, value) =>
    typeof value?.base64 === 'string'
      ? Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0))
      : value;
  window.hear = (text) => window.postMessage(JSON.parse(text, bytesOf), window.origin);
})()`;
