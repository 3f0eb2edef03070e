import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/documents');

/** What was found by hand in a document of the corpus: one reference. Absent members are asserted to be absent. */
export interface ExpectedReference {
  /** Counted from 1, of the target. */
  readonly line: number;
  readonly kind: string;
  readonly written: string;
  /** Absent: as written. */
  readonly target?: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly title?: string;
  readonly size?: { readonly width?: number; readonly height?: number; readonly from: string };
  readonly refusal?: string;
  /** The following are asserted where they are given, and given for all that is offered. */
  readonly prompt?: string;
  readonly from?: string;
  readonly file?: string;
  /** `png`, `keep avif`, `rename gif` … */
  readonly format?: string;
  readonly heading?: string;
  readonly paragraph?: string;
  readonly places?: number;
}

/** A document of the corpus. */
export interface CorpusDocument {
  /** `markdown/readme.md` */
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly expected: readonly ExpectedReference[];
}

const languageIds: Readonly<Record<string, string>> = {
  md: 'markdown',
  mdx: 'mdx',
  html: 'html',
  css: 'css',
  scss: 'scss',
  less: 'less',
  json: 'json',
  jsonc: 'jsonc',
  webmanifest: 'json',
  jsx: 'javascriptreact',
  tsx: 'typescriptreact',
  js: 'javascript',
  vue: 'vue',
  svelte: 'svelte',
  astro: 'astro',
};

/** All documents of `test/fixtures/documents`: beside each lies what is in it, `<name>.expected.json`. */
export function corpus(): readonly CorpusDocument[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => name.slice(0, -'.expected.json'.length))
    .sort()
    .map((name) => ({
      name,
      languageId: languageIds[name.slice(name.lastIndexOf('.') + 1)] ?? 'plaintext',
      text: readFileSync(join(folder, name), 'utf8'),
      expected: JSON.parse(
        readFileSync(join(folder, `${name}.expected.json`), 'utf8'),
      ) as ExpectedReference[],
    }));
}
