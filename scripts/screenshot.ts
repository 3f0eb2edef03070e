// node scripts/screenshot.ts: makes docs/screenshot.png for the README, and out/screenshots/themes/*.png to look at:
// the packaged extension in a real VS Code, with the offline gateway, in every theme. With `missing`, only what starts from
// documents.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { errorReply, pngBase64 } from '../test/support/gatewayReply.ts';
import { disc, drawScene } from '../test/support/drawnScenes.ts';
import { GatewayServer } from '../test/support/gatewayServer.ts';
import { answerInput, cancelInput, pickItem, runCommand } from '../test/support/quickInput.ts';
import { clearNotifications } from '../test/support/messages.ts';
import { encode } from '../test/support/pixels.ts';
import { startEditorServer } from './editorServer.ts';
import { installVsix } from './installVsix.ts';
import { launchBrowser, newPage } from './launchBrowser.ts';
import { packageExtension } from './package.ts';
import { newestEditor, outDir, rootDir } from './paths.ts';
import { makeTestFolders, removeTestFolders, testEnvironment } from './testWorkspace.ts';

const seconds = (count: number) => ({ timeout: count * 1000 });
const panelOf = (page: Page) => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

const themes = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const;

const gatewayName = 'Acme';

const settingsFor = (gateway: GatewayServer) => ({
  'imageGateway.gateways': { acme: { name: gatewayName, baseUrl: gateway.baseUrl, auth: 'none' } },
  'imageGateway.gateway': 'offline',
  'imageGateway.markdown.insertLink': 'always',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': themes[0],
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'window.menuBarVisibility': 'compact',
});

async function main(): Promise<void> {
  const gateway = await GatewayServer.start();
  const folders = await makeTestFolders('screenshot', { settings: settingsFor(gateway) });
  const vsix = await packageExtension({ quiet: true });
  await installVsix(newestEditor, folders.dataDir, vsix);
  const server = await startEditorServer({
    version: newestEditor,
    dataDir: folders.dataDir,
    trust: false,
    env: testEnvironment(folders),
  });
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser, server.url);
    await mkdir(shotsFolder, { recursive: true });
    await page.setViewportSize({ width: 1320, height: 800 });
    await page.goto(server.windowUrl(folders.opened), seconds(60));
    await page.locator('.part.sidebar').getByText('README.md', { exact: true }).waitFor(seconds(60));
    if (process.argv[2] !== 'missing') await showPanel(page, gateway);
    await showMissing(page, folders.opened);
  } catch (error) {
    await browser
      .contexts()[0]
      ?.pages()[0]
      ?.screenshot({ path: join(outDir, 'screenshots', 'failed.png') });
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    await gateway.stop();
    await removeTestFolders(folders);
  }
}

async function showPanel(page: Page, gateway: GatewayServer): Promise<void> {
  await compose(page);
  await page.screenshot({ path: join(rootDir, 'docs', 'screenshot.png') });
  await showThemes(page);
  await showWaits(page, gateway);
  await showReceipt(page, gateway);
  await showEdit(page, gateway);
  await showSheet(page, gateway);
}

/** A document with a link that the panel has inserted beside its finished picture. */
async function compose(page: Page): Promise<void> {
  const files = page.locator('.part.sidebar');
  await files.getByText('docs', { exact: true }).click();
  await files.getByText('guide.md', { exact: true }).dblclick();
  const editor = page.locator('.monaco-editor .view-lines').first();
  await editor.waitFor(seconds(20));
  await page.keyboard.press('ControlOrMeta+End');
  await runCommand(page, 'Image Gateway: Open Image Panel');
  await generate(page, 'A white lighthouse on a cliff at dawn');
  await files.getByText('images', { exact: true }).click();
  await files.getByText('a-white-lighthouse', { exact: false }).first().waitFor(seconds(20));
  await clearNotifications(page);
  await cancelInput(page);
  await panelOf(page).getByRole('textbox', { name: 'Prompt' }).fill('The same at night, with a lit lantern');
}

async function generate(page: Page, prompt: string): Promise<void> {
  const panel = panelOf(page);
  await panel.getByRole('textbox', { name: 'Prompt' }).fill(prompt, seconds(20));
  await panel.getByRole('button', { name: 'Generate' }).click();
  await panel.getByRole('button', { name: 'Insert Link' }).waitFor(seconds(30));
}

const shotsFolder = join(outDir, 'screenshots', 'themes');

