/** For each output position, which input positions count how much. */
export interface Weights {
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
  /** `most` for each output position, of which the first `counts` hold; their sum is 1. */
  readonly values: Float32Array;
  readonly most: number;
}

const lobes = 3;

/** Lanczos3's weights from one length in pixels to another; widened by the ratio where it becomes smaller. */
export function lanczosWeights(from: number, to: number): Weights {
  const ratio = from / to;
  const stretch = Math.max(1, ratio);
  const reach = lobes * stretch;
  const most = Math.min(from, Math.ceil(reach) * 2 + 1);
  const starts = new Uint32Array(to);
  const counts = new Uint32Array(to);
  const values = new Float32Array(to * most);
  for (let index = 0; index < to; index++) {
    const centre = (index + 0.5) * ratio;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, start + most, Math.ceil(centre + reach - 0.5));
    let sum = 0;
    for (let at = start; at < end; at++) sum += lanczos((at + 0.5 - centre) / stretch);
    for (let at = start; at < end; at++) {
      values[index * most + at - start] = lanczos((at + 0.5 - centre) / stretch) / sum;
    }
    starts[index] = start;
    counts[index] = end - start;
  }
  return { starts, counts, values, most };
}

function lanczos(x: number): number {
  if (Math.abs(x) >= lobes) return 0;
  if (x === 0) return 1;
  const angle = Math.PI * x;
  return (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / (angle * angle);
}
