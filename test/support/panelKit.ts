// What tests of the panel share: the page's parts by role and name, and answers that come in steps.
import * as vscode from 'vscode';
import { ui } from './client.ts';
import { chatChunk, chatImage, pngBase64, type Reply } from './gatewayReply.ts';

/** Parts of the page, as a person finds them. */
export const page = {
  prompt: { role: 'textbox', name: 'Prompt' },
  generate: { role: 'button', name: 'Generate' },
  cancel: { role: 'button', name: 'Cancel' },
  button: (name: string) => ({ role: 'button', name }),
  text: (text: string) => ({ text, loose: true, nth: 0 }),
} as const;

/** Opens the panel and waits until its page stands. */
export async function openPanel(args?: unknown): Promise<void> {
  await vscode.commands.executeCommand('imageGateway.openPanel', ...(args === undefined ? [] : [args]));
  await ui.waitFor(page.prompt);
}

/** Types a prompt into the panel and presses Generate. */
export async function generateInPanel(prompt: string): Promise<void> {
  await ui.fill(page.prompt, prompt);
  await ui.click(page.generate);
}

/** Forgets what the panel showed last: a new request that fails quickly, so that no picture is left. */
export function panelTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview);
}

/** A chat answer in steps: two words, a pause, the picture, a pause, the end. */
export function slowChat(pauseMs: number, picture = '64x48 #2266aa'): Reply {
  return {
    sse: [
      chatChunk({ role: 'assistant', content: 'Here ' }),
      chatChunk({ content: 'it comes.' }),
      { ...chatChunk({ images: [chatImage(picture)] }), delayMs: pauseMs },
      { ...chatChunk({}, 'stop'), delayMs: pauseMs },
      { data: '[DONE]' },
    ],
  };
}

/** An images answer in steps: a partial frame, a pause, the picture. */
export function slowFrames(pauseMs: number): Reply {
  const frame = {
    type: 'image_generation.partial_image',
    b64_json: pngBase64('64x48 #888888'),
    partial_image_index: 0,
  };
  const picture = {
    type: 'image_generation.completed',
    b64_json: pngBase64('64x48 #2266aa'),
    usage: { total_tokens: 12 },
  };
  return {
    sse: [
      { data: frame, event: frame.type },
      { data: picture, event: picture.type, delayMs: pauseMs },
    ],
  };
}
