import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import { fill } from '../words.ts';

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
