import type { WirePorts } from '../../core/gateway/wire/intake.ts';
import type { PixelEngine } from '../../core/image/pixelTask.ts';

/** The folder of the bundles. */
export interface DistFolder {
  /** Its path, where it is on a disk. */
  readonly path: string;
  /** Reads a file of it, by its name with `/`. */
  readonly read: (name: string) => Promise<Uint8Array>;
}

/** What the two extension hosts (Node and browser worker) do differently. */
export interface Platform {
  /** Which of the two it is. */
  readonly host: 'node' | 'browser';
  /** One environment variable; the browser host has none. */
  readonly environment: (name: string) => string | undefined;
  /**
   * The real path of an existing file system path, links followed; absent where links cannot be
   * followed, and then they are refused.
   * @throws when the path does not exist
   */
  readonly realPath?: (fsPath: string) => Promise<string>;
  /**
   * The size of a file in bytes, by its file system path, without the way through the window that the editor's own
   * question takes; absent where there is none.
   * @throws when the path does not exist
   */
  readonly sizeOfFile?: (fsPath: string) => Promise<number>;
  /** IP addresses of a host name; absent where the host cannot ask. */
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>;
  /**
   * How pictures are taken off the wire; absent where there are no files: into memory.
   * @param folder the path of a folder of the extension's own
   */
  readonly wirePorts?: (folder: string) => WirePorts;
  /** Works on pixels: on a thread of its own, where there are threads. */
  readonly pixelEngine: (dist: DistFolder) => PixelEngine;
  /** A fetch that waits as long as it is told; absent where there is none besides the usual one. */
  readonly patientFetch?: typeof fetch;
  /** A fetch that connects to public addresses only; absent where connections cannot be looked at. */
  readonly publicFetch?: typeof fetch;
}
