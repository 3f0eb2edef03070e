import { outsideWords } from '../outsideText.ts';

/** The default of `imageGateway.link.templates`: a language's identifier in VS Code → its template. */
export const defaultLinkTemplates: Readonly<Record<string, string>> = {
  asciidoc: 'image::${path}["${alt}"]',
  restructuredtext: '.. image:: ${path}\n   :alt: ${alt}\n',
  latex: '\\includegraphics[width=\\linewidth,alt={${alt}}]{${path}}',
  tex: '\\includegraphics[width=\\linewidth,alt={${alt}}]{${path}}',
  typst: '#image("${path}", alt: "${alt}")',
  html: '<img src="${path}" alt="${alt}">',
  vue: '<img src="${path}" alt="${alt}">',
  svelte: '<img src="${path}" alt="${alt}">',
  astro: '<img src="${path}" alt="${alt}">',
  javascriptreact: '<img src="${path}" alt="${alt}" />',
  typescriptreact: '<img src="${path}" alt="${alt}" />',
  css: 'url("${path}")',
  scss: 'url("${path}")',
  less: 'url("${path}")',
};

const mostTemplate = 1000;

/** A part of a template. */
export type TemplatePart =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'path' | 'alt' | 'end' };

/**
 * Takes a template apart: `${path}` and `${alt}` (or `$path`, `$alt`), `$0` where the cursor ends, and `\$` for a dollar
 * sign. Every other variable of snippets is a problem: a template can be a repository's, and `${CLIPBOARD}` or a
 * transform's expression would be its own.
 * @returns the parts, or one sentence saying what is wrong
 */
export function parseLinkTemplate(
  template: string,
): { readonly parts: readonly TemplatePart[] } | { readonly problem: string } {
  if (template.length > mostTemplate)
    return { problem: `A link template is longer than ${mostTemplate} characters.` };
  const parts: TemplatePart[] = [];
  let problem: string | undefined;
  // A backslash before anything but a dollar sign or another is itself: LaTeX is full of them.
  const pattern = /\\\$|\$\{([^}]*)(\}?)|\$(\w+)?/g;
  let at = 0;
  for (const match of template.matchAll(pattern)) {
    if (match.index > at) parts.push({ type: 'text', text: template.slice(at, match.index) });
    at = match.index + match[0].length;
    const part = match[0] === '\\$' ? { type: 'text' as const, text: '$' } : partOf(match);
    if ('problem' in part) problem ??= part.problem;
    else parts.push(part);
  }
  if (at < template.length) parts.push({ type: 'text', text: template.slice(at) });
  if (problem !== undefined) return { problem };
  if (!parts.some(({ type }) => type === 'path'))
    return { problem: 'A link template holds no ${path}, so that it would not name the image.' };
  return { parts };
}

function partOf(match: RegExpExecArray): TemplatePart | { readonly problem: string } {
  const [whole, braced, close, plain] = match;
  const name = braced ?? plain;
  if (name === undefined) return { type: 'text', text: '$' };
  if (braced !== undefined && close === '')
    return { problem: 'A link template opens a variable and does not close it.' };
  if (name === 'path' || name === 'alt') return { type: name };
  if (name === '0') return { type: 'end' };
  return {
    problem: `A link template uses ${outsideWords(whole, [], 40)}, which is not one of \${path}, \${alt} and $0.`,
  };
}
