import * as vscode from 'vscode';
import type { ImageReference } from '../../core/references/imageReference.ts';
import type { FileLookup } from './fileLookup.ts';
import { type MissingImage, missingImage } from './missingImage.ts';
import { type DocumentFile, walkDocuments } from './walkDocuments.ts';

/** Files that are read at once: reading is waiting, most of it. */
const readAtOnce = 16;
/** Larger files are not read: nobody wrote them by hand. */
const mostBytes = 4 * 1024 * 1024;
/** Documents whose files are looked for at once. */
const mostAhead = 64;
/** How long is worked at a stretch, in milliseconds, before others have their turn. */
const slice = 8;

/** What is searched. */
export type SearchScope =
  | { readonly kind: 'document'; readonly document: vscode.TextDocument }
  | { readonly kind: 'folder'; readonly folder: vscode.WorkspaceFolder; readonly below: vscode.Uri };

/** How far a search is. */
export interface SearchProgress {
  readonly files: number;
}

/** A document's text, and what it is of. */
interface ReadDocument extends DocumentFile {
  /** Undefined where no image is named in it. */
  readonly text: string | undefined;
}

/**
 * Finds the images that documents name and that are not there, each file once, as they are found.
 * @param tell takes how far the search is
 */
export async function* findMissing(
  scopes: readonly SearchScope[],
  lookup: FileLookup,
  signal: AbortSignal,
  tell: (progress: SearchProgress) => void = () => undefined,
): AsyncGenerator<MissingImage> {
  const seen = new Set<string>();
  const isFresh = ({ file }: MissingImage) => {
    const key = file.toString().toLowerCase();
    return !seen.has(key) && seen.add(key).size > 0;
  };
  const turns = new Turns();
  const ahead = new InOrder<readonly MissingImage[]>();
  let files = 0;
  for (const scope of scopes)
    for await (const documents of readScope(scope, signal)) {
      for (const { uri, languageId, text } of documents) {
        if (signal.aborted) return;
        if (text === undefined) continue;
        const references = await referencesIn(languageId, text, turns);
        ahead.add(
          Promise.all(references.map((one) => missingImage(uri, languageId, one, lookup))).then(present),
        );
        for (const missing of await ahead.take(mostAhead)) yield* missing.filter(isFresh);
      }
      files += documents.length;
      tell({ files });
    }
  for (const missing of await ahead.take(0)) yield* missing.filter(isFresh);
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}

/** What is under way, taken in the order in which it was begun. */
class InOrder<T> {
  private readonly waiting: { readonly promise: Promise<T>; settled?: { readonly value: T } }[] = [];

  add(promise: Promise<T>): void {
    const entry: InOrder<T>['waiting'][number] = { promise };
    this.waiting.push(entry);
    promise.then(
      (value) => (entry.settled = { value }),
      // Whoever takes it is told.
      () => undefined,
    );
  }

  /** What is there without waiting, and as much more that only `most` are left. */
  async take(most: number): Promise<readonly T[]> {
    const taken: T[] = [];
    for (let [first] = this.waiting; first !== undefined; [first] = this.waiting) {
      if (first.settled === undefined && this.waiting.length <= most) break;
      taken.push(await first.promise);
      this.waiting.shift();
    }
    return taken;
  }
}

/** Reads what is to be searched; while some is looked at the next is already being read. */
async function* readScope(scope: SearchScope, signal: AbortSignal): AsyncGenerator<readonly ReadDocument[]> {
  if (scope.kind === 'document') {
    const { document } = scope;
    const { uri, languageId } = document;
    yield [{ uri, languageId, text: document.getText() }];
    return;
  }
  let ahead: Promise<readonly ReadDocument[]> | undefined;
  for await (const batch of inBatches(walkDocuments(scope.folder, scope.below, signal))) {
    const reading = Promise.all(batch.map(async (file) => ({ ...file, text: await readText(file) })));
    if (ahead !== undefined) yield await ahead;
    ahead = reading;
  }
  if (ahead !== undefined) yield await ahead;
}

/** Gathers what comes folder by folder. */
async function* inBatches(
  folders: AsyncIterable<readonly DocumentFile[]>,
): AsyncGenerator<readonly DocumentFile[]> {
  const waiting: DocumentFile[] = [];
  for await (const files of folders) {
    waiting.push(...files);
    while (waiting.length >= readAtOnce) yield waiting.splice(0, readAtOnce);
  }
  if (waiting.length > 0) yield waiting;
}

/** The text of a file that may hold images, as an editor has it where one has changed it; undefined where it may not. */
async function readText({ uri, languageId }: DocumentFile): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(
    (one) => one.isDirty && one.uri.toString() === uri.toString(),
  );
  if (open !== undefined) return open.getText();
  try {
    const { mayHoldImages } = await import('../../core/documentReferences.ts');
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > mostBytes || !mayHoldImages(bytes, languageId)) return undefined;
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8').decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}

async function referencesIn(
  languageId: string,
  text: string,
  turns: Turns,
): Promise<readonly ImageReference[]> {
  const { findImageReferences } = await import('../../core/documentReferences.ts');
  await turns.take();
  return findImageReferences(languageId, text);
}

/** Leaves others their turn once a slice of time is used up. */
class Turns {
  private began = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.began < slice) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.began = performance.now();
  }
}
