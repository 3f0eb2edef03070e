import * as vscode from 'vscode';
import type { ImageReference } from '../../core/references/imageReference.ts';
import { decodeText, isDamaged } from './decodeText.ts';
import type { FileLookup } from './fileLookup.ts';
import { FoundOnce, type MissingFile } from './foundOnce.ts';
import { Mishaps, type SearchWarning } from './mishaps.ts';
import { type MissingImage, missingImage } from './missingImage.ts';
import { Turns } from './turns.ts';
import { largestFirst } from './variants.ts';
import { type DocumentFile, walkDocuments } from './walkDocuments.ts';

/** Files that are read at once: reading is waiting, most of it. */
const readAtOnce = 16;
/** Batches of them that are measured or read while one is looked at. */
const batchesAhead = 3;
/** Larger files are not read: nobody wrote them by hand. */
const mostBytes = 4 * 1024 * 1024;
/** Documents whose files are looked for at once. */
const mostAhead = 64;
/** References of one document whose files are looked for before others have their turn. */
const lookedForAtOnce = 16;

/** What is searched. */
export type SearchScope =
  | {
      readonly kind: 'document';
      readonly document: vscode.TextDocument;
      /** How it is read, which need not be how the editor reads it. */
      readonly languageId: string;
    }
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

/** What a search has with it. */
interface Search {
  readonly lookup: FileLookup;
  readonly signal: AbortSignal;
  readonly turns: Turns;
  readonly mishaps: Mishaps;
}

/**
 * Finds the images that documents name and that are not there, each file once, as they are found. What fails in one
 * document, or for one reference, takes nothing from the others.
 * @param tell takes how far the search is
 * @param warn takes what went wrong, at the end
 */
export async function* findMissing(
  scopes: readonly SearchScope[],
  lookup: FileLookup,
  signal: AbortSignal,
  tell: (progress: SearchProgress) => void = () => undefined,
  warn: (warning: SearchWarning) => void = () => undefined,
): AsyncGenerator<MissingFile> {
  const search: Search = { lookup, signal, turns: new Turns(), mishaps: new Mishaps() };
  const found = new FoundOnce(lookup);
  const ahead = new InOrder<readonly MissingImage[]>();
  let files = 0;
  try {
    for (const scope of scopes)
      for await (const documents of readScope(scope, search)) {
        for (const document of documents) {
          if (signal.aborted) return;
          const references = await referencesIn(document, search);
          if (references.length > 0) ahead.add(missingOf(document, references, search));
          for (const missing of await ahead.take(mostAhead)) yield* found.fresh(missing);
        }
        files += documents.length;
        tell({ files });
      }
    for (const missing of await ahead.take(0)) yield* found.fresh(missing);
  } finally {
    for (const warning of search.mishaps.warnings()) warn(warning);
  }
}

/** Those of a document's references whose files are missing. Nothing rejects. */
async function missingOf(
  { uri, languageId }: DocumentFile,
  references: readonly ImageReference[],
  { lookup, signal, turns, mishaps }: Search,
): Promise<readonly MissingImage[]> {
  const missing: MissingImage[] = [];
  const look = async (reference: ImageReference) => {
    if (isDamaged(reference.target)) {
      mishaps.add('image', `${placeOf(uri)} (its name cannot be decoded)`);
      return undefined;
    }
    return missingImage(uri, languageId, reference, lookup).catch((thrown: unknown) => {
      mishaps.add('image', placeOfFailure(uri, thrown));
      return undefined;
    });
  };
  for (let at = 0; at < references.length && !signal.aborted; at += lookedForAtOnce) {
    await turns.take();
    missing.push(...present(await Promise.all(references.slice(at, at + lookedForAtOnce).map(look))));
  }
  return largestFirst(missing);
}

function placeOfFailure(document: vscode.Uri, thrown: unknown): string {
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown';
  return `${placeOf(document)} (${words})`;
}

function placeOf(document: vscode.Uri): string {
  return vscode.workspace.asRelativePath(document);
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
async function* readScope(scope: SearchScope, search: Search): AsyncGenerator<readonly ReadDocument[]> {
  if (scope.kind === 'document') {
    const { document, languageId } = scope;
    yield [{ uri: document.uri, languageId, text: document.getText() }];
    return;
  }
  const ahead: Promise<readonly ReadDocument[]>[] = [];
  for await (const batch of inBatches(walkDocuments(scope.folder, scope.below, search))) {
    // The next ones are measured while these are read.
    const short = withoutLong(batch, search);
    const last = ahead.at(-1);
    const readAll = ([files]: [readonly DocumentFile[], unknown]) =>
      Promise.all(files.map((file) => readDocument(file, search)));
    ahead.push(Promise.all([short, last]).then(readAll));
    if (ahead.length > batchesAhead) yield (await ahead.shift()) ?? [];
  }
  for (const reading of ahead) yield await reading;
}

/** Those that are not too long: how long a file is, only the file system can say without reading it. */
async function withoutLong(
  files: readonly DocumentFile[],
  { lookup, mishaps }: Search,
): Promise<readonly DocumentFile[]> {
  const sizes = await Promise.all(files.map(async ({ uri }) => lookup.sizeOf(uri)));
  return files.filter(({ uri }, index) => {
    const size = sizes[index] ?? Infinity;
    if (size > mostBytes) mishaps.add(size === Infinity ? 'document' : 'long', placeOf(uri));
    return size <= mostBytes;
  });
}

async function readDocument(file: DocumentFile, search: Search): Promise<ReadDocument> {
  return { ...file, text: await readText(file, search) };
}

/** Gathers what comes folder by folder. */
async function* inBatches(
  folders: AsyncIterable<readonly DocumentFile[]>,
): AsyncGenerator<readonly DocumentFile[]> {
  let batch: DocumentFile[] = [];
  for await (const files of folders)
    for (const file of files) {
      batch.push(file);
      if (batch.length < readAtOnce) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}

/** The text of a file that may hold images, as an editor has it where one has changed it; undefined where it may not. */
async function readText({ uri, languageId }: DocumentFile, { mishaps }: Search): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(
    (one) => one.isDirty && one.uri.toString() === uri.toString(),
  );
  if (open !== undefined) return open.getText();
  try {
    const { mayHoldImages } = await import('../../core/documentReferences.ts');
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > mostBytes || !mayHoldImages(bytes, languageId)) return undefined;
    return await decodeText(bytes, uri);
  } catch (thrown) {
    mishaps.add('document', placeOfFailure(uri, thrown));
    return undefined;
  }
}

/** The images that a document names; none where it is hostile enough to have its reader fail. */
async function referencesIn(
  { uri, languageId, text }: ReadDocument,
  { turns, mishaps }: Search,
): Promise<readonly ImageReference[]> {
  if (text === undefined) return [];
  const { findImageReferences, mostDocumentCharacters, mostReferences } =
    await import('../../core/documentReferences.ts');
  if (text.length > mostDocumentCharacters) mishaps.add('long', placeOf(uri));
  await turns.take();
  try {
    const references = await findImageReferences(languageId, text);
    if (references.length >= mostReferences) mishaps.add('many', placeOf(uri));
    return references;
  } catch (thrown) {
    mishaps.add('document', placeOfFailure(uri, thrown));
    return [];
  }
}
