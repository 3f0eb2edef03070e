import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { outDir } from '../../scripts/paths.ts';
import { axeProblems } from '../support/axe.ts';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { type EditPage, openEditPage, showEditor } from './editKit.ts';
import { overflowing } from './overflowing.ts';
import { colorsOf } from './seenColors.ts';
import { pageThemes } from '../support/pageThemes.ts';

const shots = join(outDir, 'screenshots', 'edit');

/** Marks a stroke and a rectangle, and leaves the eraser over the picture. */
async function markSomething(edit: EditPage): Promise<void> {
  const { width } = (await edit.canvas.boundingBox())!;
  const at = (x: number, y: number) => edit.onCanvas(x * width, y * (width * 0.5));
  await edit.drag([await at(0.25, 0.55), await at(0.4, 0.4), await at(0.55, 0.6)]);
  await edit.page.keyboard.press('r');
  await edit.drag([await at(0.6, 0.2), await at(0.8, 0.45)]);
  await edit.page.keyboard.press('e');
  await edit.page.mouse.move(...(await at(0.35, 0.75)));
  await edit.drawn();
}

describe('5.6 the mask editor and the comparison in every theme', () => {
  let site: TestSite;
  before(async () => {
    await mkdir(shots, { recursive: true });
    site = await startTestSite('edit');
  });
  after(() => site.stop());

  const shoot = (page: Page, name: string) =>
    page.screenshot({ path: join(shots, `${name.toLowerCase().replaceAll(' ', '-')}.png`) });

  for (const theme of pageThemes) {
    it(`5.6 axe finds nothing in ${theme.name}, and the marks are seen on light and on dark`, async () => {
      const edit = await openEditPage(site, { theme });
      await showEditor(edit);
      await markSomething(edit);
      await shoot(edit.page, `mask ${theme.name}`);
      assert.deepEqual(await axeProblems(edit.page), []);
      await assertEdgeIsSeen(edit);
      await edit.call('showComparison', 1200, 800);
      await edit.page.getByRole('slider').focus();
      await edit.drawn();
      await shoot(edit.page, `comparison ${theme.name}`);
      assert.deepEqual(await axeProblems(edit.page), []);
      await edit.page.context().close();
    });
  }

  it('5.6 everything has room in a column 300 pixels wide, and at 200 %', async () => {
    for (const [name, width, deviceScaleFactor] of [
      ['narrow', 300, 1],
      ['zoomed', 380, 2],
    ] as const) {
      const edit = await openEditPage(site, { width, height: 560, deviceScaleFactor });
      await showEditor(edit);
      await markSomething(edit);
      await shoot(edit.page, `mask ${name}`);
      assert.deepEqual(await edit.page.evaluate(overflowing), [], name);
      await edit.call('showComparison', 1200, 800);
      await edit.drawn();
      await shoot(edit.page, `comparison ${name}`);
      assert.deepEqual(await edit.page.evaluate(overflowing), [], name);
      await edit.page.context().close();
    }
  });

  it('5.6 draws its canvases in the screen’s own pixels', async () => {
    const edit = await openEditPage(site, { deviceScaleFactor: 2 });
    await showEditor(edit);
    const [inside, canvas] = await edit.page.evaluate(canvasSizes);
    assert.deepEqual(canvas, [inside![0] * 2, inside![1] * 2]);
    await edit.page.context().close();
  });

  it('5.6 the chosen tool and the marks stand out in forced colours', async () => {
    const edit = await openEditPage(site, { forcedColors: 'active' });
    await showEditor(edit);
    await markSomething(edit);
    await shoot(edit.page, 'mask forced colours');
    await assertEdgeIsSeen(edit);
    const toolAt = async (name: string) => {
      const { x, y } = (await edit.tool(name).boundingBox())!;
      return [x + 4, y + 4] as const;
    };
    const [chosen, other] = await colorsOf(edit.page, [await toolAt('Eraser'), await toolAt('Brush')]);
    assert.notDeepEqual(chosen, other);
    await edit.call('showComparison', 1200, 800);
    await edit.drawn();
    await shoot(edit.page, 'comparison forced colours');
    await edit.page.context().close();
  });
});

/** Along the upper side of the rectangle that `markSomething` made lie white and black. */
async function assertEdgeIsSeen(edit: EditPage): Promise<void> {
  const { width } = (await edit.canvas.boundingBox())!;
  const [left, top] = await edit.onCanvas(width * 0.6, width * 0.1);
  const places = Array.from(
    { length: 20 * 5 },
    (_, at) => [left + 20 + (at % 20), top - 2 + (at - (at % 20)) / 20] as const,
  );
  const brightness = (await colorsOf(edit.page, places)).map(
    ([red, green, blue]) => (red! + green! + blue!) / 3,
  );
  assert.ok(Math.min(...brightness) < 60 && Math.max(...brightness) > 235, brightness.map(Math.round).join());
}

interface Canvases {
  readonly document: {
    querySelector(selector: string): {
      readonly width: number;
      readonly height: number;
      readonly clientWidth: number;
      readonly clientHeight: number;
    };
  };
}

/** Runs in the page: the size of the place in CSS pixels, and the canvas's own. */
function canvasSizes(): [number, number][] {
  const canvas = (globalThis as unknown as Canvases).document.querySelector('.mask-marks');
  return [
    [canvas.clientWidth, canvas.clientHeight],
    [canvas.width, canvas.height],
  ];
}
