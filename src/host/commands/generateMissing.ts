import * as vscode from 'vscode';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { ImageGatewayError, invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import { findMissing, type SearchScope } from '../documents/findMissing.ts';
import { confirmImages, mostUnasked } from '../documents/confirmImages.ts';
import { type MissingItem, MissingBatch } from '../documents/missingBatch.ts';
import { fileOfDocument } from '../documents/placeOfDocument.ts';
import { MissingReview } from '../documents/reviewMissing.ts';
import { commandIds } from '../ids.ts';
import { refreshMarkdownPreviews } from '../workspace/markdownPreview.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { runPrepared, showFailure } from './runCommand.ts';

/** What the command resolves with. */
export interface MissingResult {
  readonly items: readonly MissingItem[];
}

/**
 * Generate Missing Images: `(document or folder: Uri)?`. What is missing is shown before anything is sent; without a Uri
 * the person says what is searched.
 */
export function generateMissingCommand(parts: CommandParts): Command {
  return {
    id: commandIds.generateMissing,
    run: async (given): Promise<MissingResult | undefined> => {
      try {
        if (!vscode.workspace.isTrusted)
          throw new ImageGatewayError(
            'untrusted',
            'This workspace is in Restricted Mode; trust it to have its missing images generated.',
          );
        const scopes = isUri(given) ? [await scopeAt(given)] : await askScopes();
        return scopes && (await search(parts, scopes));
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
        return undefined;
      }
    },
  };
}

async function search(
  { gateways, lookup, log, reports, service }: CommandParts,
  scopes: readonly SearchScope[],
): Promise<MissingResult | undefined> {
  const review = new MissingReview(gateways);
  const leaving = new AbortController();
  lookup.clear();
  let isWhole = true;
  const found = findMissing(scopes, lookup, leaving.signal, review.progress, ({ words, isIncomplete }) => {
    log.warn(words);
    if (isIncomplete) isWhole = false;
  });
  const searching = fillReview(review, found).catch((thrown: unknown) => {
    log.error('The search for missing images failed.', thrown);
    return false;
  });
  void searching.then((isDone) => isDone || showFailedSearch());
  const wanted = await review.ask().finally(() => leaving.abort());
  if (review.isEmpty && review.isDone) {
    if (!(await searching)) return undefined;
    tellNothing(isWhole);
    return { items: [] };
  }
  if (wanted === undefined) return undefined;
  if (wanted.length > mostUnasked && !(await confirmImages(gateways, wanted.length))) return undefined;
  const shown = gateways.current()?.id;
  const batch = new MissingBatch({
    makeImages: (call, signal) => ({
      prepare: () => service.prepare(call),
      run: (prepared) => runPrepared(service, prepared, signal),
    }),
    log,
    // Of another gateway than the one whose price was shown; the sketch costs nothing.
    mayGoOn: async (gateway, count) =>
      gateway === shown || gateway === offlineGatewayId || (await confirmImages(gateways, count)),
  });
  const items = await batch.run(wanted);
  lookup.clear();
  await refreshMarkdownPreviews();
  void batch.summarize(items, reports);
  return { items };
}

function tellNothing(isWhole: boolean): void {
  if (isWhole) void vscode.window.showInformationMessage(vscode.l10n.t('No image is missing here.'));
  else
    showWithLog(
      vscode.l10n.t('No missing image was found, but not everything could be looked at; the log says what.'),
    );
}

/** Also where the list holds rows: it may not be complete. */
function showFailedSearch(): void {
  showWithLog(vscode.l10n.t('The search for missing images failed; the log says why.'));
}

function showWithLog(words: string): void {
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showWarningMessage(words, showLog).then((pressed) => {
    if (pressed === showLog) void vscode.commands.executeCommand(commandIds.showLog);
  });
}

/** The list closes by itself where nothing is missing. @returns true once the search is over */
async function fillReview(review: MissingReview, found: ReturnType<typeof findMissing>): Promise<true> {
  try {
    for await (const missing of found) if (!review.add(missing)) break;
    return true;
  } finally {
    review.end();
  }
}

/** @throws invalidArguments */
async function scopeAt(uri: vscode.Uri): Promise<SearchScope> {
  const folder = vscode.workspace.getWorkspaceFolder(fileOfDocument(uri));
  // `/folder/../elsewhere` begins as a path of the folder does.
  if (uri.path.split(/[\\/]/).some((segment) => segment === '.' || segment === '..'))
    throw invalidArguments('Name a document or a folder by a path without dots as names.');
  if (uri.scheme !== 'untitled' && folder === undefined)
    throw invalidArguments('Name a document or a folder of the workspace.');
  const isFolder = await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
  if (isFolder && folder !== undefined) {
    await refuseLinks(folder.uri, uri);
    return { kind: 'folder', folder, below: uri };
  }
  return { kind: 'document', document: await vscode.workspace.openTextDocument(uri) };
}

/** The search follows no links to folders, which can lead out of the workspace. @throws invalidArguments */
async function refuseLinks(root: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const names = folder.path.slice(root.path.length).split('/').filter(Boolean);
  for (const depth of names.keys()) {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, ...names.slice(0, depth + 1)));
    if (type !== vscode.FileType.Directory)
      throw invalidArguments('This folder is, or lies in, a link to a folder; links are not searched.');
  }
}

/** The document, or everything; undefined where the person left. */
async function askScopes(): Promise<readonly SearchScope[] | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const all = folders.map((folder): SearchScope => ({ kind: 'folder', folder, below: folder.uri }));
  const one: readonly SearchScope[] = document === undefined ? [] : [{ kind: 'document', document }];
  const rows = [
    { label: vscode.l10n.t('This Document'), scopes: one },
    { label: vscode.l10n.t('Workspace'), scopes: all },
  ].filter(({ scopes }) => scopes.length > 0);
  if (rows.length === 0) throw invalidArguments('Open a folder or a document to search for missing images.');
  if (rows.length === 1) return rows[0]?.scopes;
  const title = vscode.l10n.t('Generate Missing Images');
  return (await vscode.window.showQuickPick(rows, { title }))?.scopes;
}
