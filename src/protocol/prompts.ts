/** What the panel's host tells the page of the prompts of earlier requests: type and decoder. */
import { decode, listOf, type Members, stringOf } from './decoding.ts';
import { maxPromptLength } from './panelCodec.ts';

/** How many prompts are remembered. */
export const mostPrompts = 100;

/** Host to page, after `ready` and whenever a request begins. */
export interface ToPromptsMessage {
  readonly type: 'prompts';
  /** Newest first, each once. */
  readonly prompts: readonly string[];
  /** What is said when one of them is shown: {0} its place, {1} how many there are, {2} the prompt. */
  readonly recalled: string;
}

function toPrompts(message: Members): ToPromptsMessage | undefined {
  if (message['type'] !== 'prompts') return undefined;
  return {
    type: 'prompts',
    prompts: listOf(message['prompts'], (prompt) => stringOf(prompt, maxPromptLength), mostPrompts),
    recalled: stringOf(message['recalled']),
  };
}

/** What the host said of earlier prompts; undefined where it is no such message. */
export function decodeToPrompts(value: unknown): ToPromptsMessage | undefined {
  return decode(value, toPrompts);
}
