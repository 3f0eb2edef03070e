import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { leavesAsFound } from '../../support/commandKit.ts';

const page = { within: 'workbench', selector: '.gettingStartedContainer' } as const;

/** Opens it; a window that has just started knows the walkthroughs of extensions a moment later. */
async function openWalkthrough(): Promise<void> {
  const id = 'image-gateway.image-gateway#gettingStarted';
  await assert.eventually(async () => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
    const { text = '' } = await ui.inspect(page);
    return text.includes('Generate your first image');
  }, 'the walkthrough');
}

describe('2.2 the walkthrough', () => {
  leavesAsFound();

  it('2.2 opens with the steps from a first image to a document', async function () {
    await needsUi(this);
    await openWalkthrough();
    for (const text of [
      'Get Started with Image Gateway',
      'Generate your first image',
      'Set an API key',
      'Choose a model',
      'Start from the document',
    ])
      await ui.waitForText(text, page);
  });

  it('2.2 says at its first step how to go on without a key, and its button asks for the prompt', async function () {
    await needsUi(this);
    await openWalkthrough();
    await ui.waitForText('Try offline (sketch, no key)', page);
    await ui.click({ within: 'workbench', role: 'button', name: 'Generate Image', loose: true, nth: 0 });
    await ui.quickInput();
    await ui.cancelInput();
  });
});
