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
 * Picks of the files that a target can mean the one that is there; else the likeliest place for it: beside files that are
 * there, then in a folder that sites are served from, then in the first folder that there is.
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
  const likely: TargetCandidate[] = [];
  for (const candidate of candidates) if (await isFolder(candidate.base)) likely.push(candidate);
  for (const { segments, base } of likely)
    if (segments.length > base.length + 1 && (await isFolder(segments.slice(0, -1))))
      return { segments, state: await stateOf(segments) };
  const served = likely.find(({ base }) => servedFolders.has(base.at(-1) ?? ''));
  const { segments } = served ?? likely[0] ?? candidates[0] ?? { segments: [] };
  return { segments, state: await stateOf(segments) };
}
