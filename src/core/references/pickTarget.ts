import type { TargetCandidate } from './resolveTarget.ts';

/** What stands at a path of the workspace folder. */
export type PathState = 'absent' | 'empty' | 'file' | 'folder';

/** The file that a target means, and what stands there. */
export interface PickedTarget {
  readonly segments: readonly string[];
  readonly state: PathState;
}

/** Names of folders that are served as the root of a site and hold nothing else. */
const servedFolders = new Set(['public', 'static', 'wwwroot']);

/**
 * Picks of the files that a target can mean the one that is there; else the likeliest place for it: in a folder that sites
 * are served from, where there is one; of several such the one that has the folder of the file already; else the first.
 * A guess counts only where it has that folder, and no other place does.
 * @param candidates likeliest first; at least one
 * @param stateOf what stands at a path, given as names from the workspace folder
 */
export async function pickTarget(
  candidates: readonly TargetCandidate[],
  stateOf: (segments: readonly string[]) => Promise<PathState>,
): Promise<PickedTarget> {
  for (const { segments } of candidates) {
    const state = await stateOf(segments);
    if (state === 'file' || state === 'empty') return { segments, state };
  }
  const isFolder = async (segments: readonly string[]) =>
    segments.length === 0 || (await stateOf(segments)) === 'folder';
  let best = candidates[0]?.segments ?? [];
  let least = Infinity;
  for (const candidate of candidates) {
    const { segments, base } = candidate;
    if (!(await isFolder(base))) continue;
    const isBeside = segments.length > base.length + 1 && (await isFolder(segments.slice(0, -1)));
    const rank = rankOf(candidate, isBeside);
    if (rank < least) [best, least] = [segments, rank];
  }
  return { segments: best, state: await stateOf(best) };
}

/** The less the likelier. @param isBeside whether the folder of the file is there */
function rankOf({ base, isGuess }: TargetCandidate, isBeside: boolean): number {
  if (isGuess) return isBeside ? 3 : Infinity;
  if (servedFolders.has(base.at(-1) ?? '')) return isBeside ? 0 : 1;
  return isBeside ? 2 : 4;
}
