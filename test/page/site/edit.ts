import type { EditSite } from '../editSite.ts';
import { createComparison } from '../../../media/edit/comparison.ts';
import { createMaskEditor } from '../../../media/edit/maskEditor.ts';
import { editStrings } from '../../../src/host/panel/editStrings.ts';

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

/** A picture with large forms, a gradient and fine lines, so that what is drawn over it can be judged. */
async function drawNewPicture(
  width: number,
  height: number,
  isEdited: boolean,
  isClear = false,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  if (!isClear) {
    const sky = context.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, isEdited ? '#22335f' : '#9fc7e8');
    sky.addColorStop(1, isEdited ? '#7d5ba6' : '#f6d9c4');
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
  }
  context.fillStyle = '#c9572c';
  context.beginPath();
  context.arc(width * 0.7, height * 0.45, Math.min(width, height) * 0.18, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#f8f8f8';
  context.fillRect(0, height * 0.75, width, height * 0.25);
  if (isEdited && isClear) return canvas.convertToBlob({ type: 'image/png' });
  context.fillStyle = '#101418';
  context.fillRect(width * 0.1, height * 0.3, width * 0.16, height * 0.55);
  return canvas.convertToBlob({ type: 'image/png' });
}

const drawnPictures = new Map<string, Promise<Blob>>();
const drawPicture = (...how: Parameters<typeof drawNewPicture>): Promise<Blob> => {
  const known = drawnPictures.get(how.join()) ?? drawNewPicture(...how);
  drawnPictures.set(how.join(), known);
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
    const picture = await drawPicture(width, height, false);
    told.length = 0;
    escaped.length = 0;
    editor.show(picture, width, height);
  },
  showComparison: async (width, height, isClear = false) => {
    main.replaceChildren(heading, comparison.element);
    const pictures = [false, true].map((isEdited) => drawPicture(width, height, isEdited, isClear));
    const [before, after] = await Promise.all(pictures);
    if (before && after) await comparison.show(before, after, width, height);
  },
  showBroken: (what) => {
    main.replaceChildren(heading, (what === 'editor' ? editor : comparison).element);
    if (what === 'editor') editor.show(broken(), 10, 10);
    else void comparison.show(broken(), broken(), 10, 10);
  },
  dispose: () => {
    editor.dispose();
    comparison.dispose();
  },
};
Object.assign(window, { site });
