import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import { fill } from '../words.ts';
import type { MaskTool } from './maskControls.ts';

/** A share as a percentage: whole, but little is never nothing, and nearly all never all. */
export function percentOf(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1)
    return new Intl.NumberFormat(undefined, { maximumSignificantDigits: 1 }).format(Math.max(0.1, percent));
  return String(percent > 99 && percent < 100 ? 99 : Math.round(percent));
}

/** How much is marked, or what to do where nothing is. */
export function markedWords(strings: MaskEditorStrings, share: number): string {
  return share === 0 ? strings.nothingMarked : fill(strings.marked, percentOf(share));
}

/** "Brush 40 pixels", or the tool's name where it has no size. */
export function toolWords(strings: MaskEditorStrings, tool: MaskTool, diameter: number): string {
  if (tool === 'brush') return fill(strings.brushIs, diameter);
  return tool === 'eraser' ? fill(strings.eraserIs, diameter) : strings[tool];
}
