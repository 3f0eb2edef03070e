import type { PanelStrings } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createPicture, type Picture } from './picture.ts';
import type { Frame } from './state.ts';
import { elapsedSeconds, fill } from './words.ts';

/** The tile of a picture that is still on its way. */
export interface RunningTile {
  readonly element: HTMLElement;
  readonly update: (frame: Frame | undefined, waitLine: string) => void;
  /** Ends the tile and hands its place over, if a frame was shown in it. */
  readonly release: () => Picture | undefined;
}

const tickMilliseconds = 1000;

function sentence(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** Makes the tile and starts its clock. */
export function createRunningTile(startedAt: number, strings: PanelStrings): RunningTile {
  const picture = createPicture();
  picture.element.append(icon('picture'));
  const words = h('span', {}, strings.waiting);
  const elapsed = h('span', { class: 'elapsed' });
  const tick = () => {
    setText(elapsed, fill(strings.elapsedSeconds, elapsedSeconds(startedAt, Date.now())));
  };
  tick();
  const timer = setInterval(tick, tickMilliseconds);
  let shown: Frame | undefined;
  return {
    element: h(
      'li',
      { class: 'tile running', 'aria-busy': 'true' },
      h('div', { class: 'stage' }, picture.element),
      // Moves for the eye only; the words beneath and the live region say the same.
      h('div', { class: 'progress', 'aria-hidden': 'true' }, h('div')),
      h('p', { class: 'facts' }, words, elapsed),
    ),
    update: (frame, waitLine) => {
      if (!frame) setText(words, waitLine === '' ? strings.waiting : sentence(waitLine));
      if (!frame || frame === shown) return;
      shown = frame;
      picture.show(frame.bytes, frame.mediaType, strings.partialImageAlt);
      setText(words, fill(strings.receivingFrame, frame.number));
    },
    release: () => {
      clearInterval(timer);
      if (shown) return picture;
      picture.dispose();
      return undefined;
    },
  };
}
