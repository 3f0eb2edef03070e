import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installEditor } from './installEditor.ts';
import { projectNode } from './paths.ts';

const startMilliseconds = 60_000;

/** How a VS Code server is to be started. */
export interface EditorServerOptions {
  /** Version of the npm package `code-server`. */
  readonly version: string;
  /** Holds its settings, extensions and logs. */
  readonly dataDir: string;
  /** A free one where absent. */
  readonly port?: number | undefined;
  /** Whether Workspace Trust is on. */
  readonly trust: boolean;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Random where absent. Without one, any local user or a rebinding page would get a terminal, in tests, too. */
  readonly connectionToken?: string | undefined;
  /** The Node binary; the project's own where absent. */
  readonly node?: string | undefined;
}

/** A VS Code server that answers on loopback. */
export interface EditorServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly token: string;
  /** What to open in a browser for a folder, or a .code-workspace file. */
  windowUrl(path: string): string;
  /** The end of what it printed, without its noise. */
  log(): string;
  /** Resolves when the process has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a VS Code server on loopback and resolves when it answers. */
export async function startEditorServer(options: EditorServerOptions): Promise<EditorServer> {
  const server = await installEditor(options.version);
  const token = options.connectionToken ?? randomBytes(24).toString('hex');
  const tokenFile = join(options.dataDir, 'connection-token');
  await mkdir(options.dataDir, { recursive: true });
  // A file and not an argument: every user of the machine can read command lines.
  await writeFile(tokenFile, token, { mode: 0o600 });
  await chmod(tokenFile, 0o600);
  const child = spawn(options.node ?? projectNode(), serverArguments(server, options, tokenFile), {
    env: serverEnvironment(options.env ?? process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that its extension hosts end with it and nothing else does.
    detached: process.platform !== 'win32',
  });
  const log = collectLog(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const killNow = () => killGroup(child, 'SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(killNow, 5000);
    await ended;
    clearTimeout(timer);
    process.off('exit', killNow);
  };
  try {
    const port = await waitUntilReady(child, log);
    const url = `http://127.0.0.1:${port}`;
    const windowUrl = (path: string) => {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      return `${url}/?${new URLSearchParams({ tkn: token, [kind]: path }).toString()}`;
    };
    return { url, token, windowUrl, log: () => log.text(), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server's command line, for `--install-extension` as well. */
export function serverScript(server: string): string {
  return join(server, 'out', 'server-main.js');
}

function serverArguments(server: string, options: EditorServerOptions, tokenFile: string): string[] {
  return [
    serverScript(server),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--server-data-dir', options.dataDir],
    '--accept-server-license-terms',
    '--disable-telemetry',
    ...['--connection-token-file', tokenFile],
    ...(options.trust ? [] : ['--disable-workspace-trust']),
  ];
}

/** Without what a VS Code around us (its terminal, its debugger) or npm would tell the server. */
export function serverEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/i.test(name),
  );
  return Object.fromEntries(kept);
}

interface Log {
  text(): string;
  onLine(listener: (line: string) => void): void;
}

function collectLog(child: ChildProcess): Log {
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  const isNoise = noiseFilter();
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.on('data', (bytes: Buffer) => {
      const parts = (rest + bytes.toString()).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        if (isNoise(line)) continue;
        lines.push(line);
        if (lines.length > 400) lines.shift();
        for (const listener of listeners) listener(line);
      }
    });
  }
  return { text: () => lines.slice(-60).join('\n'), onLine: (listener) => void listeners.push(listener) };
}

/** Drops the report of each native module that was not compiled (the server goes on without it) and empty lines. */
function noiseFilter(): (line: string) => boolean {
  let inside = false;
  return (line) => {
    if (line.includes('Could not locate the bindings file')) inside = true;
    else if (inside && /^(\S.*)?$/.test(line) && !line.startsWith('}')) inside = false;
    const noise = inside || line.trim() === '';
    if (line.startsWith('}')) inside = false;
    return noise;
  };
}

function waitUntilReady(child: ChildProcess, log: Log): Promise<number> {
  return new Promise((resolve, reject) => {
    let port = 0;
    const fail = (why: string) => reject(new Error(`The VS Code server ${why}.\n${log.text()}`));
    const timer = setTimeout(
      () => fail(`did not start within ${startMilliseconds / 1000} s`),
      startMilliseconds,
    );
    log.onLine((line) => {
      port = Number(/Extension host agent listening on (\d+)/.exec(line)?.[1] ?? port);
      if (line.includes('Extension host agent started')) {
        clearTimeout(timer);
        resolve(port);
      }
    });
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code ?? 'a signal'}`);
    });
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
