import add from '@vscode/codicons/src/icons/add.svg';
import back from '@vscode/codicons/src/icons/arrow-left.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevron from '@vscode/codicons/src/icons/chevron-down.svg';
import stopped from '@vscode/codicons/src/icons/circle-slash.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import compare from '@vscode/codicons/src/icons/arrow-both.svg';
import discard from '@vscode/codicons/src/icons/discard.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import more from '@vscode/codicons/src/icons/ellipsis.svg';
import eraser from '@vscode/codicons/src/icons/eraser.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import fit from '@vscode/codicons/src/icons/screen-full.svg';
import picture from '@vscode/codicons/src/icons/file-media.svg';
import history from '@vscode/codicons/src/icons/history.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import move from '@vscode/codicons/src/icons/move.svg';
import rectangle from '@vscode/codicons/src/icons/chrome-maximize.svg';
import redo from '@vscode/codicons/src/icons/redo.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import zoomIn from '@vscode/codicons/src/icons/zoom-in.svg';
import zoomOut from '@vscode/codicons/src/icons/zoom-out.svg';

// Codicons as the text of their files: as a font they would need a font-src in the page's policy.
const texts = {
  ...{
    add,
    back,
    check,
    chevron,
    close,
    discard,
    edit,
    error,
    history,
    info,
    more,
    picture,
    search,
    stopped,
  },
  ...{ trash, warning },
  ...{ compare, eraser, fit, move, rectangle, redo, zoomIn, zoomOut },
} as const;
export type IconName = keyof typeof texts;

const parsed = new Map<IconName, Element>();

/** A small picture beside words that say the same; hidden from screen readers for that reason. */
export function icon(name: IconName): Element {
  const known =
    parsed.get(name) ?? new DOMParser().parseFromString(texts[name], 'image/svg+xml').documentElement;
  parsed.set(name, known);
  const svg = document.importNode(known, true);
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}
