import * as vscode from 'vscode';
import type { FileLookup } from './fileLookup.ts';
import { type MissingImage, missingImage } from './missingImage.ts';
import { type DocumentFile, walkDocuments } from './walkDocuments.ts';

/** Files that are read at once: reading is waiting, most of it. */
const readAtOnce = 16;
/** Larger files are not read: nobody wrote them by hand. */
const mostBytes = 4 * 1024 * 1024;
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
  const turns = new Turns();
  let files = 0;
  for (const scope of scopes)
    for await (const documents of readScope(scope, signal)) {
      for (const { uri, languageId, text } of documents) {
        if (signal.aborted) return;
        if (text === undefined) continue;
        for (const missing of await missingIn(uri, languageId, text, lookup, turns)) {
          const key = missing.file.toString().toLowerCase();
          if (!seen.has(key)) yield missing;
          seen.add(key);
        }
      }
      files += documents.length;
      tell({ files });
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

async function missingIn(
  uri: vscode.Uri,
  languageId: string,
  text: string,
  lookup: FileLookup,
  turns: Turns,
): Promise<readonly MissingImage[]> {
  const { findImageReferences } = await import('../../core/documentReferences.ts');
  await turns.take();
  const references = await findImageReferences(languageId, text);
  const missing: MissingImage[] = [];
  for (const reference of references) {
    await turns.take();
    const found = await missingImage(uri, languageId, reference, lookup);
    if (found !== undefined) missing.push(found);
  }
  return missing;
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
