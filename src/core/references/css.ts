import { tokenizer, TokenType, type CSSToken } from '@csstools/css-tokenizer';
import { CssReader } from './cssReader.ts';
import type { Draft } from './draft.ts';
import { maskLineComments } from './maskLineComments.ts';
import type { Outline } from './outline.ts';

/** Mistakes after which a style sheet is none: each costs the tokenizer an error with its stack. */
const mostMistakes = 1000;

/**
 * Reads the images of a style sheet: `url()` where a property takes an image, and `image-set()`. The tokens of CSS
 * Syntax Level 3 suffice, and hold in SCSS and Less too, which no parser of CSS takes.
 * @param css the style sheet, or a part of a document
 * @param base the offset of that part in the document
 * @param hasLineComments whether `//` begins a comment, as in SCSS and Less
 * @param outline told the selectors and comments; absent for a style sheet within a document of words
 */
export function readCss(css: string, base: number, hasLineComments: boolean, outline?: Outline): Draft[] {
  const text = hasLineComments ? maskLineComments(css) : css;
  const reader = new CssReader(text, base, outline);
  let mistakes = 0;
  const source = tokenizer({ css: text }, { onParseError: () => mistakes++ });
  for (;;) {
    const token: CSSToken = source.nextToken();
    if (token[0] === TokenType.EOF || mistakes > mostMistakes) return reader.finish();
    reader.take(token);
  }
}
