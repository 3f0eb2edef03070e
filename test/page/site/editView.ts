import { createAnnouncer } from '../../../media/announcer.ts';
import { createEditView } from '../../../media/edit/editView.ts';
import { editStrings } from '../../../src/host/panel/editStrings.ts';
import { decode } from '../../../src/protocol/decoding.ts';
import type { EditPicture, EditState, FromEdit, ToEdit } from '../../../src/protocol/edit.ts';
import { fromEdit, toEdit } from '../../../src/protocol/editCodec.ts';
import type { EditViewSite, PictureSize } from '../editViewSite.ts';
import { drawPicture } from './drawnPicture.ts';

// The edit mode over a page that stands for the panel, with the real words of the host and what it says decoded.

const posted: FromEdit[] = [];
const said: string[] = [];
const keysOutside: string[] = [];
window.addEventListener('keydown', ({ key }) => keysOutside.push(key));
const draggedOutside: string[] = [];
for (const name of ['paste', 'dragenter', 'dragover', 'drop'])
  document.addEventListener(name, () => draggedOutside.push(name));
let dropped = 0;

const opener = document.createElement('button');
opener.textContent = 'Edit';
const rest = document.createElement('main');
const heading = document.createElement('h1');
heading.textContent = document.title;
const box = document.createElement('input');
box.setAttribute('aria-label', 'Prompt');
rest.append(heading, opener, box);
const announcer = createAnnouncer();
const view = createEditView({
  post: (message) => {
    const understood = decode({ message }, (one) => fromEdit(one['message']));
    if (!understood) throw new Error(`not understood: ${JSON.stringify(message)}`);
    posted.push(understood);
  },
  say: (words) => {
    said.push(words);
    announcer.say({ kind: 'result', words });
  },
  cover: (isCovered) => (rest.inert = isCovered),
  takeFocus: () => box.focus(),
});
document.body.append(rest, view.element, announcer.element);

const state = (members: Partial<EditState> = {}): EditState => ({
  ...{ fileName: 'fox.png', acceptLabel: 'Replace fox.png', priceLine: 'about 0.04 USD', routeHint: '' },
  ...{ status: 'ready', startedAt: 0, waitLine: '', text: '', failure: '', notices: [], costLine: '' },
  ...{ step: 0, prompts: [] },
  ...members,
});

const usual: PictureSize = { width: 1200, height: 800 };
const pictureOf = async (step: number, size: PictureSize, isUnfinished = false): Promise<EditPicture> => {
  const blob = await drawPicture({ ...size, step, isUnfinished });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { bytes, mediaType: blob.type, ...size, alt: step === 0 ? 'a fox by a lamp' : 'an edited fox' };
};

const hear = (message: unknown) => {
  const understood = decode({ message }, (one) => toEdit(one['message']));
  if (understood) view.receive(understood);
  else dropped += 1;
};
const tell = (message: ToEdit) => hear(structuredClone(message));

let empty = 0;
/** Whether a picture is painted on the stage, and not merely laid out. */
const isPainted = () =>
  [...view.element.querySelectorAll('img')].some(
    (img) => img.checkVisibility() && img.complete && img.naturalWidth > 0,
  );
const watch = () => {
  if (!isPainted()) empty += 1;
  requestAnimationFrame(watch);
};

const site: EditViewSite = {
  posted,
  said,
  keysOutside,
  draggedOutside,
  get dropped() {
    return dropped;
  },
  hear,
  state,
  open: async (members = {}, draft, size = usual) =>
    tell({
      ...{ type: 'opened', strings: editStrings(), state: state(members) },
      picture: await pictureOf(0, size),
      ...(draft && { draft }),
    }),
  picture: async (step, size = usual) =>
    tell({ type: 'picture', step, picture: await pictureOf(step, size) }),
  partial: async () => {
    const { bytes, mediaType } = await pictureOf(1, { width: 600, height: 400 }, true);
    tell({ type: 'partial', bytes, mediaType });
  },
  escape: () => view.escape(),
  removeOpener: () => opener.remove(),
  watch: () => {
    empty = 0;
    watch();
  },
  emptyFrames: () => empty,
};
Object.assign(window, { site });
