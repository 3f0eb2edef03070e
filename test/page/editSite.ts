import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';

/** What tests call in the page of `site/edit.ts`. */
export interface EditSite {
  /** What the editor told: `true` is empty. */
  readonly told: (string | boolean)[];
  /** Keys that left the components. */
  readonly escaped: string[];
  strokes(): MaskStroke[];
  isEmpty(): boolean;
  /** Shows the mask editor with a drawn picture of this size in pixels. */
  showEditor(width: number, height: number): Promise<void>;
  /** @param isClear pictures with a transparent ground */
  showComparison(width: number, height: number, isClear?: boolean): Promise<void>;
  /** Hands what is no picture to one of them. */
  showBroken(what: 'editor' | 'comparison'): void;
  dispose(): void;
}
