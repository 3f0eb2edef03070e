import { decodeHTMLAttribute } from 'entities/decode';
import { extensionOf, fileNameOfTarget, withoutQuery } from './target.ts';

/**
 * A target as it is written in a document, with the name of another file in the same folder. Only what differs at the
 * name's end is exchanged, so that escapes, entities and the query stay as they are.
 * @param written as it stands in the document
 * @param target the same as a URL
 * @param name of the file that is there; begins as the target's own name does
 * @returns undefined where the name does not, or where it cannot be told which part of what is written is the path
 */
export function renamedTarget(written: string, target: string, name: string): string | undefined {
  const old = fileNameOfTarget(target);
  const extension = extensionOf(old);
  const stem = extension === '' ? old : old.slice(0, -extension.length - 1);
  const ending = name.slice(stem.length);
  // Nothing that a language would read differently.
  if (!name.startsWith(stem) || !/^(-\d+)?\.[a-z]+$/.test(ending)) return undefined;
  const end = pathEnd(written, target);
  if (end === undefined) return undefined;
  const [path, rest] = [written.slice(0, end), written.slice(end)];
  if (extension === '') return `${path}${ending}${rest}`;
  const dot = path.lastIndexOf('.');
  if (path.slice(dot + 1).toLowerCase() !== extension) return undefined;
  return `${path.slice(0, dot)}${ending}${rest}`;
}

/** Where the path ends in a target as it is written: what looks like a fragment there can be an entity, and vice versa. */
function pathEnd(written: string, target: string): number | undefined {
  const path = withoutQuery(target);
  const rest = target.slice(path.length);
  if (rest === '') return written.length;
  // The `#` of `&#233;` begins no fragment, unless the path itself ends with `&`.
  const end = written.search(/\?|(?<!&)#/);
  if (end < 0 || path.endsWith('&')) return undefined;
  const writtenRest = written.slice(end);
  return writtenRest === rest || decodeHTMLAttribute(writtenRest) === rest ? end : undefined;
}
