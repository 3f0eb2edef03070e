import type { FromWebviewMessage } from '../src/protocol/panel.ts';
import type { FromReferencesMessage } from '../src/protocol/references.ts';

/** What survives a reload in the page itself: how far one had scrolled. Everything else is the host's. */
export interface StoredState {
  readonly scrollTop: number;
}

// VS Code hands this out once and to whoever asks first; it stays in this file.
const api = acquireVsCodeApi();

/** Says something to the host. */
export function post(message: FromWebviewMessage | FromReferencesMessage): void {
  api.postMessage(message);
}

/** Keeps the tiny state of the page; VS Code writes it into the document on a reload. */
export function store(state: StoredState): void {
  api.setState(state);
}

/** The state kept by `store`; untrusted, because it comes from outside this run of the page. */
export function stored(): StoredState {
  const state = api.getState();
  const scrollTop = typeof state === 'object' && state && 'scrollTop' in state ? state.scrollTop : 0;
  return { scrollTop: typeof scrollTop === 'number' && Number.isFinite(scrollTop) ? scrollTop : 0 };
}
