/**
 * The prompts of earlier requests, as the arrow keys go through them: a pure reducer. The draft is what stood in the
 * box before the first step; it comes back at the end of the way.
 */
export interface PromptHistory {
  /** Newest first. */
  readonly prompts: readonly string[];
  /** Which of them is shown; -1 is the draft. */
  readonly at: number;
  readonly draft: string;
}

/** Nothing remembered, nothing shown. */
export const noPrompts: PromptHistory = { prompts: [], at: -1, draft: '' };

/** The host said which prompts there are. The one that is shown stays shown. */
export function promptsReceived(history: PromptHistory, prompts: readonly string[]): PromptHistory {
  const shown = history.prompts[history.at];
  return { ...history, prompts, at: shown === undefined ? -1 : prompts.indexOf(shown) };
}

/**
 * One step to an older or a newer prompt.
 * @param text what stands in the box now
 * @returns the history after it and what the box shows; undefined where there is nothing further
 */
export function promptRecalled(
  history: PromptHistory,
  to: 'older' | 'newer',
  text: string,
): { readonly history: PromptHistory; readonly text: string } | undefined {
  // Whoever changed the prompt that was shown, or filled the box from elsewhere, made a draft of it.
  const isShown = history.prompts[history.at] === text;
  const from = isShown ? history.at : -1;
  const draft = isShown ? history.draft : text;
  let at = from + (to === 'older' ? 1 : -1);
  // The prompt of the last request is often the draft: to show it again would be no step.
  if (from === -1 && history.prompts[at] === text) at += 1;
  if (at < -1 || at >= history.prompts.length) return undefined;
  return { history: { ...history, at, draft }, text: history.prompts[at] ?? draft };
}
