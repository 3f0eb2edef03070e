import type { ByteSink } from '../../core/gateway/wire/byteSink.ts';

/** What the two extension hosts (Node and browser worker) do differently. */
export interface Platform {
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
  /** Keeps pictures in files while they arrive; absent where there are none, and memory has to do. @param folder a path */
  readonly createFileSink?: (folder: string) => ByteSink;
  /** A fetch that waits as long as it is told; absent where there is none besides the usual one. */
  readonly patientFetch?: typeof fetch;
  /** A fetch that connects to public addresses only; absent where connections cannot be looked at. */
  readonly publicFetch?: typeof fetch;
}
