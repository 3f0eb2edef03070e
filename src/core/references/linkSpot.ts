import { frontMatterOf } from './frontMatter.ts';
import { markdownParser, mdxParser } from './markdownParser.ts';

/** Longer documents are not read; a README has a hundredth of it. */
const mostRead = 2_000_000;

/** A place for a paragraph of its own in a text, and the line ends that make it one. */
export interface LinkSpot {
  /** In UTF-16 units. */
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/** Languages whose text goes on to its end; a link there is part of what is read. */
const flowing: ReadonlySet<string> = new Set(['markdown', 'mdx', 'asciidoc', 'restructuredtext', 'typst']);
/** What closes the text of the others. */
const closings: Readonly<Record<string, RegExp>> = {
  html: /<\/body\s*>/gi,
  latex: /\\end\{document\}/g,
  tex: /\\end\{document\}/g,
};

/**
 * Where a picture stands in a document, without anybody's cursor: below the title, or as the last thing that is read.
 * @returns undefined where the language has no such place, or the text is too long; where there is no title, the place is
 *   at the beginning, behind front matter
 */
export function linkSpot(
  languageId: string,
  text: string,
  placement: 'afterTitle' | 'end',
): LinkSpot | undefined {
  if (text.length > mostRead) return undefined;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  if (placement === 'end') return atEnd(languageId, text, newLine);
  const spot =
    languageId === 'html'
      ? afterHtmlTitle(text)
      : languageId === 'markdown' || languageId === 'mdx'
        ? afterMarkdownTitle(languageId, text)
        : undefined;
  if (spot === undefined) return undefined;
  return 'top' in spot ? beforeText(text, spot.top, newLine) : behindLine(text, spot.end, newLine);
}

function atEnd(languageId: string, text: string, newLine: string): LinkSpot | undefined {
  const closing = Object.hasOwn(closings, languageId) ? closings[languageId] : undefined;
  if (closing === undefined && !flowing.has(languageId)) return undefined;
  const found = closing === undefined ? undefined : [...text.matchAll(closing)].at(-1);
  if (found !== undefined) {
    const start = startOfLine(text, found.index);
    const isAlone = text.slice(start, found.index).trim() === '';
    return isAlone
      ? { offset: start, before: '', after: newLine }
      : { offset: found.index, before: newLine, after: newLine };
  }
  if (text === '') return { offset: 0, before: '', after: newLine };
  return { offset: text.length, before: text.endsWith('\n') ? newLine : newLine + newLine, after: newLine };
}

type TitleSpot = { readonly end: number } | { readonly top: number };

function afterMarkdownTitle(languageId: string, text: string): TitleSpot {
  const begin = frontMatterOf(text)?.end ?? 0;
  // Front matter would be read as a heading that its dashes underline.
  const body = text.slice(begin);
  const tree = (languageId === 'mdx' ? mdxParser : markdownParser).parse(body);
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const isHeading =
      /^(ATX|Setext)Heading[12]$/.test(node.name) ||
      (node.name === 'HTMLBlock' && /<h1[\s>]/i.test(body.slice(node.from, node.to)));
    // The parser takes a carriage return for text.
    if (isHeading) return { end: begin + body.slice(0, node.to).trimEnd().length };
  }
  return { top: begin };
}

function afterHtmlTitle(text: string): TitleSpot | undefined {
  const title = /<\/h1\s*>/i.exec(text);
  return title === null ? undefined : { end: title.index + title[0].length };
}

function beforeText(text: string, offset: number, newLine: string): LinkSpot {
  const needsLine = offset > 0 && !text.slice(0, offset).endsWith('\n');
  return { offset, before: needsLine ? newLine + newLine : '', after: newLine + newLine };
}

/** Behind a line, with an empty line on both sides. */
function behindLine(text: string, offset: number, newLine: string): LinkSpot {
  const rest = /^[ \t]*(?:\r?\n[ \t]*(\r?\n|$)|$)/.exec(text.slice(offset, offset + 2000));
  return { offset, before: newLine + newLine, after: rest === null ? newLine : '' };
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
