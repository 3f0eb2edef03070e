import { outsideWords } from '../outsideText.ts';
import { takeGraphemes } from './graphemes.ts';
import { isDeviceName } from './pathSegments.ts';
import { slug } from './slug.ts';

/** Of a name without its number and extension, in UTF-8. */
const mostBytes = 120;

/** What the variables of `output.fileName` stand for. */
export interface FileNameValues {
  readonly prompt: string;
  /** As the gateway calls it: `google/gemini-2.5-flash-image`. */
  readonly model: string;
  /** Local time is used for `${date}` and `${time}`. */
  readonly date: Date;
  /** Which of the request's pictures, from 1. */
  readonly index: number;
  /** Without extension; absent where no document takes part. */
  readonly documentBaseName?: string;
}

/**
 * Fills in a name template (`imageGateway.output.fileName`). The extension is not part of it, it follows
 * the bytes: one that the template ends with is dropped. An empty template is the default, `${prompt}`.
 * @returns a name that every platform takes, without extension, or one sentence saying what is wrong
 */
export function expandFileName(
  template: string,
  values: FileNameValues,
): { readonly stem: string } | { readonly problem: string } {
  const known = variablesOf(values);
  const problems: string[] = [];
  const given = template.trim().replace(/\.(png|jpe?g|webp|avif)$/i, '');
  const expanded = (given || '${prompt}').replace(/\$\{([^{}]*)(\}?)/g, (_, name: string, close: string) => {
    const value = close === '' ? undefined : known.get(name);
    if (value === undefined) problems.push(problemOf(name, close, [...known.keys()]));
    return value ?? '';
  });
  if (problems[0] !== undefined) return { problem: problems[0] };
  if (/[\\/]/.test(given)) {
    return { problem: 'The file name template holds a slash; folders belong into the directory.' };
  }
  return { stem: safeStem(expanded) };
}

/**
 * Makes a name (without extension) that Windows, macOS and Linux take: no reserved characters nor ones
 * that fold into them, no hidden or trailing dots, no device name, at most 120 bytes, never empty.
 */
export function safeStem(stem: string): string {
  const characters = stem
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFC')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[<>:"/\\|?*~\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '-')
    .replace(/[^\x00-\x7f]/gu, (character) => (foldsIntoReserved(character) ? '-' : character));
  const trimmed = trimDots(characters);
  // What follows the first dot does not matter to Windows: the name before it must differ.
  const named = isDeviceName(trimmed) ? trimmed.replace(/^[^. ]+/u, '$&-image') : trimmed;
  return trimDots(takeGraphemes(named, { bytes: mostBytes })) || 'image';
}

/** The `k`-th name to try, as VS Code's `nameIncrementally`: `fox.png`, `fox-1.png`, `fox-2.png` … */
export function numberedName(stem: string, extension: string, k: number): string {
  return k === 0 ? `${stem}.${extension}` : `${stem}-${k}.${extension}`;
}

function variablesOf(values: FileNameValues): ReadonlyMap<string, string | undefined> {
  const { date } = values;
  const two = (value: number) => String(value).padStart(2, '0');
  return new Map([
    ['prompt', slug(values.prompt)],
    ['model', modelName(values.model)],
    [
      'date',
      `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    ],
    ['time', `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`],
    // Milliseconds, as `unixTime` of `markdown.copyFiles.destination`.
    ['unixTime', String(date.getTime())],
    ['index', String(values.index)],
    ['documentBaseName', values.documentBaseName],
  ]);
}

/** The part after the maker's name, with nothing but letters, digits, dots, `-` and `_`. */
function modelName(model: string): string {
  const last = model.slice(model.lastIndexOf('/') + 1);
  return last.replace(/[^\p{L}\p{Nd}._-]+/gu, '-').replace(/^-|-$/g, '') || 'model';
}

function problemOf(name: string, close: string, known: readonly string[]): string {
  if (close === '') return 'The file name template opens a variable and does not close it.';
  const variable = name.split('/', 1)[0] ?? '';
  if (name === 'documentBaseName') {
    return 'The file name template uses ${documentBaseName}, which needs a document.';
  }
  const shown = `\${${outsideWords(variable, [], 40)}}`;
  if (name !== variable && known.includes(variable)) {
    return `The file name template uses a transform in ${shown}; transforms are not supported.`;
  }
  const list = known.map((each) => `\${${each}}`).join(', ');
  return `The file name template uses ${shown}, which is not one of ${list}.`;
}

/** Fullwidth and presentation forms: a fullwidth colon is a colon to whoever compares by NFKC. */
function foldsIntoReserved(character: string): boolean {
  const folded = character.normalize('NFKC');
  return folded !== character && /[<>:"/\\|?*~. ]/.test(folded);
}

/** No leading dot (hidden, or `.git` in disguise), none trailing (Windows drops them), nor spaces. */
function trimDots(text: string): string {
  return text.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
}
