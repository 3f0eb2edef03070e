import { booleanOf, membersOf, stringOf } from './decoding.ts';
import type { PanelReceiptRow } from './panel.ts';

/** A row of a receipt. @throws IllTyped */
export function receiptRowOf(value: unknown): PanelReceiptRow {
  const row = membersOf(value);
  return {
    topic: stringOf(row['topic']),
    asked: stringOf(row['asked']),
    came: stringOf(row['came']),
    saved: stringOf(row['saved']),
    differs: booleanOf(row['differs']),
  };
}
