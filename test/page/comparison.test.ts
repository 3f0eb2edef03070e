import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { type EditPage, openEditPage } from './editKit.ts';
import { assertColor, colorsOf } from './seenColors.ts';

/** Near the lower edge of the sky, where only the ground of the two pictures differs. */
const skyOf = {
  original: [166, 200, 227],
  edited: [41, 56, 101],
} as const;

describe('5.3 before and after', () => {
  let site: TestSite;
  let edit: EditPage;
  let slider: Locator;
  let stage: { x: number; y: number; width: number; height: number };
  before(async () => {
    site = await startTestSite('edit');
    edit = await openEditPage(site);
  });
  after(() => site.stop());
  beforeEach(async () => {
    await edit.call('showComparison', 600, 400);
    slider = edit.page.getByRole('slider', { name: 'How much of the edited picture is shown' });
    stage = (await slider.boundingBox())!;
    await edit.drawn();
  });

  /** What is seen at a part of the width, 0 to 1, near the top. */
  const skyAt = async (...parts: readonly number[]) => {
    await edit.drawn();
    const places = parts.map((part) => [stage.x + part * stage.width, stage.y + 30] as const);
    return colorsOf(edit.page, places);
  };

  it('5.3 shows half of each picture at first: the original on the left, at the same place and size', async () => {
    assert.equal(await slider.inputValue(), '50');
    const [left, right] = await skyAt(0.4, 0.6);
    assertColor(left, skyOf.original, 12);
    assertColor(right, skyOf.edited, 12);
    const original = await edit.page.getByRole('img', { name: 'Original' }).boundingBox();
    const edited = await edit.page.getByRole('img', { name: 'Edited' }).boundingBox();
    assert.deepEqual(original, edited);
    assert.deepEqual([original!.width, original!.height], [600, 400]);
  });

  it('5.3 says how much of the edited picture is shown, and moves by keys', async () => {
    await slider.focus();
    assert.equal(await slider.getAttribute('aria-valuetext'), '50 % of the edited picture shown');
    // The handle goes where the arrow points; what is right of it is the edited picture.
    for (let turn = 0; turn < 10; turn++) await edit.page.keyboard.press('ArrowLeft');
    assert.equal(await slider.getAttribute('aria-valuetext'), '60 % of the edited picture shown');
    const [left, right] = await skyAt(0.37, 0.45);
    assertColor(left, skyOf.original, 12);
    assertColor(right, skyOf.edited, 12);
    await edit.page.keyboard.press('Home');
    assert.equal(await slider.inputValue(), '0');
    assertColor((await skyAt(0.95))[0], skyOf.original, 12);
  });

  it('5.3 is dragged from anywhere on the picture, and beyond its edges', async () => {
    const at = (part: number): [number, number] => [stage.x + part * stage.width, stage.y + 200];
    await edit.drag([at(0.1), at(0.8)]);
    assert.equal(await slider.getAttribute('aria-valuetext'), '20 % of the edited picture shown');
    assertColor((await skyAt(0.7))[0], skyOf.original, 12);
    await edit.drag([at(0.8), [stage.x - 10, 10]]);
    assert.equal(await slider.inputValue(), '100');
    await edit.page.mouse.move(...at(0.5));
    assert.equal(await slider.inputValue(), '100');
  });

  it('5.3 shows the original for as long as the button is held, by pointer and by key', async () => {
    const button = edit.button('Hold to See the Original');
    const isOriginal = async () => {
      const [seen] = await skyAt(0.8);
      return seen![0]! > 100;
    };
    await button.hover();
    await edit.page.mouse.down();
    assert.ok(await isOriginal());
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await edit.page.mouse.up();
    assert.ok(!(await isOriginal()));
    for (const key of [' ', 'Enter']) {
      await edit.page.keyboard.down(key);
      assert.ok(await isOriginal(), key);
      await edit.page.keyboard.up(key);
      assert.ok(!(await isOriginal()), key);
    }
    // A screen reader's click has no pointer and no key: it switches.
    await button.dispatchEvent('click');
    assert.ok(await isOriginal());
    await button.dispatchEvent('click');
    assert.ok(!(await isOriginal()));
  });

  it('5.3 shows transparent pictures on light and on dark, and never one through the other', async () => {
    await edit.call('showComparison', 600, 400, true);
    const [light, , dark] = await skyAt(0.3, 0.5, 0.8);
    assertColor(light, [255, 255, 255], 2);
    assertColor(dark, [30, 30, 30], 2);
    // A form that the original alone has: gone where the edited picture is shown.
    const form = async () => (await colorsOf(edit.page, [[stage.x + 100, stage.y + 200]]))[0];
    assertColor(await form(), [16, 20, 24], 2);
    await slider.focus();
    await edit.page.keyboard.press('End');
    await edit.drawn();
    assertColor(await form(), [255, 255, 255], 2);
  });

  it('5.3 says so where a picture cannot be shown: an SVG is none', async () => {
    await edit.call('showBroken', 'comparison');
    await edit.page.getByText('The picture could not be shown.').waitFor();
  });

  it('5.3 gives its pictures back', async () => {
    const image = edit.page.getByRole('img', { name: 'Original' });
    const url = await image.getAttribute('src');
    await edit.call('dispose');
    assert.equal(await image.count(), 0);
    assert.ok(await edit.page.evaluate(isGone, url!));
  });
});

/** Runs in the page, which may load pictures but fetch nothing. */
function isGone(url: string): Promise<boolean> {
  const { Image } = globalThis as unknown as { Image: new () => { src: string; decode(): Promise<void> } };
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => false,
    () => true,
  );
}
