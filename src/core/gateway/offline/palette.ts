import { type Rgb, labOf, parseHex, turned, withLightness } from './colour.ts';
import { type Random, between, pick } from './random.ts';

/** The colours of one sketch. */
export interface Palette {
  readonly name: string;
  /** Top, middle, horizon. */
  readonly sky: readonly [Rgb, Rgb, Rgb];
  /** Sun or moon. */
  readonly light: Rgb;
  readonly far: Rgb;
  readonly near: Rgb;
  readonly accents: readonly [Rgb, Rgb, Rgb];
  /** The caption's card and its letters. */
  readonly card: Rgb;
  readonly ink: Rgb;
}

/** Sky from the top, light, far, near, three accents. */
const handMade: Readonly<Record<string, string>> = {
  dusk: '2b2d5b 8a4f7d f2a07b ffe3b0 a8627d 2a2145 e76f51 f4a261 ffd6a5',
  sunset: '43306b cf5d70 ffb86b fff0c2 b4525f 3a1c3f ef476f ffa552 ffe08a',
  dawn: '7fa7c9 f3c9c0 fde8cf fffbea a3b0cb 3f5674 e89b8c f2c078 86a8c5',
  day: '4ea5d9 9fd3ee e8f6f5 fff3c4 8fc1b5 1f5d5b f2b84b e9694b 2f7f86',
  meadow: '8fc9e3 d5ecdf f6f3d7 ffe9a8 a9c98f 2f5d3a f2a541 e4644a 5e9e6a',
  forest: 'a9c4b1 d3dfc7 f0ecd6 fff9e4 8fae93 1d3b2f c9a66b 6f8f57 3c6e5a',
  sea: '2a6f97 61a5c2 d7eef2 fff1cf 4f9bb8 0d3b56 f4a259 e76f51 9ad1d4',
  night: '0b1033 1f2a5c 4b4a86 f5efcf 3a3f78 0a0d24 ffd166 7f8be0 e07a9a',
  aurora: '071a2f 0f3d4f 2f7f79 eafff1 1f5360 05121f 7ee0b5 9ad1ff ffd27f',
  snow: '8fb0d0 c9dcea f5f8fa fffdf5 b4c8dc 46638a 7fa3c2 e2a6a0 2f4f6f',
  desert: '5fb0c0 f4d9a8 fbe8c8 fff6dd d99a6c 7a3b2e c8553d e9b872 588b8b',
  autumn: 'c96f4a eeb36a f9e2b3 fff6dc c07a4c 4a2428 a63d40 e9b44c 6b705c',
  lavender: '6d6aa8 b7a7d6 f3dfe6 fff3e6 9b8cc4 3b2f63 e3879e f6c28b 6d8fc9',
  blossom: 'f3b6c4 fbdcc8 fff3e0 ffffff dfa0b4 6c4a72 f28ca0 f7b267 8ac6d0',
  mint: '7fcfc0 c7ecdf fbf7e4 fff1c9 8ecab8 1f5a5e ff8c61 ffd166 3fa796',
  paper: 'e9e4d8 f1ede3 f8f5ee d94f3d b9b3a6 2f2f33 d94f3d e8a33d 3f6c7a',
  rose: '8f3b5e d9778f f8d0c4 fff0dc b55a77 3f1530 f2a65a d64f6b 7d4f8a',
  storm: '3d4a5c 74869a c9d3d8 f7efd8 6d7f92 1e2a38 e0a458 c8664f 8fa9b5',
};

/** The names of all palettes, each of which is also varied in hue and vividness. */
export const paletteNames: readonly string[] = Object.keys(handMade);

/** Words of a prompt that speak for some palettes. */
const moods: readonly (readonly [RegExp, readonly [string, ...string[]]])[] = [
  [/\b(sunset|evening|dusk|twilight)/i, ['sunset', 'dusk', 'rose']],
  [/\b(night|moon|stars?\b|midnight|dark|space|galaxy)/i, ['night', 'aurora']],
  [/\b(aurora|northern lights|neon|cyber)/i, ['aurora', 'night']],
  [/\b(sunrise|dawn|morning)/i, ['dawn', 'blossom']],
  [/\b(snow|winter|ice|frozen|arctic|glacier)/i, ['snow']],
  [/\b(storm|rain|thunder|cloud|fog|mist)/i, ['storm', 'snow']],
  [/\b(autumn|fall\b|fox|pumpkin|maple)/i, ['autumn', 'sunset']],
  [/\b(forest|wood|jungle|tree|moss|rainforest)/i, ['forest', 'meadow', 'mint']],
  [/\b(sea|ocean|beach|lake|river|whale|boat|wave|harbou?r|fish)/i, ['sea', 'day', 'mint']],
  [/\b(desert|dune|sand|canyon|camel)/i, ['desert', 'autumn']],
  [/\b(meadow|garden|spring|field|grass|farm)/i, ['meadow', 'day']],
  [/\b(blossom|cherry|sakura|rose|love|candy|pink)/i, ['blossom', 'rose', 'lavender']],
  [/\b(lavender|purple|violet|dream)/i, ['lavender']],
  [/\b(icon|logo|diagram|chart|architecture|flow)/i, ['paper', 'mint', 'day']],
];

/** Chooses the colours of a sketch: by a word of the prompt where one speaks for them, else by chance. */
export function choosePalette(prompt: string, random: Random): Palette {
  const anyName = pick(random, ['day', ...paletteNames]);
  const mood = moods.find(([words]) => words.test(prompt));
  const name = mood && random() < 0.9 ? pick(random, mood[1]) : anyName;
  const [degrees, vividness] = [between(random, -14, 14), between(random, 0.88, 1.12)];
  const colours = (handMade[name] ?? '').split(' ').map((hex) => turned(parseHex(hex), degrees, vividness));
  const at = (index: number): Rgb => colours[index] ?? [128, 128, 128];
  const light = random() < 0.45;
  return {
    name,
    sky: [at(0), at(1), at(2)],
    light: at(3),
    far: at(4),
    near: at(5),
    accents: [at(6), at(7), at(8)],
    card: light ? withLightness(at(3), 0.965, 0.02) : withLightness(at(5), 0.22, 0.05),
    ink: light ? withLightness(at(5), 0.26, 0.06) : withLightness(at(3), 0.97, 0.02),
  };
}

/** Whether the sketch plays at night: stars are out. */
export function isDark(palette: Palette): boolean {
  return labOf(palette.sky[0])[0] < 0.4;
}
