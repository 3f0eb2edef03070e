import type { Size } from '../request.ts';
import { greatestCommonDivisor } from '../size.ts';
import { isLimit, mostListed, resolutions, sides, type SizeRules } from './sizeRules.ts';
import { type Mode, sentencesAboutSizes, type SizeWord, sizeWords } from './sizeWords.ts';

/** What a refusal says about sizes. */
export interface SizesTold extends SizeRules {
  /** It says that the picture was to be too small or too large, and not by how much. */
  readonly verdict?: 'tooSmall' | 'tooLarge';
}

/** The most characters of a refusal that are read. */
const mostRead = 4000;

/**
 * Reads what a gateway's refusal says about the sizes it takes: lists of sizes, ratios and resolutions, multiples,
 * limits in pixels of a side or of the whole picture. Numbers above `sides.greatest` are whole pictures: no side is so
 * long, no picture so small. What was refused is not taken for what is allowed. Outside text: at most `mostRead`
 * characters of it are read, each once, and no number is believed that no picture could have. Never throws.
 * @param message without the prompt's words, as the gateway wrote it
 * @returns empty where nothing is said
 */
export function sizesInRefusal(message: string): SizesTold {
  const reader = new RefusalReader();
  for (const sentence of sentencesAboutSizes(message.slice(0, mostRead))) reader.read(sentence);
  return reader.told();
}

class RefusalReader {
  private readonly sizes = new Map<string, Size>();
  private readonly ratios = new Map<string, Size>();
  private readonly classes = new Set<string>();
  private readonly limits: { -readonly [Key in keyof SizeRules]: SizeRules[Key] } = {};
  private verdict: SizesTold['verdict'];
  private mode: Mode = 'none';
  /** Within a sentence: whether it speaks of a ratio, and whether it states a rule ("must be"). */
  private isRatio = false;
  private isRule = false;

  read(sentence: string): void {
    this.mode = 'none';
    this.isRatio = /ratio/i.test(sentence);
    this.isRule = false;
    for (const word of sizeWords(sentence)) this.mode = this.modeOf(word) ?? this.take(word);
    // A limit without its number: "is below the current minimum pixel budget".
    if (this.mode === 'min') this.verdict = 'tooSmall';
    if (this.mode === 'max') this.verdict = 'tooLarge';
  }

  told(): SizesTold {
    const { minPixels, maxPixels, minSide, maxSide } = this.limits;
    const isLimited = (minPixels ?? maxPixels ?? minSide ?? maxSide) !== undefined;
    return {
      ...this.limits,
      ...(this.sizes.size > 0 && { sizes: [...this.sizes.values()] }),
      ...(this.ratios.size > 0 && { aspectRatios: [...this.ratios.values()] }),
      ...(this.classes.size > 0 && { resolutions: resolutions.filter((one) => this.classes.has(one)) }),
      ...(this.verdict !== undefined && !isLimited && { verdict: this.verdict }),
    };
  }

  /** What a word makes of the following numbers; undefined where it is itself a number or a size. */
  private modeOf({ kind }: SizeWord): Mode | undefined {
    switch (kind) {
      case 'list':
        return 'legal';
      case 'refused':
        this.isRule = false;
        return 'none';
      case 'rule':
        this.isRule = true;
        return this.orLegal();
      case 'legal':
        return this.orLegal();
      case 'tooLarge':
      case 'tooSmall':
        this.verdict = kind;
        return 'none';
      // "1081344>1048576": what was asked, and what it may be.
      case 'over':
        return 'max';
      case 'under':
        return 'min';
      // "must be less than 4096" is a rule; "200 is less than 512" complains.
      case 'below':
        return this.isRule ? 'below' : 'min';
      case 'above':
        return this.isRule ? 'above' : 'max';
      case 'max':
      case 'min':
      case 'between':
      case 'multiple':
        return kind;
      default:
        return undefined;
    }
  }

  /** "maximum supported resolution" stays a maximum. */
  private orLegal(): Mode {
    return this.mode === 'none' ? 'legal' : this.mode;
  }

  /** Takes a number, a size or a ratio as the words before it say. @returns the mode for what follows */
  private take(word: SizeWord): Mode {
    const { kind, text, width, height } = word;
    if (kind === 'resolution') {
      if (this.mode === 'legal') this.classes.add(text.toUpperCase());
      return this.mode;
    }
    if (kind === 'ratio') return this.takeRatio(text);
    if (width !== undefined && height !== undefined) return this.takeSize({ width, height });
    const value = Number(text.replace(/[,_]/g, '')) * (kind === 'megapixels' ? 1_000_000 : 1);
    if (this.mode === 'multiple') {
      const multiple = leastCommonMultiple(this.limits.multipleOf ?? 1, value);
      if (isLimit('multipleOf', multiple)) this.limits.multipleOf = multiple;
      return 'none';
    }
    if (this.isRatio && value < 16) return this.limitRatio(value);
    return this.limit((end, exclusive) => this.takeLimit(end, value - exclusive));
  }

  private takeSize(size: Size): Mode {
    const { width, height } = size;
    const [short, long] = [Math.min(width, height), Math.max(width, height)];
    if (short < sides.least || long > sides.greatest) return this.mode;
    if (this.mode === 'legal' && this.sizes.size < mostListed) this.sizes.set(`${width}x${height}`, size);
    return this.limit((end) => {
      this.takeLimit(end, end === 'min' ? short : long, 'Side');
      this.takeLimit(end, width * height, 'Pixels');
    });
  }

  private takeRatio(text: string): Mode {
    const [width = 0, height = 0] = text.split(':').map(Number);
    if (!this.isRatio || width < 1 || height < 1) return this.mode;
    if (this.mode === 'legal' && this.ratios.size < mostListed) this.ratios.set(text, { width, height });
    return this.limitRatio(width / height);
  }

  private limitRatio(value: number): Mode {
    return this.limit(() => {
      const ratio = Math.max(value, 1 / value, this.limits.maxRatio ?? 1);
      if (isLimit('maxRatio', ratio)) this.limits.maxRatio = ratio;
    });
  }

  /** Has a limit taken where the words before speak of one. */
  private limit(take: (end: 'min' | 'max', exclusive: -1 | 0 | 1) => void): Mode {
    if (this.mode === 'none' || this.mode === 'legal' || this.mode === 'multiple') return this.mode;
    const isMax = this.mode === 'max' || this.mode === 'below';
    take(isMax ? 'max' : 'min', this.mode === 'below' ? 1 : this.mode === 'above' ? -1 : 0);
    return this.mode === 'between' ? 'max' : 'none';
  }

  /** The narrower of two limits counts: "too large: 5000, maximum 4096". */
  private takeLimit(
    end: 'min' | 'max',
    value: number,
    of = value > sides.greatest ? 'Pixels' : 'Side',
  ): void {
    const name = `${end}${of as 'Side' | 'Pixels'}` as const;
    if (!isLimit(name, value) || (of === 'Side' && value < sides.least)) return;
    const narrower = end === 'min' ? Math.max : Math.min;
    this.limits[name] = narrower(value, this.limits[name] ?? value);
  }
}

function leastCommonMultiple(one: number, other: number): number {
  return (one / greatestCommonDivisor(one, other)) * other;
}
