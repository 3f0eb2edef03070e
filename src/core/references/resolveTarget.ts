import { outsideWords } from '../outsideText.ts';
import { normalizeRelativeDirectory, refusePathSegment } from '../files/pathSegments.ts';
import { decodeSegment, refusalOf, withoutQuery } from './target.ts';

/** A file that a target can mean. */
export interface TargetCandidate {
  /** The names on the way from the workspace folder to the file. */
  readonly segments: readonly string[];
  /** The folder that the target counts from, likewise: where it exists, the candidate is likely. */
  readonly base: readonly string[];
  /** Set where the base may as well hold other things than a site: a reason to look there, not to write there. */
  readonly isGuess?: true;
}

/** Where a document lies, and what is known of its project. */
export interface TargetPlace {
  /** The names on the way from the workspace folder to the document's folder; empty for an untitled document. */
  readonly directory: readonly string[];
  /** The setting `imageGateway.publicDirectory`, relative to the workspace folder; empty or absent where not set. */
  readonly publicDirectory?: string;
  /** What the document has its relative targets begin with: `ImageReference.base`. */
  readonly base?: string | undefined;
}

/** Folders from which sites are served, most telling first. */
const publicFolders: readonly (readonly string[])[] = [
  ['public'],
  ['static'],
  ['wwwroot'],
  ['docs', 'public'],
  ['docs', '.vuepress', 'public'],
  ['docs', 'static'],
  ['website', 'static'],
  ['source'],
  ['src'],
  ['src', 'assets'],
  ['docs'],
];
/**
 * The last names of those that hold sources or texts in most projects: served as a root by some builders only, where
 * GitHub and VS Code's preview take `/` in Markdown for the repository's root.
 */
const sharedFolders = new Set(['source', 'src', 'assets', 'docs']);
/** Names that builders of sites give to folders (webpack, Vite, Nuxt, Docusaurus, SvelteKit). */
const aliases: readonly (readonly [prefix: string, folders: readonly (readonly string[])[]])[] = [
  ['@site/', [[]]],
  ['$lib/', [['src', 'lib']]],
  ['~@/', [['src'], [], ['app']]],
  ['@/', [['src'], [], ['app']]],
  ['~~/', [[]]],
  ['~/', [['app'], ['src'], []]],
];
/** Folders above the document in which public folders are looked for. */
const mostAncestors = 6;

/**
 * The files that a target can mean, likeliest first: a path relative to the document is one; one from the root of a site
 * (`/images/x.png`) is looked for in the public folders of the document's folder and of those above it, and at last
 * in the workspace folder itself; one that is there by the document's base also beside the document. Only names are
 * compared: links that lead elsewhere are the host's to check.
 * @param target a URL as `ImageReference.target` holds it
 * @returns one sentence saying what is wrong where it can mean no file of the workspace folder
 */
export function resolveTarget(
  target: string,
  place: TargetPlace,
): { readonly candidates: readonly TargetCandidate[] } | { readonly problem: string } {
  const shown = `The target "${outsideWords(target, [], 80)}"`;
  const refusal = refusalOf(target);
  if (refusal === 'remote' || refusal === 'data' || refusal === 'scheme') {
    return { problem: `${shown} is not a path.` };
  }
  if (refusal !== undefined) return { problem: `${shown} names no image that can be generated.` };
  const path = withoutQuery(target.trim());
  const bases = basesOf(path, place);
  if ('problem' in bases) return bases;
  const candidates: TargetCandidate[] = [];
  for (const base of bases.bases) {
    const walked = walk(base, bases.rest, bases.isClosed ? base.length : 0);
    if ('problem' in walked) return { problem: `${shown} ${walked.problem}` };
    const isGuess = bases.isSearch && isShared(base, place.directory);
    candidates.push({ segments: walked.segments, base, ...(isGuess && { isGuess }) });
  }
  const isBased = bases.isSearch && !path.startsWith('/');
  const beside = isBased ? walk(place.directory, path, 0) : undefined;
  // A page whose base is the site's root mostly lies there.
  if (beside && 'segments' in beside)
    candidates.splice(-1, 0, { segments: beside.segments, base: place.directory });
  return { candidates };
}

interface Bases {
  readonly bases: readonly (readonly string[])[];
  /** The target without what said where it begins. */
  readonly rest: string;
  /** Whether `..` may not leave the base: nothing lies above the root of a site. */
  readonly isClosed: boolean;
  /** Whether nobody named the bases: they are where sites often have their root. */
  readonly isSearch?: true;
}

function basesOf(target: string, place: TargetPlace): Bases | { readonly problem: string } {
  const alias = aliases.find(([prefix]) => target.startsWith(prefix));
  if (alias) {
    const bases = ancestorsOf(place.directory).flatMap((above) => alias[1].map((one) => [...above, ...one]));
    return { bases, rest: target.slice(alias[0].length), isClosed: false };
  }
  const path = target.startsWith('/') ? target : `${place.base ?? ''}${target}`;
  if (!path.startsWith('/')) return { bases: [place.directory], rest: path, isClosed: false };
  const rest = path.slice(1);
  if (place.publicDirectory === undefined || place.publicDirectory.trim() === '')
    return { bases: publicBases(place.directory), rest, isClosed: true, isSearch: true };
  const set = normalizeRelativeDirectory(place.publicDirectory);
  return 'problem' in set ? set : { bases: [set.segments], rest, isClosed: true };
}

/** A document may be anybody's, and its names become files: none that looks like another, or that Windows cannot have. */
function refuseNewName(segment: string): string | undefined {
  // Of Unicode's Bidi_Control: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(segment))
    return 'holds a character that turns the direction of writing';
  return /[<>"|?*]/.test(segment) ? 'holds a character that Windows has in no name' : undefined;
}

/** The public folders of the document's folder and of those above it, then the workspace folder. */
function publicBases(directory: readonly string[]): readonly (readonly string[])[] {
  const bases = ancestorsOf(directory).flatMap((above) => [
    // A document in `public/guide` is served from `public`.
    ...(publicFolders.some((one) => one.length === 1 && one[0] === above.at(-1)) ? [above] : []),
    ...publicFolders.map((one) => [...above, ...one]),
  ]);
  const seen = new Set<string>();
  return [...bases, []].filter((base) => {
    const key = base.join('/');
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

/** Whether a folder is served in some projects only, and the document is none of its own. */
function isShared(base: readonly string[], directory: readonly string[]): boolean {
  return sharedFolders.has(base.at(-1) ?? '') && base.some((name, index) => name !== directory[index]);
}

/** A folder and those above it, nearest first; of a deep one the nearest and the workspace folder. */
function ancestorsOf(directory: readonly string[]): readonly (readonly string[])[] {
  const all = [...directory.keys()].map((index) => directory.slice(0, directory.length - index));
  return [...all.slice(0, mostAncestors), []];
}

/** Goes along a path. @param floor segments that `..` may not leave */
function walk(
  base: readonly string[],
  path: string,
  floor: number,
): { readonly segments: readonly string[] } | { readonly problem: string } {
  const segments = [...base];
  for (const written of path.split('/')) {
    const segment = decodeSegment(written);
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.length <= floor) return { problem: 'leads out of the workspace folder.' };
      segments.pop();
      continue;
    }
    const reason = refusePathSegment(segment) ?? refuseNewName(segment);
    if (reason !== undefined)
      return { problem: `cannot be used: "${outsideWords(segment, [], 80)}" ${reason}.` };
    segments.push(segment);
  }
  const isFolder = /(^|\/)\.{0,2}$/.test(path);
  return isFolder || segments.length === 0 ? { problem: 'names a folder.' } : { segments };
}
