/** What host and page say to each other of the history; it travels inside the panel's messages `history`. */
import type { PanelReceiptRow } from './panel.ts';

/** What can be done with a generation; only `generateAgain` sends something to a gateway. */
export const entryActions = ['loadSettings', 'generateAgain', 'remove', 'restore'] as const;
export type EntryAction = (typeof entryActions)[number];

/** What can be done with one of its pictures: `keep` with a draft, the others with the file it became. */
export const savedActions = ['open', 'reveal', 'insertLink', 'keep'] as const;
export type SavedAction = (typeof savedActions)[number];

/** Which generations are wanted. */
export interface HistoryFilter {
  /** Words of the prompt; empty: all. */
  readonly words: string;
  readonly isKeptOnly: boolean;
  /** Empty: of all models. */
  readonly model: string;
}

/** The most generations and thumbnails that are asked for at once. */
export const mostListed = 200;
export const mostThumbnails = 32;

/** Page to host. Entries and pictures are named by ids that the host issued; others do nothing. */
export type FromHistory =
  /** The person showed or hid the list. */
  | { readonly type: 'show'; readonly isShown: boolean }
  /** Some generations, the newest first. `turn` comes back with them; `after` is `next` of those before. */
  | {
      readonly type: 'list';
      readonly turn: number;
      readonly filter: HistoryFilter;
      readonly after?: string;
      readonly count: number;
    }
  | { readonly type: 'thumbnails'; readonly pictureIds: readonly string[] }
  | { readonly type: 'details'; readonly entryId: string }
  | { readonly type: 'entryAction'; readonly action: EntryAction; readonly entryId: string }
  | { readonly type: 'pictureAction'; readonly action: SavedAction; readonly pictureId: string };

/** A picture of a generation: an id and words. Never a Uri. */
export interface HistoryPictureView {
  /** Another one once there is a thumbnail. */
  readonly id: string;
  /** Its file's name, or what became of it without one. */
  readonly line: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly actions: readonly SavedAction[];
}

/** A generation in the list; words are to be read, not used. */
export interface HistoryRow {
  readonly id: string;
  /** "Today": heads the first row of each. */
  readonly day: string;
  /** The prompt's first line. */
  readonly title: string;
  /** What became of it. */
  readonly line: string;
  /** When exactly, and by which model. */
  readonly hint: string;
  /** The picture that stands for it. */
  readonly cover?: HistoryPictureView;
  /** Removed, and can be taken back for a moment. */
  readonly isRemoved: boolean;
}

/** Everything of a generation. */
export interface HistoryDetails {
  readonly row: HistoryRow;
  readonly prompt: string;
  /** Of each of its pictures. */
  readonly alt: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly receipt: readonly PanelReceiptRow[];
  readonly notices: readonly string[];
  readonly pictures: readonly HistoryPictureView[];
}

/** A thumbnail; without bytes there is none. */
export interface HistoryThumbnail {
  readonly pictureId: string;
  readonly bytes?: Uint8Array;
  readonly mediaType: string;
}

/** Host to page. */
export type ToHistory =
  | { readonly type: 'begin'; readonly strings: HistoryStrings; readonly isShown: boolean }
  | {
      readonly type: 'list';
      readonly turn: number;
      readonly rows: readonly HistoryRow[];
      /** Of all that are wanted. */
      readonly total: number;
      /** Where the next ones begin; absent after the last. */
      readonly next?: string;
      /** All models of the history; with the first ones only. */
      readonly models?: readonly string[];
    }
  | { readonly type: 'listFailed'; readonly turn: number }
  | { readonly type: 'thumbnails'; readonly thumbnails: readonly HistoryThumbnail[] }
  /** The files of these pictures are no longer there. */
  | { readonly type: 'filesGone'; readonly pictureIds: readonly string[] }
  | { readonly type: 'details'; readonly details: HistoryDetails }
  | { readonly type: 'rowChanged'; readonly row: HistoryRow }
  /** What the page has may no longer hold. */
  | { readonly type: 'changed' };

/** The words of the list. `{0}` stands for a value. */
export interface HistoryStrings {
  readonly history: string;
  readonly search: string;
  readonly keptOnly: string;
  readonly model: string;
  readonly allModels: string;
  readonly empty: string;
  readonly nothingFound: string;
  readonly clearFilter: string;
  readonly oneFound: string;
  readonly manyFound: string;
  readonly unreadable: string;
  readonly tryAgain: string;
  /** `{0}` is the prompt's first line. */
  readonly actionsFor: string;
  readonly removedRow: string;
  readonly removed: string;
  readonly restored: string;
  readonly undo: string;
  readonly fileGone: string;
  readonly back: string;
  readonly details: string;
  readonly loadSettings: string;
  readonly generateAgain: string;
  readonly open: string;
  readonly reveal: string;
  readonly insertLink: string;
  readonly keep: string;
  readonly remove: string;
}
