import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';

/** Folders that are never looked into: they hold what others made, or git itself. */
const never = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** A rule of `files.exclude`: hidden wherever it matches, or only beside a sibling. */
interface ExcludeRule {
  readonly matches: (path: string) => boolean;
  /** `$(basename).ts`: the sibling's name, where the rule has one. */
  readonly when: string | undefined;
}

/** Says which files and folders of a workspace folder are left out, by `.gitignore` files and `files.exclude`. */
export class Ignoring {
  private readonly rules: readonly ExcludeRule[];
  /** `.gitignore` files on the way to the folder that is walked, outermost first, with the folder each counts from. */
  private readonly ignores: readonly { readonly base: string; readonly ignore: Ignore }[];

  private constructor(rules: readonly ExcludeRule[], ignores: Ignoring['ignores']) {
    this.rules = rules;
    this.ignores = ignores;
  }

  /** @param exclude the setting `files.exclude`, unchecked: a workspace can set it */
  static of(exclude: unknown): Ignoring {
    return new Ignoring(rulesOf(exclude), []);
  }

  /** The same below a folder that has a `.gitignore`. @param base the folder's path from the root, empty for the root */
  with(base: string, gitignore: string): Ignoring {
    const lines = gitignore.split(/\r?\n/).filter(isTame);
    return new Ignoring(this.rules, [...this.ignores, { base, ignore: ignore().add(lines) }]);
  }

  /**
   * Whether a file or folder is left out.
   * @param path from the root, with `/`, without one at its ends
   * @param siblings the names in its folder
   */
  leavesOut(path: string, isFolder: boolean, siblings: ReadonlySet<string>): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder && never.has(name)) return true;
    const stem = name.replace(/(?<=.)\.[^.]*$/, '');
    const isExcluded = this.rules.some(
      ({ matches, when }) =>
        matches(path) && (when === undefined || siblings.has(when.replaceAll('$(basename)', stem))),
    );
    return isExcluded || this.isIgnored(path, isFolder);
  }

  /** The innermost file that says something decides, as git does it. */
  private isIgnored(path: string, isFolder: boolean): boolean {
    for (const { base, ignore: rules } of this.ignores.toReversed()) {
      const below = base === '' ? path : path.slice(base.length + 1);
      const { ignored, unignored } = rules.test(isFolder ? `${below}/` : below);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

const mostPattern = 300;
/** Stars in one segment: each makes a name that nearly matches that much dearer. */
const mostStars = 3;

/** Whether a pattern is none that a repository could stop the editor with. */
function isTame(pattern: string): boolean {
  if (pattern.length > mostPattern) return false;
  return pattern.split('/').every((segment) => (segment.match(/\*+/g)?.length ?? 0) <= mostStars);
}

function rulesOf(exclude: unknown): readonly ExcludeRule[] {
  if (typeof exclude !== 'object' || exclude === null) return [];
  return Object.entries(exclude).flatMap(([glob, value]: [string, unknown]) => {
    const when =
      typeof value === 'object' && value !== null && 'when' in value && typeof value.when === 'string'
        ? value.when
        : undefined;
    if (value !== true && when === undefined) return [];
    return isTame(glob) ? [{ matches: picomatch(glob, { dot: true, noextglob: true }), when }] : [];
  });
}
