import type { Reply } from '../gatewayReply.ts';

/** One way in which gateways go wrong, or differ: what is answered, by path (`/chat/completions`). */
export interface Fault {
  /** In the list of faults that this project keeps; test titles carry it. */
  readonly number: number;
  /** Answers to the next requests, one each; afterwards the gateway answers as it should. */
  readonly once?: Readonly<Record<string, readonly Reply[]>>;
  /** Answers to every request. */
  readonly always?: Readonly<Record<string, Reply>>;
}

export const chatPath = '/chat/completions';
export const imagesPath = '/images/generations';
export const editsPath = '/images/edits';
