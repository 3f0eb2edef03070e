import assert from 'node:assert/strict';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { drawn } from './callSite.ts';
import { type EditViewPage, openEditView } from './editViewKit.ts';

const night = 'make it night';
const lamp = 'light the lamp';

describe('5.3 the edit of a picture', function () {
  this.timeout(30_000);
  let site: TestSite;
  let edit: EditViewPage;
  before(async () => (site = await startTestSite('editView')));
  after(() => site.stop());
  beforeEach(async () => (edit = await openEditView(site)));
  afterEach(() => edit.close());

  const press = (key: string) => edit.page.keyboard.press(key);
  const focused = () =>
    edit.page.evaluate(() => {
      const { document } = globalThis as unknown as FocusGlobals;
      const { activeElement } = document;
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
    });
  const hasFocus = async (what: ReturnType<EditViewPage['button']>) =>
    (await what.and(edit.page.locator(':focus')).count()) === 1;
  const statusOf = async (name: string) => (await edit.button(name).getAttribute('aria-disabled')) ?? '';

  describe('5.3 opening and leaving', () => {
    it('5.3 covers the rest, takes the focus and gives it back to where it was', async () => {
      const opener = edit.page.getByRole('button', { name: 'Edit', exact: true });
      await edit.open();
      await edit.page.getByRole('dialog', { name: 'Edit fox.png' }).waitFor();
      assert.ok(await hasFocus(edit.prompt));
      await opener.focus();
      assert.ok(await hasFocus(edit.prompt), 'the rest is inert');
      await press('Escape');
      assert.deepEqual(await edit.posted(), [{ type: 'close' }]);
      assert.equal(await edit.dialog.count(), 0);
      assert.ok(await hasFocus(opener));
      assert.deepEqual(await edit.call('keysOutside'), [], 'the page would cancel its own request');
    });

    it('5.3 gives the focus to the page where the button that opened it is gone', async () => {
      await edit.open();
      await edit.call('removeOpener');
      await edit.call('hear', { type: 'closed', why: 'fox.png was replaced.' });
      assert.equal(await focused(), 'Prompt');
      assert.deepEqual(await edit.call('said'), ['fox.png was replaced.']);
    });

    it('5.3 leaves by Escape from anywhere, also where nothing of it has the focus', async () => {
      assert.equal(await edit.call('escape'), false);
      await edit.open();
      assert.equal(await edit.call('escape'), true);
      assert.equal(await edit.dialog.count(), 0);
      assert.deepEqual(await edit.posted(), [{ type: 'close' }]);
    });

    it('5.3 keeps what is pasted and dragged from the page beneath, and refuses pictures', async () => {
      await edit.open();
      assert.deepEqual(await edit.page.evaluate(dragAndPaste), { refused: 3, allowed: 0 });
      assert.deepEqual(await edit.call('draggedOutside'), []);
      await edit.page.getByRole('heading', { name: 'Edit fox.png' }).click();
      await press('Escape');
      assert.equal(await edit.dialog.count(), 0, 'a press beside everything leaves the keys to the edit');
      assert.deepEqual(await edit.call('keysOutside'), []);
    });

    it('5.3 asks before marks or results are lost, with the focus on the answer that loses nothing', async () => {
      await edit.open();
      await edit.mark();
      await press('Escape');
      assert.ok(await hasFocus(edit.button('Stay')));
      assert.equal(await edit.prompt.count(), 0);
      await press('Escape');
      assert.ok(await hasFocus(edit.prompt));
      await edit.prompt.fill(night);
      await edit.button('Close').click();
      await press('Control+Enter');
      await edit.button('Leave').click();
      assert.deepEqual(await edit.posted(), [{ type: 'close' }]);
      assert.equal(await edit.dialog.count(), 0);
    });

    it('5.3 Reject leaves the edit without another question', async () => {
      await edit.open();
      await edit.finish(1, [night]);
      await edit.button('Reject').click();
      assert.deepEqual(await edit.posted(), [{ type: 'close' }]);
      assert.equal(await edit.dialog.count(), 0);
    });

    it('5.3 Escape goes back step by step: the stroke, the marks of a result, the request, the edit', async () => {
      await edit.open();
      await edit.finish(1, [night]);
      await edit.button('Mark a Part of It').click();
      await edit.canvas.waitFor();
      await edit.page.waitForFunction(isCanvasFocused);
      await press('Space');
      await press('ArrowRight');
      await press('Escape');
      assert.equal(await edit.canvas.count(), 1, 'the stroke was dropped');
      await press('Escape');
      await edit.slider.waitFor();
      await edit.state({ status: 'running', step: 1, prompts: [night], startedAt: 1 });
      await press('Escape');
      assert.deepEqual(await edit.posted(), [{ type: 'cancel' }]);
      await edit.state({ step: 1, prompts: [night] });
      await press('Escape');
      assert.ok(await hasFocus(edit.button('Stay')));
    });

    it('5.3 begins where a page that was hidden had ended', async () => {
      const strokes = [{ tool: 'rectangle', x: 100, y: 100, width: 300, height: 200 }] as const;
      await edit.open({}, { prompt: night, strokes });
      assert.equal(await edit.prompt.inputValue(), night);
      await edit.page.getByText('Marked 6 % of the picture').first().waitFor();
      await edit.prompt.press('End');
      await edit.page.keyboard.type('!');
      assert.deepEqual((await edit.posted('draft')).at(-1), {
        ...{ type: 'draft', prompt: `${night}!` },
        strokes: [...strokes],
      });
      await edit.mark();
      const draft = (await edit.posted('draft')).at(-1);
      assert.equal(draft?.type === 'draft' && draft.strokes.length, 2);
    });
  });

  describe('5.3 asking', () => {
    it('5.3 sends what was written and marked, by Ctrl+Enter also from the canvas', async () => {
      await edit.open();
      await edit.prompt.fill(night);
      await edit.mark();
      await press('Control+Enter');
      const [asked] = await edit.posted('generate');
      assert.ok(asked?.type === 'generate');
      assert.equal(asked.prompt, night);
      assert.deepEqual(
        asked.strokes.map(({ tool }) => tool),
        ['brush'],
      );
      await edit.page.getByRole('img', { name: 'a fox by a lamp' }).waitFor();
      assert.ok(await hasFocus(edit.prompt), 'the canvas is gone; the focus is not');
    });

    it('5.3 sends nothing without words, and one request at a time', async () => {
      await edit.open();
      await edit.prompt.fill('  ');
      await edit.button('Generate').click();
      assert.ok(await hasFocus(edit.prompt));
      await press('Control+Enter');
      assert.deepEqual(await edit.posted(), []);
      await edit.prompt.fill(night);
      await press('Control+Enter');
      await press('Control+Enter');
      await edit.button('Generate').click({ force: true });
      assert.deepEqual(await edit.posted(), [{ type: 'generate', prompt: night, strokes: [] }]);
      assert.equal(await statusOf('Generate'), 'true');
    });

    it('5.3 tells which route takes no mask, and what it will cost', async () => {
      await edit.open({ routeHint: 'This model takes no mask.' });
      await edit.dialog.getByText('This model takes no mask.').waitFor();
      await edit.dialog.getByText('about 0.04 USD').waitFor();
      await edit.state({ priceLine: 'cost unknown' });
      await edit.dialog.getByText('cost unknown').waitFor();
      assert.deepEqual(await edit.call('said'), [], 'nothing was cancelled');
      const ids = (await edit.prompt.getAttribute('aria-describedby')) ?? '';
      assert.match(ids, /edit-route/);
    });

    it('5.3 shows the picture, the time, the text and unfinished frames while it runs, and cancels', async () => {
      await edit.open();
      await edit.prompt.fill(night);
      await press('Control+Enter');
      await edit.state({ status: 'running', startedAt: Date.now() - 5000, waitLine: 'trying again in 3 s' });
      await edit.page.getByRole('img', { name: 'a fox by a lamp' }).waitFor();
      await edit.dialog.getByText('Trying again in 3 s').waitFor();
      await edit.dialog.getByText(/^[5-9] s$/).waitFor();
      await edit.call('hear', { type: 'text', text: 'Painting ' });
      await edit.call('hear', { type: 'text', text: 'the night.' });
      await edit.dialog.getByText('Painting the night.').waitFor();
      await edit.call('partial');
      await edit.page.getByRole('img', { name: 'Unfinished image' }).waitFor();
      await edit.dialog.getByText('Frame 1 received').waitFor();
      assert.deepEqual(await edit.call('said'), ['Waiting for the gateway']);
      await edit.button('Cancel').click();
      assert.deepEqual((await edit.posted()).at(-1), { type: 'cancel' });
      await edit.state({});
      await edit.canvas.waitFor();
      assert.equal(await edit.prompt.inputValue(), night);
      assert.match((await edit.call('said')).at(-1) ?? '', /^Cancelled/);
    });

    it('5.3 a picture is seen at every moment from the marks to before and after', async () => {
      await edit.open();
      await edit.canvas.waitFor();
      await drawn(edit.page);
      await edit.prompt.fill(night);
      await edit.call('watch');
      await press('Control+Enter');
      await edit.state({ status: 'running', startedAt: 1 });
      await edit.call('partial');
      await edit.page.getByRole('img', { name: 'Unfinished image' }).waitFor();
      await edit.finish(1, [night]);
      await edit.finish(2, [night, lamp]);
      await edit.button('Step 1: make it night').click();
      await drawn(edit.page);
      await edit.button('Mark a Part of It').click();
      await edit.canvas.waitFor();
      assert.equal(await edit.call('emptyFrames'), 0);
    });

    it('5.3 says what went wrong, keeps marks and words, and shows the log', async () => {
      await edit.open();
      await edit.mark();
      await edit.prompt.fill(night);
      await press('Control+Enter');
      await edit.state({ status: 'running', startedAt: 1 });
      await edit.state({ status: 'failed', failure: 'Acme refused it.', notices: ['It was tried twice.'] });
      await edit.dialog.getByText('Acme refused it.').waitFor();
      await edit.dialog.getByText('It was tried twice.').waitFor();
      assert.match((await edit.call('said')).at(-1) ?? '', /Acme refused it\.$/);
      assert.equal(await edit.prompt.inputValue(), night);
      await edit.page.getByText('Marked 1 % of the picture').first().waitFor();
      await edit.button('Show Log').click();
      assert.deepEqual((await edit.posted()).at(-1), { type: 'showLog' });
      await press('Control+Enter');
      assert.equal((await edit.posted('generate')).length, 2);
    });
  });

  describe('5.3 deciding', () => {
    it('5.3 shows before and after, and what accepting will do', async () => {
      await edit.open();
      await edit.prompt.fill(night);
      await press('Control+Enter');
      await edit.finish(1, [night]);
      await edit.state({ step: 1, prompts: [night], costLine: 'Cost 0.04 USD' });
      await edit.dialog.getByText('Cost 0.04 USD').waitFor();
      await edit.page.getByRole('img', { name: 'Original' }).waitFor();
      await edit.page.getByRole('img', { name: 'Edited' }).waitFor();
      assert.equal(await edit.prompt.inputValue(), '', 'room for the next request');
      await edit.button('Replace fox.png').dblclick();
      assert.deepEqual(await edit.posted('accept'), [{ type: 'accept' }], 'once');
      await edit.state({ step: 1, prompts: [night], status: 'failed', failure: 'fox.png has changed.' });
      await edit.dialog.getByText('fox.png has changed.').waitFor();
      await edit.button('Replace fox.png').click();
      assert.equal((await edit.posted('accept')).length, 2);
      await edit.call('hear', { type: 'closed', why: '' });
      assert.equal(await edit.dialog.count(), 0);
    });

    it('5.3 a result may be told of after the state that names it', async () => {
      await edit.open();
      await edit.state({ status: 'running', startedAt: 1 });
      await edit.state({ step: 1, prompts: [night] });
      await edit.page.getByRole('img', { name: 'a fox by a lamp' }).waitFor();
      assert.equal(await statusOf('Replace fox.png'), 'true');
      await edit.call('picture', 1);
      await edit.slider.waitFor();
      assert.equal(await statusOf('Replace fox.png'), 'false');
    });

    it('5.3 shows an original of another shape whole, and nothing beside it', async () => {
      await edit.open({}, undefined, { width: 600, height: 400 });
      await edit.state({ status: 'running', startedAt: 1 });
      await edit.call('picture', 1, { width: 400, height: 400 });
      await edit.state({ step: 1, prompts: [night] });
      await edit.slider.waitFor();
      const [before, after] = await Promise.all(
        ['Original', 'Edited'].map((name) => edit.page.getByRole('img', { name }).boundingBox()),
      );
      assert.ok(Math.abs(before!.width / before!.height - 1.5) < 0.01);
      assert.ok(Math.abs(after!.width / after!.height - 1) < 0.01);
      assert.ok(Math.abs(before!.width - after!.width) < 1);
    });

    it('5.3 a step that is made anew is another picture, without the marks of the one before', async () => {
      await edit.open();
      await edit.finish(1, [night]);
      await edit.button('Mark a Part of It').click();
      await edit.mark();
      await edit.button('Original').click();
      await edit.call('picture', 1, { width: 800, height: 800 });
      await edit.button('Step 1: make it night').click();
      await edit.slider.waitFor();
      await edit.button('Mark a Part of It').click();
      await edit.canvas.waitFor();
      await edit.page.getByText('Paint over what is to change').first().waitFor();
      const { width, height } = (await edit.page.getByRole('img').boundingBox())!;
      assert.ok(Math.abs(width / height - 1) < 0.01);
    });

    it('5.3 keeps for each picture what was marked on it', async () => {
      await edit.open();
      await edit.mark();
      await edit.mark();
      await edit.finish(1, [night]);
      await edit.button('Mark a Part of It').click();
      await edit.mark();
      await edit.button('Original').click();
      await edit.page.getByRole('img', { name: 'The picture that is edited' }).waitFor();
      const draft = async () => (await edit.posted('draft')).at(-1);
      const strokesOf = (message: Awaited<ReturnType<typeof draft>>) =>
        message?.type === 'draft' ? message.strokes.length : -1;
      assert.equal(strokesOf(await draft()), 2);
      await edit.button('Undo').click();
      assert.equal(strokesOf(await draft()), 1, 'one at a time');
      await edit.button('Step 1: make it night').click();
      assert.equal(strokesOf(await draft()), 1);
    });

    it('5.3 tries again with the marks and the words that led to the result', async () => {
      await edit.open();
      await edit.mark();
      await edit.prompt.fill(night);
      await press('Control+Enter');
      await edit.finish(1, [night]);
      await edit.button('Try Again').click();
      assert.deepEqual((await edit.posted()).at(-1), { type: 'goTo', step: 0 });
      assert.equal(await edit.prompt.inputValue(), night);
      assert.ok(await hasFocus(edit.prompt));
      await edit.page.getByText('Marked 1 % of the picture').first().waitFor();
      await press('Control+Enter');
      const [first, second] = await edit.posted('generate');
      assert.deepEqual(second, first);
    });

    it('5.3 tries a result of a result again from that result, whatever was marked since', async () => {
      await edit.open();
      await edit.finish(1, [night]);
      await edit.button('Mark a Part of It').click();
      await edit.mark();
      await edit.prompt.fill(lamp);
      await press('Control+Enter');
      await edit.finish(2, [night, lamp]);
      const [, asked] = [0, ...(await edit.posted('generate'))];
      await edit.button('Step 1: make it night').click();
      await edit.button('Mark a Part of It').click();
      await edit.button('Clear').click();
      await edit.button('Step 2: light the lamp').click();
      await edit.button('Try Again').click();
      assert.deepEqual((await edit.posted()).at(-1), { type: 'goTo', step: 1 });
      await edit.canvas.waitFor();
      await press('Control+Enter');
      assert.deepEqual((await edit.posted()).at(-1), asked);
    });

    it('5.3 goes on from the result: the whole of it, or a part that is marked on it', async () => {
      await edit.open();
      await edit.finish(1, [night]);
      await edit.page.getByRole('textbox', { name: 'What else to change' }).fill(lamp);
      await press('Control+Enter');
      assert.deepEqual((await edit.posted()).at(-1), { type: 'generate', prompt: lamp, strokes: [] });
      await edit.finish(2, [night, lamp]);
      await edit.button('Mark a Part of It').click();
      await edit.mark();
      await edit.button('Before and After').click();
      await edit.slider.waitFor();
      await edit.prompt.fill('greener');
      await press('Control+Enter');
      const last = (await edit.posted()).at(-1);
      assert.deepEqual(last, { type: 'generate', prompt: 'greener', strokes: [] }, 'marks that are not seen');
      await edit.state({ step: 2, prompts: [night, lamp] });
      await edit.button('Mark a Part of It').click();
      await edit.page.getByText('Marked 1 % of the picture').first().waitFor();
      await press('Control+Enter');
      const marked = (await edit.posted()).at(-1);
      assert.equal(marked?.type === 'generate' && marked.strokes.length, 1);
    });

    it('5.3 goes back to earlier steps by the keyboard, and says which one is shown', async () => {
      await edit.open();
      assert.equal(await edit.page.getByRole('navigation', { name: 'Steps' }).count(), 0);
      await edit.finish(1, [night]);
      await edit.finish(2, [night, lamp]);
      const current = edit.page.locator('[aria-current=step]');
      assert.equal(await current.textContent(), '2');
      await edit.button('Step 1: make it night').focus();
      await press('Enter');
      assert.deepEqual((await edit.posted()).at(-1), { type: 'goTo', step: 1 });
      assert.equal(await current.textContent(), '1');
      assert.ok(await hasFocus(edit.button('Step 1: make it night')));
      await edit.slider.waitFor();
      await edit.button('Original').click();
      await edit.canvas.waitFor();
      await edit.state({ status: 'failed', failure: 'Acme refused it.', prompts: [night, lamp] });
      await edit.button('Step 1: make it night').click();
      assert.equal(await edit.dialog.getByText('Acme refused it.').count(), 0, 'that was of another step');
      await edit.button('Original').click();
      await edit.state({ status: 'running', startedAt: 1, prompts: [night, lamp] });
      await edit.button('Step 2: light the lamp').click({ force: true });
      assert.deepEqual((await edit.posted()).at(-1), { type: 'goTo', step: 0 }, 'not while it runs');
    });
  });

  describe('5.7 messages that are forged, oversized or late', () => {
    it('5.7 do nothing', async () => {
      await edit.call('hear', { type: 'state', state: await edit.call('state') });
      await edit.call('picture', 1);
      assert.equal(await edit.call('dropped'), 0);
      assert.equal(await edit.dialog.count(), 0, 'nothing is open yet');
      await edit.open();
      const state = await edit.call('state');
      const wrong: unknown[] = [
        null,
        { type: 'opened', state },
        { type: 'state', state: { ...state, step: 1 } },
        { type: 'state', state: { ...state, status: 'done' } },
        { type: 'state', state: { ...state, prompts: Array.from({ length: 101 }, () => night) } },
        { type: 'state', state: { ...state, fileName: 'x'.repeat(10_000) } },
        { type: 'text', text: 'x'.repeat(2 ** 21 + 1) },
        { type: 'picture', step: 101, picture: {} },
        { type: 'picture', step: 0, picture: { uri: 'file:///etc/passwd' } },
        { type: 'closed' },
      ];
      for (const message of wrong) await edit.call('hear', message);
      assert.equal(await edit.call('dropped'), wrong.length);
      await edit.canvas.waitFor();
      assert.equal(await edit.dialog.count(), 1);
      assert.deepEqual(await edit.posted(), []);
    });

    it('5.7 show words as words, and nothing that is no picture', async () => {
      const html = '<img src=x onerror=alert(1)>';
      await edit.open({ fileName: html, prompts: [html], acceptLabel: html, step: 0 });
      await edit.page.getByRole('dialog', { name: `Edit ${html}` }).waitFor();
      const svg = Array.from(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'));
      await edit.page.evaluate(hearSvg, svg);
      await edit.state({ step: 1, prompts: [html] });
      await edit.dialog.getByText('The picture could not be shown.').waitFor();
      assert.equal(await edit.page.locator('img[src="x"]').count(), 0);
    });
  });
});

interface FocusGlobals {
  readonly document: {
    readonly activeElement: {
      readonly textContent: string;
      readonly className: string;
      getAttribute(name: string): string | null;
    } | null;
  };
}

/** Runs in the page. */
function isCanvasFocused(): boolean {
  const { document } = globalThis as unknown as FocusGlobals;
  return document.activeElement?.className === 'mask-stage';
}

interface DragGlobals {
  readonly document: { querySelector(selector: string): { dispatchEvent(event: object): boolean } };
  readonly DataTransfer: new () => {
    readonly items: { add(file: object): void };
    setData(type: string, words: string): void;
  };
  readonly DragEvent: new (name: string, how: object) => object;
  readonly ClipboardEvent: new (name: string, how: object) => object;
  readonly File: new (parts: string[], name: string, how: object) => object;
}

/** Runs in the page: drags a picture onto the box, then words; pastes a picture. Counts what was prevented. */
function dragAndPaste(): { refused: number; allowed: number } {
  const global = globalThis as unknown as DragGlobals;
  const box = global.document.querySelector('#edit-prompt');
  const files = new global.DataTransfer();
  files.items.add(new global.File(['x'], 'x.png', { type: 'image/png' }));
  const words = new global.DataTransfer();
  words.setData('text/plain', 'words');
  const prevented = (dataTransfer: object) =>
    ['dragenter', 'dragover', 'drop'].filter(
      (name) =>
        !box.dispatchEvent(new global.DragEvent(name, { bubbles: true, cancelable: true, dataTransfer })),
    ).length;
  const counts = { refused: prevented(files), allowed: prevented(words) };
  box.dispatchEvent(new global.ClipboardEvent('paste', { bubbles: true, clipboardData: files }));
  return counts;
}

/** Runs in the page: a step whose picture is an SVG. */
function hearSvg(bytes: number[]): void {
  const { site } = globalThis as unknown as { site: { hear(message: unknown): void } };
  const picture = { mediaType: 'image/svg+xml', width: 10, height: 10, alt: '' };
  site.hear({ type: 'picture', step: 1, picture: { ...picture, bytes: new Uint8Array(bytes) } });
}
