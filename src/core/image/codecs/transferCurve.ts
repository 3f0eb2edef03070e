/** What a colour's 256 stored values are in linear light: 0 to 1. */
export type TransferCurve = Float32Array<ArrayBuffer>;

/** A curve from a function of 0 to 1; what it gives beyond is cut, and what is no number is 0. */
export function createCurve(linear: (value: number) => number): TransferCurve {
  return Float32Array.from({ length: 256 }, (_, index) => {
    const value = linear(index / 255);
    return value > 0 ? Math.min(1, value) : 0;
  });
}

/** Stored sRGB (IEC 61966-2-1) to linear light. */
export function linearOfSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function srgbOfLinear(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

export const srgbCurve = createCurve(linearOfSrgb);

/** Fine enough for the steep beginning: a step there is a twentieth of a stored one. */
const steps = 65_535;
let table: Uint8Array | undefined;

/** Linear light, as an index of 0 to 65,535, to stored sRGB. Made on first use. */
export function srgbTable(): Uint8Array {
  return (table ??= Uint8Array.from({ length: steps + 1 }, (_, index) =>
    Math.round(srgbOfLinear(index / steps) * 255),
  ));
}

/** The table's index of a linear value; what lies beyond 0 and 1 is cut. */
export function srgbIndex(linear: number): number {
  return linear <= 0 ? 0 : linear >= 1 ? steps : (linear * steps + 0.5) | 0;
}
