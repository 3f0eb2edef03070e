import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { ReferencesPage } from '../support/referencesPage.ts';
import { testBrowser } from '../support/testBrowser.ts';

describe('5.5 the settings of the next request', function () {
  this.timeout(30_000);
  let browser: Browser;
  let panel: ReferencesPage;
  before(async function () {
    this.timeout(120_000);
    browser = await testBrowser();
  });
  beforeEach(async () => {
    panel = await ReferencesPage.open(browser);
    await panel.page.getByRole('textbox', { name: 'Prompt' }).fill('a fox');
  });
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.problems, []);
  });

  const box = (name: string) => panel.page.getByRole('textbox', { name, exact: true });
  const press = (key: string) => panel.page.keyboard.press(key);
  /** What was said of the form and of requests, in its order. */
  const said = () =>
    panel.heard.flatMap((message): readonly unknown[] => {
      if (message.type === 'formChanged') return [{ shape: message.form.shape, seed: message.form.seed }];
      return message.type === 'generate' ? ['generate'] : [];
    });
  const isAsked = async () => {
    while (panel.said('generate').length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    return said();
  };
  const openMore = () => panel.page.getByText('More', { exact: true }).click();
  const chooseOther = () =>
    panel.page.getByRole('combobox', { name: 'Size' }).selectOption({ label: 'Custom…' });

  for (const key of ['Control+Enter', 'Meta+Enter']) {
    it(`5.5 ${key} in the seed's box asks with the seed that stands there`, async () => {
      await openMore();
      await box('Seed').fill('7');
      await press(key);
      assert.deepEqual(await isAsked(), [{ shape: '', seed: '7' }, 'generate']);
    });

    it(`5.5 ${key} in the box of shapes asks for the shape that stands there`, async () => {
      await chooseOther();
      await box('Size').fill(' 300x200 ');
      await press(key);
      assert.deepEqual(await isAsked(), [{ shape: '300x200', seed: '' }, 'generate']);
    });
  }

  it('5.5 Generate says what was typed once, and nothing where nothing was', async () => {
    await openMore();
    await box('Seed').fill('7');
    await panel.page.getByRole('button', { name: 'Generate' }).click();
    await panel.page.getByRole('button', { name: 'Generate' }).click();
    assert.deepEqual(await isAsked(), [{ shape: '', seed: '7' }, 'generate', 'generate']);
  });

  it('5.5 a seed that is none is not asked for', async () => {
    await openMore();
    await box('Seed').fill('seven');
    await press('Control+Enter');
    assert.deepEqual(await isAsked(), [{ shape: '', seed: '' }, 'generate']);
  });

  it('5.5 a shape that was typed, and then another chosen, is not told again', async () => {
    await chooseOther();
    await box('Size').fill('300x200');
    const list = panel.page.getByRole('combobox', { name: 'Size' });
    await list.focus();
    await list.selectOption('1:1');
    await panel.page.getByRole('button', { name: 'Generate' }).click();
    assert.deepEqual(await isAsked(), [
      ...[
        { shape: '300x200', seed: '' },
        { shape: '1:1', seed: '' },
      ],
      'generate',
    ]);
  });
});
