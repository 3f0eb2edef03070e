import * as vscode from 'vscode';
import type { FileLookup } from './fileLookup.ts';
import type { MissingImage } from './missingImage.ts';
import { fileOfDocument } from './placeOfDocument.ts';

/** A file that is missing, and where it is named. */
export interface MissingFile {
  readonly missing: MissingImage;
  /**
   * The other places that name it, where another name of the file would have to be written. Grows while the search goes on.
   */
  readonly alsoNamed: readonly MissingImage[];
}

/** Lets each missing file pass once; two names that differ in case only are one file where the disk takes them for one. */
export class FoundOnce {
  private readonly lookup: FileLookup;
  private readonly exact = new Map<string, Found>();
  /** The first of each in lower case. */
  private readonly lower = new Map<string, Found>();

  constructor(lookup: FileLookup) {
    this.lookup = lookup;
  }

  /** Those that have not passed yet. */
  async *fresh(all: readonly MissingImage[]): AsyncGenerator<MissingFile> {
    for (const missing of all) {
      const known = await this.knownOf(missing);
      if (known === undefined) yield this.remember(missing);
      else if (missing.format.can !== 'write') known.alsoNamed.push(missing);
    }
  }

  private async knownOf({ file, document }: MissingImage): Promise<Found | undefined> {
    const key = file.toString();
    const exact = this.exact.get(key);
    if (exact !== undefined) return exact;
    const other = this.lower.get(key.toLowerCase());
    return other === undefined || (await this.tellsCases(fileOfDocument(document))) ? undefined : other;
  }

  private remember(missing: MissingImage): Found {
    const found: Found = { missing, alsoNamed: [] };
    const key = missing.file.toString();
    this.exact.set(key, found);
    if (!this.lower.has(key.toLowerCase())) this.lower.set(key.toLowerCase(), found);
    return found;
  }

  /** Whether a disk tells `A` from `a`: no file is then there under a document's name in the other case. */
  private async tellsCases(document: vscode.Uri): Promise<boolean> {
    const name = document.path.slice(document.path.lastIndexOf('/') + 1);
    const other = vscode.Uri.joinPath(document, '..', otherCase(name));
    return (await this.lookup.stateOf(other)) === 'absent';
  }
}

interface Found extends MissingFile {
  readonly alsoNamed: MissingImage[];
}

function otherCase(name: string): string {
  const upper = name.toUpperCase();
  return name === upper ? name.toLowerCase() : upper;
}
