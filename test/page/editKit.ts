import type { Locator, Page } from 'playwright-core';
import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import type { PageOptions, TestSite } from '../support/testPage.ts';
import { callerOf, drawn, type SiteCaller } from './callSite.ts';
import type { EditSite } from './editSite.ts';
import { pageThemes } from '../support/pageThemes.ts';

/** The page of `site/edit.ts`, driven as a person would. */
export interface EditPage {
  readonly page: Page;
  /** Calls a function of the page. */
  readonly call: SiteCaller<EditSite>;
  readonly canvas: Locator;
  readonly button: (name: string) => Locator;
  readonly tool: (name: string) => Locator;
  readonly strokes: () => Promise<MaskStroke[]>;
  /** What was said last. */
  readonly heard: () => Promise<string>;
  /** Where in the picture a place on the screen is: told from where the picture is seen. */
  readonly placeAt: (x: number, y: number) => Promise<PicturePoint>;
  /** Places on the screen: a path of the pressed mouse, each leg in so many events. */
  readonly drag: (path: readonly (readonly [number, number])[], events?: number) => Promise<void>;
  /** A place on the screen, from the canvas's top left. */
  readonly onCanvas: (x: number, y: number) => Promise<[number, number]>;
  /** Waits until what was asked for is drawn. */
  readonly drawn: () => Promise<void>;
}

/** Size in pixels of the picture that `openEditor` shows. */
export const picture = { width: 1200, height: 800 };

/** Opens the page; nothing is shown on it yet. */
export async function openEditPage(site: TestSite, options: Partial<PageOptions> = {}): Promise<EditPage> {
  const page = await site.open({ theme: pageThemes[0]!, width: 760, height: 720, ...options });
  const call = callerOf<EditSite>(page);
  const canvas = page.getByRole('application', { name: 'Picture to paint on' });
  const boxOf = async (what: Locator) => (await what.boundingBox())!;
  return {
    page,
    call,
    canvas,
    button: (name) => page.getByRole('button', { name, exact: true }),
    tool: (name) => page.getByRole('radio', { name, exact: true }),
    strokes: () => call('strokes'),
    heard: async () => (await page.getByRole('status').first().textContent()) ?? '',
    placeAt: async (x, y) => {
      const seen = await boxOf(page.getByRole('img', { name: 'The picture that is edited' }));
      return {
        x: ((x - seen.x) / seen.width) * picture.width,
        y: ((y - seen.y) / seen.height) * picture.height,
      };
    },
    drag: async ([first, ...others], events = 8) => {
      await page.mouse.move(...first!);
      await page.mouse.down();
      for (const place of others) await page.mouse.move(...place, { steps: events });
      await page.mouse.up();
    },
    onCanvas: async (x, y) => {
      const box = await boxOf(canvas);
      return [box.x + x, box.y + y];
    },
    drawn: () => drawn(page),
  };
}

/** Shows the mask editor anew, with nothing marked. */
export async function showEditor(edit: EditPage, size = picture): Promise<void> {
  await edit.call('showEditor', size.width, size.height);
  await edit.canvas.waitFor();
  await edit.drawn();
}
