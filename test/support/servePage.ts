// The panel's page in a real browser, outside the editor: bundled as esbuild.js does it, in the HTML and under the
// policy that the host writes.
import './vscodeStandIn.ts';
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rootDir } from '../../scripts/paths.ts';

const { panelHtml } = await import('../../src/host/panel/panelHtml.ts');

/** A page on loopback. */
export interface ServedPage {
  readonly url: string;
  readonly close: () => void;
}

/** @param script what runs in the page, as a path from the root of the project */
export async function servePage(script: string): Promise<ServedPage> {
  const files = await bundleOnce(script);
  const server = createServer((request, response) => {
    const name = request.url?.split('/').pop() ?? '';
    const type = name.endsWith('.css') ? 'text/css' : name.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(files.get(name) ?? html());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
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

type Files = ReadonlyMap<string, Uint8Array>;

const bundled = new Map<string, Promise<Files>>();

function bundleOnce(script: string): Promise<Files> {
  const files = bundled.get(script) ?? bundle(script);
  bundled.set(script, files);
  return files;
}

async function bundle(script: string): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: { main: script, panel: 'media/panel.css' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    loader: { '.svg': 'text' },
    alias: { vscode: join(rootDir, 'test/page/site/vscodeWords.ts') },
    outdir: 'page',
    write: false,
    logLevel: 'warning',
    absWorkingDir: rootDir,
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.replace(/^.*[\\/]/, ''), contents]));
}
