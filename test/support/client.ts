// The typed way from a test inside the editor to the test runner outside. Only `fetch`, so it is the same in the Node
// extension host and in the browser's.
import * as vscode from 'vscode';
import {
  type ControlApi,
  type ControlFile,
  controlFileName,
  type DiskApi,
  type GatewayApi,
  type UiApi,
} from './controlApi.ts';
import type { FaultName } from './faults/faults.ts';
import type { RecordedRequest, Reply } from './gatewayReply.ts';

let known: ControlFile | undefined;

/** Reads, once, where the runner is. */
export async function controlFile(): Promise<ControlFile> {
  if (known !== undefined) return known;
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The test window has no workspace folder.');
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, controlFileName));
  return (known = JSON.parse(new TextDecoder().decode(bytes)) as ControlFile);
}

async function call(api: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const { url, token } = await controlFile();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-control-token': token },
    body: JSON.stringify({ api, method, args }),
  });
  const answer = (await response.json()) as { value?: unknown; error?: string };
  // A new Error, so that the stack shows the test's line.
  if (answer.error !== undefined) throw new Error(`${api}.${method}: ${answer.error}`);
  return answer.value;
}

/** The interface with every call sent to the runner. */
function remote<K extends keyof ControlApi>(api: K): ControlApi[K] {
  const methods = {
    get:
      (_: unknown, method: string) =>
      (...args: unknown[]) =>
        call(api, method, args),
  };
  return new Proxy({}, methods) as ControlApi[K];
}

const gatewayApi: GatewayApi = remote('gateway');
const diskApi: DiskApi = remote('disk');

/** For the bundle's own reporter. */
export const results = remote('results');

/** The workbench and its webviews; see UiApi. */
export const ui: UiApi = remote('ui');

/** Skips the test, or the suite's hook, where there is no page to drive (the desktop run). */
export async function needsUi(context: Mocha.Context): Promise<void> {
  if (!(await ui.available())) context.skip();
}

/** The disk below the run's temporary folder; paths are absolute or relative to the first workspace folder. */
export const disk = {
  /** The file's bytes; undefined where there is none. */
  async read(path: string): Promise<Uint8Array | undefined> {
    const base64 = await diskApi.read(path);
    return base64 === null ? undefined : fromBase64(base64);
  },
  /** The file as UTF-8 text; undefined where there is none. */
  async readText(path: string): Promise<string | undefined> {
    const bytes = await disk.read(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  },
  write: (path: string, content: string | Uint8Array) =>
    diskApi.write(path, toBase64(typeof content === 'string' ? new TextEncoder().encode(content) : content)),
  list: (path?: string) => diskApi.list(path),
  symlink: (target: string, path: string) => diskApi.symlink(target, path),
  remove: (path: string) => diskApi.remove(path),
  folders: () => diskApi.folders(),
};

/** A gateway that the runner hosts; `start` it (or take it as it is) by name. */
export class TestGateway {
  readonly #name: string;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** For the setting `baseUrl`. */
  readonly baseUrl: string;

  private constructor(name: string, at: { origin: string; baseUrl: string }) {
    this.#name = name;
    this.origin = at.origin;
    this.baseUrl = at.baseUrl;
  }

  /** The gateway of that name, started where it is new. In the hostile run `evil` is the one the workspace names. */
  static async start(name: string): Promise<TestGateway> {
    return new TestGateway(name, await gatewayApi.start(name));
  }

  /** Answers every request to `path` (`/images/generations`, or from the origin: `/v1/…`) so. */
  reply(path: string, reply: Reply): Promise<void> {
    return gatewayApi.reply(this.#name, path, reply);
  }

  /** Answers the next requests to `path` so, one each. */
  queue(path: string, ...replies: readonly Reply[]): Promise<void> {
    return gatewayApi.queue(this.#name, path, replies);
  }

  /** Goes wrong as the fault of that name does. */
  play(fault: FaultName): Promise<void> {
    return gatewayApi.play(this.#name, fault);
  }

  /** What it was asked, oldest first. */
  requests(path?: string): Promise<RecordedRequest[]> {
    return gatewayApi.requests(this.#name, path);
  }

  /** How many CORS preflights it saw. */
  preflights(): Promise<number> {
    return gatewayApi.preflights(this.#name);
  }

  /** Serves a PNG (`64x48 #ff8800`), or bytes, at `/picture/<file>`; returns the address. */
  servePicture(file: string, picture: string | { bytes: Uint8Array; mediaType: string }): Promise<string> {
    const sent =
      typeof picture === 'string'
        ? { size: picture }
        : { base64: toBase64(picture.bytes), mediaType: picture.mediaType };
    return gatewayApi.servePicture(this.#name, file, sent);
  }

  /** Gives the answers that hang `untilReleased`, and the next of the pieces that are held. */
  release(): Promise<void> {
    return gatewayApi.release(this.#name);
  }

  /** Forgets requests, replies and pictures. */
  reset(): Promise<void> {
    return gatewayApi.reset(this.#name);
  }
}

/** The bytes of a PNG: `64x48`, `64x48 #ff8800`. */
export async function makePicture(size: string): Promise<Uint8Array> {
  return fromBase64(await gatewayApi.png(size));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
