/** A size in bytes as a person reads it: 0.8 kB, 412 kB, 1.2 MB. */
export function byteWords(byteLength: number): string {
  const [value, unit] =
    byteLength < 999_500 ? [byteLength / 1e3, 'kilobyte'] : [byteLength / 1e6, 'megabyte'];
  const maximumFractionDigits = value < 10 || unit === 'megabyte' ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
