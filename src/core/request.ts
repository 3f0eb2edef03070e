import type { ImageFormat } from './image/imageFacts.ts';
import type { ReferenceRole } from './referenceRoles.ts';

export type Background = 'transparent' | 'opaque' | 'auto';
export type OutputFormat = 'png' | 'jpeg' | 'webp';

/** Pixels of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A JSON object as it goes onto the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A picture that goes along with a request. */
export interface ReferenceImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** Said behind the prompt on the wire, and nowhere else; absent: nothing is said. */
  readonly role?: ReferenceRole;
}

/** One earlier turn of a conversation about a picture. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly images: readonly ReferenceImage[];
}

/** What a gateway is asked for: parsed and checked once, the same for every entrance. */
export interface ImageRequest {
  readonly prompt: string;
  readonly model: string;
  /** Absent: one picture, and the wire says nothing about the count. */
  readonly n?: number;
  readonly size?: Size;
  /** Reduced, such as 16:9. */
  readonly aspectRatio?: { readonly width: number; readonly height: number };
  readonly quality?: string;
  readonly background?: Background;
  readonly outputFormat?: OutputFormat;
  readonly seed?: number;
  readonly providerOptions?: JsonObject;
  readonly extraBody?: JsonObject;
  readonly references: readonly ReferenceImage[];
  /** Where it may be changed: transparent there. Needs a reference. */
  readonly mask?: ReferenceImage;
  /** The same in words (`describeRegion`), for routes without a place for a mask: "the area from 12 % to …". */
  readonly maskRegion?: string;
  /** What was said before, oldest first; only the chat route has a place for it: elsewhere the references alone go along. */
  readonly history?: readonly Turn[];
  /** Absent: as the gateway does by default. */
  readonly stream?: boolean;
}
