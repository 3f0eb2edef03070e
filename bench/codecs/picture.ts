import type { Raster } from '../../src/core/image/raster.ts';

/** The pictures that are measured: sides in pixels by megapixels. */
export const sides: Readonly<Record<number, readonly [number, number]>> = {
  1: [1000, 1000],
  4: [2000, 2000],
  24: [6000, 4000],
};

/** A picture with smooth parts, waves and some noise, as photographs have; the same every time. */
export function drawPicture(megapixels: number): Raster {
  const [width, height] = sides[megapixels]!;
  const data = new Uint8ClampedArray(width * height * 4);
  const waves = Float64Array.from({ length: width }, (_, x) => 60 * Math.sin(x / 50));
  let seed = 1;
  for (let y = 0, at = 0; y < height; y++) {
    const wave = Math.cos(y / 70);
    for (let x = 0; x < width; x++, at += 4) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      const noise = (seed >> 16) & 15;
      data[at] = (x * 200) / width + noise;
      data[at + 1] = (y * 200) / height + noise;
      data[at + 2] = 128 + waves[x]! * wave + noise;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}
