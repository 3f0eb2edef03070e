import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import { startTestSite, type TestSite } from '../support/testPage.ts';
import { type EditPage, openEditPage, showEditor } from './editKit.ts';
import { assertNear, pathOf } from './maskStrokesSeen.ts';

type Place = readonly [number, number];

describe('5.3 the mask editor by finger and pen', () => {
  let site: TestSite;
  let edit: EditPage;
  let protocol: CDPSession;
  before(async () => {
    site = await startTestSite('edit');
    edit = await openEditPage(site, { hasTouch: true });
    protocol = await edit.page.context().newCDPSession(edit.page);
  });
  after(() => site.stop());
  beforeEach(() => showEditor(edit));

  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: readonly Place[]) =>
    protocol.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: places.map(([x, y], id) => ({ x, y, id })),
    });

  it('5.3 marks where one finger goes', async () => {
    const [from, to] = [await edit.onCanvas(200, 150), await edit.onCanvas(300, 180)];
    await touch('touchStart', from);
    await touch('touchMove', [from[0] + 50, from[1] + 15]);
    await touch('touchMove', to);
    await touch('touchEnd');
    const { points } = pathOf((await edit.strokes())[0]);
    assertNear(points[0], await edit.placeAt(...from), 0.02);
    assertNear(points.at(-1), await edit.placeAt(...to), 0.02);
  });

  it('5.3 zooms and moves with two fingers, and marks nothing then', async () => {
    const [a, b] = [await edit.onCanvas(300, 200), await edit.onCanvas(400, 200)];
    // Large enough to be moved freely.
    for (let turn = 0; turn < 4; turn++) await edit.button('Zoom In').click();
    await edit.drawn();
    const [beneathA, beneathB] = [await edit.placeAt(...a), await edit.placeAt(...b)];
    await touch('touchStart', a);
    await touch('touchMove', [a[0] + 8, a[1]]);
    await touch('touchMove', a);
    await touch('touchStart', a, b);
    const [apartA, apartB]: Place[] = [
      [a[0] - 60, a[1] + 20],
      [b[0] + 60, b[1] + 20],
    ];
    for (const part of [0.25, 0.5, 0.75, 1]) {
      const between = (from: Place, to: Place): Place => [
        from[0] + (to[0] - from[0]) * part,
        from[1] + (to[1] - from[1]) * part,
      ];
      await touch('touchMove', between(a, apartA!), between(b, apartB!));
    }
    await touch('touchEnd', apartA!);
    await touch('touchMove', [apartA![0] + 40, apartA![1]]);
    await touch('touchEnd');
    await edit.drawn();
    assertNear(await edit.placeAt(...apartA!), beneathA, 1);
    assertNear(await edit.placeAt(...apartB!), beneathB, 1);
    // The dot that the first finger had made is gone, too.
    assert.equal(await edit.heard(), 'Dropped.');
    assert.deepEqual(await edit.strokes(), []);
    assert.deepEqual(await edit.call('told'), []);
  });

  it('5.3 erases with the other end of a pen', async () => {
    const at = await edit.onCanvas(300, 200);
    await edit.page.mouse.click(...at);
    await edit.page.evaluate(tapWithEraser, at);
    const strokes = await edit.strokes();
    assert.deepEqual(
      strokes.map(({ tool }) => tool),
      ['brush', 'eraser'],
    );
    assert.ok(await edit.tool('Brush').isChecked());
  });
});

interface PenGlobals {
  readonly document: {
    querySelector(selector: string): EventTarget & { setPointerCapture: (id: number) => void };
  };
  readonly PointerEvent: new (name: string, how: object) => Event;
}

/** Runs in the page, in which no pen can be driven from outside: its events, without capture. */
function tapWithEraser([clientX, clientY]: [number, number]): void {
  const page = globalThis as unknown as PenGlobals;
  const stage = page.document.querySelector('.mask-stage');
  stage.setPointerCapture = () => undefined;
  for (const name of ['pointerdown', 'pointerup']) {
    const how = {
      pointerId: 77,
      pointerType: 'pen',
      button: 5,
      buttons: 32,
      clientX,
      clientY,
      bubbles: true,
    };
    stage.dispatchEvent(new page.PointerEvent(name, how));
  }
}
