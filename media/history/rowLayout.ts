/** Where rows stand, in pixels from the top of the list; those that are not loaded yet are taken for plain ones. */
export interface RowLayout {
  /** Takes the rows in: `days` has an entry for each loaded row. */
  readonly update: (days: readonly string[], total: number) => void;
  /** Of all rows, loaded or not. */
  readonly height: () => number;
  readonly top: (index: number) => number;
  /** Whether the row begins a day, and so has a heading above it. */
  readonly isFirstOfDay: (index: number) => boolean;
  /** The rows between two heights: first and one past the last. */
  readonly between: (from: number, to: number) => readonly [number, number];
}

/** @param rowHeight pixels @param headingHeight pixels that a day's heading adds to its first row */
export function createRowLayout(rowHeight: number, headingHeight: number): RowLayout {
  /** Of each loaded row, and of the end of the last. */
  let tops: number[] = [0];
  let days: readonly string[] = [];
  let total = 0;

  const isFirstOfDay = (index: number) => index < days.length && days[index] !== days[index - 1];
  const end = () => tops[days.length] ?? 0;
  const top = (index: number) =>
    index <= days.length ? (tops[index] ?? 0) : end() + (index - days.length) * rowHeight;
  /** The row that stands at a height. */
  const at = (height: number) => {
    if (height >= end()) return days.length + Math.floor((height - end()) / rowHeight);
    let [low, high] = [0, days.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle] ?? 0) <= height) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    update: (nextDays, nextTotal) => {
      days = nextDays;
      total = Math.max(nextTotal, days.length);
      tops = [0];
      for (let index = 0; index < days.length; index++)
        tops.push((tops[index] ?? 0) + rowHeight + (isFirstOfDay(index) ? headingHeight : 0));
    },
    height: () => top(total),
    top,
    isFirstOfDay,
    between: (from, to) => [Math.max(0, Math.min(total, at(from))), Math.max(0, Math.min(total, at(to) + 1))],
  };
}
