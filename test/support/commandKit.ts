// What tests of the commands share: a gateway in the settings, documents, and a window that is left as it was found.
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/host/imageCall.ts';
import * as assert from './assert.ts';
import { disk, TestGateway, ui } from './client.ts';
import type { RecordedRequest } from './gatewayReply.ts';
import { inTurn } from './inTurn.ts';

/** Runs Generate Image as another extension does. */
export function generate(...args: readonly unknown[]): Thenable<GenerateResult> {
  return vscode.commands.executeCommand<GenerateResult>('imageGateway.generate', ...args);
}

/** Runs Generate Image from Selection as another extension does. */
export function generateFromSelection(...args: readonly unknown[]): Thenable<GenerateResult> {
  return vscode.commands.executeCommand<GenerateResult>('imageGateway.generateFromSelection', ...args);
}

/** Resolves with the error; fails where there is none, or where its message does not end with the code. */
export async function failsWith(code: string, outcome: PromiseLike<unknown>): Promise<Error> {
  const error = await assert.rejects(outcome);
  assert.ok(error.message.endsWith(` [${code}]`), `expected [${code}]: ${error.message}`);
  return error;
}

/** The requests that ask for pictures. */
export async function posts(gateway: TestGateway): Promise<RecordedRequest[]> {
  return (await gateway.requests()).filter((one) => one.method === 'POST');
}

/** The JSON body of the only POST. */
export async function onlyBody(gateway: TestGateway): Promise<Record<string, unknown>> {
  const all = await posts(gateway);
  assert.equal(all.length, 1, 'requests for pictures');
  return all[0]!.body as Record<string, unknown>;
}

let ids = 0;

/**
 * Starts a gateway that has answered nothing yet and makes it the one that the settings name, under an id that no
 * other test has: lists of models and chosen models are remembered by id.
 * @param members of its entry in the setting, besides the URL
 */
export async function useGateway(
  name: string,
  members: Readonly<Record<string, unknown>> = {},
): Promise<{ gateway: TestGateway; id: string }> {
  const gateway = await TestGateway.start(name);
  await gateway.reset();
  const id = `${name}-${++ids}`;
  await set('imageGateway.gateways', { [id]: { baseUrl: gateway.baseUrl, ...members } });
  await set('imageGateway.gateway', id);
  return { gateway, id };
}

/** By the settings' ids, what the person's own settings held before tests changed them. */
const before = new Map<string, unknown>();

/** Each suite's gateway takes the place of the one before; writing settings is what takes tests longest. */
const keptInSuite: ReadonlySet<string> = new Set(['imageGateway.gateway', 'imageGateway.gateways']);

/** Changes one of the person's own settings until the test is over; the gateway's until the suite is. */
export async function set(id: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  if (!before.has(id)) before.set(id, configuration.inspect(id)?.globalValue);
  await configuration.update(id, value, vscode.ConfigurationTarget.Global);
}

/** Writes a file into the workspace, opens it and selects the text, or puts the cursor at the end. */
export async function openDocument(path: string, text: string, selected = ''): Promise<vscode.TextEditor> {
  const uri = workspaceUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const at = selected === '' ? text.length : text.indexOf(selected);
  const { document } = editor;
  // A file of that name may have been open a moment ago, and is then shown as it was until it is read anew.
  await assert.eventually(() => document.getText() === text, `${path} as written`);
  editor.selection = new vscode.Selection(document.positionAt(at), document.positionAt(at + selected.length));
  return editor;
}

/** A path of the first workspace folder as a Uri. */
export function workspaceUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

/** SHA-256 in hex. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What stands on the screen besides editors: toasts, and an open question. */
export async function shown(): Promise<{ notifications: string[]; question: string | undefined }> {
  const notifications = (await ui.notifications()).map((one) => one.text);
  const open = await ui.quickInput(1);
  return { notifications, question: open?.title ?? open?.placeholder };
}

/** Waits until that notification is all that the screen shows: a progress may still be going. */
export async function shownOnce(text: string): Promise<void> {
  await assert.eventually(async () => {
    const { notifications } = await shown();
    return notifications.length === 1 && notifications[0] === text;
  }, `nothing is shown but "${text}"`);
}

/** Lets each test of the suite leave settings, files, editors and questions as it found them; the suite, its gateway. */
export function leavesAsFound(): void {
  let files: readonly string[] = [];
  after(() => restoreSettings());
  beforeEach(async () => {
    files = await disk.list();
  });
  afterEach(async () => {
    const settings = () => restoreSettings(keptInSuite);
    await inTurn([clearScreen, closeEditors, settings, () => removeNewFiles(files)]);
  });
}

async function clearScreen(): Promise<void> {
  if (!(await ui.available())) return;
  await ui.cancelInput();
  await ui.clearNotifications();
}

async function restoreSettings(but: ReadonlySet<string> = new Set()): Promise<void> {
  for (const [id, value] of before) {
    if (but.has(id)) continue;
    await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
    before.delete(id);
  }
}

async function removeNewFiles(files: readonly string[]): Promise<void> {
  for (const file of await disk.list())
    if (!files.includes(file)) await disk.remove(file.replace(/ -> .*$/, ''));
}

/** Closes every editor, changed ones without asking. */
export async function closeEditors(): Promise<void> {
  for (let count = 0; count < 30 && vscode.window.tabGroups.all.some((one) => one.tabs.length > 0); count++)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
