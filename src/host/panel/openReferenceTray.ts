import type { PixelEngine } from '../../core/image/pixelTask.ts';
import { makeThumbnail } from '../../core/image/thumbnail.ts';
import type { ToReferencesMessage } from '../../protocol/references.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform/platform.ts';
import { referenceSources } from './referenceSources.ts';
import { referencesStrings } from './referencesStrings.ts';
import { ReferenceTray } from './referenceTray.ts';

/** Makes the tray of a panel. @param post tells the panel's page something */
export function openReferenceTray(
  parts: { readonly engine: PixelEngine; readonly platform: Platform; readonly log: Log },
  post: (message: ToReferencesMessage) => void,
): ReferenceTray {
  return new ReferenceTray({
    sources: referenceSources(parts.platform),
    makeThumbnail: (bytes, signal) => makeThumbnail(bytes, parts.engine, signal),
    post,
    strings: referencesStrings,
    logError: (words, thrown) => parts.log.error(words, thrown),
  });
}
