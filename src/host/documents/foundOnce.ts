import * as vscode from 'vscode';
import type { FileLookup } from './fileLookup.ts';
import type { MissingImage } from './missingImage.ts';
import { fileOfDocument } from './placeOfDocument.ts';

/** Lets each missing file pass once; two names that differ in case only are one file where the disk takes them for one. */
export class FoundOnce {
  private readonly lookup: FileLookup;
  private readonly exact = new Set<string>();
  private readonly lower = new Set<string>();

  constructor(lookup: FileLookup) {
    this.lookup = lookup;
  }

  /** Those that have not passed yet. */
  async *fresh(all: readonly MissingImage[]): AsyncGenerator<MissingImage> {
    for (const missing of all) {
      const key = missing.file.toString();
      const isKnown =
        this.exact.has(key) ||
        (this.lower.has(key.toLowerCase()) && !(await this.tellsCases(fileOfDocument(missing.document))));
      if (isKnown) continue;
      this.exact.add(key);
      this.lower.add(key.toLowerCase());
      yield missing;
    }
  }

  /** Whether a disk tells `A` from `a`: no file is then there under a document's name in the other case. */
  private async tellsCases(document: vscode.Uri): Promise<boolean> {
    const name = document.path.slice(document.path.lastIndexOf('/') + 1);
    const other = vscode.Uri.joinPath(document, '..', otherCase(name));
    return (await this.lookup.stateOf(other)) === 'absent';
  }
}

function otherCase(name: string): string {
  const upper = name.toUpperCase();
  return name === upper ? name.toLowerCase() : upper;
}
