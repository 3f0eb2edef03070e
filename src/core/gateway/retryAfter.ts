/** A year; whoever names a longer time says nothing. */
const longestSeconds = 31_536_000;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date.
 * @returns milliseconds from `now`, or undefined where it says nothing
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (!Number.isNaN(seconds)) return seconds < 0 || seconds > longestSeconds ? undefined : seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** How long a refusal asks to wait, in milliseconds from `now`, where it says so. */
export function retryAfterIn({ headers }: { readonly headers?: unknown }, now: number): number | undefined {
  return parseRetryAfter((headers as Headers | undefined)?.get('retry-after') ?? null, now);
}
