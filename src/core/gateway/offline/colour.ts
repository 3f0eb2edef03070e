/** Red, green and blue, 0…255. */
export type Rgb = readonly [number, number, number];

/** OKLab: what the eye sees as even steps, so that mixtures do not turn grey or muddy. */
export type Lab = readonly [lightness: number, a: number, b: number];

const toLinear = (value: number) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (value: number) => {
  const v = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.min(255, Math.max(0, v * 255));
};

/** sRGB to OKLab (https://bottosson.github.io/posts/oklab/). */
export function labOf(colour: Rgb): Lab {
  const [r, g, b] = [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** OKLab to sRGB, not rounded: gradients are rounded once, with dither, where they become bytes. */
export function rgbOf(colour: Lab): Rgb {
  const [lightness, a, b] = colour;
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Between two OKLab colours. */
export function mixLab(from: Lab, to: Lab, amount: number): Lab {
  return [
    from[0] + (to[0] - from[0]) * amount,
    from[1] + (to[1] - from[1]) * amount,
    from[2] + (to[2] - from[2]) * amount,
  ];
}

/** Between two colours, through OKLab, in whole steps. */
export function mix(from: Rgb, to: Rgb, amount: number): Rgb {
  return rounded(rgbOf(mixLab(labOf(from), labOf(to), amount)));
}

/** The colour with another lightness (0…1), and its chroma kept below a bound. */
export function withLightness(colour: Rgb, lightness: number, chromaLimit = 0.4): Rgb {
  const [, a, b] = labOf(colour);
  const scale = Math.min(1, chromaLimit / Math.max(1e-6, Math.hypot(a, b)));
  return rounded(rgbOf([lightness, a * scale, b * scale]));
}

/** The colour turned on the colour wheel by some degrees, and more or less vivid. */
export function turned(colour: Rgb, degrees: number, vividness: number): Rgb {
  const [lightness, a, b] = labOf(colour);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * vividness, Math.sin(angle) * vividness];
  return rounded(rgbOf([lightness, a * cos - b * sin, a * sin + b * cos]));
}

/** `rrggbb` as a colour. */
export function parseHex(hex: string): Rgb {
  const value = parseInt(hex, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const rounded = ([r, g, b]: Rgb): Rgb => [Math.round(r), Math.round(g), Math.round(b)];
