import * as vscode from 'vscode';
import { inertMarkdown } from '../../core/document/inertMarkdown.ts';
import type { GenerationOutcome } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { type GenerateResult, type ImageCall, type PreparedCall, resultOf } from '../imageCall.ts';
import type { Log } from '../log.ts';
import { pathLabel } from '../pathLabel.ts';
import type { ReportDocuments } from '../reportDocuments.ts';
import { missingCall } from './missingCall.ts';
import { withRenamed } from './renameReference.ts';
import type { WantedImage } from './reviewMissing.ts';

/** What became of one missing image. */
export interface MissingItem {
  readonly document: vscode.Uri;
  /** The file that the document names. */
  readonly target: vscode.Uri;
  readonly result?: GenerateResult;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Makes what a call asks for. Both reject with an ImageGatewayError. */
export type MakeImages = (
  call: ImageCall,
  signal: AbortSignal,
) => {
  readonly prepare: () => Promise<PreparedCall>;
  readonly run: (prepared: PreparedCall) => Promise<GenerationOutcome>;
};

/** What the first request was asked for counts for all: nobody is asked twice. */
interface Settled {
  readonly gateway: string;
  /** Empty: the gateway's own choice. */
  readonly model: string;
}

export interface MissingBatchParts {
  readonly makeImages: MakeImages;
  readonly log: Log;
  /** Whether the others may be asked for, too, once the first has settled of whom. Asked before anything is sent to it. */
  readonly mayGoOn: (gateway: string, count: number) => Promise<boolean>;
  /** The files of all that is missing, wanted or not: where one gets another name, it is none of these. */
  readonly avoided: readonly vscode.Uri[];
}

/** Requests that are under way at once. */
const mostAtOnce = 3;
/** After these, every further request would end the same way. */
const endsAll: ReadonlySet<string> = new Set([
  ...['unauthorized', 'insufficientCredits', 'modelNotFound', 'untrusted', 'cancelled'],
]);

/** Generates missing images, several at a time: what fails takes nothing from what succeeds. */
export class MissingBatch {
  private readonly parts: MissingBatchParts;
  private settled: Settled | undefined;
  private tellSettled = (): void => undefined;
  private count = 0;
  /** What ended the batch. */
  private failure: ImageGatewayError | undefined;

  constructor(parts: MissingBatchParts) {
    this.parts = parts;
  }

  /** @returns what became of each, in their order; nothing rejects */
  async run(wanted: readonly WantedImage[]): Promise<readonly MissingItem[]> {
    const title = vscode.l10n.t('Generating missing images');
    return withCancellableProgress(title, async (signal, report) => {
      const items: MissingItem[] = [];
      this.count = wanted.length;
      let done = 0;
      const tell = () => report(vscode.l10n.t('{0} of {1}', done, wanted.length));
      const make = async (index: number, one: WantedImage) => {
        items[index] = await this.makeItem(one, signal);
        done++;
        tell();
      };
      tell();
      // Those whose names stand first: another name, where one cannot be written, is one that nobody names.
      const isFirst = ([, { missing }]: readonly [number, WantedImage]) => missing.format.can === 'write';
      const all = [...wanted.entries()];
      await this.makeAll(all.filter(isFirst), make);
      await this.makeAll(
        all.filter((one) => !isFirst(one)),
        make,
      );
      return items;
    });
  }

  /** Several at once. The first alone, until one has asked what must be asked: for a key, say, or for another gateway. */
  private async makeAll(
    waiting: (readonly [number, WantedImage])[],
    make: (index: number, one: WantedImage) => Promise<void>,
  ): Promise<void> {
    const makeNext = async () => {
      const next = waiting.shift();
      if (next !== undefined) await make(...next);
    };
    const worker = async () => {
      while (waiting.length > 0) await makeNext();
    };
    const settling = new Promise<void>((resolve) => (this.tellSettled = resolve));
    if (this.settled !== undefined) this.tellSettled();
    const first = (async () => {
      while (this.settled === undefined && waiting.length > 0) await makeNext();
      await worker();
    })();
    await Promise.race([settling, first]);
    await Promise.all([first, ...Array.from({ length: mostAtOnce - 1 }, worker)]);
  }

