import assert from 'node:assert/strict';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { type EditPage, openEditPage, picture, showEditor } from './editKit.ts';
import { pathOf } from './maskStrokesSeen.ts';

const centre = { x: picture.width / 2, y: picture.height / 2 };
/** Pixels of the picture that an arrow key moves the cursor, where the picture is shown at 47 %. */
const step = 17;

describe('5.3 the mask editor by keyboard', () => {
  let site: TestSite;
  let edit: EditPage;
  before(async () => {
    site = await startTestSite('edit');
    edit = await openEditPage(site);
  });
  after(() => site.stop());
  beforeEach(() => showEditor(edit));

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await edit.page.keyboard.press(key);
  };

  it('5.3 reaches everything by Tab, each thing once', async () => {
    const { page } = edit;
    await page.mouse.click(5, 700);
    const reached: string[] = [];
    for (let turn = 0; turn < 8; turn++) {
      await press('Tab');
      reached.push(await page.evaluate(nameOfFocus));
    }
    // Undo, Redo and Clear stay in the order of Tab while they can do nothing.
    assert.deepEqual(reached, [
      ...['radio', 'Brush size', 'Undo', 'Redo', 'Clear', 'Zoom Out', 'Zoom In', 'Fit'],
    ]);
    await press('Tab');
    assert.equal(await page.evaluate(nameOfFocus), 'Picture to paint on');
  });

  it('5.3 chooses tools by arrow keys and by single keys, which their titles tell', async () => {
    const tools = edit.page.getByRole('radiogroup', { name: 'Tools' });
    await tools.getByRole('radio', { name: 'Brush' }).focus();
    await press('ArrowRight');
    assert.ok(await edit.tool('Eraser').isChecked());
    assert.equal(await edit.heard(), 'Eraser 49 pixels');
    for (const [key, name] of [
      ...([
        ['r', 'Rectangle'],
        ['h', 'Move the view'],
        ['e', 'Eraser'],
        ['b', 'Brush'],
      ] as const),
    ]) {
      await press(key);
      assert.ok(await edit.tool(name).isChecked(), name);
      assert.ok(await edit.page.getByTitle(`${name} (${key.toUpperCase()})`).isVisible());
    }
    assert.equal(await edit.heard(), 'Brush 49 pixels');
  });

  it('5.3 draws a stroke: Space begins it, arrow keys lead it, Space ends it', async () => {
    await edit.canvas.focus();
    await press('ArrowRight', ' ');
    assert.match(await edit.heard(), /arrow keys paint/);
    await press('ArrowRight', 'ArrowRight', 'Shift+ArrowDown');
    assert.deepEqual(await edit.strokes(), []);
    await press(' ');
    const { tool, points } = pathOf((await edit.strokes())[0]);
    assert.equal(tool, 'brush');
    assert.deepEqual(points, [
      { x: centre.x + step, y: centre.y },
      { x: centre.x + 3 * step, y: centre.y },
      { x: centre.x + 3 * step, y: centre.y + 5 * step },
    ]);
    assert.match(await edit.heard(), /^Marked/);
    await press('Enter', 'Enter');
    assert.equal(pathOf((await edit.strokes())[1]).points.length, 1);
  });

  it('5.3 begins no second stroke while Space is held down', async () => {
    await edit.canvas.focus();
    for (let turn = 0; turn < 3; turn++) await edit.page.keyboard.down(' ');
    await edit.page.keyboard.up(' ');
    assert.deepEqual(await edit.strokes(), []);
    await press(' ');
    assert.equal((await edit.strokes()).length, 1);
  });

  it('5.3 sets the corners of a rectangle by Space or Enter', async () => {
    await edit.canvas.focus();
    await press('r', ' ');
    assert.match(await edit.heard(), /First corner/);
    await press('Shift+ArrowLeft', 'Shift+ArrowUp', 'Enter');
    const side = 5 * step;
    assert.deepEqual(await edit.strokes(), [
      { tool: 'rectangle', x: centre.x - side, y: centre.y - side, width: side, height: side },
    ]);
  });

  it('5.3 says where the cursor is once it rests, and lets it not leave the picture', async () => {
    await edit.canvas.focus();
    for (let turn = 0; turn < 9; turn++) await press('Shift+ArrowLeft');
    await edit.page.getByText(`0 from the left, ${centre.y} from the top`).waitFor({ state: 'attached' });
  });

  it('5.3 changes the size of the brush by brackets and by the slider, and says it', async () => {
    await edit.canvas.focus();
    await press(']');
    assert.equal(await edit.heard(), 'Brush 56 pixels');
    await press('[', '[');
    assert.equal(await edit.heard(), 'Brush 43 pixels');
    await press(' ', ' ');
    assert.equal(pathOf((await edit.strokes())[0]).radius, 43 / 2);
    const slider = edit.page.getByRole('slider', { name: 'Brush size' });
    await slider.focus();
    await press('ArrowRight');
    assert.equal(await slider.getAttribute('aria-valuetext'), '49 px');
    await press('Home');
    assert.equal(await slider.getAttribute('aria-valuetext'), '1 px');
    await press('End');
    assert.equal(await slider.getAttribute('aria-valuetext'), '1200 px');
  });

  it('5.3 zooms to a pixel’s precision, and keeps the cursor in sight', async () => {
    await edit.canvas.focus();
    for (let turn = 0; turn < 20; turn++) await press('+');
    await press('ArrowRight', 'ArrowDown', ' ', ' ');
    const { points } = pathOf((await edit.strokes())[0]);
    assert.deepEqual(points, [{ x: centre.x + 1, y: centre.y + 1 }]);
    for (let turn = 0; turn < 25; turn++) await press('Shift+ArrowRight');
    await edit.drawn();
    const [left] = await edit.onCanvas(0, 0);
    const [right] = await edit.onCanvas(726, 0);
    const seen = [await edit.placeAt(left, 300), await edit.placeAt(right, 300)];
    const at = centre.x + 1 + 25 * 5;
    assert.ok(seen[0]!.x < at && seen[1]!.x > at, JSON.stringify(seen));
  });

  it('5.3 drops by Escape what was begun, and leaves by the next; nobody else hears it', async () => {
    await edit.canvas.focus();
    await press(' ', 'ArrowRight', 'Escape');
    assert.equal(await edit.heard(), 'Dropped.');
    assert.deepEqual(await edit.call('told'), []);
    await press(' ', ' ');
    assert.equal(pathOf((await edit.strokes())[0]).points.length, 1);
    await press('Escape');
    assert.deepEqual(await edit.call('told'), [false, 'cancel']);
    // The panel would cancel the request that is running.
    assert.ok(!(await edit.call('escaped')).includes('Escape'));
  });

  it('5.3 leaves alone what belongs to the editor around it', async () => {
    await edit.canvas.focus();
    await press('Control+b', 'Alt+r', 'F1', 'q');
    assert.ok(await edit.tool('Brush').isChecked());
    const escaped = await edit.call('escaped');
    for (const key of ['b', 'r', 'F1', 'q']) assert.ok(escaped.includes(key), key);
  });
});

interface Focus {
  readonly document: {
    readonly activeElement: { readonly type?: string; getAttribute(name: string): string | null };
  };
}

/** Runs in the page. */
function nameOfFocus(): string {
  const { activeElement: at } = (globalThis as unknown as Focus).document;
  return at.type === 'radio' ? at.type : (at.getAttribute('aria-label') ?? '');
}
