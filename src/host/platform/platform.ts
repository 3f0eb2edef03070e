import type { WirePorts } from '../../core/gateway/wire/intake.ts';
import type { ImageEngine } from '../../core/image/imageJob.ts';

/** The extension's own folder, as each host reads it. */
export interface ExtensionFiles {
  /** Its path on disk; of no use in the browser host. */
  readonly path: string;
  /** Reads a file by its path from that folder, with slashes. */
  readonly read: (path: string) => PromiseLike<Uint8Array>;
}

/** Makes what decodes and encodes pictures; its parts are read with the first job. */
export type CreateImageEngine = (files: ExtensionFiles) => ImageEngine;

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
  /** IP addresses of a host name; absent where the host cannot ask. */
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>;
  /**
   * How pictures are taken off the wire; absent where there are no files: into memory.
   * @param folder the path of a folder of the extension's own
   */
  readonly wirePorts?: (folder: string) => WirePorts;
  /** A fetch that waits as long as it is told; absent where there is none besides the usual one. */
  readonly patientFetch?: typeof fetch;
  /** A fetch that connects to public addresses only; absent where connections cannot be looked at. */
  readonly publicFetch?: typeof fetch;
}
