import type { PanelImage, PanelState, PanelStrings, ToWebviewMessage } from '../src/protocol/panel.ts';
import { draftReceived, noDraft, type Draft } from './draft.ts';

/** A picture on its way: the newest frame and how many came before and with it. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly number: number;
}

/** What the page shows: the host's state, and what is only under way. */
export interface PageState {
  /** Absent until the first snapshot; nothing is shown before it. */
  readonly strings: PanelStrings | undefined;
  readonly panel: PanelState;
  readonly frame: Frame | undefined;
  readonly draft: Draft;
}

/** Before the first snapshot. */
export const initialState: PageState = {
  strings: undefined,
  panel: {
    prompt: '',
    gatewayName: '',
    modelName: '',
    status: 'idle',
    requestPrompt: '',
    startedAt: 0,
    waitLine: '',
    text: '',
    failure: '',
    costLine: '',
    sessionLine: '',
    notices: [],
    receipt: [],
    images: [],
  },
  frame: undefined,
  draft: noDraft,
};

/** A picture said twice replaces itself: a snapshot and a delta may cross. */
function withImage(images: readonly PanelImage[], image: PanelImage): readonly PanelImage[] {
  const at = images.findIndex((one) => one.id === image.id);
  return at < 0 ? [...images, image] : images.with(at, image);
}

function changed(state: PageState, next: Omit<PanelState, 'images'>): PageState {
  // The pictures on the page belong to the request that it showed; another start has none yet.
  const images = next.startedAt === state.panel.startedAt ? state.panel.images : [];
  return {
    ...state,
    panel: { ...next, images },
    frame: next.status === 'running' && images === state.panel.images ? state.frame : undefined,
    draft: draftReceived(state.draft, next.prompt),
  };
}

/** What the page shows after the host has said `message`. */
export function reduce(state: PageState, message: ToWebviewMessage): PageState {
  const { panel } = state;
  switch (message.type) {
    case 'snapshot':
      return {
        strings: message.strings,
        panel: message.state,
        frame: message.state.status === 'running' ? state.frame : undefined,
        draft: draftReceived(state.draft, message.state.prompt),
      };
    case 'stateChanged':
      return changed(state, message.state);
    case 'textAdded':
      return { ...state, panel: { ...panel, text: panel.text + message.text } };
    case 'partialImage': {
      if (panel.status !== 'running') return state;
      const { bytes, mediaType } = message;
      return { ...state, frame: { bytes, mediaType, number: (state.frame?.number ?? 0) + 1 } };
    }
    case 'imageAdded':
      return {
        ...state,
        panel: { ...panel, images: withImage(panel.images, message.image) },
        frame: undefined,
      };
    case 'imageForClipboard':
    case 'focusPrompt':
    case 'history':
      return state;
  }
}

/** Nothing was ever asked for in this panel: the page says what it is for. */
export function isEmpty({ panel }: PageState): boolean {
  return panel.status === 'idle' && panel.requestPrompt === '' && panel.images.length === 0;
}

/**
 * A picture is still expected: a tile for it shows. Between the picture and the end of its request
 * there is nothing to wait for that could be seen, so a further tile comes only with a further frame.
 */
export function isAwaitingImage({ panel, frame }: PageState): boolean {
  return panel.status === 'running' && (panel.images.length === 0 || frame !== undefined);
}
