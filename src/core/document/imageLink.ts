import { htmlAttribute } from './htmlAttribute.ts';
import { oneLine, outsideWords } from '../outsideText.ts';
import { defaultLinkTemplates, parseLinkTemplate, type TemplatePart } from './linkTemplates.ts';
import { escapeAlt, linkTarget, markdownImage } from './markdownLink.ts';

/** A link to an image from a document. */
export interface ImageLink {
  /** As it stands in the document. */
  readonly text: string;
  /** The same as a VS Code snippet, all outside text escaped, with the alternative text as a placeholder. */
  readonly snippet: string;
}

/** What a link says. */
export interface LinkContent {
  /** From the document to the image, with `/`, not yet encoded. */
  readonly path: string;
  /** Not yet escaped. */
  readonly alt: string;
}

/** How a language writes a path and words. A path is undefined where the language has no way to write it. */
interface LinkSyntax {
  readonly path: (path: string) => string | undefined;
  readonly alt: (alt: string) => string;
}

const asUrl: LinkSyntax['path'] = (path) => linkTarget(path);
const markup: LinkSyntax = { path: asUrl, alt: escapeMarkup };
const style: LinkSyntax = { path: asUrl, alt: plainWords };
const latex: LinkSyntax = { path: latexPath, alt: escapeLatex };

const syntaxes: Readonly<Record<string, LinkSyntax>> = {
  // By a template only: then it may stand in an attribute.
  markdown: { path: asUrl, alt: htmlAttribute },
  mdx: { path: asUrl, alt: htmlAttribute },
  asciidoc: { path: asUrl, alt: escapeAsciidoc },
  restructuredtext: { path: restructuredPath, alt: oneLine },
  latex,
  tex: latex,
  typst: { path: typstPath, alt: escapeTypst },
  html: markup,
  vue: markup,
  svelte: markup,
  astro: markup,
  javascriptreact: markup,
  typescriptreact: markup,
  css: style,
  scss: style,
  less: style,
};

/** Whether a language has a way to link to images: Markdown's own, a template of the setting or a default one. */
export function canLinkImages(languageId: string, templates: Readonly<Record<string, string>>): boolean {
  return isMarkdownLanguage(languageId) || templateOf(languageId, templates) !== undefined;
}

/**
 * Writes a link to an image in a document's language: one line of outside text wherever it stands, without control,
 * format and bidirectional characters, escaped for the language (design.md, rule 10).
 * @param templates the setting `imageGateway.link.templates`; it goes before the defaults
 * @returns one sentence saying why not, where the language has no template, the template is wrong, or the language cannot
 *   write the path
 */
export function imageLink(
  languageId: string,
  content: LinkContent,
  templates: Readonly<Record<string, string>> = {},
): ImageLink | { readonly problem: string } {
  const template = templateOf(languageId, templates);
  if (template === undefined) {
    return isMarkdownLanguage(languageId)
      ? markdownLink(content)
      : { problem: `No link template is set for ${outsideWords(languageId, [], 40)}.` };
  }
  const parsed = parseLinkTemplate(template);
  if ('problem' in parsed) return parsed;
  const syntax = syntaxOf(languageId);
  const path = syntax.path(content.path.replace(/\p{Cs}/gu, '\uFFFD'));
  if (path === undefined) {
    const shown = outsideWords(content.path, [], 80);
    return { problem: `The path "${shown}" holds characters that the language cannot write in a path.` };
  }
  return fill(parsed.parts, path, syntax.alt(content.alt));
}

