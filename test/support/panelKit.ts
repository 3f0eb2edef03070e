// What the tests of the panel share: its elements by role and name, and gateways that stream in steps.
import * as vscode from 'vscode';
import * as assert from './assert.ts';
import { disk, type TestGateway, ui } from './client.ts';
import type { Target } from './controlApi.ts';
import { pngBase64, type Reply, type ReplyEvent } from './gatewayReply.ts';

export const imagesPath = '/images/generations';
export const chatPath = '/chat/completions';

export const promptBox: Target = { role: 'textbox', name: 'Prompt' };
export const generateButton: Target = { role: 'button', name: 'Generate' };
export const cancelButton: Target = { role: 'button', name: 'Cancel' };
export const frame: Target = { role: 'img', name: 'Unfinished image' };

/** A button under the finished picture. */
export function action(name: string): Target {
  return { role: 'button', name };
}

/** Opens the panel and waits for its page. */
export async function openPanel(prompt?: string): Promise<void> {
  await vscode.commands.executeCommand(
    'imageGateway.openPanel',
    prompt === undefined ? undefined : { prompt },
  );
  await ui.waitFor({ ...promptBox, timeoutMs: 20_000 });
}

/** Opens the panel with the prompt and presses Generate. */
export async function generateInPanel(prompt: string): Promise<void> {
  await openPanel(prompt);
  await assert.eventually(
    async () => (await ui.inspect(promptBox)).value === prompt,
    'the prompt in its box',
  );
  // A toast of the test before may come late, and over the button.
  await ui.clearNotifications();
  await ui.click(generateButton);
}

/** Waits until the panel shows a finished picture of that path. */
export async function finished(path: string): Promise<void> {
  await ui.waitForText(path, { selector: '.path', timeoutMs: 20_000 });
  await assert.eventually(async () => !(await isRunning()), 'the request is over');
}

/** Whether the panel says that a request is under way. */
export async function isRunning(): Promise<boolean> {
  return (await ui.inspect(cancelButton)).attributes?.['aria-disabled'] !== 'true';
}

/** Lets the gateway list one model of the images route that streams words and frames. */
export async function listsStreamer(gateway: TestGateway): Promise<void> {
  const entry = { id: 'acme/streamer', name: 'streamer', type: 'image', object: 'model' };
  const supported_parameters = ['n', 'size', 'stream', 'partial_images'];
  await gateway.reply('/models', { json: { object: 'list', data: [{ ...entry, supported_parameters }] } });
}

/** Words, a frame and the picture (64×48), each held back until `release`. */
export function streamInSteps(text = 'Painting the lamp room.'): Reply {
  return { sse: [words(text, true), partial(), completed()] };
}

/** Words on the images route. */
export function words(text: string, held = false): ReplyEvent {
  return { event: 'image_generation.text_chunk', data: { type: 'image_generation.text_chunk', text }, held };
}

/** A frame on the images route. */
export function partial(held = true): ReplyEvent {
  const type = 'image_generation.partial_image';
  return { event: type, data: { type, partial_image_index: 0, b64_json: pngBase64('64x48 #808080') }, held };
}

/** The picture on the images route, with what it used and cost. */
export function completed(held = true): ReplyEvent {
  const type = 'image_generation.completed';
  const usage = { input_tokens: 5, output_tokens: 37, total_tokens: 42, cost: 0.0125 };
  return { event: type, data: { type, b64_json: pngBase64('64x48 #ff8800'), usage }, held };
}

/** The files in `images`. */
export function images(): Promise<string[]> {
  return disk.list('images');
}

/** Does with the picture what stands in the menu behind its buttons. */
export async function actFromMenu(name: string): Promise<void> {
  await ui.click(action('More Actions…'));
  await ui.click({ role: 'menuitem', name });
}

/** Takes back what the panel remembers from test to test: its form, and that its history is shown. */
export async function resetPanel(): Promise<void> {
  if (!(await ui.available())) return;
  await openPanel();
  const history: Target = { role: 'button', name: 'History' };
  if ((await ui.inspect(history)).attributes?.['aria-expanded'] === 'true') await ui.click(history);
  await ui.evaluate(`
    for (const list of document.querySelectorAll('.form select')) {
      list.selectedIndex = 0;
      list.dispatchEvent(new Event('change'));
    }
    for (const box of document.querySelectorAll('.form input[type=text]')) {
      box.value = '';
      box.dispatchEvent(new Event('change'));
    }
  `);
  const values =
    '[...document.querySelectorAll(".form select, .form input")].map((one) => one.value).join("")';
  // One picture, and nothing else asked for.
  await assert.eventually(async () => (await ui.evaluate(values)) === '1', 'the form as it was');
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}
