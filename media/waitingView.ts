import type { PanelStrings, PanelTile } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createPicture, type Picture } from './picture.ts';
import type { Frame } from './state.ts';
import { elapsedSeconds, fill } from './words.ts';

/** The place of a picture that is still on its way. */
export interface WaitingView {
  readonly element: HTMLElement;
  readonly update: (tile: PanelTile, frame: Frame | undefined) => void;
  /** Ends it and hands its place over, if a frame was shown in it. */
  readonly release: () => Picture | undefined;
}

const tickMilliseconds = 1000;

function sentence(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/**
 * Makes the place and starts its clock.
 * @param ratio width divided by height of the picture that is expected
 * @param cancel absent where the one button for all does
 */
export function createWaitingView(
  strings: PanelStrings,
  ratio: number,
  cancel: { readonly label: string; readonly run: () => void } | undefined,
): WaitingView {
  const place = createPicture();
  place.expect(ratio);
  place.element.append(icon('picture'));
  const words = h('span', {}, strings.waiting);
  const elapsed = h('span', { class: 'elapsed' });
  let startedAt = 0;
  const tick = () => {
    const seconds = fill(strings.elapsedSeconds, elapsedSeconds(startedAt, Date.now()));
    setText(elapsed, startedAt === 0 ? '' : seconds);
  };
  const timer = setInterval(tick, tickMilliseconds);
  const button =
    cancel &&
    h(
      'button',
      { type: 'button', class: 'action', 'aria-label': cancel.label, onclick: cancel.run },
      strings.cancel,
    );
  let shown: Frame | undefined;
  return {
    element: h(
      'div',
      { class: 'picture-view waiting' },
      h('div', { class: 'stage' }, place.element),
      // Moves for the eye only; the words beneath and the live region say the same.
      h('div', { class: 'progress', 'aria-hidden': 'true' }, h('div')),
      h('p', { class: 'facts' }, words, elapsed, ...(button ? [button] : [])),
    ),
    update: (tile, frame) => {
      startedAt = tile.startedAt;
      tick();
      const waiting = tile.status === 'queued' ? strings.queued : strings.waiting;
      if (!frame) setText(words, tile.waitLine === '' ? waiting : sentence(tile.waitLine));
      if (!frame || frame === shown) return;
      shown = frame;
      place.show(frame.bytes, frame.mediaType, strings.partialImageAlt);
      setText(words, fill(strings.receivingFrame, frame.number));
    },
    release: () => {
      clearInterval(timer);
      if (shown) return place;
      place.dispose();
      return undefined;
    },
  };
}
