// What tests of the chat agents' tools share: a call as an agent makes it, the question that the editor asks before it, and
// the parts of the answer.
import * as vscode from 'vscode';
import * as assert from './assert.ts';
import { ui } from './client.ts';
import { set } from './commandKit.ts';
import type { Message } from './controlApi.ts';

/** A tool's answer, taken apart. */
export interface ToolAnswer {
  readonly text: string;
  readonly previews: readonly vscode.LanguageModelDataPart[];
}

/** What was asked and answered. */
export interface ToolCallMade {
  /** The question; undefined where none was asked. */
  readonly question: Message | undefined;
  readonly answer: ToolAnswer;
}

const names = { generate: 'imageGateway_generate_image', edit: 'imageGateway_edit_image' } as const;

/** Until the test is over, agents may use what they like: all tests of a run share one session. */
export async function unboundAgents(): Promise<void> {
  for (const name of ['maxImagesPerSession', 'maxImagesPerDay', 'maxCostPerSession', 'maxCostPerDay'])
    await set(`imageGateway.agent.${name}`, 1000);
}

/** Calls a tool as an agent does, without a chat. */
export function invokeTool(
  tool: keyof typeof names,
  input: object,
  token?: vscode.CancellationToken,
): Thenable<vscode.LanguageModelToolResult> {
  return vscode.lm.invokeTool(names[tool], { input, toolInvocationToken: undefined }, token);
}

/** Calls a tool and says yes to what the editor asks. */
export async function callTool(tool: keyof typeof names, input: object): Promise<ToolCallMade> {
  const { question, answer } = await begun(tool, input);
  return { question, answer: answerOf(await answer) };
}

/** The error of a call that is refused before the person is asked. */
export function refusedCall(tool: keyof typeof names, input: object): Promise<Error> {
  return assert.rejects(invokeTool(tool, input));
}

/** The error of a call that the person allows. */
export async function failedCall(tool: keyof typeof names, input: object): Promise<Error> {
  const { answer } = await begun(tool, input);
  return assert.rejects(answer);
}

/** A call that the person has allowed; it may still be under way. */
export async function begun(
  tool: keyof typeof names,
  input: object,
  token?: vscode.CancellationToken,
): Promise<{ question: Message; answer: Promise<vscode.LanguageModelToolResult> }> {
  const answer = Promise.resolve(invokeTool(tool, input, token));
  // A call that is refused asks nothing.
  const question = await Promise.race([ui.waitForDialog(), answer.then(() => undefined)]);
  assert.ok(question, 'nothing was asked');
  await ui.clickDialog('Yes');
  return { question, answer };
}

/** Takes an answer apart; every part of it is one that is known. */
export function answerOf({ content }: vscode.LanguageModelToolResult): ToolAnswer {
  const texts = content.filter((part) => part instanceof vscode.LanguageModelTextPart);
  const previews = content.filter((part) => part instanceof vscode.LanguageModelDataPart);
  assert.equal(texts.length + previews.length, content.length, 'parts that are neither text nor data');
  assert.equal(texts.length, 1, 'texts');
  return { text: texts[0]!.value, previews };
}
