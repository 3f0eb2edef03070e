import type { EditPicture, EditState } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, setText } from '../dom.ts';
import { createPicture } from '../picture.ts';
import { elapsedSeconds, fill } from '../words.ts';

/** The picture while it is being edited: unfinished ones take its place as they come. */
export interface EditProgress {
  readonly element: HTMLElement;
  /** Begins with the picture that is edited. @returns once it is shown, or cannot be */
  readonly begin: (picture: EditPicture) => Promise<void>;
  readonly render: (state: EditState) => void;
  readonly showFrame: (bytes: Uint8Array, mediaType: string) => void;
  /** Stops the clock; what is shown stays until `begin` comes again. */
  readonly end: () => void;
  /** Gives the memory back. */
  readonly dispose: () => void;
}

const tickMilliseconds = 1000;

function sentence(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** Makes the place, without a picture. */
export function createEditProgress(strings: EditViewStrings): EditProgress {
  const place = createPicture();
  const words = h('span', {}, strings.waiting);
  const elapsed = h('span', { class: 'elapsed' });
  let startedAt = 0;
  let frames = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    const seconds = fill(strings.elapsedSeconds, elapsedSeconds(startedAt, Date.now()));
    setText(elapsed, startedAt === 0 ? '' : seconds);
  };
  const end = () => clearInterval(timer);
  return {
    element: h(
      'div',
      { class: 'edit-progress', 'aria-busy': 'true' },
      h('div', { class: 'edit-progress-place' }, place.element),
      // Moves for the eye only; the words beneath and the live region say the same.
      h('div', { class: 'progress', 'aria-hidden': 'true' }, h('div')),
      h('p', { class: 'facts' }, words, elapsed),
    ),
    begin: ({ bytes, mediaType, width, height, alt }) => {
      end();
      timer = setInterval(tick, tickMilliseconds);
      [startedAt, frames] = [0, 0];
      tick();
      setText(words, strings.waiting);
      place.reserve(width, height);
      place.show(bytes, mediaType, alt);
      return place.settled();
    },
    render: (state) => {
      startedAt = state.startedAt;
      tick();
      if (frames === 0) setText(words, state.waitLine === '' ? strings.waiting : sentence(state.waitLine));
    },
    showFrame: (bytes, mediaType) => {
      frames += 1;
      place.show(bytes, mediaType, strings.partialAlt);
      setText(words, fill(strings.receivingFrame, frames));
    },
    end,
    dispose: () => {
      end();
      place.dispose();
    },
  };
}
