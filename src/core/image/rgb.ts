/** Red, green and blue of sRGB, 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** As pages are, where nothing is said. */
export const white: Rgb = [255, 255, 255];

/** A colour as CSS and prompts write it: #00ff00. */
export function hexText(colour: Rgb): string {
  return `#${colour.map((value) => byteOf(value).toString(16).padStart(2, '0')).join('')}`;
}

function byteOf(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

/** A byte of a picture; past its end 0, as the readers of files have it. */
export function byteAt(data: Uint8ClampedArray, at: number): number {
  return data[at] ?? 0;
}
