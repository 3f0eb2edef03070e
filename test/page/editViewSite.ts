import type { EditDraft, EditState, FromEdit } from '../../src/protocol/edit.ts';

/** What tests call in the page of `site/editView.ts`. */
export interface EditViewSite {
  /** What the view said to the host. */
  readonly posted: FromEdit[];
  /** What was said in the live region. */
  readonly said: string[];
  /** Keys that left the view. */
  readonly keysOutside: string[];
  /** Names of the events of pasting and dragging that left the view. */
  readonly draggedOutside: string[];
  /** Messages that were no messages of the protocol. */
  readonly dropped: number;
  /** Hands the page a message as it comes from the host. */
  hear(message: unknown): void;
  /** The state of an edit of which nothing has been asked for yet, with other members. */
  state(members?: Partial<EditState>): EditState;
  /** Opens an edit of a drawn picture. */
  open(members?: Partial<EditState>, draft?: EditDraft, size?: PictureSize): Promise<void>;
  /** A drawn picture of a step. */
  picture(step: number, size?: PictureSize): Promise<void>;
  /** An unfinished picture. */
  partial(): Promise<void>;
  /** Whether the edit was open when Escape was pressed where it has no focus. */
  escape(): boolean;
  /** Lets the picture that was chosen be gone, as after an acceptance. */
  removeOpener(): void;
  /** Notes at every frame how much of the stage is picture, until it is asked for. */
  watch(): void;
  emptyFrames(): number;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}