/** Chooses a theme. @returns the beginning of its pictures' paths */
async function useTheme(page: Page, theme: string): Promise<string> {
  await runCommand(page, 'Preferences: Color Theme');
  await page.keyboard.type(theme);
  await page.waitForTimeout(400);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1200);
  return join(shotsFolder, theme.toLowerCase().replaceAll(' ', '-'));
}

async function showThemes(page: Page): Promise<void> {
  for (const theme of themes) {
    const path = await useTheme(page, theme);
    await page.screenshot({ path: `${path}.png` });
    const panel = panelOf(page);
    await panel.getByRole('textbox', { name: 'Prompt' }).fill(`In ${theme}`);
    await panel.getByRole('button', { name: 'Generate' }).click();
    const frame = panel.getByRole('img', { name: 'Unfinished image' });
    // On a busy machine frames are gone before they are seen.
    const isSeen = await frame.waitFor(seconds(5)).then(
      () => true,
      () => false,
    );
    if (isSeen) await page.screenshot({ path: `${path}-frame.png` });
    await panel.getByRole('button', { name: 'Insert Link' }).waitFor(seconds(30));
  }
  await runCommand(page, 'Image Gateway: Generate Image');
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(shotsFolder, 'prompt.png') });
  await cancelInput(page);
}

/** A gateway that asks to wait, and bills. */
async function showWaits(page: Page, gateway: GatewayServer): Promise<void> {
  const path = '/images/generations';
  gateway.reply('/models', { json: { data: [{ id: 'acme/painter', type: 'image' }] } });
  await runCommand(page, 'Image Gateway: Select Gateway');
  await pickItem(page, gatewayName);
  for (const theme of themes) {
    const name = await useTheme(page, theme);
    gateway.queue(
      path,
      { ...errorReply(429, 'Busy'), headers: { 'retry-after': '3' } },
      {
        json: {
          data: [{ b64_json: pngBase64('640x360 #3b82c4') }],
          usage: { cost: 0.039, total_tokens: 1290 },
        },
      },
    );
    const panel = panelOf(page);
    await panel.getByRole('textbox', { name: 'Prompt' }).fill(`A gateway in ${theme}`);
    await panel.getByRole('button', { name: 'Generate' }).click();
    await panel.getByText('trying again', { exact: false }).waitFor(seconds(20));
    await page.screenshot({ path: `${name}-wait.png` });
    await panel.getByRole('button', { name: 'Insert Link' }).waitFor(seconds(30));
    await page.screenshot({ path: `${name}-cost.png` });
  }
}

/** A sticker with true transparency, made by another model than the one that was asked. */
async function showReceipt(page: Page, gateway: GatewayServer): Promise<void> {
  const { truth } = drawScene([disc(240, 180, 130, [220, 90, 50])], {
    ...{ width: 480, height: 360, background: [0, 0, 0] },
  });
  const b64_json = Buffer.from(await encode(truth, 'png', 90)).toString('base64');
  gateway.reply('/images/generations', { json: { model: 'acme/cheaper', data: [{ b64_json }] } });
  for (const theme of themes) {
    const name = await useTheme(page, theme);
    const panel = panelOf(page);
    await panel.getByRole('textbox', { name: 'Prompt' }).fill(`A sticker in ${theme}`);
    await panel.getByRole('button', { name: 'Generate' }).click();
    const request = panel.locator('.request').filter({ hasText: `A sticker in ${theme}` });
    await request.getByRole('button', { name: 'Insert Link' }).waitFor(seconds(30));
    const receipt = request.locator('.receipt:not([open]) summary');
    if (await receipt.isVisible()) await receipt.click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${name}-receipt.png` });
  }
}

/** The edit of a picture: while it is marked, and before it is accepted. */
async function showEdit(page: Page, gateway: GatewayServer): Promise<void> {
  const scene = async (disk: [number, number, number]) => {
    const { truth } = drawScene([disc(240, 180, 130, disk)], {
      width: 480,
      height: 360,
      background: [40, 60, 90],
    });
    return Buffer.from(await encode(truth, 'png', 90)).toString('base64');
  };
  gateway.reply('/images/generations', { json: { data: [{ b64_json: await scene([220, 90, 50]) }] } });
  gateway.reply('/images/edits', { json: { data: [{ b64_json: await scene([90, 180, 90]) }] } });
  const panel = panelOf(page);
  for (const theme of themes) {
    const name = await useTheme(page, theme);
    await panel.getByRole('textbox', { name: 'Prompt' }).fill(`A lamp in ${theme}`);
    await panel.getByRole('button', { name: 'Generate' }).click();
    const request = panel.locator('.request').filter({ hasText: `A lamp in ${theme}` });
    await request.getByRole('button', { name: 'Edit' }).click(seconds(30));
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${name}-edit-open.png` });
    const stage = panel.locator('.edit [role="application"]');
    await stage.focus(seconds(10));
    await page.keyboard.press(' ');
    await panel.locator('.edit textarea').fill('Make it green');
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${name}-edit.png` });
    await panel.getByRole('dialog').getByRole('button', { name: 'Generate' }).click();
    await panel.locator('.edit .compare').waitFor(seconds(30));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${name}-edit-done.png` });
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Leave' }).click();
  }
}

