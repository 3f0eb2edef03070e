import * as vscode from 'vscode';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { findMissing, type SearchScope } from '../documents/findMissing.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { confirmImages, mostUnasked } from '../documents/confirmImages.ts';
import { type MissingItem, MissingBatch } from '../documents/missingBatch.ts';
import { MissingReview } from '../documents/reviewMissing.ts';
import { commandIds } from '../ids.ts';
import { refreshMarkdownPreviews } from '../workspace/markdownPreview.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { askScopes, scopeAt } from './missingScopes.ts';
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
    if (!isIncomplete) return;
    isWhole = false;
    review.tellIncomplete();
  });
  const searching = fillReview(review, found).catch((thrown: unknown) => {
    log.error('The search for missing images failed.', thrown);
    return false;
  });
  void searching.then((isDone) => isDone || showFailedSearch());
  const leave = () => leaving.abort();
  const wanted = await review.ask().catch((thrown: unknown) => {
    leave();
    throw thrown;
  });
  // Where another name is written, every link to the file is to be changed, also those that are not found yet.
  if (wanted?.some(({ missing }) => missing.format.can !== 'write') === true)
    await finishSearch(searching, leaving);
  leave();
  if (review.isEmpty && review.isDone) {
    if (!(await searching)) return undefined;
    tellNothing(isWhole);
    return { items: [] };
  }
  if (wanted === undefined) return undefined;
  if (wanted.length > mostUnasked && !(await confirmImages(gateways, wanted.length))) return undefined;
  const shown = gateways.current()?.id;
  const batch = new MissingBatch({
    avoided: review.files,
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

/** Waits for the end of the search; whoever cancels that goes on with what is found. */
async function finishSearch(searching: Promise<unknown>, leaving: AbortController): Promise<void> {
  const title = vscode.l10n.t('Looking for all links to change');
  await withCancellableProgress(title, async (signal) => {
    signal.addEventListener('abort', () => leaving.abort(), { once: true });
    await searching;
  });
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
