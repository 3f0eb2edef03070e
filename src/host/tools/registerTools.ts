import * as vscode from 'vscode';
import type { ToolKind } from '../../core/agent/toolInput.ts';
import { toolIds } from '../ids.ts';
import { ConfirmedCalls } from './confirmedCalls.ts';
import type { ToolParts } from './toolParts.ts';

/**
 * Registers the tools of chat agents, where the editor has such; what they do is read when one is called.
 * @returns dispose it to take them back
 */
export function registerTools(given: Omit<ToolParts, 'confirmed'>): vscode.Disposable {
  const parts: ToolParts = { ...given, confirmed: new ConfirmedCalls() };
  // Absent in some editors that are built of VS Code.
  const lm = vscode.lm as Partial<typeof vscode.lm> | undefined;
  const kinds: readonly ToolKind[] = ['generate', 'edit'];
  const registered = kinds.map((kind) => lm?.registerTool?.(toolIds[kind], toolOf(kind, parts)));
  return vscode.Disposable.from(...registered.filter((one) => one !== undefined));
}

function toolOf(kind: ToolKind, parts: ToolParts): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async ({ input }) =>
      (await import('./confirmTool.ts')).confirmTool(parts, kind, input),
    invoke: async ({ input }, token) => (await import('./runTool.ts')).runTool(parts, kind, input, token),
  };
}
