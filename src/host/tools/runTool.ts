import * as vscode from 'vscode';
import { failureForModel } from '../../core/agent/failureWords.ts';
import type { ToolKind } from '../../core/agent/toolInput.ts';
import type { ToolResult } from '../../core/agent/resultWords.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { readRequestSettings } from '../settings.ts';
import { generateForAgent } from './generateForAgent.ts';
import { iconsForAgent } from './iconsForAgent.ts';
import { makePreviews } from './preview.ts';
import type { ToolParts } from './toolParts.ts';

/** What a tool made: its words, and the files that are shown small. */
export interface ToolOutcome {
  readonly result: Omit<ToolResult, 'noPreview'>;
  readonly shown: readonly { readonly uri: vscode.Uri; readonly sha256?: string }[];
}

/**
 * Runs an agent's call. The person was asked before, or has allowed such calls for good: nothing is asked here.
 * @throws an ImageGatewayError whose sentence the editor hands to the model
 */
export async function runTool(
  parts: ToolParts,
  kind: ToolKind,
  value: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const controller = new AbortController();
  const abort = () => controller.abort(new ImageGatewayError('cancelled', 'It was cancelled.'));
  const listener = token.onCancellationRequested(abort);
  if (token.isCancellationRequested) abort();
  try {
    const { parseToolInput, resultWords } = await import('../../core/agentTools.ts');
    const input = parseToolInput(kind, value, readRequestSettings().maxImages);
    const { result, shown } =
      input.prompt === undefined
        ? await iconsForAgent(parts, input, controller.signal)
        : await generateForAgent(parts, { kind, value, input, prompt: input.prompt }, controller.signal);
    const { previews, why } = await makePreviews(shown, parts, controller.signal);
    return new vscode.LanguageModelToolResult([
      new vscode.LanguageModelTextPart(resultWords({ ...result, noPreview: why })),
      ...previews.map(({ bytes, mediaType }) => vscode.LanguageModelDataPart.image(bytes, mediaType)),
    ]);
  } catch (thrown) {
    throw toolFailure(thrown, parts);
  } finally {
    listener.dispose();
  }
}

/** A failure as a model may read it; what is none of ours stays in the log. */
function toolFailure(thrown: unknown, { log }: ToolParts): ImageGatewayError {
  if (!isImageGatewayError(thrown)) {
    log.error('A tool failed unexpectedly.', thrown);
    return new ImageGatewayError('saveFailed', 'Something unexpected went wrong; see the log.');
  }
  log.info(`A chat agent’s call failed: ${thrown.message}`);
  return failureForModel(thrown);
}