/** Four drafts of two models beside the history; one of them failed. And a narrow column. */
async function showSheet(page: Page, gateway: GatewayServer): Promise<void> {
  const models = ['acme/painter', 'acme/sketcher'].map((id) => ({ id, type: 'image' }));
  gateway.reply('/models', { json: { data: models } });
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Compare' }).click();
  await pickItem(page, 'acme/sketcher');
  await panel.getByRole('combobox', { name: 'Images' }).selectOption('2');
  await panel.getByRole('combobox', { name: 'Size' }).selectOption('16:9');
  const picture = (colour: string) => ({ json: { data: [{ b64_json: pngBase64(`640x360 ${colour}`) }] } });
  for (const theme of themes) {
    const name = await useTheme(page, theme);
    gateway.queue(
      '/images/generations',
      ...[picture('#3b82c4'), picture('#c4803b'), picture('#3bc482')],
      errorReply(400, 'I cannot draw that, because it is a secret.', 'content_policy_violation'),
    );
    await panel.getByRole('textbox', { name: 'Prompt' }).fill(`Four skies in ${theme}`);
    await panel.getByRole('button', { name: 'Generate' }).click();
    await panel.getByRole('button', { name: 'Keep All' }).waitFor(seconds(30));
    await panel.getByText('a secret', { exact: false }).first().waitFor(seconds(30));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${name}-sheet.png` });
    await panel.getByRole('button', { name: 'History' }).click();
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${name}-history.png` });
    await panel.getByRole('button', { name: 'History' }).click();
  }
  await page.setViewportSize({ width: 1800, height: 900 });
  await runCommand(page, 'View: Close Primary Side Bar');
  await page.waitForTimeout(800);
  await panel.getByRole('button', { name: 'History' }).click();
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(shotsFolder, 'wide.png') });
  await panel.getByRole('button', { name: 'History' }).click();
  await page.setViewportSize({ width: 760, height: 900 });
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(shotsFolder, 'narrow.png') });
}

const garden = `# The garden in March

The first crocuses come up beside the pond while snow still lies under the hedge.

![Crocuses beside a pond, snow under the hedge](images/crocuses.png)

## Tools

<img src="images/tools.webp" alt="Old garden tools on a wooden wall" width="640" height="360">

![How the beds are laid out](images/beds.gif)
`;

/** The quick fix of a missing image, its box, and the list of all that are missing. */
async function showMissing(page: Page, folder: string): Promise<void> {
  await writeFile(join(folder, 'garden.md'), garden);
  await page.setViewportSize({ width: 1320, height: 800 });
  for (const theme of themes) {
    const name = await useTheme(page, theme);
    await page.keyboard.press('ControlOrMeta+p');
    await answerInput(page, 'garden.md');
    await page.locator('.monaco-editor .view-lines').first().click(seconds(20));
    await page.keyboard.press('ControlOrMeta+Home');
    for (let line = 0; line < 4; line++) await page.keyboard.press('ArrowDown');
    await page.locator('.lightBulbWidget').first().waitFor(seconds(20));
    await page.keyboard.press('ControlOrMeta+.');
    await page.locator('.action-widget').getByText('Generate this image').waitFor(seconds(20));
    await page.screenshot({ path: `${name}-missing-fix.png` });
    await page.keyboard.press('Enter');
    await page.getByText('Generate Missing Image', { exact: true }).waitFor(seconds(20));
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${name}-missing-box.png` });
    await cancelInput(page);
    await runCommand(page, 'Image Gateway: Generate Missing Images');
    await pickItem(page, 'This Document');
    // Away from the list, or a tip would lie over its title.
    await page.mouse.move(5, 790);
    await page.getByText('of 3 chosen', { exact: false }).waitFor(seconds(20));
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${name}-missing-list.png` });
    await cancelInput(page);
  }
}

await main();
