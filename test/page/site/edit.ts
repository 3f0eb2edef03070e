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

/** A picture with large forms, a gradient and fine lines, so that what is drawn over it can be judged. */
async function drawPicture(width: number, height: number, isEdited: boolean, isClear = false): Promise<Blob> {
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
  context.fillStyle = '#101418';
  context.fillRect(width * 0.1, height * 0.3, width * 0.16, height * 0.55);
  return canvas.convertToBlob({ type: 'image/png' });
}

const site = {
  told,
  strokes: () => editor.strokes(),
  isEmpty: () => editor.isEmpty(),
  showEditor: async (width: number, height: number) => {
    main.replaceChildren(editor.element);
    told.length = 0;
    editor.show(await drawPicture(width, height, false), width, height);
  },
  showComparison: async (width: number, height: number, isClear = false) => {
    main.replaceChildren(comparison.element);
    const [before, after] = [
      drawPicture(width, height, false, isClear),
      drawPicture(width, height, true, isClear),
    ];
    comparison.show(await before, await after, width, height);
  },
  showBroken: () => {
    main.replaceChildren(editor.element);
    editor.show(new Blob(['<svg/>'], { type: 'image/svg+xml' }), 10, 10);
  },
};

/** What tests may call in this page. */
export type EditSite = typeof site;
Object.assign(window, { site });