  /** Says how it went; the report tells of each image. */
  async summarize(items: readonly MissingItem[], reports: ReportDocuments): Promise<void> {
    const made = items.filter(({ result }) => result !== undefined);
    const isWhole = made.length === items.length;
    const words = isWhole
      ? vscode.l10n.t('{0} missing images were generated.', made.length)
      : vscode.l10n.t('{0} of {1} missing images were generated.', made.length, items.length);
    const details = vscode.l10n.t('Show Details');
    const hasMore = !isWhole || made.some(({ result }) => (result?.notices.length ?? 0) > 0);
    const tell = isWhole ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    const answer = await tell<string>(words, ...(hasMore ? [details] : []));
    if (answer === details) await reports.show(vscode.l10n.t('Missing Images'), reportOf(items));
  }

  private async makeItem(wanted: WantedImage, signal: AbortSignal): Promise<MissingItem> {
    const { document, file: target } = wanted.missing;
    try {
      if (this.failure !== undefined) throw notAskedFor(this.failure.code);
      return { document, target, result: await this.make(wanted, signal) };
    } catch (thrown) {
      const error = this.failureOf(thrown);
      if (endsAll.has(error.code)) this.failure ??= error;
      return { document, target, error: { code: error.code, message: error.message } };
    }
  }

  private async make(
    { missing, alsoNamed, asked }: WantedImage,
    signal: AbortSignal,
  ): Promise<GenerateResult> {
    if (signal.aborted) throw notAskedFor('cancelled');
    const call = missingCall(missing, asked, false, this.parts.avoided);
    const { prepare, run } = this.parts.makeImages(withSettled(call, this.settled), signal);
    const prepared = await prepare();
    if (this.settled === undefined) {
      const { id } = prepared.config;
      if (!(await this.parts.mayGoOn(id, this.count))) throw notAskedFor('cancelled');
      this.settled = { gateway: id, model: prepared.wantedModel };
      this.tellSettled();
    }
    return resultOf(prepared, await withRenamed([missing, ...alsoNamed], await run(prepared)));
  }

  private failureOf(thrown: unknown): ImageGatewayError {
    if (isImageGatewayError(thrown)) return thrown;
    this.parts.log.error('A missing image could not be generated.', thrown);
    return new ImageGatewayError('saveFailed', 'Something unexpected went wrong; see the log.');
  }
}

/** The failure speaks of its own request; this image has none. */
function notAskedFor(code: ImageGatewayError['code']): ImageGatewayError {
  return code === 'cancelled'
    ? new ImageGatewayError(code, 'It was cancelled before it was asked for; nothing was sent.')
    : new ImageGatewayError(code, 'It was not asked for, because an image before it ended the others, too.');
}

function withSettled(call: ImageCall, settled: Settled | undefined): ImageCall {
  return settled === undefined ? call : { ...call, args: { ...call.args, ...settled } };
}

function reportOf(items: readonly MissingItem[]): string {
  const lines = items.map(({ document, target, result, error }) => {
    const file = inertMarkdown(pathLabel(result?.images[0]?.uri ?? target));
    const told =
      error === undefined ? (result?.notices ?? []).map(({ message }) => message) : [error.message];
    const details = [pathLabel(document), ...told.map((one) => one.replace(/ \[[a-zA-Z]+\]$/, ''))];
    return `- ${error === undefined ? '✓' : '✗'} **${file}**: ${details.map((one) => inertMarkdown(one)).join(' · ')}`;
  });
  return [`# ${vscode.l10n.t('Missing Images')}`, '', ...lines, ''].join('\n');
}
