import type { Base64Run, BlockDecoder } from './base64Run.ts';
import type { PictureWriter } from './byteSink.ts';

/** What a cutter needs of its surroundings. */
export interface CutterPorts {
  /** Opens a place for a picture that begins. */
  readonly open: () => PictureWriter;
  /** The platform's own decoder, where it has one. */
  readonly decodeBlock: BlockDecoder | undefined;
  /** Told of what is to be waited for before more is read. */
  readonly waitFor: (promise: Promise<void>) => void;
  /** Most bytes of text besides pictures, and of one picture. */
  readonly limits: { readonly text: number; readonly picture: number; readonly pictures: number };
  /** @throws for the limit that was passed */
  readonly exceeded: (limit: 'text' | 'picture' | 'pictures') => never;
}

/** A picture that is being cut out, or was. */
export interface Cutting {
  readonly writer: PictureWriter;
  readonly run: Base64Run;
  byteLength: number;
}

/** JSON text without its pictures, and the pictures. */
export interface CutJson {
  readonly text: string;
  readonly pictures: readonly Cutting[];
}
