/**
 * What is known of the prompt on both sides. The host owns the prompt, but the person may be typing
 * while an older copy of it comes back: such an echo must never replace newer words.
 */
export interface Draft {
  /** What the host last said. */
  readonly hostText: string | undefined;
  /** What the page said and the host has not said back yet, oldest first. */
  readonly posted: readonly string[];
  /** News from the host that is not in the box yet. */
  readonly offered: string | undefined;
}

// Of quick typing, more than is on the way while the host is busy.
const maxPosted = 200;

/** Nothing said yet. */
export const noDraft: Draft = { hostText: undefined, posted: [], offered: undefined };

/** The page tells the host this text. The person's own words outdate what the host had offered. */
export function draftPosted(draft: Draft, text: string): Draft {
  return { ...draft, posted: [...draft.posted, text].slice(-maxPosted), offered: undefined };
}

/** The host said this text: an echo of the page's own words, the same as before, or news. */
export function draftReceived(draft: Draft, text: string): Draft {
  if (text === draft.hostText) return draft;
  const echo = draft.posted.indexOf(text);
  if (echo >= 0) return { ...draft, hostText: text, posted: draft.posted.slice(echo + 1) };
  return { ...draft, hostText: text, offered: text };
}

/** The offered text went into the box. */
export function draftTaken(draft: Draft): Draft {
  return { ...draft, offered: undefined };
}
