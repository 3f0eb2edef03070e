import { ImageGatewayError } from '../failure.ts';
import type { ChatPart } from './answer.ts';
import { decodeDataUrl } from './base64.ts';
import type { WirePicture } from './pictures.ts';
import { CutText } from './wire/cutText.ts';
import { wireLimits } from './wireFetch.ts';

/** What came of words: words without pictures, and the pictures. */
export interface TextAndPictures {
  readonly text: string;
  readonly pictures: readonly WirePicture[];
}

/** Where a data URL ends that stands in Markdown or in HTML. */
const urlEnd = /[\s)"'<>\]`]/;
/** The beginning of a data URL of a picture, and of the Markdown around it that may still be on its way. */
const urlStart = /data:image\//i;
const openMarkdown = /!\[[^\]\n]{0,300}(\](\(\s{0,5}<?[a-z:]{0,10})?)?$/i;
const longestStart = 'data:image/'.length;
/** So far from the end of words such Markdown can begin. */
const longestMarkdown = 320;
/** Characters of the longest URL: four for three bytes, and some for its head. */
const longestUrl = (wireLimits.picture / 3) * 4 + 1024;

/**
 * Takes pictures out of words: gateways write them as data URLs in Markdown, whole, or split over hundreds of deltas.
 * What may be the beginning of one is held back until it is known. Other URLs are words: from words nothing is fetched.
 */
export class TextPictures {
  /** Words that may be the beginning of a picture. */
  private held = '';
  /** The URL that is being read; undefined between pictures. */
  private url: string[] | undefined;
  private urlLength = 0;

  /** Takes the next parts of an answer, in their order. @throws malformedResponse for a picture that is too large */
  async take(parts: readonly ChatPart[]): Promise<TextAndPictures> {
    const taken = { text: '', pictures: [] as WirePicture[] };
    for (const part of parts) {
      if (typeof part === 'string') this.takeText(part, taken);
      else if (part instanceof CutText) await this.takeCut(part, taken);
      else taken.pictures.push(part.picture);
    }
    return taken;
  }

  /** What was held back when the answer ends. */
  end(): TextAndPictures {
    const taken = { text: this.held, pictures: [] as WirePicture[] };
    this.held = '';
    this.endUrl(taken);
    return taken;
  }

  private async takeCut({ parts }: CutText, taken: { text: string; pictures: WirePicture[] }): Promise<void> {
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      const isWhole = typeof next === 'string' && urlEnd.test(next.charAt(0));
      if (typeof part === 'string') this.takeText(part, taken);
      else if (this.url === undefined || isWhole) {
        taken.pictures.push({ kind: 'stored', stored: part });
        this.url &&= [];
      }
      // Its base64 may go on in the next delta, so it is put back as what it was.
      else this.grow(await part.readText());
    }
  }

  private takeText(text: string, taken: { text: string; pictures: WirePicture[] }): void {
    let rest = text;
    while (rest !== '')
      rest = this.url === undefined ? this.takeWords(rest, taken) : this.takeUrl(rest, taken);
  }

  private takeWords(text: string, taken: { text: string }): string {
    const words = this.held + text;
    const start = words.search(urlStart);
    if (start >= 0) {
      // Only at the end, or a megabyte of brackets would be read 300 times.
      const end = Math.max(0, start - longestMarkdown);
      taken.text += words.slice(0, end) + words.slice(end, start).replace(openMarkdown, '');
      this.held = '';
      this.url = [];
      this.urlLength = 0;
      return words.slice(start);
    }
    const keep = heldBack(words);
    taken.text += words.slice(0, words.length - keep);
    this.held = words.slice(words.length - keep);
    return '';
  }

  private takeUrl(text: string, taken: { text: string; pictures: WirePicture[] }): string {
    const end = text.search(urlEnd);
    if (end < 0) {
      this.grow(text);
      return '';
    }
    this.grow(text.slice(0, end));
    // The brackets that close the Markdown belong to the picture.
    const closing = /^>?\)/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
    const before = taken.text;
    this.endUrl(taken);
    return text.slice(taken.text === before ? end + closing : end);
  }

  private grow(text: string): void {
    if (text === '') return;
    this.urlLength += text.length;
    if (this.urlLength > longestUrl)
      throw new ImageGatewayError(
        'malformedResponse',
        `The gateway sent an image of more than ${wireLimits.picture / 1_048_576} MiB in its text; nothing after it was read. Ask for a smaller one.`,
      );
    this.url?.push(text);
  }

  /** Ends the URL: a picture, or words about data URLs. */
  private endUrl(taken: { text: string; pictures: WirePicture[] }): void {
    const url = this.url?.join('') ?? '';
    this.url = undefined;
    // Empty where the picture was taken out of it already.
    if (url === '') return;
    if (url.length < 1000 && decodeDataUrl(url) === undefined) taken.text += url;
    else taken.pictures.push({ kind: 'base64', text: url });
  }
}

/** How many characters at the end of words may be the beginning of a picture. */
function heldBack(words: string): number {
  const markdown = openMarkdown.exec(words.slice(-longestMarkdown))?.[0].length ?? 0;
  for (let length = Math.min(longestStart, words.length); length > markdown; length--)
    if ('data:image/'.startsWith(words.slice(-length).toLowerCase())) return length;
  return markdown;
}
