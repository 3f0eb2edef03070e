/**
 * Writes one row in PNG's form: the filter's number, then the filtered bytes, by the filter whose result, as
 * signed bytes, sums up least (W3C PNG, third edition, 9.2 and 12.7).
 * @param channels bytes a pixel
 * @param target one byte longer than the row
 */
export function filterRow(row: Uint8Array, above: Uint8Array, channels: number, target: Uint8Array): void {
  const best = cheapestFilter(row, above, channels);
  target[0] = best;
  for (let at = 0; at < row.length; at++) {
    const left = at < channels ? 0 : (row[at - channels] ?? 0);
    const up = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    target[at + 1] = (row[at] ?? 0) - predict(best, left, up, corner);
  }
}

function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function cheapestFilter(row: Uint8Array, above: Uint8Array, channels: number): number {
  let [none, sub, up, average, byPaeth] = [0, 0, 0, 0, 0];
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? 0;
    const left = at < channels ? 0 : (row[at - channels] ?? 0);
    const top = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    none += distance(value);
    sub += distance(value - left);
    up += distance(value - top);
    average += distance(value - ((left + top) >> 1));
    byPaeth += distance(value - paeth(left, top, corner));
  }
  const sums = [none, sub, up, average, byPaeth];
  return sums.indexOf(Math.min(...sums));
}

/** How far a byte is from 0 as a signed one. */
function distance(value: number): number {
  return Math.abs((value << 24) >> 24);
}
