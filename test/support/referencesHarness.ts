// The panel's page in a browser, as VS Code would show it: the real bundle, HTML and content security policy on
// loopback, and behind it the real tray of references. Only VS Code itself is played.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/launchBrowser.ts';
import { outDir, rootDir } from '../../scripts/paths.ts';
import { invalidArguments } from '../../src/core/failure.ts';
import { type FoundPicture, ReferenceTray } from '../../src/host/panel/referenceTray.ts';
import { emptyPanelModel } from '../../src/host/panel/panelModel.ts';
import type { PanelState, PanelStrings } from '../../src/protocol/panel.ts';
import {
  decodeFromReferences,
  type PanelReference,
  type ReferencesStrings,
} from '../../src/protocol/references.ts';
import type { PanelTheme } from './panelThemeColours.ts';

/** What of the host is bundled for the harness: words and HTML, which ask VS Code for the language only. */
interface HostParts {
  readonly panelStrings: () => PanelStrings;
  readonly referencesStrings: () => ReferencesStrings;
  readonly panelHtml: (webview: unknown, extensionUri: unknown) => string;
}

type Message = Readonly<Record<string, unknown>>;

const fakeEditor = `
  export const l10n = { t: (words) => words };
  export const env = { language: 'en' };
  export const Uri = { joinPath: (base, ...parts) => [base, ...parts].join('/') };`;

const hostModule = `
  export { panelStrings } from './panelStrings.ts';
  export { referencesStrings } from './referencesStrings.ts';
  export { panelHtml } from './panelHtml.ts';`;

async function bundleHost(): Promise<HostParts> {
  const { outputFiles } = await build({
    stdin: { contents: hostModule, resolveDir: join(rootDir, 'src/host/panel'), loader: 'ts' },
    ...{ bundle: true, write: false, format: 'esm', platform: 'neutral' },
    plugins: [
      {
        name: 'editor',
        setup: (bundle) => {
          bundle.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'editor' }));
          bundle.onLoad({ filter: /.*/, namespace: 'editor' }, () => ({ contents: fakeEditor }));
        },
      },
    ],
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`;
  return (await import(url)) as HostParts;
}

/** The page's bundle, as esbuild.js makes it. */
async function bundlePage(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['media/main.ts', 'media/panel.css'],
    ...{ absWorkingDir: rootDir, bundle: true, write: false, format: 'iife', platform: 'browser' },
    ...{ target: 'es2022', outdir: 'dist/page', loader: { '.svg': 'text' } },
  });
  return new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*[\\/]/, ''), text]));
}

/** Serves the page; one for all tests of a file. */
export class PanelSite {
  private readonly server: Server;
  private readonly browser: Browser;
  private readonly host: HostParts;

  private constructor(server: Server, browser: Browser, host: HostParts) {
    this.server = server;
    this.browser = browser;
    this.host = host;
  }

  static async start(): Promise<PanelSite> {
    const [host, files, browser] = await Promise.all([bundleHost(), bundlePage(), launchBrowser()]);
    const server = createServer((request, response) => {
      const name = request.url?.split('/').pop() ?? '';
      const origin = `http://${request.headers.host ?? ''}`;
      const type = name.endsWith('.js')
        ? 'text/javascript'
        : name.endsWith('.css')
          ? 'text/css'
          : 'text/html';
      const webview = { cspSource: origin, asWebviewUri: (uri: string) => uri };
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(files.get(name) ?? host.panelHtml(webview, origin));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PanelSite(server, browser, host);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Opens the panel in a page of its own, with a tray in which nothing lies. */
  async open(theme: PanelTheme, size = { width: 760, height: 620 }): Promise<PanelPage> {
    const origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const context = await this.browser.newContext({ viewport: size });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    const page = await context.newPage();
    const panel = new PanelPage(page, this.host);
    await page.exposeFunction('hostHears', (json: string) => panel.hear(json));
    await page.addInitScript(playEditor, theme);
    await page.goto(origin);
    return panel;
  }
}

/** The panel's page, its host, and what was said between them. */
export class PanelPage {
  readonly page: Page;
  /** Everything that the page said, in order; bytes as their count. */
  readonly heard: Message[] = [];
  /** Files that a Uri of a drop, or the dialog, leads to. */
  readonly files = new Map<string, FoundPicture>();
  readonly tray: ReferenceTray;
  private shown: readonly PanelReference[] = [];
  private readonly host: HostParts;
  private panelState: PanelState;
  private telling: Promise<unknown> = Promise.resolve();

