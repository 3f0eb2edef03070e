import {
  type FromReferencesMessage,
  maxFileNameLength,
  mostPanelReferenceBytes,
  mostPanelReferences,
  type PanelReference,
  type ReferencesStrings,
  type ToReferencesMessage,
} from '../src/protocol/references.ts';
import { createDropZone } from './dropZone.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { pastedFiles, readClipboardPicture, takesText } from './pasting.ts';
import { createReferenceRow } from './referenceRow.ts';
import { referenceNews } from './referenceWords.ts';
import { fill } from './words.ts';

/** What the references do for a person. */
export interface ReferencesActions {
  readonly post: (message: FromReferencesMessage) => void;
  /** Tells those who listen. */
  readonly say: (words: string) => void;
}

/** The reference pictures of the next request: a row, a drop zone over the whole page, and pasting anywhere in it. */
export interface References {
  readonly element: HTMLElement;
  readonly receive: (message: ToReferencesMessage) => void;
  readonly dispose: () => void;
}

/** Makes the references; empty until the host has said which words they speak and what there is. */
export function createReferences(actions: ReferencesActions): References {
  const element = h('div', { class: 'references', hidden: true });
  let tray: ReturnType<typeof createTray> | undefined;
  return {
    element,
    receive: (message) => {
      if (message.type === 'references' && tray === undefined) {
        tray = createTray(message.strings, actions);
        element.replaceChildren(...tray.elements);
        element.hidden = false;
      }
      tray?.receive(message);
    },
    dispose: () => tray?.dispose(),
  };
}

function createTray(strings: ReferencesStrings, { post: tellHost, say }: ReferencesActions) {
  let shown: readonly PanelReference[] | undefined;
  const problem = createProblem(say);
  const post = (message: FromReferencesMessage) => {
    problem.clear();
    tellHost(message);
  };
  const adding = createAdding(strings, tellHost, problem.tell);
  const add = (files: readonly Blob[], name?: string) => {
    problem.clear();
    adding.add(files, mostPanelReferences - (shown?.length ?? 0), name);
  };
  const paste = async () => {
    const picture = await readClipboardPicture().catch(() => null);
    if (picture) add([picture], strings.pastedName);
    else problem.tell(picture === null ? strings.pasteRefused : strings.nothingToPaste);
  };
  const row = createReferenceRow(strings, { post, paste: () => void paste() });
  const zone = createDropZone(strings, {
    dropFiles: (files) => add(files),
    dropUris: (uris) => post({ type: 'dropReferences', uris: uris.slice(0, mostUris) }),
  });
  const stopPasting = takePastes((files) => add(files, strings.pastedName));
  const render = (references: readonly PanelReference[]) => {
    const news = shown === undefined ? '' : referenceNews(shown, references, strings);
    row.render(references);
    shown = references;
    if (news !== '') say(news);
  };
  return {
    elements: [row.element, problem.element, zone.element],
    receive: (message: ToReferencesMessage) => {
      if (message.type === 'referenceRefused') problem.tell(message.sentence);
      else if (message.type === 'referenceThumbnail') row.showThumbnail(message.thumbnail);
      else render(message.references);
      if (message.type === 'references') message.thumbnails.forEach(row.showThumbnail);
    },
    dispose: () => {
      stopPasting();
      zone.dispose();
      row.dispose();
    },
  };
}

/** Reads files and passes them on, in the order in which they lay; what is too many or too large is told instead. */
function createAdding(
  strings: ReferencesStrings,
  post: ReferencesActions['post'],
  tell: (sentence: string) => void,
) {
  let turn = Promise.resolve();
  const pass = async (file: Blob, name: string) => {
    // What cannot be read any more is no picture; the host says so.
    const bytes = new Uint8Array(await file.arrayBuffer().catch(() => new ArrayBuffer(0)));
    post({ type: 'addReference', name: name.slice(-maxFileNameLength), bytes });
  };
  return {
    add: (files: readonly Blob[], room: number, name?: string) => {
      if (files.length > room) tell(fill(strings.tooMany, mostPanelReferences));
      for (const file of files.slice(0, Math.max(0, room))) {
        const called = name ?? (file instanceof File ? file.name : '');
        if (file.size > mostPanelReferenceBytes) tell(fill(strings.tooLarge, called));
        else turn = turn.then(() => pass(file, called));
      }
    },
  };
}

/** As many as a message may hold. */
const mostUris = 200;

/** Takes pictures that are pasted anywhere in the page; words stay words. @returns ends that */
function takePastes(take: (files: readonly File[]) => void): () => void {
  const ended = new AbortController();
  document.addEventListener(
    'paste',
    (event) => {
      const files = event.clipboardData ? pastedFiles(event.clipboardData, takesText(event.target)) : [];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    },
    { signal: ended.signal },
  );
  return () => ended.abort();
}

/** One sentence on why something is no reference; gone with the next thing that is done. */
function createProblem(say: (words: string) => void) {
  const words = h('span', {});
  const element = h('p', { class: 'reference-problem', hidden: true }, icon('warning'), words);
  return {
    element,
    tell: (sentence: string) => {
      words.textContent = sentence;
      element.hidden = false;
      say(sentence);
    },
    clear: () => (element.hidden = true),
  };
}
