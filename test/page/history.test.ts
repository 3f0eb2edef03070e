import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { outDir } from '../../scripts/paths.ts';
import type { NewHistoryEntry } from '../../src/core/history/entry.ts';
import type { History } from '../../src/core/history/history.ts';
import { axeProblems } from '../support/axe.ts';
import { newEntry, newPicture } from '../support/historyKit.ts';
import { type HistoryPageHarness, openHistoryPage } from '../support/historyPage.ts';
import { pageThemes } from '../support/pageThemes.ts';
import { makePng } from '../support/png.ts';
import { testBrowser } from '../support/testBrowser.ts';

const day = 86_400_000;
const kept = (uri: string) => newPicture({ state: 'kept', saved: uri });

/** Puts generations in, the oldest first, and gives the first picture of each a thumbnail. */
async function fill(history: History, entries: readonly Partial<NewHistoryEntry>[]): Promise<void> {
  for (const [index, members] of entries.entries()) {
    const { entry } = await history.append(newEntry(members));
    const bytes = makePng(64, 48, [(index * 67) % 256, 120, (index * 31) % 200, 255]);
    await history.setThumbnail(entry.id, 0, { bytes, mediaType: 'image/png' });
  }
}

const numbered = (count: number) => (history: History) =>
  fill(
    history,
    Array.from({ length: count }, (_, index) => ({ prompt: `fox ${index}` })),
  );

