import type { Locator, Page } from 'playwright-core';
import type { FromEdit } from '../../src/protocol/edit.ts';
import type { PageOptions, TestSite } from '../support/testPage.ts';
import { callerOf, drawn, type SiteCaller } from './callSite.ts';
import type { EditViewSite } from './editViewSite.ts';
import { pageThemes } from '../support/pageThemes.ts';

/** The edit mode on a page, driven as a person would; the test plays the host. */
export interface EditViewPage {
  readonly page: Page;
  readonly call: SiteCaller<EditViewSite>;
  readonly dialog: Locator;
  readonly prompt: Locator;
  readonly canvas: Locator;
  readonly slider: Locator;
  readonly button: (name: string) => Locator;
  /** What the page said of one kind; drafts are left out of all. */
  readonly posted: (type?: FromEdit['type']) => Promise<readonly FromEdit[]>;
  /** Tells the page a state: the first one with these members. */
  readonly state: (members: Parameters<EditViewSite['state']>[0]) => Promise<void>;
  /** Opens the edit by its button, as the host answers it. */
  readonly open: (...how: Parameters<EditViewSite['open']>) => Promise<void>;
  /** Marks a rectangle in the middle with the mouse. */
  readonly mark: () => Promise<void>;
  /** Lets a request run and end with a picture. */
  readonly finish: (step: number, prompts: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the page; no edit is open on it yet. */
export async function openEditView(
  site: TestSite,
  options: Partial<PageOptions> = {},
): Promise<EditViewPage> {
  const page = await site.open({ theme: pageThemes[0]!, width: 760, height: 720, ...options });
  const call = callerOf<EditViewSite>(page);
  const canvas = page.getByRole('application', { name: 'Picture to paint on' });
  const slider = page.getByRole('slider', { name: 'How much of the edited picture is shown' });
  const state: EditViewPage['state'] = async (members) =>
    call('hear', { type: 'state', state: await call('state', members) });
  const posted: EditViewPage['posted'] = async (type) =>
    (await call('posted')).filter((message) => (type ? message.type === type : message.type !== 'draft'));
  return {
    ...{ page, call, canvas, slider, state, posted },
    dialog: page.getByRole('dialog'),
    prompt: page.getByRole('dialog').getByRole('textbox'),
    button: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }),
    open: async (...how) => {
      const opener = page.getByRole('button', { name: 'Edit', exact: true });
      if ((await opener.count()) === 1) await opener.focus();
      await call('open', ...how);
    },
    mark: async () => {
      await canvas.waitFor();
      await drawn(page);
      const { x, y, width, height } = (await canvas.boundingBox())!;
      await page.mouse.move(x + width * 0.45, y + height * 0.4);
      await page.mouse.down();
      await page.mouse.move(x + width * 0.55, y + height * 0.6, { steps: 6 });
      await page.mouse.up();
      await drawn(page);
    },
    finish: async (step, prompts) => {
      await state({ status: 'running', startedAt: 1, step: step - 1, prompts: prompts.slice(0, -1) });
      await call('picture', step);
      await state({ step, prompts: [...prompts] });
      await slider.waitFor();
      await drawn(page);
    },
    close: () => page.context().close(),
  };
}
