import type { Colour } from './pixelTask.ts';
import type { Raster } from './raster.ts';

/** Puts a picture on a colour, in place: what could be seen through is opaque then. */
function flattenOn({ data }: Raster, { red, green, blue }: Colour): void {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255;
    if (alpha === 255) continue;
    const share = alpha / 255;
    data[at] = (data[at] ?? 0) * share + red * (1 - share);
    data[at + 1] = (data[at + 1] ?? 0) * share + green * (1 - share);
    data[at + 2] = (data[at + 2] ?? 0) * share + blue * (1 - share);
    data[at + 3] = 255;
  }
}

/** Puts a picture in the middle of a larger field of one colour, or of nothing. */
export function padRaster(raster: Raster, width: number, height: number, ground: Colour | undefined): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  const left = Math.floor((width - raster.width) / 2);
  const top = Math.floor((height - raster.height) / 2);
  for (let row = 0; row < raster.height; row++)
    data.set(
      raster.data.subarray(row * raster.width * 4, (row + 1) * raster.width * 4),
      ((top + row) * width + left) * 4,
    );
  const padded = { width, height, data };
  if (ground !== undefined) flattenOn(padded, ground);
  return padded;
}

/** Indexes of the outermost pixels. */
export function borderPixels({ width, height }: Raster): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x++) pixels.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) pixels.push(y * width, y * width + width - 1);
  return pixels;
}

/** The usual colour of the outermost pixels: the middle one of each channel. */
export function borderColour(raster: Raster): Colour {
  const border = borderPixels(raster);
  const middle = (channel: number) => {
    const values = border.map((pixel) => raster.data[pixel * 4 + channel] ?? 0).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  return { red: middle(0), green: middle(1), blue: middle(2) };
}

/** The colour of one pixel, by its index. */
export function colourAt(data: Uint8ClampedArray, pixel: number): Colour {
  return { red: data[pixel * 4] ?? 0, green: data[pixel * 4 + 1] ?? 0, blue: data[pixel * 4 + 2] ?? 0 };
}
