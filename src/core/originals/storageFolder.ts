/** A flat folder of the extension's own. Every method rejects with what its file system says. */
export interface StorageFolder {
  /** Names of all files; empty where the folder does not exist yet. */
  list(): Promise<readonly string[]>;
  /** Bytes of one file. */
  size(name: string): Promise<number>;
  read(name: string): Promise<Uint8Array>;
  /** Makes the folder where it is missing. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** No failure where it is gone already. */
  remove(name: string): Promise<void>;
}
