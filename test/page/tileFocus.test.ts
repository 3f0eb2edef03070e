import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PanelPicture, PanelTile } from '../../src/protocol/panel.ts';
import { makePng } from '../support/png.ts';
import { ReferencesPage } from '../support/referencesPage.ts';
import { testBrowser } from '../support/testBrowser.ts';

const { editStrings } = await import('../../src/host/panel/editStrings.ts');

const bytes = makePng(40, 30, [200, 40, 40, 255]);

function pictureOf(id: string, members: Partial<PanelPicture> = {}): PanelPicture {
  return {
    ...{ id, state: 'draft', bytes, mediaType: 'image/png', width: 40, height: 30, byteLength: 99 },
    ...{ hasAlpha: false, alt: `picture ${id}`, path: '' },
    ...members,
  };
}

function tileOf(id: string, pictures: readonly PanelPicture[], members: Partial<PanelTile> = {}): PanelTile {
  return {
    ...{ id, model: '', status: 'finished', startedAt: 1, waitLine: '', text: '', failure: '', costLine: '' },
    ...{ notices: [], receipt: [], pictures },
    ...members,
  };
}

const kept = { state: 'kept', path: 'images/fox.png' } as const;
const discarded = { state: 'discarded' } as const;

describe('5.6 the focus in a tile', function () {
  this.timeout(30_000);
  let browser: Browser;
  let panel: ReferencesPage;
  before(async function () {
    this.timeout(120_000);
    browser = await testBrowser();
  });
  beforeEach(async () => {
    panel = await ReferencesPage.open(browser);
    await show(tileOf('1', [pictureOf('a')]), tileOf('2', [pictureOf('b')]));
  });
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.problems, []);
  });

  const show = (...tiles: readonly PanelTile[]) =>
    panel.show({ sheet: { prompt: 'a fox', startedAt: 1, ratio: 4 / 3, tiles } });
  const change = (tileId: string, picture: PanelPicture) =>
    panel.tell({ type: 'pictureChanged', tileId, picture });
  const button = (name: string, tile = 2) =>
    panel.page
      .getByRole('listitem')
      .nth(tile - 1)
      .getByRole('button', { name, exact: true });
  /** The button with the focus, and the number of its tile. */
  const focused = () =>
    panel.page.evaluate<readonly [string, number]>(`(() => {
      const { activeElement } = document;
      const tiles = [...document.querySelectorAll('.tile')];
      return [activeElement === document.body ? '' : activeElement.textContent, 1 + tiles.indexOf(activeElement.closest('.tile'))];
    })()`);
  const opened = (state: object) => ({
    type: 'edit',
    message: {
      ...{ type: 'opened', strings: editStrings(), state },
      picture: { bytes, mediaType: 'image/png', width: 40, height: 30, alt: 'a fox' },
    },
  });
  const editState = {
    ...{ fileName: 'fox.png', acceptLabel: 'Accept', priceLine: '', routeHint: '', status: 'ready' },
    ...{ startedAt: 0, waitLine: '', text: '', failure: '', notices: [], costLine: '', step: 0, prompts: [] },
  };

  for (const [name, members, next] of [
    ['Keep', kept, 'Open'],
    ['Discard', discarded, 'Take Back'],
  ] as const)
    it(`5.6 goes from ${name} to the first button of what the picture became`, async () => {
      await button(name).focus();
      await change('2', pictureOf('b', members));
      assert.deepEqual(await focused(), [next, 2]);
    });

  it('5.3 a picture that took another’s place stands there', async () => {
    const [a, b, edited] = [pictureOf('a'), pictureOf('b'), pictureOf('c', { alt: 'edited' })];
    await show(tileOf('1', [a, b]));
    await change('1', edited);
    await show(tileOf('1', [edited, b]));
    const shown = await panel.page.getByRole('listitem').getByRole('img').all();
    assert.deepEqual(await Promise.all(shown.map((one) => one.getAttribute('alt'))), ['edited', 'picture b']);
  });

  it('5.1 says of what was cancelled before its turn that nothing was sent', async () => {
    await show(
      tileOf('1', [], { status: 'cancelled', startedAt: 0 }),
      tileOf('2', [], { status: 'cancelled', startedAt: 1 }),
    );
    assert.deepEqual(await panel.page.locator('.cancelled').allTextContents(), [
      'Cancelled. Nothing was sent.',
      'Cancelled. The gateway may still bill the request.',
    ]);
  });

  it('5.6 goes from Take Back to Keep', async () => {
    await change('2', pictureOf('b', discarded));
    await button('Take Back').focus();
    await change('2', pictureOf('b'));
    assert.deepEqual(await focused(), ['Keep', 2]);
  });

  it('5.6 stays on the button of the same name, which keeps the one stop for Tab', async () => {
    await button('Keep').focus();
    await panel.page.keyboard.press('ArrowRight');
    assert.deepEqual(await focused(), ['Edit', 2]);
    await change('2', pictureOf('b', kept));
    assert.deepEqual(await focused(), ['Edit', 2]);
    assert.equal(await button('Edit').getAttribute('tabindex'), '0');
    assert.equal(await button('Open').getAttribute('tabindex'), '-1');
  });

  it('5.6 goes to the picture that changed where a tile has several', async () => {
    await show(
      tileOf('1', [pictureOf('a')]),
      tileOf(
        '2',
        ['b', 'c', 'd'].map((id) => pictureOf(id)),
      ),
    );
    await panel.page
      .getByRole('toolbar', { name: 'picture c' })
      .getByRole('button', { name: 'Discard' })
      .focus();
    await change('2', pictureOf('c', discarded));
    assert.deepEqual(await focused(), ['Take Back', 2]);
  });

  it('5.6 is left alone where it is elsewhere', async () => {
    await button('Keep', 1).focus();
    await change('2', pictureOf('b', kept));
    assert.deepEqual(await focused(), ['Keep', 1]);
    const prompt = panel.page.getByRole('textbox', { name: 'Prompt' });
    await prompt.focus();
    await change('1', pictureOf('a', discarded));
    assert.equal(await prompt.and(panel.page.locator(':focus')).count(), 1);
    await panel.page.evaluate('document.activeElement.blur()');
    await change('1', pictureOf('a'));
    assert.equal(await panel.page.evaluate('document.activeElement === document.body'), true);
  });

  it('5.6 waits until the page has it again: nobody who types in the editor is interrupted', async () => {
    await button('Keep').focus();
    await panel.page.evaluate('document.hasFocus = () => false');
    await change('2', pictureOf('b', kept));
    assert.equal(await panel.page.evaluate('document.activeElement === document.body'), true);
    await panel.page.evaluate(`delete document.hasFocus; window.dispatchEvent(new Event('focus'))`);
    assert.deepEqual(await focused(), ['Open', 2]);
  });

  it('5.6 goes from Keep All to the first picture', async () => {
    await panel.page.getByRole('button', { name: 'Keep All' }).focus();
    await change('1', pictureOf('a', kept));
    await change('2', pictureOf('b', kept));
    await show(tileOf('1', [pictureOf('a', kept)]), tileOf('2', [pictureOf('b', kept)]));
    assert.deepEqual(await focused(), ['Open', 1]);
  });

  it('5.6 goes from a tile’s Cancel to the picture that came', async () => {
    const running = tileOf('2', [], { status: 'running', startedAt: Date.now() });
    await show(tileOf('1', [pictureOf('a')]), running);
    await panel.page.getByRole('button', { name: /Cancel.*2/ }).focus();
    await change('2', pictureOf('b'));
    assert.deepEqual(await focused(), ['Keep', 2]);
  });

  it('5.6 comes back from Edit to the picture that took the other’s place', async () => {
    await button('Edit').focus();
    await panel.tell(opened(editState));
    const dialog = panel.page.getByRole('dialog');
    await dialog.getByRole('textbox').waitFor();
    await change('2', pictureOf('b2'));
    await show(tileOf('1', [pictureOf('a')]), tileOf('2', [pictureOf('b2')]));
    assert.equal(await dialog.locator(':focus').count(), 1, 'the edit keeps it until it is over');
    await panel.tell({ type: 'edit', message: { type: 'closed', why: 'The edited image took its place.' } });
    assert.deepEqual(await focused(), ['Edit', 2]);
  });

  it('5.6 comes back from Edit to the same button where nothing was accepted', async () => {
    await button('Edit').focus();
    await panel.tell(opened(editState));
    await panel.page.getByRole('dialog').getByRole('textbox').waitFor();
    await panel.page.keyboard.press('Escape');
    assert.deepEqual(await focused(), ['Edit', 2]);
  });
});
