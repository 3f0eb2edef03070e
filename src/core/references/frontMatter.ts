import type { Draft } from './draft.ts';
import { readFields } from './frontMatterFields.ts';
import type { Outline } from './outline.ts';
import type { TextRange } from './imageReference.ts';

/** Front matter is a few lines; what is longer is something else between two rules. */
const mostCharacters = 64_000;

/** Metadata before a document, between two fences. */
export interface FrontMatter {
  readonly language: 'yaml' | 'toml';
  /** Of what stands between the fences. */
  readonly content: TextRange;
  /** The offset after the closing fence. */
  readonly end: number;
}

/** The front matter of a document: `---` (YAML) or `+++` (TOML) on its very first line, and closed. */
export function frontMatterOf(text: string): FrontMatter | undefined {
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  const fence = text.slice(first, first + 3);
  if (fence !== '---' && fence !== '+++') return undefined;
  const start = endOfLine(text, first);
  if (text.slice(first + 3, start).trim() !== '') return undefined;
  const last = Math.min(text.length, start + mostCharacters);
  for (let at = start; at < last;) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end).trimEnd();
    if (line === fence || (fence === '---' && line === '...'))
      return { language: fence === '---' ? 'yaml' : 'toml', content: { start, end: at }, end };
    at = end;
  }
  return undefined;
}

/** The images that front matter names, and what it says of the document. Broken front matter names none. */
export async function readFrontMatter(
  text: string,
  { language, content }: FrontMatter,
  outline: Outline,
): Promise<Draft[]> {
  const source = text.slice(content.start, content.end);
  const fields =
    language === 'yaml'
      ? (await import('./yamlFields.ts')).parseYamlFields(source, content.start)
      : (await import('./tomlFields.ts')).parseTomlFields(source, content.start);
  return fields ? readFields(fields, outline) : [];
}

/** The offset after the line that holds an offset. */
function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
