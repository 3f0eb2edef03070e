/** What the panel's host and page say to each other. Named from the host's side; decoded at both ends. */
import type { FromHistory, ToHistory } from './history.ts';

/** Bumped when a message changes: a page and a host of different versions must not half-understand. */
export const panelViewType = 'imageGateway.panel';

/** The actions on a finished picture. The page names the picture by the id that the host issued. */
export const imageActions = ['open', 'reveal', 'insertLink', 'copyLink', 'copyPath', 'copyImage'] as const;
export type ImageAction = (typeof imageActions)[number];

/** Page to host. */
export type FromWebviewMessage =
  /** The page has loaded and wants the snapshot; the host never guesses. */
  | { readonly type: 'ready' }
  | { readonly type: 'promptChanged'; readonly prompt: string }
  | { readonly type: 'generate'; readonly prompt: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'selectGateway' }
  | { readonly type: 'selectModel' }
  | { readonly type: 'showLog' }
  | { readonly type: 'imageAction'; readonly action: ImageAction; readonly imageId: string }
  /** Whether the page could put the picture on the clipboard, after `imageForClipboard`. */
  | { readonly type: 'imageCopied'; readonly ok: boolean }
  | { readonly type: 'history'; readonly message: FromHistory };

/** A picture as the page sees it: an id, words, and bytes to show. Never a Uri. */
export interface PanelImage {
  readonly id: string;
  /** Absent when the file can no longer be read. */
  readonly bytes?: Uint8Array;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
  /** Whether it can be seen through: it is shown on light and on dark then. */
  readonly hasAlpha: boolean;
  readonly alt: string;
  /** Relative to the workspace, or the file's name: to be read, never to be used. */
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

export type PanelStatus = 'idle' | 'running' | 'finished' | 'failed' | 'cancelled';

/** The whole state of the panel; it lives in the host. */
export interface PanelState {
  readonly prompt: string;
  readonly gatewayName: string;
  readonly modelName: string;
  readonly status: PanelStatus;
  /** The prompt of the request that is shown below, while running and after. */
  readonly requestPrompt: string;
  /** Milliseconds since the epoch; 0 when nothing was ever started. */
  readonly startedAt: number;
  /** What is waited for, or tried, where the gateway has not accepted the request; else empty. */
  readonly waitLine: string;
  readonly text: string;
  /** One sentence, when failed. */
  readonly failure: string;
  /** One line on usage and cost, or empty. */
  readonly costLine: string;
  /** What all requests of this session cost, in one line, or empty. */
  readonly sessionLine: string;
  readonly notices: readonly string[];
  /** Empty until a request has ended with pictures. */
  readonly receipt: readonly PanelReceiptRow[];
  readonly images: readonly PanelImage[];
}

/** Host to page. */
export type ToWebviewMessage =
  /** Everything, after `ready` and whenever a delta would not say it. */
  | { readonly type: 'snapshot'; readonly state: PanelState; readonly strings: PanelStrings }
  | { readonly type: 'textAdded'; readonly text: string }
  | { readonly type: 'partialImage'; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly type: 'imageAdded'; readonly image: PanelImage }
  /** Everything of the state except the pictures, which the page already has. */
  | { readonly type: 'stateChanged'; readonly state: Omit<PanelState, 'images'> }
  | { readonly type: 'imageForClipboard'; readonly imageId: string }
  | { readonly type: 'focusPrompt' }
  | { readonly type: 'history'; readonly message: ToHistory };

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
  readonly failed: string;
  readonly showLog: string;
  readonly saved: string;
  readonly open: string;
  readonly reveal: string;
  readonly insertLink: string;
  readonly copyLink: string;
  readonly copyPath: string;
  readonly copyImage: string;
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
}