/** Snippets of several links as one: each has a placeholder of its own, and the cursor ends in the last. */
export function joinedSnippets(links: readonly ImageLink[], newLine: string): string {
  return links
    .map(({ snippet }, index) =>
      snippet.replace(/\\.|\$\{1:|\$\{1\}|\$\{0\}/gs, (found) => {
        if (found === '${1:') return `\${${index + 1}:`;
        if (found === '${1}') return `\${${index + 1}}`;
        return found === '${0}' && index < links.length - 1 ? '' : found;
      }),
    )
    .join(newLine);
}

function templateOf(languageId: string, templates: Readonly<Record<string, string>>): string | undefined {
  for (const one of [templates, defaultLinkTemplates]) {
    // Settings are a repository's: a value may be of any type.
    const template: unknown = Object.hasOwn(one, languageId) ? one[languageId] : undefined;
    if (typeof template === 'string' && template !== '') return template;
  }
  return undefined;
}

function isMarkdownLanguage(languageId: string): boolean {
  return languageId === 'markdown' || languageId === 'mdx';
}

function markdownLink({ path, alt }: LinkContent): ImageLink {
  const target = linkTarget(path);
  return {
    text: markdownImage(alt, target),
    snippet: `![\${1:${escapeSnippet(escapeAlt(alt))}}](${escapeSnippet(target)})`,
  };
}

function fill(parts: readonly TemplatePart[], path: string, alt: string): ImageLink {
  let text = '';
  let snippet = '';
  let isMirror = false;
  for (const part of parts) {
    if (part.type === 'end') snippet += '${0}';
    else {
      const piece = part.type === 'text' ? part.text : part.type === 'path' ? path : alt;
      text += piece;
      // The second `${alt}` follows what is typed into the first.
      const isFirstAlt = part.type === 'alt' && !isMirror;
      snippet +=
        part.type !== 'alt' ? escapeSnippet(piece) : isFirstAlt ? `\${1:${escapeSnippet(alt)}}` : '${1}';
      if (part.type === 'alt') isMirror = true;
    }
  }
  return { text, snippet };
}

function syntaxOf(languageId: string): LinkSyntax {
  // Of a language that only the setting knows, nothing is known: an encoded path and plain words harm nowhere.
  return (Object.hasOwn(syntaxes, languageId) ? syntaxes[languageId] : undefined) ?? style;
}

/** Text in a VS Code snippet that means nothing but itself. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '`': '&#96;',
  '\\': '&#92;',
  '{': '&#123;',
  '}': '&#125;',
};

/** In an attribute, whatever its quotes; braces are expressions in Vue, Svelte, Astro, JSX and the templates that make HTML. */
function escapeMarkup(text: string): string {
  return oneLine(text).replace(/[&"'`\\<>{}]/g, (one) => references[one] ?? one);
}

/** In a quoted attribute of a macro: character references, which AsciiDoc passes on to every output. */
function escapeAsciidoc(text: string): string {
  return oneLine(text).replace(/[&"'[\]{}\\<>+`$*_#^~|]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** The special characters of LaTeX text. */
function escapeLatex(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
    '"': '\\textquotedbl{}',
    '<': '\\textless{}',
    '>': '\\textgreater{}',
    '|': '\\textbar{}',
    '`': '\\textasciigrave{}',
  };
  return oneLine(text).replace(/[\\~^"<>|`{}$&#%_]/g, (one) => named[one] ?? `\\${one}`);
}

/** LaTeX has no escape in a file name that every engine takes. What begins with a bar is a command, where those are allowed. */
function latexPath(path: string): string | undefined {
  if (path.trimStart().startsWith('|')) return undefined;
  return /[\\{}$&#%~^"',;\p{Cc}\p{Cf}\p{Zl}\p{Zp}]| {2}/u.test(path) ? undefined : path;
}

/** reStructuredText joins a path at its spaces unless they are escaped. */
function restructuredPath(path: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(path)) return undefined;
  return path.replace(/[\\ ]/g, '\\$&').replace(/_$/, '\\_');
}

/** A path in a string of Typst, which has escapes for all that can be seen. */
function typstPath(path: string): string | undefined {
  return oneLine(path) === path ? escapeTypst(path) : undefined;
}

/** In a string of Typst. */
function escapeTypst(text: string): string {
  return oneLine(text).replace(/[\\"]/g, '\\$&');
}

/** Words without anything that a language could read. */
function plainWords(text: string): string {
  return oneLine(oneLine(text).replace(/[^\p{L}\p{M}\p{N} ,.!?-]/gu, ' '));
}
