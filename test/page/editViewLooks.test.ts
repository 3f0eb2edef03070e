import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outDir } from '../../scripts/paths.ts';
import { axeProblems } from '../support/axe.ts';
import { type PageOptions, startTestSite, type TestSite } from '../support/testPage.ts';
import { drawn } from './callSite.ts';
import { type EditViewPage, openEditView } from './editViewKit.ts';
import { overflowing } from './overflowing.ts';
import { pageThemes } from '../support/pageThemes.ts';

const shots = join(outDir, 'screenshots', 'edit');
const night = 'make it night';
const lamp = 'and light the lamp';

/** What is looked at, in the order in which a person comes to it. */
const scenes: Readonly<Record<string, (edit: EditViewPage) => Promise<void>>> = {
  marking: async (edit) => {
    await edit.open({ routeHint: 'This model takes no mask: the marked part is described in words.' });
    await edit.mark();
    await edit.prompt.fill('a lantern in the marked place, warm light on the snow');
  },
  running: async (edit) => {
    await edit.button('Generate').click();
    await edit.state({ status: 'running', startedAt: Date.now() - 12_000 });
    await edit.call('partial');
    await edit.page.getByRole('img', { name: 'Unfinished image' }).waitFor();
  },
  comparing: async (edit) => {
    await edit.finish(1, [night]);
    await edit.call('hear', { type: 'text', text: 'Here is your picture at night.' });
    await edit.state({
      step: 1,
      prompts: [night],
      text: 'Here is your picture at night.',
      costLine: 'Cost 0.04 USD',
    });
  },
  refused: async (edit) => {
    await edit.prompt.fill(lamp);
    await edit.state({
      ...{ status: 'failed', step: 1, prompts: [night] },
      failure: 'Acme refused the request: the prompt was rejected by its safety system.',
      notices: ['The answer was 1024×1024; it was scaled to the original’s 1200×800.'],
    });
  },
  refining: async (edit) => {
    await edit.finish(2, [night, lamp]);
    await edit.button('Mark a Part of It').click();
    await edit.mark();
  },
  leaving: async (edit) => {
    await edit.button('Close').click();
    await edit.button('Stay').waitFor();
  },
};

describe('5.6 the edit of a picture in every theme', function () {
  this.timeout(60_000);
  let site: TestSite;
  before(async () => {
    await mkdir(shots, { recursive: true });
    site = await startTestSite('editView');
  });
  after(() => site.stop());

  /** Plays all scenes on a page. */
  async function play(
    name: string,
    options: Partial<PageOptions>,
    look: (edit: EditViewPage, scene: string) => Promise<void>,
  ) {
    const edit = await openEditView(site, options);
    for (const [scene, begin] of Object.entries(scenes)) {
      await begin(edit);
      await drawn(edit.page);
      const file = `edit ${name} ${scene}.png`.toLowerCase().replaceAll(' ', '-');
      await edit.page.screenshot({ path: join(shots, file), animations: 'disabled' });
      await look(edit, scene);
    }
    await edit.close();
  }

  for (const theme of pageThemes) {
    it(`5.6 axe finds nothing in ${theme.name}, whatever the edit shows`, () =>
      play(theme.name, { theme }, async ({ page }, scene) =>
        assert.deepEqual(await axeProblems(page), [], scene),
      ));
  }

  for (const [name, options] of Object.entries({
    narrow: { width: 300, height: 640 },
    zoomed: { width: 380, height: 360, deviceScaleFactor: 2 },
    low: { width: 760, height: 240 },
    'forced colours': { forcedColors: 'active' },
  } satisfies Record<string, Partial<PageOptions>>)) {
    it(`5.6 the edit has room on a page that is ${name}`, () =>
      play(name, options, async ({ page }, scene) =>
        assert.deepEqual(await page.evaluate(overflowing), [], scene),
      ));
  }
});
