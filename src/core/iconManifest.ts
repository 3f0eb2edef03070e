import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import type { ManifestIcon } from './iconSet.ts';

export type ManifestEdit =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'tooLarge' | 'notJson' | 'notObject' };

/** The longest manifest that is edited, in characters, and the deepest. */
const longest = 1_000_000;
const deepest = 100;

/**
 * Puts icons into a web manifest: an entry with the same `src` and `purpose` is replaced in its place, others are added
 * at the end; lines that are not touched stay as they are written. An empty text becomes a manifest of its own. Never
 * throws.
 * @param text as it stands in the file; strict JSON, because browsers take nothing else
 */
export function manifestWithIcons(text: string, icons: readonly ManifestIcon[]): ManifestEdit {
  if (text.length > longest) return { ok: false, reason: 'tooLarge' };
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(mark.length);
  if (json.trim() === '') return { ok: true, text: `${mark}${JSON.stringify({ icons }, undefined, 2)}\n` };
  const manifest = parsed(json);
  if (manifest === undefined) return { ok: false, reason: 'notJson' };
  if (!isObject(manifest)) return { ok: false, reason: 'notObject' };
  const edited = withIconsOrNothing(json, manifest['icons'], icons);
  const after = parsed(edited);
  const written = isObject(after) && Array.isArray(after['icons']) ? (after['icons'] as unknown[]) : [];
  const isThere = (icon: ManifestIcon) => written.some((one) => JSON.stringify(one) === JSON.stringify(icon));
  return icons.every(isThere) ? { ok: true, text: mark + edited } : { ok: false, reason: 'notJson' };
}

/** With two members of one name, JSON means the last and the editor of the text the first; that is found out afterwards. */
function withIconsOrNothing(json: string, existing: unknown, icons: readonly ManifestIcon[]): string {
  try {
    return withIcons(json, existing, icons);
  } catch {
    return '';
  }
}

function withIcons(json: string, existing: unknown, icons: readonly ManifestIcon[]): string {
  // What stands on one line stays on it.
  const style = json.trim().includes('\n') ? { formattingOptions: formattingOf(json) } : {};
  if (!Array.isArray(existing)) return applyEdits(json, modify(json, ['icons'], icons, style));
  const entries = existing as readonly unknown[];
  let text = json;
  let end = entries.length;
  for (const icon of icons) {
    const place = entries.findIndex((one) => isSameIcon(one, icon));
    const edits =
      place >= 0
        ? modify(text, ['icons', place], icon, style)
        : modify(text, ['icons', end++], icon, { ...style, isArrayInsertion: true });
    text = applyEdits(text, edits);
  }
  return text;
}

function isSameIcon(one: unknown, { src, purpose }: ManifestIcon): boolean {
  return isObject(one) && one['src'] === src && (one['purpose'] ?? 'any') === (purpose ?? 'any');
}

/** As the file is written: its line ends, and the indent of its first indented line. */
function formattingOf(json: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(json)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : Math.min(8, indent.length),
    eol: json.includes('\r\n') ? '\r\n' : '\n',
  };
}

function parsed(json: string): unknown {
  // The editor of the text goes down by calls: what is nested too deep would end its stack.
  if (depthOf(json) > deepest) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** How deep brackets are nested; those in strings do not count, so that they cannot hide others. */
function depthOf(json: string): number {
  let depth = 0;
  let most = 0;
  let isString = false;
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (isString && character === '\\') at++;
    else if (character === '"') isString = !isString;
    else if (isString) continue;
    else if (character === '[' || character === '{') most = Math.max(most, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return most;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
