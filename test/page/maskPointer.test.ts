import assert from 'node:assert/strict';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { type EditPage, openEditPage, picture, showEditor } from './editKit.ts';
import { assertNear, pathOf } from './maskStrokesSeen.ts';
import { countDrawing, fillWithRectangles, moveInOneEvent } from './syntheticInput.ts';

describe('5.3 the mask editor by pointer', () => {
  let site: TestSite;
  let edit: EditPage;
  before(async () => {
    site = await startTestSite('edit');
    edit = await openEditPage(site);
  });
  after(() => site.stop());
  beforeEach(() => showEditor(edit));

  it('5.3 marks where the brush went, in pixels of the picture, with fewer points than events', async () => {
    const [from, to] = [await edit.onCanvas(200, 200), await edit.onCanvas(400, 260)];
    assert.equal(await edit.call('isEmpty'), true);
    await edit.drag([from, to], 40);
    const strokes = await edit.strokes();
    const { tool, points, radius } = pathOf(strokes[0]);
    assert.deepEqual([strokes.length, tool, radius], [1, 'brush', 49 / 2]);
    assertNear(points[0], await edit.placeAt(...from), 0.02);
    assertNear(points.at(-1), await edit.placeAt(...to), 0.02);
    assert.ok(points.length < 10, String(points.length));
    assert.deepEqual(await edit.call('told'), [false]);
    assert.match(await edit.heard(), /^Marked \d %/);
  });

  it('5.3 marks a dot at a click, and nothing with the right button', async () => {
    const at = await edit.onCanvas(300, 200);
    await edit.page.mouse.click(...at, { button: 'right' });
    assert.deepEqual(await edit.strokes(), []);
    await edit.page.mouse.click(...at);
    const { points } = pathOf((await edit.strokes())[0]);
    assert.equal(points.length, 1);
    assertNear(points[0], await edit.placeAt(...at), 0.02);
  });

  it('5.3 goes on marking when the pointer leaves the canvas, until it is lifted', async () => {
    const outside: [number, number] = [300, 690];
    await edit.drag([await edit.onCanvas(300, 300), outside]);
    await edit.page.mouse.move(...(await edit.onCanvas(100, 100)), { steps: 3 });
    const strokes = await edit.strokes();
    assert.equal(strokes.length, 1);
    const { points } = pathOf(strokes[0]);
    assertNear(points.at(-1), await edit.placeAt(...outside), 0.02);
    assert.ok(points.at(-1)!.y > picture.height);
  });

  it('5.3 takes marks away with the eraser; where none are left, the mask is empty', async () => {
    const at = await edit.onCanvas(300, 200);
    await edit.page.mouse.click(...at);
    assert.equal(await edit.call('isEmpty'), false);
    await edit.tool('Eraser').check();
    for (let larger = 0; larger < 3; larger++) await edit.page.keyboard.press(']');
    await edit.page.mouse.click(...at);
    const strokes = await edit.strokes();
    assert.deepEqual(
      strokes.map(({ tool }) => tool),
      ['brush', 'eraser'],
    );
    assert.equal(await edit.call('isEmpty'), true);
    assert.deepEqual(await edit.call('told'), [false, true]);
    assert.equal(await edit.heard(), 'Paint over what is to change, or let all of it change');
  });

  it('5.3 marks a rectangle in whole pixels', async () => {
    await edit.tool('Rectangle').check();
    const [from, to] = [await edit.onCanvas(500, 300), await edit.onCanvas(250, 150)];
    await edit.drag([from, to]);
    const [a, b] = [await edit.placeAt(...to), await edit.placeAt(...from)];
    const [x, y] = [Math.round(a.x), Math.round(a.y)];
    const [width, height] = [Math.round(b.x) - x, Math.round(b.y) - y];
    assert.deepEqual(await edit.strokes(), [{ tool: 'rectangle', x, y, width, height }]);
    const percent = Math.round((100 * width * height) / (picture.width * picture.height));
    assert.equal(await edit.heard(), `Marked ${percent} % of the picture`);
  });

  it('5.3 undoes, redoes and clears by buttons and by keys', async () => {
    const { page, button } = edit;
    assert.equal(await button('Undo').getAttribute('aria-disabled'), 'true');
    await page.mouse.click(...(await edit.onCanvas(200, 200)));
    await page.mouse.click(...(await edit.onCanvas(400, 200)));
    const both = await edit.strokes();
    await button('Undo').click();
    assert.deepEqual(await edit.strokes(), both.slice(0, 1));
    assert.match(await edit.heard(), /^Undone\. Marked/);
    await button('Redo').click();
    assert.deepEqual(await edit.strokes(), both);
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('ControlOrMeta+z');
    assert.deepEqual(await edit.strokes(), []);
    assert.equal(await edit.heard(), 'Undone. Paint over what is to change, or let all of it change');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await page.keyboard.press('ControlOrMeta+y');
    assert.deepEqual(await edit.strokes(), both);
    await button('Clear').click();
    assert.deepEqual(await edit.strokes(), []);
    assert.equal(await edit.call('isEmpty'), true);
    await button('Undo').click();
    assert.deepEqual(await edit.strokes(), both);
    // VS Code would undo in the prompt box, were it told of the keys.
    const escaped = await edit.call('escaped');
    assert.ok(!escaped.some((key) => /^[zy]$/i.test(key)), escaped.join());
  });

  it('5.3 marks the same place at every zoom and wherever the picture was moved', async () => {
    const { page } = edit;
    const at = await edit.onCanvas(420, 220);
    const markedAt = async (place: readonly [number, number]) => {
      await page.mouse.click(...place);
      return pathOf((await edit.strokes()).at(-1)).points[0];
    };
    // From here on the picture is larger than the canvas: there is room to keep a place beneath the pointer.
    for (let turn = 0; turn < 3; turn++) await edit.button('Zoom In').click();
    await edit.drawn();
    const before = await edit.placeAt(...at);
    await page.mouse.move(...at);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await edit.drawn();
    const [zoom] = await page.locator('.mask-zoom').allInnerTexts();
    assert.ok(Number.parseInt(zoom!) > 300, zoom);
    assertNear(await markedAt(at), before, 0.02);
    await page.mouse.wheel(60, 35);
    await edit.drawn();
    const other = await edit.onCanvas(100, 300);
    assertNear(await markedAt(other), await edit.placeAt(...other), 0.02);
    await page.keyboard.press('0');
    assert.equal(await edit.heard(), 'Zoom 47 %');
    await edit.drawn();
    assertNear(await markedAt(other), await edit.placeAt(...other), 0.02);
  });

  it('5.3 moves the picture with its tool, with the middle button and with the wheel, marking nothing', async () => {
    const { page } = edit;
    await edit.canvas.focus();
    for (let turn = 0; turn < 8; turn++) await page.keyboard.press('+');
    await edit.drawn();
    const at = await edit.onCanvas(300, 200);
    const moved = async (move: () => Promise<void>, dx: number, dy: number) => {
      const before = await edit.placeAt(...at);
      await move();
      await edit.drawn();
      assertNear(await edit.placeAt(at[0] + dx, at[1] + dy), before, 0.5);
    };
    const to: [number, number] = [at[0] - 60, at[1] + 30];
    await moved(
      async () => {
        await page.mouse.move(...at);
        await page.mouse.down({ button: 'middle' });
        await page.mouse.move(...to, { steps: 4 });
        await page.mouse.up({ button: 'middle' });
      },
      -60,
      30,
    );
    await moved(() => page.mouse.wheel(40, 20), -40, -20);
    await edit.tool('Move the view').check();
    await moved(() => edit.drag([at, to]), -60, 30);
    await edit.canvas.focus();
    await moved(() => page.keyboard.press('ArrowRight'), -40, 0);
    assert.deepEqual(await edit.strokes(), []);
  });

  it('5.3 draws once for each frame, however many events come, and not again what is drawn', async () => {
    await showEditor(edit, { width: 4096, height: 4096 });
    for (const x of [150, 250, 350])
      await edit.drag([await edit.onCanvas(x, 100), await edit.onCanvas(x, 300)]);
    await edit.page.mouse.move(...(await edit.onCanvas(400, 200)));
    await edit.page.mouse.down();
    await edit.drawn();
    const counts = await edit.page.evaluate(countDrawing);
    await edit.page.mouse.up();
    assert.deepEqual([counts.strokes, counts.cursors], [1, 1]);
    assert.ok(counts.images > 0 && counts.images < 16, JSON.stringify(counts));
    const { points } = pathOf((await edit.strokes()).at(-1));
    assert.ok(points.length > 3);
  });

  it('5.3 takes the points that the browser had put together into one event', async () => {
    const [x, y] = await edit.onCanvas(200, 200);
    const between: [number, number] = [x + 60, y + 80];
    await edit.page.mouse.move(x, y);
    await edit.page.mouse.down();
    await edit.page.evaluate(moveInOneEvent, [between, [x + 120, y]] as [number, number][]);
    await edit.page.mouse.up();
    const { points } = pathOf((await edit.strokes())[0]);
    assertNear(points[1], await edit.placeAt(...between), 0.02);
  });

  it('5.3 takes no stroke that the host would not draw, and says why', async () => {
    await showEditor(edit, { width: 4096, height: 4096 });
    await edit.canvas.focus();
    await edit.page.keyboard.press('r');
    await edit.page.evaluate(fillWithRectangles, 65);
    assert.equal((await edit.strokes()).length, 64);
    assert.match(await edit.heard(), /holds no more strokes/);
    await edit.button('Undo').click();
    assert.equal((await edit.strokes()).length, 63);
  });

  it('5.3 begins anew with another picture, and gives the first one back', async () => {
    await edit.page.mouse.click(...(await edit.onCanvas(300, 200)));
    assert.equal(await edit.call('isEmpty'), false);
    await showEditor(edit, { width: 600, height: 500 });
    assert.deepEqual(await edit.strokes(), []);
    assert.equal(await edit.call('isEmpty'), true);
    await edit.call('dispose');
    assert.equal(await edit.page.getByRole('img').count(), 0);
    assert.deepEqual(await edit.strokes(), []);
  });

  it('5.3 says so where the picture cannot be shown: an SVG is none', async () => {
    await edit.call('showBroken', 'editor');
    await edit.page.getByText('The picture could not be shown.').waitFor({ state: 'attached' });
  });
});
