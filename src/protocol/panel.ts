/** What the panel's host and page say to each other. Named from the host's side; decoded at both ends. */
import type { FromEdit, ToEdit } from './edit.ts';
import type { FromHistory, ToHistory } from './history.ts';

/** Bumped when a message changes: a page and a host of different versions must not half-understand. */
export const panelViewType = 'imageGateway.panel';

/** What can be done with the file that a picture became. */
export const fileActions = ['open', 'reveal', 'insertLink', 'copyLink', 'copyPath'] as const;
export type FileAction = (typeof fileActions)[number];

/** What can be done with a picture. The page names the picture by the id that the host issued. */
export const pictureActions = [
  ...fileActions,
  ...(['keep', 'discard', 'takeBack', 'copyImage', 'useAsReference', 'edit'] as const),
] as const;
export type PictureAction = (typeof pictureActions)[number];

/** The settings of the next request, as the form has them; empty: nothing is asked for. */
export interface PanelForm {
  /** A size, `1200x630`, or an aspect ratio, `16:9`. */
  readonly shape: string;
  /** Pictures of each model, 1 to 10. */
  readonly count: number;
  readonly quality: string;
  readonly background: string;
  readonly format: string;
  /** An integer. */
  readonly seed: string;
}

/** The controls of the form that not every model has a use for. */
export const formControls = ['quality', 'seed'] as const;
export type FormControl = (typeof formControls)[number];

/** Page to host. */
export type FromWebviewMessage =
  /** The page has loaded and wants the snapshot; the host never guesses. */
  | { readonly type: 'ready' }
  | { readonly type: 'promptChanged'; readonly prompt: string }
  | { readonly type: 'formChanged'; readonly form: PanelForm }
  | { readonly type: 'generate'; readonly prompt: string }
  /** Without a tile: all of them. */
  | { readonly type: 'cancel'; readonly tileId?: string }
  | { readonly type: 'selectGateway' }
  | { readonly type: 'selectModel' }
  /** Another model is to make the same pictures. */
  | { readonly type: 'addModel' }
  | { readonly type: 'removeModel'; readonly model: string }
  | { readonly type: 'keepAll' }
  | { readonly type: 'discardAll' }
  | { readonly type: 'showLog' }
  | { readonly type: 'pictureAction'; readonly action: PictureAction; readonly pictureId: string }
  /** Whether the page could put the picture on the clipboard, after `pictureForClipboard`. */
  | { readonly type: 'pictureCopied'; readonly ok: boolean }
  | { readonly type: 'history'; readonly message: FromHistory }
  | { readonly type: 'edit'; readonly message: FromEdit };

/** What a person decided about a picture; a draft lies in the extension's storage only. */
export const pictureStates = ['draft', 'kept', 'discarded'] as const;
export type PictureState = (typeof pictureStates)[number];

/** A picture as the page sees it: an id, words, and bytes to show. Never a Uri. */
export interface PanelPicture {
  readonly id: string;
  readonly state: PictureState;
  /** Absent when the file, or the draft, can no longer be read. */
  readonly bytes?: Uint8Array;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
  /** Whether it can be seen through: it is shown on light and on dark then. */
  readonly hasAlpha: boolean;
  readonly alt: string;
  /** Relative to the workspace, or the file's name: to be read, never to be used. Empty for a draft. */
  readonly path: string;
}

/** One thing that was asked for beside what came of it; words to be read, empty where there is nothing to say. */
export interface PanelReceiptRow {
  readonly topic: string;
  readonly asked: string;
  readonly came: string;
  /** Where it is not what came. */
  readonly saved: string;
  readonly differs: boolean;
}

export const tileStatuses = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const;
export type TileStatus = (typeof tileStatuses)[number];

/** One picture that was asked for, and what became of it. A model that answers with several fills one tile with them. */
export interface PanelTile {
  readonly id: string;
  readonly model: string;
  readonly status: TileStatus;
  /** Milliseconds since the epoch; 0 while it waits for its turn. */
  readonly startedAt: number;
  /** What is waited for, or tried, where the gateway has not accepted the request; else empty. */
  readonly waitLine: string;
  readonly text: string;
  /** One sentence, when failed. */
  readonly failure: string;
  /** One line on usage and cost, or empty. */
  readonly costLine: string;
  readonly notices: readonly string[];
  /** Empty until the request has ended with pictures. */
  readonly receipt: readonly PanelReceiptRow[];
  readonly pictures: readonly PanelPicture[];
}

/** What was asked for at once: the same prompt, of one to four models. */
export interface PanelSheet {
  readonly prompt: string;
  /** Milliseconds since the epoch; 0 when nothing was ever asked for. */
  readonly startedAt: number;
  /** Width divided by height of the pictures that are expected. */
  readonly ratio: number;
  readonly tiles: readonly PanelTile[];
}