  constructor(page: Page, host: HostParts) {
    this.page = page;
    this.host = host;
    const names = { gatewayName: 'Vercel AI Gateway', modelName: 'gemini-3-pro-image', sessionLine: '' };
    const sheet = { prompt: '', startedAt: 0, ratio: 1, tiles: [] };
    this.panelState = { ...emptyPanelModel, ...names, sheet, absent: {}, priceLine: '' };
    this.tray = new ReferenceTray({
      sources: {
        choose: () => Promise.resolve([...this.files.values()].map((file) => () => Promise.resolve(file))),
        dropped: (uri) => () => {
          const file = this.files.get(uri);
          return file === undefined
            ? Promise.reject(
                invalidArguments('The reference image is refused: it is not inside the workspace.'),
              )
            : Promise.resolve(file);
        },
      },
      // What the page shows small is decided elsewhere; here the picture itself will do.
      makeThumbnail: (bytes) => Promise.resolve({ bytes, mediaType: 'image/png', width: 1, height: 1 }),
      post: (message) => {
        if ('references' in message) this.shown = message.references;
        void this.tell(message);
      },
      strings: host.referencesStrings,
      logError: (_words, thrown) => {
        throw thrown as Error;
      },
    });
  }

  /** Says something to the page, as VS Code's outer frame does. */
  tell(message: object): Promise<unknown> {
    const json = JSON.stringify(message, (_key, value: unknown) =>
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    );
    this.telling = this.telling.then(() => this.page.evaluate(hearHost, json));
    return this.telling;
  }

  /** Lets the page show another state of the panel. */
  async show(state: Partial<PanelState>): Promise<void> {
    this.panelState = { ...this.panelState, ...state };
    await this.tell({ type: 'stateChanged', state: this.panelState });
  }

  /** What lies in the tray, as the page was told last. */
  trayItems(): readonly PanelReference[] {
    return this.shown;
  }

  /** What the page said of one kind. */
  said(type: string): Message[] {
    return this.heard.filter((message) => message['type'] === type);
  }

  /** Writes out/screenshots/references/<name>.png. */
  async screenshot(name: string): Promise<void> {
    const folder = join(outDir, 'screenshots', 'references');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.telling.catch(() => undefined);
    this.tray.dispose();
    await this.page.context().close();
  }

  async hear(json: string): Promise<void> {
    const said = JSON.parse(json, reviveBytes) as Message;
    this.heard.push(said['bytes'] instanceof Uint8Array ? { ...said, bytes: said['bytes'].length } : said);
    if (said['type'] === 'ready') {
      const strings = this.host.panelStrings();
      await this.tell({ type: 'snapshot', state: this.panelState, strings });
      this.tray.postAll();
    }
    const message = decodeFromReferences(said);
    if (message !== undefined) await this.tray.take(message);
  }
}

function reviveBytes(_key: string, value: unknown): unknown {
  const base64 = typeof value === 'object' && value !== null && 'base64' in value ? value.base64 : undefined;
  return typeof base64 === 'string' ? new Uint8Array(Buffer.from(base64, 'base64')) : value;
}

/** Globals of the page, of which this file's types know nothing. */
interface PageGlobals {
  hostHears(json: string): Promise<void>;
  acquireVsCodeApi?: () => unknown;
  violations: string[];
  document: {
    readonly documentElement: { readonly style: { setProperty(name: string, value: string): void } };
    readonly body: { className: string };
    addEventListener(type: string, listen: (event: { readonly effectiveDirective: string }) => void): void;
  };
  dispatchEvent(event: unknown): void;
  MessageEvent: new (type: string, members: object) => unknown;
  origin: string;
  atob(text: string): string;
  btoa(text: string): string;
}

/** Runs in the page before its own script: what VS Code gives a webview. */
function playEditor({ colours, bodyClass }: PanelTheme): void {
  const page = globalThis as unknown as PageGlobals;
  page.violations = [];
  page.document.addEventListener('securitypolicyviolation', (event) =>
    page.violations.push(event.effectiveDirective),
  );
  page.document.addEventListener('DOMContentLoaded', () => {
    page.document.body.className = bodyClass;
    for (const [name, value] of Object.entries(colours))
      page.document.documentElement.style.setProperty(`--vscode-${name}`, value);
  });
  const textOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  page.acquireVsCodeApi = () => ({
    postMessage: (message: object) =>
      void page.hostHears(
        JSON.stringify(message, (_key, value: unknown) =>
          value instanceof Uint8Array ? { base64: page.btoa(textOf(value)) } : value,
        ),
      ),
    setState: () => undefined,
    getState: () => undefined,
  });
}

/** Runs in the page: what the outer frame passes on. */
function hearHost(json: string): void {
  const page = globalThis as unknown as PageGlobals;
  const data: unknown = JSON.parse(json, (_key, value: unknown) => {
    const base64 =
      typeof value === 'object' && value !== null && 'base64' in value ? value.base64 : undefined;
    return typeof base64 === 'string'
      ? Uint8Array.from(page.atob(base64), (character) => character.charCodeAt(0))
      : value;
  });
  page.dispatchEvent(new page.MessageEvent('message', { data, origin: page.origin }));
}
