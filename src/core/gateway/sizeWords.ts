/** The words and numbers in a gateway's refusal that say which sizes it takes. */

/** What the words so far make of the next number or size. */
export type Mode = 'none' | 'legal' | 'max' | 'min' | 'below' | 'above' | 'between' | 'multiple';

const can = 'supported|valid|allowed|available|accepted|permitted|possible';
const things = 'sizes|values|dimensions|resolutions|ratios|options|aspect ratios|image sizes';

/** A number inside a name (gpt-image-2, wan-2.1) or with the unit of something else (20 MB) is none. */
const before = String.raw`(?<![\w.:-])`;
const after = String.raw`(?![\w:]|\.\d)(?!\s?(?:[kmg]i?b\b|byte|char|token|second|image|word|dpi|%))`;

/**
 * Alternatives of bounded length, the first that fits counts: a text is read once, from left to right. Each named group
 * is one kind of word or number.
 */
const kinds: Readonly<Record<string, string>> = {
  list: String.raw`\b(?:one of|any of|choose from|either|(?:${can}) (?:${things})\b)`,
  refused: String.raw`\b(?:not|no|never|cannot|isn't|aren't|doesn't|don't)(?: \w{1,12}){0,2} (?:${can}|support|allow|accept)\b|\b(?:unsupported|invalid|got|received|requested|provided|specified|supplied|currently|current|but)\b`,
  max: String.raw`\b(?:not|cannot) (?:exceed|be (?:more|greater|larger|higher|bigger|longer) than)|\b(?:at most|no (?:more|larger|greater|bigger) than|(?:less|smaller|lower|fewer) than or equal(?: to)?|up to|maximum|max|limit(?:ed)? (?:of|to|is)|exceed(?:s|ing)?)\b|<=|≤`,
  min: String.raw`\b(?:not|cannot) be (?:less|smaller|lower|shorter) than|\b(?:at least|no (?:less|smaller|fewer) than|(?:greater|more|larger|higher) than or equal(?: to)?|minimum|min)\b|>=|≥`,
  tooLarge: String.raw`\btoo (?:large|big|high|many|long|wide|tall)\b`,
  tooSmall: String.raw`\btoo (?:small|low|few|short|narrow)\b`,
  over: String.raw`${before}\d{1,10} ?> ?(?=\d)`,
  under: String.raw`${before}\d{1,10} ?< ?(?=\d)`,
  below: String.raw`\b(?:less|smaller|lower|fewer) than\b|\b(?:below|under)\b|<`,
  above: String.raw`\b(?:greater|more|larger|higher) than\b|\b(?:above|over)\b|>`,
  between: String.raw`\bbetween\b|\bin (?:the )?range\b`,
  multiple: String.raw`\b(?:divisible by|multiples? of)\b`,
  rule: String.raw`\b(?:must|should|have to|has to|needs? to)\b`,
  legal: String.raw`\b(?:${can}|supports|expected|use|try)\b`,
  size: String.raw`(?<![\w.:×*-])(?<width>\d{2,5}) ?[x×*] ?(?<height>\d{2,5})(?![\w:×*]|\.\d)`,
  ratio: String.raw`(?<![\w.:])\d{1,2}:\d{1,2}(?![\w:]|\.\d)`,
  resolution: String.raw`(?<![\w.-])[124]k(?!\w)`,
  megapixels: String.raw`${before}\d{1,3}(?:\.\d{1,3})?(?= ?(?:mp|megapixels?)\b)`,
  number: String.raw`${before}(?:\d{1,3}(?:[,_]\d{3}){1,4}|\d{1,20}(?:\.\d{1,3})?)(?:(?=px\b)|${after})`,
};
const token = new RegExp(
  Object.entries(kinds)
    .map(([kind, source]) => `(?<${kind}>${source})`)
    .join('|'),
  'gi',
);

/** One word or number: its kind, and what it says. */
export interface SizeWord {
  readonly kind: string;
  readonly text: string;
  readonly width?: number;
  readonly height?: number;
}

/** The words and numbers of a sentence, in their order. */
export function* sizeWords(sentence: string): Generator<SizeWord> {
  for (const { groups = {}, 0: text } of sentence.matchAll(token)) {
    const kind = Object.keys(kinds).find((one) => groups[one] !== undefined) ?? '';
    const { width, height } = groups;
    yield { kind, text, ...(width && height && { width: Number(width), height: Number(height) }) };
  }
}

const aboutSizes =
  /\b(?:sizes?|widths?|heights?|edges?|sides?|dimensions?|resolutions?|pixels?|px|areas?|aspect|ratios?|megapixels?)\b|image_size|aspect_ratio|\d{2} ?[x×*] ?\d{2}/i;
const aboutOthers =
  /\b(?:prompts?|characters?|tokens?|seeds?|quality|files?|bytes?|count|steps?|images per|n)\b/i;

/** The sentences of a message that speak of sizes, or go on about them: "Invalid size. Must be at most 2048." */
export function sentencesAboutSizes(message: string): readonly string[] {
  let isAbout = false;
  return message.split(/[.;!?](?=\s|$|[A-Z])|\n/).filter((sentence) => {
    // The size of a file is not the size of a picture.
    if (/\d ?[kmg]i?b\b/i.test(sentence)) return false;
    isAbout = aboutSizes.test(sentence) || (isAbout && !aboutOthers.test(sentence));
    return isAbout;
  });
}
