import type { PictureState } from '../../core/history/entry.ts';
import type { ReceiptTopic } from '../../core/receipt.ts';

/** What the host says in rows and details, in the person's language. */
export interface HistoryWords {
  readonly today: string;
  readonly yesterday: string;
  /** A day further back. @param isThisYear then its year goes without saying */
  readonly day: (time: number, isThisYear: boolean) => string;
  readonly dateTime: (time: number) => string;
  readonly states: Readonly<Record<PictureState, string>>;
  readonly keptCount: (count: number) => string;
  readonly draftCount: (count: number) => string;
  readonly sketch: string;
  /** Stands where a prompt has no words. */
  readonly noPrompt: string;
  readonly costUnknown: string;
  /** Given, but not told, because a secret can stand in it. */
  readonly notTold: string;
  readonly facts: Readonly<Record<HistoryFact, string>>;
  readonly topics: Readonly<Record<ReceiptTopic, string>>;
}

/** What is said of a generation besides its pictures. */
export type HistoryFact =
  | 'made'
  | 'gateway'
  | 'model'
  | 'cost'
  | 'n'
  | 'size'
  | 'aspectRatio'
  | 'quality'
  | 'background'
  | 'outputFormat'
  | 'seed'
  | 'references'
  | 'mask'
  | 'providerOptions'
  | 'extraBody';
