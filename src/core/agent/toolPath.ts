import { invalidArguments } from '../failure.ts';
import { normalizeRelativeDirectory } from '../files/pathSegments.ts';
import { outsideWords } from '../outsideText.ts';
import type { OutputFormat } from '../request.ts';
import { withoutInvisible } from './visibleText.ts';

/** Where an agent wants its image: names on the way from the workspace, and a file name where it gave one. */
export interface WantedPlace {
  /** Of the directory; empty: the workspace's root. */
  readonly directory: readonly string[];
  /** Without extension; absent: the rules for names decide. */
  readonly stem?: string;
  /** What the extension says. */
  readonly format?: OutputFormat;
}

const formats: Readonly<Record<string, OutputFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
};

/**
 * Takes apart a path that an agent gives: relative to the workspace, with `/` on every platform. What ends with a slash is
 * a directory, else its last part is the file's name.
 * @throws invalidArguments
 */
export function parseToolPath(name: string, path: unknown): WantedPlace {
  const segments = parseToolFile(name, path, { mayBeRoot: true });
  if (typeof path !== 'string' || segments.length === 0 || /\/\.?\s*$/.test(path))
    return { directory: segments };
  const file = segments.at(-1) ?? '';
  const extension = /(?<=.)\.([a-z][a-z0-9]*)$/i.exec(file)?.[1]?.toLowerCase();
  const directory = segments.slice(0, -1);
  if (extension === undefined) return { directory, stem: file };
  const format = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (format === undefined)
    throw invalidArguments(
      `The argument ${name} ends in .${outsideWords(extension, [], 20)}; images are written as .png, .jpg or .webp, and a directory ends with a slash.`,
    );
  return { directory, stem: file.slice(0, -extension.length - 1), format };
}

/**
 * Takes apart the path of a file that an agent names.
 * @returns the names on the way from the workspace to the file
 * @throws invalidArguments for URLs, absolute paths, `..`, variables and every name that is refused elsewhere
 */
export function parseToolFile(
  name: string,
  path: unknown,
  { mayBeRoot = false }: { readonly mayBeRoot?: boolean } = {},
): readonly string[] {
  if (typeof path !== 'string' || path.length > 1000)
    throw invalidArguments(`The argument ${name} must be a path relative to the workspace, with slashes.`);
  const shown = outsideWords(path, [], 80);
  if (/^[a-z][a-z0-9+.-]+:/i.test(path.trim()))
    throw invalidArguments(`The argument ${name} must be inside the workspace; URLs are refused: ${shown}.`);
  // A file name is a template elsewhere: what an agent names is meant as it stands.
  if (path.includes('${')) throw invalidArguments(`The argument ${name} may hold no variable: ${shown}.`);
  // Two names that look alike are two files, and the person is shown but one of them.
  if (withoutInvisible(path) !== path || / {2}/.test(path))
    throw invalidArguments(
      `The argument ${name} may hold neither invisible characters nor several spaces in a row: ${shown}.`,
    );
  const result = normalizeRelativeDirectory(path);
  if ('problem' in result) {
    const problem = result.problem.replace('The directory ', 'the path ');
    throw invalidArguments(`The argument ${name} is refused: ${problem}`);
  }
  if (result.segments.length === 0 && !mayBeRoot)
    throw invalidArguments(`The argument ${name} names no file.`);
  return result.segments;
}
