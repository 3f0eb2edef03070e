/** What host and page say to each other while one picture is edited; it travels inside the panel's messages `edit`. */
import type { EditStrings } from './editStrings.ts';
import type { MaskStroke } from './maskStrokes.ts';

/** What a message may hold at most. Lengths are UTF-16 units. */
export const editBounds = {
  /** As the panel's prompt box has it. */
  prompt: 32_000,
  /** What a model wrote. */
  text: 2 ** 21,
  /** Bytes of a picture, or of a frame. */
  bytes: 2 ** 27,
  /** Pixels of a picture's side. */
  side: 2 ** 16,
  /** Pictures that one edit holds besides the original. */
  steps: 100,
} as const;

/** What a person has marked and written, and not sent. */
export interface EditDraft {
  readonly prompt: string;
  /** In pixels of the picture of the current step; none: all of it may change. */
  readonly strokes: readonly MaskStroke[];
}

/** Page to host, about the one edit that is open; the panel's picture action `edit` opens it. */
export type FromEdit =
  /** From the current step on. */
  | ({ readonly type: 'generate' } & EditDraft)
  /** The draft has changed: a page that is hidden ends without a last word, and `opened` gives this back to the next. */
  | ({ readonly type: 'draft' } & EditDraft)
  | { readonly type: 'cancel' }
  /** The next request begins from this step; 0 is the original. */
  | { readonly type: 'goTo'; readonly step: number }
  /** The picture of the current step is to take the original's place. */
  | { readonly type: 'accept' }
  /** Nothing of it is kept. */
  | { readonly type: 'close' }
  | { readonly type: 'showLog' };

export const editStatuses = ['ready', 'running', 'failed'] as const;
export type EditStatus = (typeof editStatuses)[number];

/** The whole state of an edit except its pictures; it lives in the host. Words are to be read, never used. */
export interface EditState {
  /** Of the file that is edited, or what a draft is called. */
  readonly fileName: string;
  /** The button that accepts: what will happen. */
  readonly acceptLabel: string;
  /** What the next request will cost, as far as that is known. */
  readonly priceLine: string;
  /** What the chosen route makes of the marks, in a sentence; empty where there is nothing to say. */
  readonly routeHint: string;
  /** `failed`: the last request, or the acceptance; `ready` after a request that was cancelled. */
  readonly status: EditStatus;
  /** Milliseconds since the epoch; 0 while nothing runs. */
  readonly startedAt: number;
  /** What is waited for, or tried, where the gateway has not accepted the request; else empty. */
  readonly waitLine: string;
  /** What the model wrote to the current step. */
  readonly text: string;
  /** One sentence, when failed. */
  readonly failure: string;
  readonly notices: readonly string[];
  readonly costLine: string;
  /** Which one is shown and goes on: 0 is the original, at most as many as `prompts`. */
  readonly step: number;
  /** What was asked for each step after the original, in their order: there are as many steps as prompts. */
  readonly prompts: readonly string[];
}

/** The picture of a step. Never a Uri. */
export interface EditPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Pixels, 1 or more. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** Host to page. */
export type ToEdit =
  /** An edit begins, or a page that was loaded anew shows it; pictures of further steps follow. */
  | {
      readonly type: 'opened';
      readonly strings: EditStrings;
      readonly state: EditState;
      /** The original. */
      readonly picture: EditPicture;
      readonly draft?: EditDraft;
    }
  /** Everything of the state; a step whose picture has not been told of yet is shown once it is. */
  | { readonly type: 'state'; readonly state: EditState }
  /** More of the text. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'partial'; readonly bytes: Uint8Array; readonly mediaType: string }
  /** A finished step; it may be told before or after the state that names it. */
  | { readonly type: 'picture'; readonly step: number; readonly picture: EditPicture }
  /** The edit is over. `why` is announced; it may be empty. */
  | { readonly type: 'closed'; readonly why: string };