/** The whole state of the panel; it lives in the host. */
export interface PanelState {
  readonly prompt: string;
  readonly form: PanelForm;
  /** The most pictures of each model that the person's settings allow. */
  readonly maxCount: number;
  /** Controls that the model that is asked next has no use for, and why, in a sentence. */
  readonly absent: Readonly<Partial<Record<FormControl, string>>>;
  readonly gatewayName: string;
  readonly modelName: string;
  /** Further models that make the same pictures. */
  readonly moreModels: readonly string[];
  /** What the next request will cost, as far as that is known. */
  readonly priceLine: string;
  /** What all requests of this session cost, in one line, or empty. */
  readonly sessionLine: string;
  /** What chat agents used of their budget, in one line, or empty. */
  readonly agentsLine: string;
  readonly sheet: PanelSheet;
}

/** Host to page. */
export type ToWebviewMessage =
  /** Everything, after `ready` and whenever a delta would not say it. */
  | { readonly type: 'snapshot'; readonly state: PanelState; readonly strings: PanelStrings }
  /** Everything of the state except the pictures' bytes, which the page already has. */
  | { readonly type: 'stateChanged'; readonly state: PanelState }
  | { readonly type: 'textAdded'; readonly tileId: string; readonly text: string }
  | {
      readonly type: 'partialImage';
      readonly tileId: string;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
    }
  /** A picture with its bytes: new, or of another state. */
  | { readonly type: 'pictureChanged'; readonly tileId: string; readonly picture: PanelPicture }
  | { readonly type: 'pictureForClipboard'; readonly pictureId: string }
  | { readonly type: 'focusPrompt' }
  | { readonly type: 'history'; readonly message: ToHistory }
  | { readonly type: 'edit'; readonly message: ToEdit };

/** Everything the page says; the host localizes. `{0}` stands for a value. */
export interface PanelStrings {
  readonly gateway: string;
  readonly model: string;
  readonly chooseGateway: string;
  readonly chooseModel: string;
  /** Stands where no model was chosen: the gateway's own default will be asked. */
  readonly defaultModel: string;
  readonly prompt: string;
  readonly promptPlaceholder: string;
  readonly generate: string;
  readonly generateHint: string;
  readonly cancel: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly waiting: string;
  readonly receivingFrame: string;
  readonly elapsedSeconds: string;
  readonly cancelled: string;
  /** Of what was cancelled before it had its turn. */
  readonly cancelledUnsent: string;
  readonly failed: string;
  readonly showLog: string;
  readonly saved: string;
  readonly open: string;
  readonly reveal: string;
  readonly insertLink: string;
  readonly copyLink: string;
  readonly copyPath: string;
  readonly copyImage: string;
  readonly useAsReference: string;
  readonly moreActions: string;
  readonly edit: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly fileMissing: string;
  readonly partialImageAlt: string;
  /** Said before each notice, for those who do not see the mark. */
  readonly notice: string;
  /** Headings of the receipt, and what is said of it as a whole. */
  readonly receiptSame: string;
  readonly receiptDiffers: string;
  readonly receiptAsked: string;
  readonly receiptCame: string;
  readonly receiptSaved: string;
  /** Said in a cell that has nothing to say, and before a row that differs. */
  readonly receiptNothing: string;
  readonly receiptDiffersHere: string;
  /** Name of the toolbar of a picture; `{0}` is the picture's path. */
  readonly imageActions: string;
  /** Drafts: what is done with them, and what they are. */
  readonly keep: string;
  readonly keepAll: string;
  readonly discard: string;
  readonly discardAll: string;
  readonly takeBack: string;
  readonly draft: string;
  readonly draftHint: string;
  readonly discarded: string;
  readonly saving: string;
  /** Further models. */
  readonly compare: string;
  readonly compareHint: string;
  /** `{0}` is the model. */
  readonly removeModel: string;
  /** The form. */
  readonly shape: string;
  readonly shapeAuto: string;
  readonly shapeCustom: string;
  readonly shapePlaceholder: string;
  readonly count: string;
  readonly more: string;
  readonly quality: string;
  readonly background: string;
  readonly format: string;
  readonly seed: string;
  readonly auto: string;
  readonly low: string;
  readonly medium: string;
  readonly high: string;
  readonly transparent: string;
  readonly opaque: string;
  readonly asDelivered: string;
  readonly random: string;
  /** Heading of the controls that are not shown, and why. */
  readonly notShown: string;
  readonly queued: string;
  /** `{0}` is the number of the tile. */
  readonly cancelTile: string;
}
