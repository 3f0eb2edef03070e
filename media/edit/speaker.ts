import { createAnnouncer } from '../announcer.ts';

/** Says what happened; what can wait is said only when nothing else is. */
export interface Speaker {
  /** The live region; it has to stand in the page before anything is said. */
  readonly element: HTMLElement;
  readonly say: (words: string, when: 'now' | 'later') => void;
  readonly dispose: () => void;
}

/** Milliseconds: a cursor that is on its way is not worth a word. */
const pause = 400;

/** Makes a live region of its own: what a component says does not push out what the page says. */
export function createSpeaker(): Speaker {
  const { element, say } = createAnnouncer();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element,
    say: (words, when) => {
      clearTimeout(timer);
      const speak = () => say({ kind: 'result', words });
      if (when === 'now') speak();
      else timer = setTimeout(speak, pause);
    },
    dispose: () => clearTimeout(timer),
  };
}
