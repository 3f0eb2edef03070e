import type { PanelTile } from '../../src/protocol/panel.ts';
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { PanelRole } from '../../src/protocol/references.ts';
import { axeProblems } from '../support/axe.ts';
import type { PageOptions } from '../support/pageHarness.ts';
import { pageThemes } from '../support/pageThemes.ts';
import { makePng } from '../support/png.ts';
import { ReferencesPage } from '../support/referencesPage.ts';
import { testBrowser } from '../support/testBrowser.ts';

const red = makePng(40, 30, [200, 40, 40, 255]);
const blue = makePng(30, 40, [40, 60, 200, 255]);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** JavaScript that makes a file of the page. */
const fileOf = (bytes: Uint8Array, name: string, type = 'image/png') =>
  `new File([Uint8Array.from(atob('${base64(bytes)}'), (one) => one.charCodeAt(0))], '${name}', { type: '${type}' })`;

/** JavaScript that makes a DataTransfer with files, and with data by type. */
const transferOf = (files: readonly string[], data: Readonly<Record<string, string>> = {}) =>
  `(() => { const transfer = new DataTransfer();
    ${files.map((file) => `transfer.items.add(${file});`).join(' ')}
    for (const [type, text] of Object.entries(${JSON.stringify(data)})) transfer.setData(type, text);
    return transfer; })()`;

