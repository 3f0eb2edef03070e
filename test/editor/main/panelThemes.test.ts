import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { leavesAsFound, set, useGateway } from '../../support/commandKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';
import {
  cancelButton,
  frame,
  generateInPanel,
  finished,
  imagesPath,
  listsStreamer,
  openPanel,
  streamInSteps,
} from '../../support/panelKit.ts';

const themes: readonly (readonly [name: string, id: string, bodyClass: string])[] = [
  ['light', 'Default Light Modern', 'vscode-light'],
  ['dark', 'Default Dark Modern', 'vscode-dark'],
  ['high contrast', 'Default High Contrast', 'vscode-high-contrast'],
  ['high contrast light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
];

/** Runs in the page: elements whose words stand out too little from what is behind them, by WCAG 2.2 (1.4.3). */
const tooPale = `(() => {
  const parse = (text) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((one) => (one /= 255) <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => element === null ? [255, 255, 255, 1]
    : over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement));
  const pale = [];
  for (const element of document.querySelectorAll('body *')) {
    const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '') || element.tagName === 'TEXTAREA';
    const isOff = element.closest('[aria-disabled=true], .heard');
    if (!hasWords || isOff || !element.checkVisibility()) continue;
    const [one, other] = [light(over(parse(getComputedStyle(element).color), behind(element))), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) pale.push(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
  }
  return pale;
})()`;

describe('2.6 the panel in every kind of theme', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  for (const [name, id, bodyClass] of themes) {
    it(`2.6 is legible, with colours of the theme, in a ${name} one`, async () => {
      const { gateway } = await useGateway('themes');
      await listsStreamer(gateway);
      await set('workbench.colorTheme', id);
      await gateway.queue(
        imagesPath,
        streamInSteps('I paint the brass lens of a lighthouse, seen from below.'),
      );
      await openPanel();
      await assert.eventually(
        () => ui.evaluate(`document.body.classList.contains(${JSON.stringify(bodyClass)})`),
        `the theme ${id}`,
      );
      await generateInPanel('The great lens of the lighthouse');
      await gateway.release();
      await ui.waitForText('I paint');
      await gateway.release();
      await ui.waitFor(frame);
      await look(name, 'running');
      await ui.click(cancelButton);
      await ui.waitForText('Cancelled.');
      await look(name, 'cancelled');
      await gateway.queue(imagesPath, errorReply(429, 'Slow down'));
      await generateInPanel('The great lens of the lighthouse');
      await ui.waitFor({ role: 'region', name: 'No image was made.' });
      await look(name, 'failed');
      await set('imageGateway.gateway', 'offline');
      await generateInPanel('A white lighthouse above the fog');
      await finished('images/a-white-lighthouse-above-the-fog.png');
      await look(name, 'finished');
    });
  }

  async function look(theme: string, state: string): Promise<void> {
    await ui.waitFor({ within: 'workbench', selector: '.monaco-workbench' });
    await ui.screenshot(`panel ${theme} ${state}`);
    assert.deepEqual(await ui.evaluate(tooPale), [], `too pale while ${state}`);
    const background = await ui.evaluate(`getComputedStyle(document.body).backgroundColor`);
    const ofTheme = await ui.evaluate(
      `(() => { const div = document.createElement('div'); div.style.color = 'var(--vscode-editor-background)';
        document.body.append(div); const { color } = getComputedStyle(div); div.remove(); return color; })()`,
    );
    assert.equal(background, ofTheme);
  }
});
