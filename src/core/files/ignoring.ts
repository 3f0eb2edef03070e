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

/** `.gitignore` rules in force at a place: each is asked about every file there. */
const mostRules = 2000;
/** Rules of `files.exclude`. */
const mostExcludes = 200;
/** Rules that are made ready at a stretch. */
const rulesAtOnce = 100;
/** No file system that we know of has longer paths, in UTF-16 code units. */
const mostPath = 4096;

/**
 * Says which files and folders of a workspace folder are left out, by `.gitignore` files and `files.exclude`. Patterns
 * that a repository could stop the editor with are not followed, and counted.
 */
export class Ignoring {
  /** How many patterns of what was added last, the setting or a `.gitignore` file, are not followed. */
  readonly unfollowed: number;
  /** How many of them are exceptions (`!`): without one, more is left out than git does. */
  readonly unfollowedExceptions: number;
  private readonly rules: readonly ExcludeRule[];
  /** `.gitignore` files on the way to the folder that is walked, outermost first, with the folder each counts from. */
  private readonly ignores: readonly { readonly base: string; readonly ignore: Ignore }[];
  /** How many rules are in them. */
  private readonly count: number;

  private constructor(
    rules: readonly ExcludeRule[],
    ignores: Ignoring['ignores'],
    { count, unfollowed }: { readonly count: number; readonly unfollowed: readonly string[] },
  ) {
    this.rules = rules;
    this.ignores = ignores;
    this.count = count;
    this.unfollowed = unfollowed.length;
    this.unfollowedExceptions = unfollowed.filter((pattern) => pattern.startsWith('!')).length;
  }

  /** @param exclude the setting `files.exclude`, unchecked: a workspace can set it */
  static of(exclude: unknown): Ignoring {
    const wanted = excludesOf(exclude);
    const tame = new Set(
      wanted
        .filter(({ glob, when = '' }) => isTameGlob(glob) && when.length <= mostPattern)
        .slice(0, mostExcludes),
    );
    const rules = [...tame].map(({ glob, when }) => ({
      matches: picomatch(asPicomatch(glob), { dot: true, noextglob: true }),
      when,
    }));
    // None of them is an exception: `!` means nothing in the editor's globs.
    const unfollowed = wanted.filter((one) => !tame.has(one)).map(() => '');
    return new Ignoring(rules, [], { count: 0, unfollowed });
  }

  /**
   * The same below a folder that has a `.gitignore`.
   * @param base the folder's path from the root, empty for the root
   * @param breathe is called again and again while the rules are made ready, and may wait
   */
  async with(
    base: string,
    gitignore: string,
    breathe: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Ignoring> {
    const wanted = gitignore.split(/\r?\n/).filter((line) => /^[^#]/.test(line) && line.trim() !== '');
    const tame = wanted.filter(isTameIgnore).slice(0, mostRules - this.count);
    const followed = new Set(tame);
    const rules = ignore();
    for (let at = 0; at < tame.length; at += rulesAtOnce) {
      const part = ignore().add(tame.slice(at, at + rulesAtOnce));
      // Rules are compiled when they are first asked.
      part.test('a');
      rules.add(part);
      await breathe();
    }
    return new Ignoring(
      this.rules,
      tame.length === 0 ? this.ignores : [...this.ignores, { base, ignore: rules }],
      {
        count: this.count + tame.length,
        unfollowed: wanted.filter((line) => !followed.has(line)),
      },
    );
  }

  /**
   * Whether a file or folder is left out.
   * @param path from the root, with `/`, without one at its ends
   * @param siblings the names in its folder
   */
  leavesOut(path: string, isFolder: boolean, siblings: ReadonlySet<string>): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder && never.has(name)) return true;
    if (path.length > mostPath) return true;
    const stem = name.replace(/(?<=.)\.[^.]*$/, '');
    const isExcluded = this.rules.some(
      ({ matches, when }) =>
        matches(path) && (when === undefined || siblings.has(when.replaceAll('$(basename)', () => stem))),
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

/** In UTF-16 code units. */
const mostPattern = 300;
/**
 * `**` in a whole pattern; one at its end costs nothing. Each can stand for any part of the path, so that the time grows
 * with the path's depth to the power of their number.
 */
const mostGlobstars = 2;
/** Other runs of `*` in a whole pattern of `.gitignore`, where `ignore` sees to it that they do not multiply. */
const mostIgnoreStars = 8;
/** The same in a glob, where they do, with the name's length. */
const mostGlobStars = 2;
/** Both together in a glob. */
const mostGlobRuns = 3;
/** Groups of alternatives in a glob. */
const mostBraces = 3;

/** Whether a line of `.gitignore` is none that a repository could stop the editor with. */
function isTameIgnore(pattern: string): boolean {
  if (pattern.length > mostPattern) return false;
  const { globstars, stars } = runsOf(pattern);
  return globstars <= mostGlobstars && stars <= mostIgnoreStars;
}

/** The same for a glob. Groups within groups, and stars in them, multiply too much. */
function isTameGlob(pattern: string): boolean {
  if (pattern.length > mostPattern || /\{[^}]*[{*]/.test(pattern)) return false;
  const { globstars, stars } = runsOf(pattern);
  const braces = pattern.split('{').length - 1;
  return stars <= mostGlobStars && globstars + stars <= mostGlobRuns && braces <= mostBraces;
}

/**
 * Parentheses, `+` and `|` mean nothing in the editor's globs, nor does a leading `!`; picomatch would make groups, repetitions
 * and the opposite of them.
 */
function asPicomatch(glob: string): string {
  return glob.replace(/[()+|]|^!/g, '\\$&');
}

/** A glob with one group of alternatives that hold stars, as one glob for each: so they do not multiply. */
function alternativesOf(glob: string): readonly string[] {
  const [, before = '', group, after = ''] = /^([^{}]*)\{([^{}]*\*[^{}]*)\}([^{}]*)$/.exec(glob) ?? [];
  return group === undefined ? [glob] : group.split(',').map((one) => `${before}${one}${after}`);
}

/** How many runs of stars a pattern has, without `/**` at its end: those that stand for folders, and others. */
function runsOf(pattern: string): { readonly globstars: number; readonly stars: number } {
  const counted = pattern.replace(/\/\*\*$/, '');
  const runs = counted.match(/\*+/g)?.length ?? 0;
  const globstars = counted.match(/(?<=^|\/)\*{2,}(?=$|\/)/g)?.length ?? 0;
  return { globstars, stars: runs - globstars };
}

interface WantedExclude {
  readonly glob: string;
  readonly when: string | undefined;
}

function excludesOf(exclude: unknown): readonly WantedExclude[] {
  if (typeof exclude !== 'object' || exclude === null) return [];
  return Object.entries(exclude).flatMap(([glob, value]: [string, unknown]) => {
    const when =
      typeof value === 'object' && value !== null && 'when' in value && typeof value.when === 'string'
        ? value.when
        : undefined;
    if (value !== true && when === undefined) return [];
    return glob.length > mostPattern
      ? [{ glob, when }]
      : alternativesOf(glob).map((one) => ({ glob: one, when }));
  });
}
