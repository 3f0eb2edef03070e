import { h } from './dom.ts';
import type { Announcement } from './words.ts';

/** The one live region of the page. */
export interface Announcer {
  readonly element: HTMLElement;
  readonly say: (announcement: Announcement) => void;
}

const progressPauseMilliseconds = 10_000;

/** Makes the live region. It stands in the page from the start: one that is added later is not heard. */
export function createAnnouncer(): Announcer {
  const element = h('div', { class: 'heard', role: 'status', 'aria-live': 'polite' });
  let lastSaid = 0;
  return {
    element,
    say: ({ kind, words }) => {
      const now = Date.now();
      if (kind === 'progress' && now - lastSaid < progressPauseMilliseconds) return;
      lastSaid = now;
      // A new node each time: the same words twice are heard twice.
      element.replaceChildren(h('span', {}, words));
    },
  };
}
