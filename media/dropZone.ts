import type { ReferencesStrings } from '../src/protocol/references.ts';
import { dragSource, droppedUris } from './dropped.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

/** What the panel does with a drop. */
export interface DropActions {
  readonly dropFiles: (files: readonly File[]) => void;
  readonly dropUris: (uris: readonly string[]) => void;
}

/** The sign over the page while something is dragged that can be dropped there. */
export interface DropZone {
  readonly element: HTMLElement;
  readonly dispose: () => void;
}

/**
 * Lets pictures be dropped anywhere on the page. Of its own drags VS Code tells a webview nothing until Shift is held
 * (WebviewWindowDragMonitor); a drag from a disk it leaves to the page whose `dragenter` is handled there.
 */
export function createDropZone(strings: ReferencesStrings, actions: DropActions): DropZone {
  const words = h('p', {});
  // A sign only: whoever drags sees it, and it must not be in the way of the drop.
  const element = h('div', { class: 'drop-zone', 'aria-hidden': 'true', hidden: true }, icon('add'), words);
  const ended = new AbortController();
  const hide = () => (element.hidden = true);
  const over = (event: DragEvent) => {
    const source = dragSource(event.dataTransfer?.types ?? []);
    if (source === undefined || event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    words.textContent = source === 'editor' && !event.shiftKey ? strings.holdShift : strings.dropHere;
    element.hidden = false;
  };
  const drop = (event: DragEvent) => {
    hide();
    const { dataTransfer } = event;
    const source = dragSource(dataTransfer?.types ?? []);
    if (source === undefined || dataTransfer === null) return;
    event.preventDefault();
    const files = [...dataTransfer.files];
    if (source !== 'editor' && files.length > 0) actions.dropFiles(files);
    else actions.dropUris(droppedUris((type) => dataTransfer.getData(type)));
  };
  const { signal } = ended;
  document.addEventListener('dragenter', over, { signal });
  document.addEventListener('dragover', over, { signal });
  document.addEventListener('drop', drop, { signal });
  document.addEventListener('dragend', hide, { signal });
  // Between two elements of the page there is one that is entered.
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && hide(), { signal });
  return { element, dispose: () => ended.abort() };
}
