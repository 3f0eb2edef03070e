// The panel's page in a real browser, outside the editor: the bundle as esbuild makes it, in the HTML and under the
// policy that the host writes, with a host that a test plays.
import './vscodeStandIn.ts';
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { rootDir } from '../../scripts/paths.ts';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/panel.ts';
import { decodeFromWebview } from '../../src/protocol/panelCodec.ts';
import { type PageTheme, pageThemes } from './pageThemes.ts';

const { panelHtml } = await import('../../src/host/panel/panelHtml.ts');

/** A page and its host's end. */
export interface PageHarness {
  readonly page: Page;
  /** Says something to the page. */
  readonly post: (message: ToWebviewMessage) => Promise<void>;
  /** What the page has said, decoded as the host does. */
  readonly said: FromWebviewMessage[];
  /** What went wrong in the page: errors, and what its policy refused. */
  readonly problems: string[];
  readonly setTheme: (theme: PageTheme) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How the page is opened. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: PageTheme;
  /** Answers what the page says. */
  readonly handle: (message: FromWebviewMessage, post: PageHarness['post']) => unknown;
}

/** Bundles the page as esbuild.js does and opens it. */
export async function openPage(browser: Browser, options: PageOptions): Promise<PageHarness> {
  const { width = 900, height = 700, theme = pageThemes[0]!, handle } = options;
  const site = await servePage();
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const [said, problems]: [FromWebviewMessage[], string[]] = [[], []];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const post: PageHarness['post'] = async (message) => {
    if (page.isClosed()) return;
    // As one text, because the driver takes its time with large values.
    await page
      .evaluate(`window.hear(${JSON.stringify(textOf(message))})`)
      .catch((error: unknown) => problems.push(String(error)));
  };
  await page.exposeFunction('sayToHost', (value: unknown) => {
    const message = decodeFromWebview(value);
    if (message === undefined) problems.push(`not understood: ${JSON.stringify(value)}`);
    else {
      said.push(message);
      void Promise.resolve(handle(message, post)).catch((error: unknown) => problems.push(String(error)));
    }
  });
  await page.addInitScript(`(${standInForEditor})(${JSON.stringify(JSON.stringify(theme))})`);
  await page.goto(site.url);
  return {
    ...{ page, post, said, problems },
    setTheme: (next) => page.evaluate(`window.useTheme(${JSON.stringify(JSON.stringify(next))})`),
    close: async () => {
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

/** What the editor's own frame does before the page's script runs. It is carried into the page as text. */
const standInForEditor = `(text) => {
  let state;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => void window.sayToHost(message),
    setState: (next) => (state = next),
    getState: () => state,
  });
  const bytesOf = (_, value) =>
    typeof value?.base64 === 'string'
      ? Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0))
      : value;
  window.hear = (message) => window.postMessage(JSON.parse(message, bytesOf), window.origin);
  window.useTheme = (theme) => {
    const { bodyClass, colors } = JSON.parse(theme);
    const { style } = document.documentElement;
    for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
    for (const [name, value] of Object.entries(colors)) style.setProperty('--vscode-' + name, value);
    document.body.className = bodyClass;
  };
  document.addEventListener('DOMContentLoaded', () => window.useTheme(text));
}`;

async function servePage(): Promise<{ readonly url: string; readonly close: () => void }> {
  const files = new Map((await bundlePage()).map(({ path, contents }) => [path, contents]));
  const server = createServer((request, response) => {
    const name = request.url?.split('/').pop() ?? '';
    const type = name.endsWith('.css') ? 'text/css' : name.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    const file = [...files].find(([path]) => name !== '' && path.endsWith(name))?.[1];
    response.end(file ?? html());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function html(): string {
  const webview = { cspSource: "'self'", asWebviewUri: (uri: unknown) => String(uri) };
  return panelHtml(webview as never, '' as never);
}

async function bundlePage() {
  const { outputFiles } = await build({
    entryPoints: [join(rootDir, 'media/main.ts'), join(rootDir, 'media/panel.css')],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    loader: { '.svg': 'text' },
    outdir: 'page',
    write: false,
    logLevel: 'warning',
    absWorkingDir: rootDir,
  });
  return outputFiles;
}
