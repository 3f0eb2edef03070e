import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import { fill } from '../words.ts';
import { brushSizes, firstBrushSize } from './brushSizes.ts';
import type { MaskTool } from './maskControls.ts';
import type { Size } from './viewport.ts';

/** What is in the hand: a tool, and the size that brush and eraser share. */
export class MaskBrush {
  tool: MaskTool = 'brush';
  readonly #sizes: readonly number[];
  #index: number;

  /** Takes the brush, in a size that suits the picture. */
  constructor(picture: Size) {
    this.#sizes = brushSizes(picture);
    this.#index = firstBrushSize(this.#sizes, picture);
  }

  /** Pixels of the picture. */
  get diameter(): number {
    return this.#sizes[this.#index] ?? 1;
  }

  /** Half the diameter; undefined where the tool in hand has no size. */
  get radius(): number | undefined {
    return this.tool === 'brush' || this.tool === 'eraser' ? this.diameter / 2 : undefined;
  }

  get sizeIndex(): number {
    return this.#index;
  }

  get sizeCount(): number {
    return this.#sizes.length;
  }

  /** Takes one of the sizes, or the nearest there is. */
  resizeTo(index: number): void {
    this.#index = Math.min(this.#sizes.length - 1, Math.max(0, index));
  }

  /** "Brush 40 pixels", or the tool's name where it has no size. */
  words(strings: MaskEditorStrings): string {
    return this.radius === undefined ? strings[this.tool] : this.sizeWords(strings);
  }

  /** "Brush 40 pixels", whichever tool is in hand. */
  sizeWords(strings: MaskEditorStrings): string {
    return fill(this.tool === 'eraser' ? strings.eraserIs : strings.brushIs, this.diameter);
  }
}
