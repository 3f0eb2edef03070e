import { hexText, type Rgb } from './rgb.ts';

/** A colour that a model is asked to paint as the background, to be taken out afterwards. */
export interface KeyColour {
  readonly name: 'green' | 'magenta' | 'blue';
  readonly colour: Rgb;
}

/** In the order of preference, each with what would be lost against it. */
const keys: readonly (KeyColour & { readonly subjects: RegExp })[] = [
  {
    name: 'green',
    colour: [0, 255, 0],
    subjects:
      /\b(?:green\w*|lime|emerald|jade|olive|mint|teal|turquoise|plants?|lea(?:f|ves)|leafy|trees?|palms?|ferns?|moss|grass\w*|lawns?|forests?|woods|jungle|gardens?|meadows?|bamboo|cact(?:us|i)|succulents?|clovers?|herbs?|basil|lettuce|salad|broccoli|cucumbers?|avocados?|kiwis?|limes?|peas?|frogs?|lizards?|chameleons?|crocodiles?|turtles?|snakes?|dinosaurs?|dragons?|aliens?|zombies?|goblins?|orcs?|matrix|grün\w*|vert\w*|verde\w*|pflanzen?|bäume?|wald|blätter|feuilles?|hojas?)\b|绿|緑|叶|葉|树|樹|녹색|초록|зел[её]н/giu,
  },
  {
    name: 'magenta',
    colour: [255, 0, 255],
    subjects:
      /\b(?:magenta|pink\w*|fuchsia|purple\w*|violets?|lilac|lavender|mauve|plums?|roses?|orchids?|peon(?:y|ies)|tulips?|flamingo\w*|flowers?|blossoms?|grapes?|aubergines?|eggplants?|amethysts?|berr(?:y|ies)|unicorns?|neon|rosa|lila|violett?e?|morado|flor(?:es)?|fleurs?|blumen?)\b|粉|紫|ピンク|花|분홍|보라|розов|фиолет/giu,
  },
  {
    name: 'blue',
    colour: [0, 0, 255],
    subjects:
      /\b(?:blue\w*|navy|azure|cyan|indigo|cobalt|sapphires?|denim|jeans|sky|skies|sea|ocean\w*|water|waves?|lakes?|rivers?|rain|ice|icy|whales?|dolphins?|sharks?|blau\w*|bleu\w*|azul\w*|mer|mar|himmel|wasser)\b|蓝|青|파란|син(?:ий|яя|ее)/giu,
  },
];

/** The most characters of a prompt that are looked at. */
const mostRead = 20_000;

/**
 * Chooses the colour that a prompt's subject has least to do with: green, unless the prompt speaks of green things;
 * then magenta, then blue. A guess from words; the removal looks at the pixels.
 */
export function chooseKeyColour(prompt: string): KeyColour {
  const text = prompt.slice(0, mostRead);
  const counted = keys.map((key) => ({ key, count: text.match(key.subjects)?.length ?? 0 }));
  const least = Math.min(...counted.map(({ count }) => count));
  const { name, colour } = counted.find(({ count }) => count === least)?.key ?? {
    name: 'green',
    colour: [0, 255, 0],
  };
  return { name, colour };
}

/** The sentence that asks for a background which can be taken out, to be put after the prompt. */
export function keyColourSentence({ name, colour }: KeyColour): string {
  return (
    `Show the subject alone, whole and inside the picture, on a perfectly flat, uniform background of pure ${name} ` +
    `(${hexText(colour)}) that fills the picture to every edge: no gradient, no shadow, no reflection, no texture, ` +
    `no floor, no frame and no checkerboard. Use ${name} nowhere in the subject.`
  );
}
