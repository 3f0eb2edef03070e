import { languageOf } from './languages.ts';
import { extensionOf } from './target.ts';

/** VS Code's identifiers of languages by the extensions of their files; of scripts only those that hold markup. */
const byExtension: Readonly<Record<string, string>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  mdx: 'mdx',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  hbs: 'handlebars',
  handlebars: 'handlebars',
  vue: 'vue',
  svelte: 'svelte',
  astro: 'astro',
  jsx: 'javascriptreact',
  tsx: 'typescriptreact',
  css: 'css',
  pcss: 'postcss',
  scss: 'scss',
  less: 'less',
  webmanifest: 'json',
};

/** The extensions, without a dot, of the files that may name images; manifest.json does as well. */
export const documentExtensions: readonly string[] = Object.keys(byExtension);

/** Web manifests that end as any other JSON does. */
const manifests = new Set(['manifest.json', 'site.webmanifest', 'app.webmanifest']);

/** Whether a document in an editor can name images: any JSON could, but only a web manifest does. @param name of its file */
export function canNameImages(languageId: string, name: string): boolean {
  const language = languageOf(languageId);
  if (language?.family !== 'json') return language !== undefined;
  return /(?:manifest[^/]*\.jsonc?|\.webmanifest)$/i.test(name);
}

/**
 * How a document in an editor is read: by its own language, or, where that is none of those in which images are named, by
 * the name of its file. An editor without an extension for `.mdx`, say, takes it for plain text.
 * @param name of its file
 * @returns undefined where it is none that names images
 */
export function languageOfDocument(languageId: string, name: string): string | undefined {
  if (languageOf(languageId) === undefined) return languageOfFile(name);
  return canNameImages(languageId, name) ? languageId : undefined;
}

/** How a file is read that is not open in an editor; undefined where it is none that names images. @param name of the file */
export function languageOfFile(name: string): string | undefined {
  if (manifests.has(name.toLowerCase())) return 'json';
  const extension = extensionOf(name);
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}
