import { parseTree, type Node } from 'jsonc-parser';
import type { Draft } from './draft.ts';
import { mostReferences, type ReferenceKind } from './imageReference.ts';
import type { Outline } from './outline.ts';
import { largestOfSizes } from './sizes.ts';

/** Brackets that may be open at once; a manifest has five. The parser goes as deep as they do. */
const mostDepth = 200;

/**
 * The images of a web app manifest: `icons`, `screenshots` and the icons of `shortcuts` (W3C, Web Application
 * Manifest). Comments and half-typed JSON are taken.
 */
export function readManifest(text: string, outline: Outline): Draft[] {
  const root = isTooDeep(text) ? undefined : parseQuietly(text);
  if (root?.type !== 'object') return [];
  const name = textOf(root, 'name') ?? textOf(root, 'short_name');
  const description = textOf(root, 'description');
  if (name !== undefined) outline.setTitle(() => name);
  if (description !== undefined) outline.setSummary(() => description);
  return [
    ...imagesOf(root, 'icons', 'manifestIcon', text.length),
    ...imagesOf(root, 'screenshots', 'manifestScreenshot', text.length),
    ...itemsOf(root, 'shortcuts').flatMap((shortcut) =>
      imagesOf(shortcut, 'icons', 'manifestIcon', text.length),
    ),
  ];
}

function imagesOf(owner: Node, member: string, kind: ReferenceKind, end: number): Draft[] {
  const items = itemsOf(owner, member).slice(0, mostReferences);
  if (items.length === 0) return [];
  const title = textOf(owner, 'name') ?? textOf(owner, 'short_name');
  return items.flatMap((item) => {
    const src = valueOf(item, 'src');
    if (src?.type !== 'string' || src.length < 2) return [];
    return [
      {
        kind,
        range: { start: src.offset + 1, end: src.offset + src.length - 1 },
        target: String(src.value).trim(),
        // The parser takes a comment that nobody closes for longer than the text is.
        places: [{ start: item.offset, end: Math.min(item.offset + item.length, end) }],
        // Only screenshots have words of their own; an icon is one of the app, or of the shortcut.
        alt: textOf(item, 'label'),
        title,
        size: largestOfSizes(textOf(item, 'sizes'), 'sizes'),
      },
    ];
  });
}

function itemsOf(owner: Node, member: string): readonly Node[] {
  const list = valueOf(owner, member);
  return list?.type === 'array' ? (list.children ?? []).filter(({ type }) => type === 'object') : [];
}

/** The value of a member; the last one counts, as in `JSON.parse`. */
function valueOf(owner: Node, member: string): Node | undefined {
  return owner.children?.findLast(({ children }) => children?.[0]?.value === member)?.children?.[1];
}

function textOf(owner: Node, member: string): string | undefined {
  const node = valueOf(owner, member);
  return node?.type === 'string' ? String(node.value) : undefined;
}

function parseQuietly(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch {
    // Brackets that nobody closes, with others between them that close nothing, are more than its stack holds.
    return undefined;
  }
}

/** Counts brackets without regard to strings: too many either way is no manifest. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > mostDepth) return true;
  }
  return false;
}
