import type { CodecReason } from '../../../core/image/codecs/codecError.ts';
import type { ImageJob, ImageJobResult } from '../../../core/image/imageJob.ts';

/** What the image thread is started with. */
export interface ThreadData {
  /** Where each compiled codec lies, by name. */
  readonly wasmFiles: Readonly<Record<string, string>>;
}

/** To the thread: one job; the next comes after its answer. */
export interface JobMessage {
  readonly job: ImageJob;
}

/** From the thread. Classes do not survive the way, so a failure comes in parts. */
export type AnswerMessage =
  | { readonly result: ImageJobResult }
  | {
      readonly failure: {
        readonly kind: 'codec' | 'range' | 'other';
        readonly reason?: CodecReason;
        readonly message: string;
      };
    };
