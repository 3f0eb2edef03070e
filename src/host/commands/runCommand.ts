import * as vscode from 'vscode';
import type { GenerationOutcome, SavedImage } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import { type GenerateArgs, parseGenerateArgs, promptLimit } from '../../core/generateArgs.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import { isUri } from '../isUri.ts';
import type { Log } from '../log.ts';
import { type GenerateResult, type ImageCall, type PreparedCall, resultOf } from '../imageCall.ts';
import { readRequestSettings } from '../settings.ts';
import { LinkPlace } from '../workspace/linkPlace.ts';
import { documentWithoutEditor } from '../workspace/shownDocument.ts';
import type { CommandParts } from './command.ts';
import { showSaved } from './showSaved.ts';

/** What a generating command was called with, sorted out. */
export interface GeneratingCall {
  /** The arguments object, unchecked. */
  readonly args: unknown;
  /** A folder that a menu named. */
  readonly directory?: vscode.Uri | undefined;
  readonly editor?: vscode.TextEditor | undefined;
  /** Stands in the prompt box when the person is asked. */
  readonly suggestedPrompt?: string;
  /** Adds the images that are edited to the arguments: the first of `references` is. May ask, where the call is interactive. */
  readonly edits?: (
    args: GenerateArgs<vscode.Uri>,
    interactive: boolean,
  ) => Promise<GenerateArgs<vscode.Uri>>;
}

/**
 * Runs one generating command by the contract of design.md: with `prompt` nothing is asked, nothing is
 * shown and failures reject; without, the person is asked, and a failure is shown once and resolves
 * undefined (VS Code would show a rejection as a modal).
 */
export async function runGenerating(
  parts: CommandParts,
  given: GeneratingCall,
): Promise<GenerateResult | undefined> {
  const interactive = !hasPrompt(given.args);
  const shownDocument = given.editor === undefined ? await documentWithoutEditor() : undefined;
  // Without an editor there is no cursor.
  const place = shownDocument === undefined ? LinkPlace.at(given.editor) : LinkPlace.atEnd(shownDocument);
  if (interactive) void parts.recovery.make();
  try {
    const { maxImages } = readRequestSettings();
    const parsed = parseGenerateArgs<vscode.Uri>(given.args, { isUri, maxImages });
    const args = (await given.edits?.(parsed, interactive)) ?? parsed;
    const edited = given.edits && args.references?.[0];
    const prompt = args.prompt ?? (await askPrompt(parts, args, { ...given, edited }));
    if (prompt === undefined) {
      place?.dispose();
      return undefined;
    }
    const call: ImageCall = {
      prompt,
      interactive,
      place,
      // An edit without a document goes where its image's folder says.
      document: given.editor?.document.uri ?? shownDocument?.uri ?? (isUri(edited) ? edited : undefined),
      args:
        given.directory === undefined || args.directory !== undefined
          ? args
          : { ...args, directory: given.directory },
    };
    const prepared = await parts.service.prepare(call);
    const outcome = await (interactive
      ? runWithProgress(parts, prepared)
      : runPrepared(parts.service, prepared, new AbortController().signal));
    if (interactive)
      void showSaved(outcome, call, prepared.insertsLink, prepared.settings.insertLink).finally(() =>
        place?.dispose(),
      );
    else place?.dispose();
    return resultOf(prepared, outcome);
  } catch (thrown) {
    place?.dispose();
    if (!interactive || !isImageGatewayError(thrown)) throw thrown;
    showFailure(thrown, parts.log);
    return undefined;
  }
}

/** Whether a call brings its prompt: then nothing is asked and nothing is shown. */
export function hasPrompt(args: unknown): boolean {
  return typeof args === 'object' && args !== null && 'prompt' in args && args.prompt !== undefined;
}

