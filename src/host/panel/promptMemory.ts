import { maxPromptLength } from '../../protocol/panelCodec.ts';
import { mostPrompts } from '../../protocol/prompts.ts';

/** UTF-16 units of all remembered prompts. */
const mostCharacters = 200_000;

/**
 * Remembers a prompt as the newest: each stands in the list once, and the oldest go.
 * @param prompts newest first
 */
export function withPrompt(prompts: readonly string[], prompt: string): readonly string[] {
  return parsePrompts([prompt, ...prompts]);
}

/** Checks remembered prompts, of this version or another; what is no prompt is left out. */
export function parsePrompts(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return [];
  const prompts = new Set(stored.filter(isPrompt));
  let characters = 0;
  return [...prompts].slice(0, mostPrompts).filter(({ length }) => (characters += length) <= mostCharacters);
}

function isPrompt(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxPromptLength;
}