describe('5.4 the history on the page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let open: HistoryPageHarness | undefined;
  before(async () => (browser = await testBrowser()));
  afterEach(async () => {
    const problems = open?.problems;
    await open?.close();
    open = undefined;
    assert.deepEqual(problems ?? [], [], 'errors, or what the policy refused');
  });

  async function show(
    put: (history: History) => Promise<unknown>,
    options: Parameters<typeof openHistoryPage>[2] = {},
  ): Promise<HistoryPageHarness & Parts> {
    open = await openHistoryPage(browser, put, options);
    await open.page.getByRole('button', { name: 'History' }).click();
    const named = (role: 'complementary' | 'main') => open!.page.getByRole(role, { name: 'History' });
    const column = named('complementary').or(named('main'));
    const rows = column.getByRole('listitem');
    return { ...open, column, rows, row: (title) => rows.filter({ hasText: title }) };
  }

  interface Parts {
    readonly column: Locator;
    readonly rows: Locator;
    readonly row: (title: string) => Locator;
  }

  const titles = (rows: Locator) => rows.locator('.history-title').allTextContents();
  const eventually = async <T>(look: () => Promise<T>, wanted: T) => {
    const end = Date.now() + 10_000;
    for (;;) {
      const found = await look();
      try {
        assert.deepEqual(found, wanted);
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('5.4 is shown and hidden by a button of the bar, and that is remembered', async () => {
    open = await openHistoryPage(browser, numbered(2));
    const { page, said } = open;
    const button = page.getByRole('button', { name: 'History' });
    const column = page.getByRole('complementary', { name: 'History' });
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    assert.equal(await column.isVisible(), false);
    await button.click();
    await column.getByText('2 generations').waitFor();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    assert.equal(await page.evaluate('document.activeElement.type'), 'search');
    await page.reload();
    await column.getByText('2 generations').waitFor();
    await button.click();
    await column.waitFor({ state: 'hidden' });
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    const shown = said.flatMap((one) =>
      one.type === 'history' && one.message.type === 'show' ? one.message : [],
    );
    assert.deepEqual(
      shown.map(({ isShown }) => isShown),
      [true, false],
    );
  });

  it('5.4 asks for nothing while it is hidden', async () => {
    open = await openHistoryPage(browser, numbered(2));
    await open.history.append(newEntry());
    await open.page.waitForTimeout(400);
    assert.deepEqual(
      open.said.map(({ type }) => type),
      ['ready'],
    );
  });

  it('5.4 lists the newest first under the days, with what became of each', async () => {
    let now = new Date(2026, 3, 2, 12).getTime();
    const { column, rows, row, history } = await show(
      async (one) => {
        await fill(one, [{ prompt: 'Empty state, an open box', pictures: [kept('file:///w/empty.webp')] }]);
        now = Date.now() - day;
        await fill(one, [{ prompt: 'Lighthouse\nat dusk', pictures: [newPicture(), newPicture()] }]);
        now = Date.now();
        await fill(one, [
          { prompt: 'a sketch', gateway: 'offline', pictures: [kept('file:///w/a%20b.png'), newPicture()] },
        ]);
      },
      { now: () => (now += 1) },
    );
    await row('Lighthouse').waitFor();
    assert.deepEqual(await titles(rows), ['a sketch', 'Lighthouse', 'Empty state, an open box']);
    assert.deepEqual(await rows.locator('.history-line').allTextContents(), [
      'a b.png · kept · 1 draft · sketch',
      '2 drafts',
      'empty.webp · kept',
    ]);
    const date =
      new Date(2026, 3, 2).getFullYear() === new Date().getFullYear() ? 'April 2' : 'April 2, 2026';
    assert.deepEqual(await column.getByRole('heading', { level: 2 }).allTextContents(), [
      'Today',
      'Yesterday',
      date,
    ]);
    for (const [index, one] of (await rows.all()).entries()) {
      assert.equal(await one.getAttribute('aria-posinset'), String(index + 1));
      assert.equal(await one.getAttribute('aria-setsize'), '3');
    }
    assert.equal((await history.page()).total, 3);
  });

  it('5.4 shows thumbnails, as the host gives them, and a sign where there is none', async () => {
    const { row, history } = await show(async (one) => {
      await numbered(3)(one);
      await one.append(newEntry({ prompt: 'without' }));
    });
    const img = row('fox 1').locator('img');
    await img.waitFor();
    assert.equal(await img.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth), 64);
    assert.equal(await row('without').locator('img').count(), 0);
    assert.equal(await row('without').locator('.history-picture svg').count(), 1);
    const entry = (await history.page()).entries[0]!;
    await history.setThumbnail(entry.id, 0, { bytes: makePng(32, 32), mediaType: 'image/png' });
    await row('without').locator('img').waitFor();
  });

  it('5.4 finds by words a moment after they are typed, by kept and by model, and says how many', async () => {
    const { page, column, rows, said } = await show((history) =>
      fill(history, [
        { prompt: 'a fox', pictures: [kept('file:///w/fox.png')], model: 'acme/a' },
        { prompt: 'ein Füchslein im Schnee', model: 'acme/b' },
        { prompt: 'a lighthouse', model: 'acme/b' },
      ]),
    );
    const status = page.getByRole('status');
    await status.getByText('3 generations').waitFor();
    const asked = () => said.filter((one) => one.type === 'history' && one.message.type === 'list').length;
    const before = asked();
    const search = column.getByRole('searchbox', { name: 'Search prompts' });
    await search.pressSequentially('fuchs', { delay: 20 });
    await status.getByText('1 generation', { exact: true }).waitFor();
    assert.deepEqual(await titles(rows), ['ein Füchslein im Schnee']);
    assert.ok(asked() - before < 4, 'not at each key');
    await search.fill('nobody');
    await status.getByText('Nothing found.').waitFor();
    await column.getByRole('button', { name: 'Show All' }).click();
    await eventually(() => titles(rows), ['a lighthouse', 'ein Füchslein im Schnee', 'a fox']);
    await column.getByRole('checkbox', { name: 'Kept only' }).check();
    await eventually(() => titles(rows), ['a fox']);
    await column.getByRole('checkbox', { name: 'Kept only' }).uncheck();
    await column.getByRole('combobox', { name: 'Model' }).selectOption('acme/b');
    await eventually(() => titles(rows), ['a lighthouse', 'ein Füchslein im Schnee']);
  });

  it('5.4 has few rows and few pictures on the page however long it is and however it is scrolled', async () => {
    const { page, rows, row } = await show(numbered(600));
    await row('fox 599').waitFor();
    await page.evaluate(`(() => {
      window.urls = new Set();
      const [create, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
      URL.createObjectURL = (blob) => { const url = create(blob); window.urls.add(url); return url; };
      URL.revokeObjectURL = (url) => { window.urls.delete(url); revoke(url); };
    })()`);
    const scroller = page.locator('.history-scroller');
    for (let top = 0; top < 31_500; top += 1500) {
      await scroller.evaluate((one, to) => ((one as unknown as { scrollTop: number }).scrollTop = to), top);
      await page.waitForTimeout(120);
    }
    await row('fox 0').first().waitFor();
    const last = rows.last();
    await last.locator('img').waitFor();
    assert.equal(await last.getAttribute('aria-posinset'), '600');
    assert.ok((await rows.count()) < 45, `${await rows.count()} rows`);
    const urls = await page.evaluate<number>('window.urls.size');
    assert.ok(urls < 150, `${urls} object URLs`);
  });

  it('5.4 shows thumbnails while one scrolls, and asks for none of rows that rush by', async () => {
    const { page, row, said } = await show(numbered(400));
    await row('fox 399').locator('img').waitFor();
    const asked = () =>
      said.flatMap((one) =>
        one.type === 'history' && one.message.type === 'thumbnails' ? one.message.pictureIds : [],
      ).length;
    const scroll = (pixels: number, frames: number) =>
      page.evaluate<number>(`(async () => {
        const element = document.querySelector('.history-scroller');
        for (let count = 0; count < ${frames}; count++) {
          element.scrollTop += ${pixels};
          await new Promise(requestAnimationFrame);
        }
        return document.querySelectorAll('.history-entry img').length;
      })()`);
    const before = asked();
    assert.ok((await scroll(10, 120)) > 10, 'pictures, before it rests');
    const reading = asked() - before;
    assert.ok(reading >= 15, `${reading} asked for`);
    await page.waitForTimeout(400);
    const resting = asked();
    await scroll(1000, 15);
    await page.waitForTimeout(400);
    assert.ok(asked() - resting < 80, `${asked() - resting} asked for`);
  });

  it('5.4 is used by keyboard alone', async () => {
    const { page, column, rows, row } = await show(numbered(130));
    await row('fox 129').waitFor();
    const focused = () =>
      page.evaluate(`document.activeElement.closest('li')?.querySelector('.history-title').textContent`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await eventually(focused, 'fox 129');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await eventually(focused, 'fox 127');
    assert.equal(await rows.locator('button[tabindex="0"]').count(), 1, 'one stop for Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Actions for fox 127' });
    await menu.waitFor();
    assert.deepEqual(await menu.getByRole('menuitem').allTextContents(), [
      'Load Settings',
      'Generate Again',
      'Remove',
    ]);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.ariaLabel'), 'Actions for fox 127');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    await eventually(focused, 'fox 0');
    await page.keyboard.press('Home');
    await eventually(focused, 'fox 129');
    await page.keyboard.press('PageDown');
    assert.notEqual(await focused(), 'fox 129');
    const title = await focused();
    await page.keyboard.press('Enter');
    await column.getByRole('button', { name: 'Back' }).waitFor();
    await eventually(() => page.evaluate('document.activeElement.textContent'), 'Back');
    await page.keyboard.press('Escape');
    await eventually(focused, title);
  });

  it('5.4 keeps the focus and its place where generations come or go meanwhile', async () => {
    const { page, row, history } = await show(numbered(130));
    await row('fox 129').waitFor();
    await row('fox 125').getByRole('button').first().focus();
    for (let count = 0; count < 30; count++) await page.keyboard.press('ArrowDown');
    const place = () =>
      page.evaluate(`(() => {
        const { activeElement } = document;
        return [activeElement.querySelector('.history-title')?.textContent, Math.round(activeElement.getBoundingClientRect().top)];
      })()`);
    const before = (await place()) as [string, number];
    assert.equal(before[0], 'fox 95');
    await fill(history, [{ prompt: 'new 1' }, { prompt: 'new 2' }]);
    const { entries } = await history.page();
    await history.remove([entries[5]!.id]);
    await page.getByText('131 generations').first().waitFor();
    assert.deepEqual(await place(), before);
    const focusedEntry = (await history.page({ words: 'fox 95' })).entries[0]!;
    await history.remove([focusedEntry.id]);
    await page.getByText('130 generations').first().waitFor();
    await eventually(async () => ((await place()) as [string, number])[0], 'fox 94');
  });

  it('5.4 removes with a way back, and for good after a while; the file stays', async () => {
    const { page, row, rows, history, done } = await show(
      (one) => fill(one, [{ prompt: 'stays' }, { prompt: 'goes', pictures: [kept('file:///w/goes.png')] }]),
      { undoMs: 1500 },
    );
    await row('goes').getByRole('button').first().focus();
    await page.keyboard.press('Delete');
    const undo = page.getByRole('button', { name: 'goes Removed Undo' });
    await undo.waitFor();
    await page.getByRole('status').getByText('Files in the workspace stay.').waitFor();
    await undo.click();
    await row('goes').getByRole('button', { name: 'Actions for goes' }).waitFor();
    await page.waitForTimeout(2000);
    assert.equal((await history.page()).total, 2);
    await row('goes').getByRole('button', { name: 'Actions for goes' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await undo.waitFor();
    await eventually(() => titles(rows), ['stays']);
    assert.equal((await history.page()).total, 1);
    assert.deepEqual(done, []);
  });

  it('5.4 loads settings, opens, reveals and links what was kept, and says where a file is gone', async () => {
    const { page, column, row, loaded, done, gone } = await show((history) =>
      fill(history, [
        { prompt: 'gone', pictures: [kept('file:///w/gone.png')] },
        { prompt: 'here', pictures: [kept('file:///w/here.png')] },
      ]).then(() => undefined),
    );
    const choose = async (title: string, item: string) => {
      await row(title)
        .getByRole('button', { name: `Actions for ${title}` })
        .click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    for (const item of ['Load Settings', 'Generate Again', 'Open', 'Reveal', 'Insert Link'])
      await choose('here', item);
    await eventually(() => Promise.resolve(done.length), 3);
    const picture = { uri: 'file:///w/here.png', alt: 'here' };
    assert.deepEqual(done, [
      ['open', picture],
      ['reveal', picture],
      ['insertLink', picture],
    ]);
    assert.deepEqual(
      loaded.map(([{ prompt, model, gateway, parameters }, isAgain]) => [
        prompt,
        model,
        gateway,
        parameters,
        isAgain,
      ]),
      [false, true].map((isAgain) => ['here', 'acme/painter', 'acme', { n: 1, size: '1024x768' }, isAgain]),
    );
    gone.add('file:///w/gone.png');
    await choose('gone', 'Open');
    await row('gone').getByText('gone.png is no longer there').waitFor();
    await row('gone').getByRole('button').first().click();
    await column.getByText('gone.png is no longer there').last().waitFor();
    assert.equal(await column.getByRole('button', { name: 'Reveal' }).count(), 0);
    assert.equal(done.length, 3);
  });

  it('5.4 tells everything of a generation: settings, cost, receipt, notices and pictures', async () => {
    const { column, row } = await show((history) =>
      fill(history, [
        {
          prompt: 'a fox\nin the snow',
          notTold: ['providerOptions'],
          pictures: [kept('file:///w/fox.png'), newPicture()],
        },
      ]),
    );
    await row('a fox').getByRole('button').first().click();
    const details = column.getByRole('region', { name: 'Settings and cost' });
    await details.waitFor();
    assert.equal(await details.locator('.history-prompt').textContent(), 'a fox\nin the snow');
    const facts = await details.locator('dl > *').allTextContents();
    for (const words of ['0.04 USD', 'acme/painter', '1024x768', 'Provider options', 'given, not kept'])
      assert.ok(facts.includes(words), words);
    assert.match((await details.getByRole('group').textContent()) ?? '', /1024×1024/);
    await details.getByText('it was cropped').waitFor();
    await details.getByRole('img', { name: 'a fox in the snow' }).waitFor();
    assert.deepEqual(await details.locator('.history-line').allTextContents(), ['fox.png', 'draft']);
  });

  it('5.4 takes words from outside for words', async () => {
    const { page, row } = await show((history) =>
      fill(history, [
        { prompt: '<img src=x onerror="document.title=\'owned\'">\u202Efox', model: '<b>bold</b>' },
      ]),
    );
    await row('<img src=x').getByRole('button').first().click();
    await page.getByText('‹b›bold‹/b›').waitFor();
    assert.equal(await page.title(), 'Image Gateway');
  });

  it('5.4 lies over the rest in a narrow column, and Escape gives it back', async () => {
    const { page, column } = await show(numbered(5), { width: 300, height: 600 });
    await column.getByText('fox 4').waitFor();
    const box = await column.boundingBox();
    assert.ok(box);
    assert.equal(box.width, 300);
    const reached = () =>
      page.evaluate(`document.getElementById('prompt').focus(), document.activeElement.id`);
    assert.notEqual(await reached(), 'prompt', 'nothing beneath it is reached');
    assert.equal(box.y + box.height, 600, 'down to the lower edge');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 300);
    await page.keyboard.press('Escape');
    await column.waitFor({ state: 'hidden' });
    assert.match(String(await page.evaluate('document.activeElement.textContent')), /History/);
    assert.equal(await reached(), 'prompt');
  });

  it('5.4 says what it is for while it is empty', async () => {
    const { column, history } = await show(() => Promise.resolve());
    await column.getByText('What you generate in this workspace is listed here.').waitFor();
    await history.append(newEntry({ prompt: 'first' }));
    await column.getByText('first').waitFor();
  });

  for (const theme of pageThemes) {
    it(`5.4 has nothing that axe finds, in ${theme.name}`, async () => {
      const folder = join(outDir, 'screenshots', 'history');
      await mkdir(folder, { recursive: true });
      const name = theme.name.toLowerCase().replaceAll(' ', '-');
      let now = Date.now() - 2 * day;
      const { page, column, row, gone } = await show(
        async (history) => {
          await fill(history, [
            { prompt: 'Empty state, an open box', pictures: [kept('file:///w/empty.webp')], model: 'acme/b' },
            { prompt: 'An icon, a paper crane', pictures: [kept('file:///w/icon.png')] },
          ]);
          now = Date.now() - 100_000;
          await fill(history, [
            { prompt: 'Lighthouse at dusk', pictures: [newPicture(), newPicture()] },
            { prompt: 'to be removed', pictures: [newPicture()] },
            {
              prompt: 'A red fox asleep in fresh snow, flat illustration',
              pictures: [kept('file:///w/hero.png')],
            },
          ]);
        },
        { now: () => (now += 1), theme },
      );
      gone.add('file:///w/icon.png');
      await row('to be removed').getByRole('button').first().focus();
      await page.keyboard.press('Delete');
      await column.locator('img').nth(4).waitFor();
      const look = async (what: string) => {
        await page.screenshot({ path: join(folder, `${name}-${what}.png`) });
        assert.deepEqual(await axeProblems(page), [], what);
      };
      await look('list');
      await row('A red fox')
        .getByRole('button', { name: /^Actions/ })
        .click();
      await look('menu');
      await page.keyboard.press('Escape');
      await row('A red fox').getByRole('button').first().click();
      await column.locator('.history-large img').waitFor();
      await look('details');
      await page.setViewportSize({ width: 300, height: 600 });
      await look('details-narrow');
      await page.keyboard.press('Escape');
      await look('narrow');
      await page.setViewportSize({ width: 640, height: 320 });
      await look('low');
    });
  }
});