describe('5.3 5.5 references in the page', () => {
  let browser: Browser;
  let panel: ReferencesPage;
  before(async function () {
    this.timeout(120_000);
    browser = await testBrowser();
  });
  beforeEach(async () => {
    panel = await ReferencesPage.open(browser);
    await row().waitFor();
  });
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.problems, [], 'errors, or what the policy refused');
  });

  const row = () => panel.page.getByRole('toolbar', { name: 'References' });
  const add = () => panel.page.getByRole('button', { name: 'Add reference' });
  const prompt = () => panel.page.getByRole('textbox', { name: 'Prompt' });
  const menu = (name: string) => panel.page.getByRole('menu', { name });
  const picture = (name: string) => panel.page.getByRole('button', { name, exact: true });
  const pictures = () => row().locator('.reference');
  const names = () =>
    panel.page.evaluate<string[]>(
      `[...document.querySelectorAll('.reference')].map((one) => one.getAttribute('aria-label'))`,
    );
  const press = (key: string) => panel.page.keyboard.press(key);
  const hasFocus = (one: Locator) =>
    one
      .and(panel.page.locator(':focus'))
      .count()
      .then((count) => count === 1);
  const zoneWords = () =>
    panel.page.locator('.drop-zone').evaluate((zone) => {
      const { hidden, textContent } = zone as unknown as { hidden: boolean; textContent: string };
      return hidden ? undefined : textContent;
    });
  /** Dispatches a drag event, as a person's drag does; returns whether the page took it. */
  const drag = (type: string, transfer: string, members = '{}') =>
    panel.page.evaluate<boolean>(
      `!document.querySelector('main').dispatchEvent(new DragEvent('${type}', { bubbles: true, cancelable: true, dataTransfer: ${transfer}, ...${members} }))`,
    );
  const paste = (selector: string, transfer: string) =>
    panel.page.evaluate<boolean>(
      `!document.querySelector('${selector}').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: ${transfer} }))`,
    );
  const until = async (check: () => Promise<boolean> | boolean, what: string) => {
    for (let tries = 0; tries < 200; tries++) {
      if (await check()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    assert.fail(`not seen: ${what}`);
  };
  const shows = (...expected: readonly string[]) =>
    until(async () => JSON.stringify(await names()) === JSON.stringify(expected), expected.join('; '));
  const hears = (words: string) =>
    until(
      async () => (await panel.page.locator('[role=status]').textContent())?.includes(words) === true,
      words,
    );
  /** Lets pictures lie in the tray, each with its role. */
  const lay = async (...roles: readonly PanelRole[]) => {
    for (const [index, role] of roles.entries()) {
      panel.tray.add(index % 2 === 0 ? red : blue, `${index + 1}.png`);
      const { id } = panel.trayItems().at(-1)!;
      if (role !== 'none') await panel.tray.take({ type: 'setReferenceRole', referenceId: id, role });
    }
    await until(async () => (await pictures().locator('img').count()) === roles.length, 'thumbnails');
  };

  describe('how they come', () => {
    it('5.3 begin as one button beside the words that say how', async () => {
      assert.deepEqual(await names(), []);
      await panel.page.getByText('References: drop, paste, or choose').waitFor();
      assert.match((await add().getAttribute('title')) ?? '', /Hold Shift/);
      const [box, above] = await Promise.all([prompt().boundingBox(), add().boundingBox()]);
      assert.ok(above!.y + above!.height <= box!.y, 'above the prompt');
    });

    it('5.3 are chosen in the file dialog, by mouse or keyboard', async () => {
      panel.files.set('dialog', { bytes: red, name: 'fox.png' });
      await add().click();
      await menu('Add reference').getByRole('menuitem', { name: 'Choose Files…' }).click();
      await shows('fox.png, reference 1 of 1');
      await hears('fox.png is a reference now.');
      await add().focus();
      await press('Enter');
      assert.equal(await add().getAttribute('aria-expanded'), 'true');
      await press('Enter');
      await shows('fox.png, reference 1 of 2', 'fox.png, reference 2 of 2');
      assert.equal(panel.said('chooseReferences').length, 2);
      assert.ok(await hasFocus(add()), 'the focus is back');
    });

    it('5.3 are pasted anywhere in the page', async () => {
      for (const where of ['main', '#prompt', 'body']) {
        await panel.page.evaluate(`document.activeElement.blur()`);
        assert.equal(await paste(where, transferOf([fileOf(red, 'image.png')])), true, where);
      }
      await until(async () => (await pictures().count()) === 3, 'three pictures');
      assert.equal((await names())[0], 'Pasted image, reference 1 of 3');
      assert.equal(await prompt().inputValue(), '');
      assert.deepEqual(
        panel.tray.pictures().map(({ bytes }) => base64(bytes)),
        [base64(red), base64(red), base64(red)],
      );
    });

    it('5.3 are pasted with the keys from the real clipboard; words stay words', async () => {
      await panel.page.bringToFront();
      await panel.page.evaluate(
        `navigator.clipboard.write([new ClipboardItem({ 'image/png': ${fileOf(red, 'x.png')} })])`,
      );
      await prompt().focus();
      await press('ControlOrMeta+v');
      await shows('Pasted image, reference 1 of 1');
      await panel.page.evaluate(`navigator.clipboard.writeText('a red fox')`);
      await press('ControlOrMeta+v');
      await until(async () => (await prompt().inputValue()) === 'a red fox', 'the words');
      assert.equal((await names()).length, 1);
    });

    it('5.3 leave a paste alone that is words with a picture of them, in the box; a copied file is a picture', async () => {
      const words = { 'text/plain': 'cell one\tcell two' };
      assert.equal(await paste('#prompt', transferOf([fileOf(red, 'image.png')], words)), false);
      const name = { 'text/plain': 'fox.png' };
      assert.equal(await paste('#prompt', transferOf([fileOf(red, 'fox.png')], name)), true);
      assert.equal(await paste('#prompt', transferOf([fileOf(red, 'notes.txt', 'text/plain')])), false);
      await shows('Pasted image, reference 1 of 1');
    });

    it('5.3 are pasted by the button, which says when there is nothing', async () => {
      await panel.page.bringToFront();
      await panel.page.evaluate(`navigator.clipboard.writeText('words')`);
      const pasteItem = menu('Add reference').getByRole('menuitem', { name: 'Paste Image' });
      await add().click();
      await pasteItem.click();
      await panel.page.getByText('The clipboard holds no image.').first().waitFor();
      await hears('The clipboard holds no image.');
      await panel.page.evaluate(
        `navigator.clipboard.write([new ClipboardItem({ 'image/png': ${fileOf(blue, 'x.png')} })])`,
      );
      await add().click();
      await pasteItem.click();
      await shows('Pasted image, reference 1 of 1');
      assert.equal(await panel.page.locator('.reference-problem').isVisible(), false);
    });

    it('5.3 are dropped from a disk anywhere in the page, and VS Code is not made to ask for Shift', async () => {
      const files = [fileOf(red, 'one.png'), fileOf(blue, 'two.png')];
      // VS Code shields the page unless its own listener, at the window, finds this handled.
      assert.equal(await drag('dragenter', transferOf(files)), true);
      assert.equal(await zoneWords(), 'Drop to add as reference');
      await drag('dragover', transferOf(files));
      assert.equal(await drag('drop', transferOf(files)), true);
      assert.equal(await zoneWords(), undefined);
      await shows('one.png, reference 1 of 2', 'two.png, reference 2 of 2');
      await hears('two.png is a reference now.');
    });

    it('5.3 are dropped from the explorer as Uris that only the host decides about', async () => {
      panel.files.set('file:///w/fox.png', { bytes: red, name: 'fox.png' });
      const data = {
        'text/uri-list': 'file:///w/fox.png',
        'application/vnd.code.uri-list': 'file:///w/fox.png\r\nfile:///etc/passwd',
      };
      const shift = '{ shiftKey: true }';
      await drag('dragenter', transferOf([], data), shift);
      assert.equal(await zoneWords(), 'Drop to add as reference');
      assert.equal(await drag('drop', transferOf([], data), shift), true);
      await shows('fox.png, reference 1 of 1');
      await panel.page.getByText('it is not inside the workspace').first().waitFor();
      assert.deepEqual(panel.said('dropReferences'), [
        { type: 'dropReferences', uris: ['file:///w/fox.png', 'file:///etc/passwd'] },
      ]);
      const page = await panel.page.evaluate<string>(`document.documentElement.outerHTML`);
      assert.ok(!page.includes('file:'), 'no Uri stays in the page');
    });

    it('5.3 say that Shift is to be held where VS Code asks for it, and nowhere else', async () => {
      const editor = transferOf([], { resourceurls: '["file:///w/fox.png"]' });
      await drag('dragover', editor);
      assert.equal(await zoneWords(), 'Hold Shift to drop here');
      await drag('dragover', editor, '{ shiftKey: true }');
      assert.equal(await zoneWords(), 'Drop to add as reference');
      await drag('dragleave', editor, '{ relatedTarget: document.body }');
      assert.notEqual(await zoneWords(), undefined, 'still over the page');
      await drag('dragleave', editor);
      assert.equal(await zoneWords(), undefined);
    });

    it('5.3 take no words that are dragged about', async () => {
      const words = transferOf([], { 'text/plain': 'a fox' });
      for (const type of ['dragenter', 'dragover', 'drop'])
        assert.equal(await drag(type, words), false, type);
      assert.equal(await zoneWords(), undefined);
    });

    it('5.3 are refused in words where they are no picture, too large or too many', async () => {
      await drag('drop', transferOf([fileOf(new TextEncoder().encode('<svg/>'), 'evil.png')]));
      await panel.page.getByText('it is no whole PNG, JPEG, WebP or AVIF image').first().waitFor();
      await hears('evil.png is refused');
      await drag('drop', transferOf([`new File([new Uint8Array(64 * 1024 * 1024 + 1)], 'large.png')`]));
      await panel.page.getByText('large.png is larger than 64 MiB.').first().waitFor();
      assert.equal(panel.said('addReference').length, 1, 'what is too large is not even read');
      await drag('drop', transferOf(Array.from({ length: 18 }, (_, at) => fileOf(red, `${at + 1}.png`))));
      await until(async () => (await pictures().count()) === 16, 'sixteen');
      await panel.page.getByText('At most 16 references go along.').first().waitFor();
      assert.equal(await add().getAttribute('aria-disabled'), 'true');
      await add().click({ force: true });
      assert.equal(await menu('Add reference').count(), 0);
    });
  });

  describe('what is done with them', () => {
    it('5.3 get a role in their menu, all by keyboard, said and seen', async () => {
      await lay('none', 'none');
      await prompt().focus();
      await press('Shift+Tab');
      assert.ok(await hasFocus(picture('1.png, reference 1 of 2')), 'one stop for Tab');
      await press('ArrowRight');
      await press('ArrowDown');
      await menu('Reference 2.png').waitFor();
      const none = panel.page.getByRole('menuitemradio', { name: 'No role' });
      assert.ok(await hasFocus(none));
      assert.equal(await none.getAttribute('aria-checked'), 'true');
      await press('s');
      await press('s');
      assert.ok(await hasFocus(panel.page.getByRole('menuitemradio', { name: 'Style' })));
      await press('Enter');
      await shows('1.png, reference 1 of 2', '2.png, Style, reference 2 of 2');
      assert.ok(await hasFocus(picture('2.png, Style, reference 2 of 2')));
      await hears('2.png: Style.');
      assert.equal(await pictures().nth(1).innerText(), 'Style');
      assert.deepEqual(
        panel.tray.pictures().map(({ role }) => role),
        [undefined, 'style'],
      );
    });

    it('5.3 move left and right and keep the focus; at an end the way is barred', async () => {
      await lay('none', 'style', 'none');
      await picture('2.png, Style, reference 2 of 3').click();
      await panel.page.getByRole('menuitem', { name: 'Move Left' }).click();
      await shows('2.png, Style, reference 1 of 3', '1.png, reference 2 of 3', '3.png, reference 3 of 3');
      assert.ok(await hasFocus(picture('2.png, Style, reference 1 of 3')));
      await hears('2.png is reference 1 of 3.');
      await press('Enter');
      const left = panel.page.getByRole('menuitem', { name: 'Move Left' });
      assert.equal(await left.getAttribute('aria-disabled'), 'true');
      await left.click({ force: true });
      assert.equal(panel.said('moveReference').length, 1);
      await panel.page.getByRole('menuitem', { name: 'Move Right' }).click();
      await shows('1.png, reference 1 of 3', '2.png, Style, reference 2 of 3', '3.png, reference 3 of 3');
      assert.ok(await hasFocus(picture('2.png, Style, reference 2 of 3')));
    });

    it('5.3 are removed by Delete or in the menu; the focus goes to the next, at last to the button', async () => {
      await lay('none', 'style', 'none');
      await picture('2.png, Style, reference 2 of 3').focus();
      await press('Delete');
      await shows('1.png, reference 1 of 2', '3.png, reference 2 of 2');
      await hears('2.png is no reference any more.');
      assert.ok(await hasFocus(picture('3.png, reference 2 of 2')));
      await press('Enter');
      await panel.page.getByRole('menuitem', { name: 'Remove' }).click();
      await shows('1.png, reference 1 of 1');
      assert.ok(await hasFocus(add()));
      await press('ArrowLeft');
      await press('Delete');
      await shows();
      assert.ok(await hasFocus(add()));
    });

    it('5.3 let Escape close their menu only: a running request goes on', async () => {
      await lay('none');
      const tile: PanelTile = {
        ...{ id: 'tile', model: '', status: 'running', startedAt: Date.now(), waitLine: '', text: '' },
        ...{ failure: '', costLine: '', notices: [], receipt: [], pictures: [] },
      };
      await panel.show({ sheet: { prompt: 'a fox', startedAt: Date.now(), ratio: 1, tiles: [tile] } });
      await picture('1.png, reference 1 of 1').click();
      await press('Escape');
      assert.equal(await menu('Reference 1.png').count(), 0);
      assert.deepEqual(panel.said('cancel'), []);
      assert.ok(await hasFocus(picture('1.png, reference 1 of 1')));
      await press('Escape');
      assert.equal(panel.said('cancel').length, 1);
    });

    it('5.3 close their menu at a press elsewhere, which does what it is for', async () => {
      await lay('none');
      await picture('1.png, reference 1 of 1').click();
      await prompt().click();
      assert.equal(await menu('Reference 1.png').count(), 0);
      assert.ok(await hasFocus(prompt()));
    });

    it('5.3 are there again after the page was hidden, with role and picture, unsaid', async () => {
      await lay('style', 'none');
      await panel.page.reload();
      await shows('1.png, Style, reference 1 of 2', '2.png, reference 2 of 2');
      await until(async () => (await pictures().locator('img').count()) === 2, 'thumbnails');
      assert.equal(await panel.page.locator('[role=status]').textContent(), '');
    });

    it('5.3 show nothing but the four kinds of picture as thumbnails', async () => {
      await lay('none');
      const { id } = panel.trayItems()[0]!;
      const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
      const before = await pictures().locator('img').getAttribute('src');
      await panel.tell({
        type: 'referenceThumbnail',
        thumbnail: { referenceId: id, bytes: svg, mediaType: 'image/svg+xml' },
      });
      assert.equal(await pictures().locator('img').getAttribute('src'), before);
      assert.match(before ?? '', /^blob:/);
    });
  });

  describe('the history of the prompt', () => {
    const type = (text: string) => panel.page.keyboard.type(text);
    const value = (expected: string) =>
      until(async () => (await prompt().inputValue()) === expected, JSON.stringify(expected));
    beforeEach(() =>
      panel.tell({
        ...{ type: 'prompts', prompts: ['the third', 'two\nlines', 'the first'] },
        recalled: 'Earlier prompt {0} of {1}: {2}',
      }),
    );

    it('5.5 comes with arrow up in an empty box, goes back to the draft with arrow down, and is said', async () => {
      await prompt().focus();
      await press('ArrowUp');
      await value('the third');
      await hears('Earlier prompt 1 of 3: the third');
      await press('ArrowUp');
      await value('two\nlines');
      await press('ArrowUp');
      await value('the first');
      await press('ArrowUp');
      await press('ArrowDown');
      await value('two\nlines');
      await press('ArrowDown');
      await value('the third');
      await press('ArrowDown');
      await value('');
      assert.equal(panel.said('promptChanged').at(-1)?.prompt, '', 'the host has the draft, too');
    });

    it('5.5 leaves the arrow keys to the caret while there are lines to go', async () => {
      await prompt().focus();
      await type('first line');
      await press('Shift+Enter');
      await type('second line');
      await press('ArrowUp');
      await press('x');
      assert.match(await prompt().inputValue(), /^first linex\nsecond line$/);
      await press('Home');
      await press('ArrowUp');
      await value('the third');
      await press('ArrowDown');
      await value('first linex\nsecond line');
    });

    it('5.5 counts a long line that is wrapped as the lines that one sees', async () => {
      const long = 'many words about a fox '.repeat(12).trim();
      await prompt().fill(long);
      await press('ArrowUp');
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(await prompt().inputValue(), long);
    });

    it('5.5 lets go of a prompt that is changed: it is the draft then', async () => {
      await prompt().focus();
      await press('ArrowUp');
      await value('the third');
      await press('End');
      await type(', blue');
      await press('Home');
      await press('ArrowUp');
      await value('the third');
      await press('ArrowDown');
      await value('the third, blue');
    });
  });

  describe('how they look', () => {
    for (const theme of pageThemes) {
      it(`5.6 have nothing that axe finds, in every state, in ${theme.name}`, async () => {
        const { page } = (panel = await reopened({ theme }));
        const finds = () => axeProblems(page);
        assert.deepEqual(await finds(), []);
        await panel.screenshot(`${theme.name}-empty`);
        await lay('subject', 'style', 'none', 'composition', 'background');
        assert.deepEqual(await finds(), []);
        await picture('2.png, Style, reference 2 of 5').click();
        assert.deepEqual(await finds(), []);
        await panel.screenshot(`${theme.name}-menu`);
        await press('Escape');
        await panel.tell({
          type: 'referenceRefused',
          sentence: 'The reference image evil.png is refused: it is no whole PNG, JPEG, WebP or AVIF image.',
        });
        assert.deepEqual(await finds(), []);
        await panel.screenshot(`${theme.name}-refused`);
        await drag('dragenter', transferOf([], { resourceurls: '["file:///w/fox.png"]' }));
        await panel.screenshot(`${theme.name}-drop`);
      });
    }

    for (const [what, width, height] of [
      ['a column 300 pixels wide', 300, 560],
      ['a zoom of 200 %, of the same window', 380, 310],
    ] as const) {
      it(`5.6 stay whole in ${what}`, async () => {
        panel = await reopened({ width, height });
        await lay('subject', 'style', 'none', 'composition', 'background', 'none', 'none', 'none');
        await panel.screenshot(`width-${width}`);
        const isWide = await panel.page.evaluate<boolean>(
          `[...document.querySelectorAll('body, .references, .reference-row')].some((one) => one.scrollWidth > one.clientWidth)`,
        );
        assert.equal(isWide, false);
        await pictures().last().click();
        const box = (await menu('Reference 8.png').boundingBox())!;
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
        await panel.screenshot(`width-${width}-menu`);
      });
    }
  });

  async function reopened(options: Omit<PageOptions, 'handle'>): Promise<ReferencesPage> {
    await panel.close();
    const opened = await ReferencesPage.open(browser, options);
    await opened.page.getByRole('toolbar', { name: 'References' }).waitFor();
    return opened;
  }
});
