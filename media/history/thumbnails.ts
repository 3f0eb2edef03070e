import { type FromHistory, mostThumbnails, type ToHistory } from '../../src/protocol/history.ts';
import { isShowable } from '../words.ts';

/** Thumbnails that are kept though their row is out of sight. */
const mostKept = 96;
/** Milliseconds after which those in sight are asked for, unless all of them are others than so long ago: they rush by. */
const pauseMs = 80;

/** The thumbnails that are on the page, each as an object URL that is given back once it is not needed. */
export interface Thumbnails {
  /** The URL of a picture's thumbnail; empty where there is none, undefined where it is not here yet. */
  readonly urlOf: (pictureId: string) => string | undefined;
  /** Asks for those that are missing, a moment later. */
  readonly want: (pictureIds: readonly string[]) => void;
  readonly receive: (thumbnails: Extract<ToHistory, { type: 'thumbnails' }>['thumbnails']) => void;
  /** Forgets some, so that they are asked for anew where they are wanted. */
  readonly forget: (pictureIds: Iterable<string>) => void;
}

/** @param arrived is called with the pictures of which there is something new */
export function createThumbnails(
  post: (message: FromHistory) => void,
  arrived: (pictureIds: ReadonlySet<string>) => void,
): Thumbnails {
  /** The least recently wanted first. */
  const urls = new Map<string, string>();
  const asked = new Set<string>();
  let wanted: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What was wanted a pause ago. */
  let before: ReadonlySet<string> = new Set();

  const ask = () => {
    const missing = wanted.filter((id) => !urls.has(id) && !asked.has(id));
    for (let at = 0; at < missing.length; at += mostThumbnails) {
      const pictureIds = missing.slice(at, at + mostThumbnails);
      for (const id of pictureIds) asked.add(id);
      post({ type: 'thumbnails', pictureIds });
    }
  };
  const look = () => {
    const isRushing = before.size > 0 && !wanted.some((id) => before.has(id));
    before = new Set(wanted);
    timer = isRushing ? setTimeout(look, pauseMs) : undefined;
    if (!isRushing) ask();
  };
  const trim = () => {
    const shown = new Set(wanted);
    for (const [id, url] of urls) {
      if (urls.size <= mostKept + shown.size) return;
      if (shown.has(id)) continue;
      URL.revokeObjectURL(url);
      urls.delete(id);
    }
  };
  return {
    urlOf: (pictureId) => urls.get(pictureId),
    want: (pictureIds) => {
      wanted = pictureIds;
      for (const id of pictureIds) {
        const url = urls.get(id);
        if (url === undefined) continue;
        urls.delete(id);
        urls.set(id, url);
      }
      trim();
      timer ??= setTimeout(look, pauseMs);
    },
    receive: (thumbnails) => {
      for (const { pictureId, bytes, mediaType } of thumbnails) {
        // What was not asked for, or was forgotten since, is not kept.
        if (!asked.delete(pictureId)) continue;
        const isShown = bytes !== undefined && isShowable(mediaType);
        // Structured clone never makes a SharedArrayBuffer here, which is all that the type leaves open.
        const parts = isShown ? [bytes as Uint8Array<ArrayBuffer>] : [];
        urls.set(pictureId, isShown ? URL.createObjectURL(new Blob(parts, { type: mediaType })) : '');
      }
      trim();
      arrived(new Set(thumbnails.map(({ pictureId }) => pictureId)));
    },
    forget: (pictureIds) => {
      for (const id of pictureIds) {
        URL.revokeObjectURL(urls.get(id) ?? '');
        urls.delete(id);
        asked.delete(id);
      }
    },
  };
}
