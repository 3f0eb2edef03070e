/** Amounts of money from outside: decimal strings and numbers, counted in millionths of a dollar so that no binary fraction shows. */

/** More than any image or account is worth is no amount: a million dollars. */
const most = 10n ** 12n;

/**
 * Reads an amount: digits, an optional fraction, an optional exponent (`"0.04"`, `4e-7`, `"-1.5"`).
 * @param times what it is multiplied by before it is rounded: prices of one token are too small to round
 * @returns millionths, or undefined for anything else and for what is absurdly large
 */
export function parseDollars(value: unknown, times = 1n): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  const match =
    text.length > 60 ? null : /^\s*(-?)(\d{1,12})(?:\.(\d{0,40}))?(?:e([+-]?\d{1,2}))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * times;
  const shift = 6 + Number(exponent) - fraction.length;
  const unit = 10n ** BigInt(Math.abs(shift));
  const millionths = shift >= 0 ? digits * unit : (digits + unit / 2n) / unit;
  if (millionths > most) return undefined;
  return sign === '-' ? -millionths : millionths;
}

/** An amount as people write it: `$2`, `$0.50`, `$0.000123`, `-$1.25`. */
export function dollarWords(millionths: bigint): string {
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  const cents = fraction === '' ? '' : `.${fraction.padEnd(2, '0')}`;
  return `${millionths < 0n ? '-' : ''}$${digits.slice(0, -6)}${cents}`;
}
