import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/launchBrowser.ts';
import { rootDir } from '../../scripts/paths.ts';
import type { PageTheme } from '../page/themes.ts';

// Components of the panel in a real browser, without the editor around them: one browser for all files of
// test/page, and pages with the panel's own style sheet and policy.

let launched: Promise<Browser> | undefined;

// Mocha runs this once, after the last test of all files.
after(async () => {
  await (await launched)?.close();
});

/** How a page of `test/page/site` is opened. */
export interface PageOptions {
  readonly theme: PageTheme;
  readonly width: number;
  readonly height: number;
  /** Of the screen: 2 is what a zoom of 200 % makes of a page, beside half the room. */
  readonly deviceScaleFactor?: number;
  readonly hasTouch?: boolean;
  readonly forcedColors?: 'active';
}

/** Pages of one file in `test/page/site`. */
export interface TestSite {
  readonly open: (options: PageOptions) => Promise<Page>;
  readonly stop: () => Promise<void>;
}

/** Bundles `test/page/site/<name>.ts` and serves it on loopback. */
export async function startTestSite(name: string): Promise<TestSite> {
  const files = await bundle(name);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(url.pathname);
    if (file === undefined) return void response.writeHead(404).end();
    const nonce = randomUUID();
    response.writeHead(200, { 'content-type': file.type });
    response.end(file.text.replaceAll('{nonce}', nonce));
  });
  const origin = await listen(server);
  return {
    open: (options) => open(origin, options),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The policy of src/host/panel/panelHtml.ts, with this server in the place of the editor's. */
const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src blob:; style-src 'self'; script-src 'nonce-{nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="panel.css">
<title>Image Gateway</title>
</head>
<body><script nonce="{nonce}" src="site.js"></script></body>
</html>`;

async function bundle(name: string): Promise<ReadonlyMap<string, { type: string; text: string }>> {
  const { outputFiles } = await build({
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    absWorkingDir: rootDir,
    outdir: join(rootDir, 'out'),
    entryPoints: { site: `test/page/site/${name}.ts`, panel: 'media/panel.css' },
    loader: { '.svg': 'text' },
    alias: { vscode: join(rootDir, 'test/page/site/vscodeWords.ts') },
    logLevel: 'warning',
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return new Map([
    ['/', { type: 'text/html', text: html }],
    ['/site.js', { type: 'text/javascript', text: textOf('site.js') }],
    ['/panel.css', { type: 'text/css', text: textOf('panel.css') }],
  ]);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function open(origin: string, { theme, width, height, ...options }: PageOptions): Promise<Page> {
  launched ??= launchBrowser();
  const context = await (await launched).newContext({ viewport: { width, height }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.goto(origin);
  // As VS Code does it: variables on the root, classes on the body.
  await page.evaluate(
    ({ colors, bodyClass }) => {
      const { document } = globalThis as unknown as { document: ThemedDocument };
      for (const [name, value] of Object.entries(colors))
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      document.body.className = bodyClass;
    },
    { colors: theme.colors, bodyClass: theme.bodyClass },
  );
  return page;
}

interface ThemedDocument {
  readonly documentElement: { readonly style: { setProperty(name: string, value: string): void } };
  readonly body: { className: string };
}
