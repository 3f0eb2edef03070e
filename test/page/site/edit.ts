import type { EditSite } from '../editSite.ts';
import { createComparison } from '../../../media/edit/comparison.ts';
import { createMaskEditor } from '../../../media/edit/maskEditor.ts';
import { editStrings } from '../../../src/host/panel/editStrings.ts';
import { type Drawing, drawPicture } from './drawnPicture.ts';

// The mask editor and the comparison on a page of their own, with the real words of the host.

const strings = editStrings();
const told: (string | boolean)[] = [];
const editor = createMaskEditor(strings.mask, {
  changed: (isEmpty) => told.push(isEmpty),
  cancel: () => told.push('cancel'),
});
const comparison = createComparison(strings.comparison);
const main = document.createElement('main');
document.body.append(main);
// The panel's page has a heading; so has this one.
const heading = document.createElement('h1');
heading.className = 'heard';
heading.textContent = document.title;

const drawnPictures = new Map<string, Promise<Blob>>();
const pictureOf = (drawing: Drawing): Promise<Blob> => {
  const name = JSON.stringify(drawing);
  const known = drawnPictures.get(name) ?? drawPicture(drawing);
  drawnPictures.set(name, known);
  return known;
};

const escaped: string[] = [];
window.addEventListener('keydown', ({ key }) => escaped.push(key));
const broken = () => new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });

const site: EditSite = {
  told,
  escaped,
  strokes: () => editor.strokes(),
  isEmpty: () => editor.isEmpty(),
  showEditor: async (width, height) => {
    main.replaceChildren(heading, editor.element);
    const picture = await pictureOf({ width, height, step: 0 });
    told.length = 0;
    escaped.length = 0;
    await editor.show(picture, width, height);
  },
  showComparison: async (width, height, isClear = false) => {
    main.replaceChildren(heading, comparison.element);
    const pictures = [0, 1].map((step) => pictureOf({ width, height, step, isClear }));
    const [before, after] = await Promise.all(pictures);
    if (before && after) await comparison.show(before, after, width, height);
  },
  showBroken: (what) => {
    main.replaceChildren(heading, (what === 'editor' ? editor : comparison).element);
    if (what === 'editor') void editor.show(broken(), 10, 10);
    else void comparison.show(broken(), broken(), 10, 10);
  },
  dispose: () => {
    editor.dispose();
    comparison.dispose();
  },
};
Object.assign(window, { site });
