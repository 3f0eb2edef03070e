import type { ImageGatewayError } from './failure.ts';
import type { ImageFacts } from './image/imageFacts.ts';
import type { Alpha, Transparency } from './image/pixelTask.ts';
import type { Rgb } from './image/rgb.ts';
import type { ReceiptRow, Told } from './receipt.ts';

/** Every difference between what was asked and what was delivered: a closed, documented union (README). */
export const noticeCodes = [
  'formatDiffers',
  'sizeDiffers',
  'aspectRatioDiffers',
  'modelDiffers',
  'qualityDiffers',
  'cropped',
  'resized',
  'upscaled',
  'converted',
  'notConverted',
  'backgroundRemoved',
  'outsideRestored',
  'outsideNotExact',
  'countDiffers',
  'interimImages',
  'noTransparency',
  'backgroundDiffers',
  'promptRevised',
  'mediaTypeDiffers',
  'trailingBytesCut',
  'argumentNotSent',
  'metadataNotWritten',
  'credentialsDropped',
  'linkNotInserted',
  'notOverwritten',
  'originalNotKept',
  'originalsEvicted',
  'sketch',
  'partialFailure',
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

export interface Notice {
  readonly code: NoticeCode;
  /** One sentence. */
  readonly message: string;
}

/** What the gateway reported of tokens; the members as they came, numbers only. */
export type Usage = Readonly<Record<string, number>>;

/** Decimal strings, never floats. */
export interface Cost {
  readonly amount: string;
  readonly currency: string;
}

/** A whole picture as it came off the wire, looked at. */
export interface ReceivedImage {
  /** Under which its bytes are kept as they came; absent where they are not. */
  readonly originalId?: string;
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
  readonly revisedPrompt?: string;
  /** The colour in which the model was asked to paint the background, so that it can be taken out. */
  readonly keyColour?: Rgb;
}

/** A picture as it is saved. */
export interface FinishedImage {
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
  readonly received: ReceivedImage;
  /** Of the picture, and of what came; absent where it was not looked at: then `facts.hasAlpha` is all that is known. */
  readonly alpha?: Alpha;
  readonly cameAlpha?: Alpha;
  /** What was found where transparency was asked for and could be looked at. */
  readonly transparency?: Transparency;
}

/** A picture in the workspace. `uri` is the saved file's Uri as a string. */
export interface SavedImage {
  readonly uri: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
  /** Of the saved file, hex. */
  readonly sha256: string;
  /** Of the bytes received, hex. */
  readonly receivedSha256: string;
  readonly alt: string;
}

/** What a gateway says while it works; it ends by returning, or throws an ImageGatewayError. */
export type GatewayEvent =
  | { readonly type: 'started'; readonly model: string; readonly gateway: string }
  /** Nothing was accepted yet, and it is asked again: after a wait, or otherwise. One line. */
  | { readonly type: 'retrying'; readonly message: string }
  /** A request was accepted, or nobody can tell that it was not: from here on it may be billed, whatever comes. */
  | { readonly type: 'billable' }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'partialImage';
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly index: number;
    }
  | { readonly type: 'image'; readonly image: ReceivedImage }
  /** By what an answer says it was made. */
  | { readonly type: 'told'; readonly told: Told }
  | { readonly type: 'usage'; readonly usage?: Usage; readonly cost?: Cost }
  | { readonly type: 'notice'; readonly notice: Notice };

/** What one request says on its way: the gateway's events, then what became of the pictures. */
export type GenerationEvent =
  | GatewayEvent
  | { readonly type: 'saved'; readonly saved: SavedImage; readonly image: FinishedImage }
  /** A picture that nobody has decided about: it is in the extension's storage, and nowhere else. */
  | { readonly type: 'drafted'; readonly image: FinishedImage }
  /** What was asked for beside what came, once all is saved. */
  | { readonly type: 'receipt'; readonly rows: readonly ReceiptRow[] }
  | { readonly type: 'linkInserted'; readonly saved: SavedImage }
  | { readonly type: 'finished'; readonly outcome: GenerationOutcome }
  | { readonly type: 'failed'; readonly error: ImageGatewayError }
  | { readonly type: 'cancelled' };

/** What a finished request amounts to; the host turns it into the command's GenerateResult. */
export interface GenerationOutcome {
  readonly images: readonly SavedImage[];
  readonly text: string;
  readonly usage?: Usage;
  readonly cost?: Cost;
  readonly model: string;
  readonly gateway: string;
  readonly notices: readonly Notice[];
}