/** Shows a failure once: its sentence, the next step where there is a command for it, and the log. */
export function showFailure(error: ImageGatewayError, log: Log): void {
  // Whoever is told of it is offered the log, which may not know of it yet.
  log.info(`Shown: ${error.message}`);
  if (error.code === 'cancelled') {
    void vscode.window.showInformationMessage(sentenceOf(error));
    return;
  }
  const showLog = { title: vscode.l10n.t('Show Log'), command: commandIds.showLog };
  const steps: Partial<Record<string, { readonly title: string; readonly command: string }>> = {
    unauthorized: { title: vscode.l10n.t('Set API Key'), command: commandIds.setApiKey },
    modelNotFound: { title: vscode.l10n.t('Select Model'), command: commandIds.selectModel },
    network: { title: vscode.l10n.t('Select Gateway'), command: commandIds.selectGateway },
    insufficientCredits: { title: vscode.l10n.t('Select Gateway'), command: commandIds.selectGateway },
  };
  const step = steps[error.code];
  void vscode.window
    .showErrorMessage(sentenceOf(error), ...(step === undefined ? [] : [step]), showLog)
    .then((chosen) => {
      if (chosen !== undefined) void vscode.commands.executeCommand(chosen.command);
    });
}

async function askPrompt(
  parts: CommandParts,
  args: GenerateArgs<vscode.Uri>,
  {
    suggestedPrompt: suggested,
    edited,
  }: { readonly suggestedPrompt?: string; readonly edited: string | vscode.Uri | undefined },
): Promise<string | undefined> {
  const { name } = parts.gateways.find(args.gateway);
  const prompt = await vscode.window.showInputBox({
    ...(edited === undefined ? wordsForNew(name) : wordsForEdit(name, edited)),
    ignoreFocusOut: true,
    ...(suggested !== undefined && {
      value: suggested,
      valueSelection: [suggested.length, suggested.length] as [number, number],
    }),
    validateInput: (text) =>
      text.length > promptLimit ? vscode.l10n.t('The prompt is too long.') : undefined,
  });
  return prompt === undefined || prompt.trim() === '' ? undefined : prompt.trim();
}

/** @param gateway its name */
function wordsForNew(gateway: string): vscode.InputBoxOptions {
  return {
    title: vscode.l10n.t('Generate Image'),
    prompt: vscode.l10n.t('Describe the image. It is made with {0}.', gateway),
    placeHolder: vscode.l10n.t('A red fox asleep in fresh snow, flat illustration'),
  };
}

function wordsForEdit(gateway: string, edited: string | vscode.Uri): vscode.InputBoxOptions {
  const path = typeof edited === 'string' ? edited : edited.path;
  const name = outsideWords(path.split('/').pop() ?? '', [], 80);
  return {
    title: vscode.l10n.t('Edit Image with Prompt'),
    prompt: vscode.l10n.t(
      'Say what is to change in {0}. It goes to {1}; the result is a new file.',
      name,
      gateway,
    ),
    placeHolder: vscode.l10n.t('Make it night, with stars'),
  };
}

/** Runs a prepared call under a notification that can cancel it. @throws the failure it ended with */
export function runWithProgress(
  { service }: Pick<CommandParts, 'service'>,
  prepared: PreparedCall,
): Thenable<GenerationOutcome> {
  const title = vscode.l10n.t('Generating image with {0}', prepared.config.name);
  return withCancellableProgress(title, (signal, report) => runPrepared(service, prepared, signal, report));
}

/** Runs a prepared call to its end. @throws the failure it ended with */
export async function runPrepared(
  service: CommandParts['service'],
  prepared: PreparedCall,
  signal: AbortSignal,
  report: (message: string) => void = () => undefined,
): Promise<GenerationOutcome> {
  for await (const event of service.run(prepared, signal)) {
    switch (event.type) {
      case 'started':
        report(vscode.l10n.t('waiting for {0}', outsideWords(event.model, [], 80)));
        break;
      case 'retrying':
        report(event.message);
        break;
      case 'partialImage':
        report(vscode.l10n.t('frame {0}', event.index + 1));
        break;
      case 'saved':
        report(outsideWords(fileName(event.saved), [], 120));
        break;
      case 'finished':
        return event.outcome;
      case 'failed':
        throw event.error;
      case 'cancelled':
        throw new ImageGatewayError('cancelled', 'The request was cancelled; the gateway may still bill it.');
      default:
    }
  }
  throw new ImageGatewayError('interrupted', 'The request ended without a result; see the log.');
}

function fileName(saved: SavedImage): string {
  return vscode.Uri.parse(saved.uri).path.split('/').pop() ?? '';
}
