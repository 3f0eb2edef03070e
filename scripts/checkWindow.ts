import { basename } from 'node:path';
import { clickDialog } from '../test/support/messages.ts';
import { findCommand } from '../test/support/quickInput.ts';
import type { EditorServer } from './editorServer.ts';
import { launchBrowser, newPage } from './launchBrowser.ts';

const seconds = (count: number) => ({ timeout: count * 1000 });

/** Opens what `npm start` prints, as a person does, and rejects where the folder or the command is missing. */
export async function checkWindow(server: EditorServer, workspace: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser, server.url);
    await page.goto(server.windowUrl(workspace), seconds(60));
    await page.locator('.monaco-workbench').waitFor(seconds(60));
    await page.locator('.monaco-dialog-box').waitFor(seconds(30));
    await clickDialog(page, 'Yes, I trust the authors');
    const explorer = page.locator('.part.sidebar');
    await explorer.getByText(basename(workspace), { exact: true }).first().waitFor(seconds(30));
    await explorer.getByText('README.md', { exact: true }).waitFor(seconds(30));
    await findCommand(page, 'Image Gateway: Generate Image');
  } finally {
    await browser.close();
  }
}
