// What the tests of saving and linking share: a gateway of their own, documents, and a workspace that each test leaves as it
// was.
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/host/imageCall.ts';
import { eventually } from './assert.ts';
import { disk, TestGateway } from './client.ts';
import { pngBase64, type Reply } from './gatewayReply.ts';

/** The path of requests on the images route. */
export const imagesPath = '/images/generations';

/** Chooses a gateway of the suite's own, on the images route, in the person's settings; takes everything back. */
export function useGateway(name: string): { readonly gateway: TestGateway } {
  const used = {} as { gateway: TestGateway };
  const undo: (() => Promise<void>)[] = [];
  before(async () => {
    used.gateway = await TestGateway.start(name);
    await used.gateway.reset();
    const config = { [name]: { baseUrl: used.gateway.baseUrl, auth: 'none', route: 'images' } };
    undo.push(await set('imageGateway.gateways', config, vscode.ConfigurationTarget.Global));
    undo.push(await set('imageGateway.gateway', name, vscode.ConfigurationTarget.Global));
    undo.push(await set('imageGateway.request.maxImagesPerHour', 100_000, vscode.ConfigurationTarget.Global));
  });
  afterEach(() => used.gateway.reset());
  after(async () => {
    for (const one of undo.reverse()) await one();
  });
  return used;
}

/** Closes editors, takes settings back and removes new files after each test; existing ones are not to be changed. */
export function leavesNoTrace(): {
  readonly set: (
    id: string,
    value: unknown,
    target?: vscode.ConfigurationTarget,
    scope?: vscode.Uri,
  ) => Promise<void>;
} {
  const undo: (() => Promise<void>)[] = [];
  let before: ReadonlySet<string>;
  beforeEach(async () => {
    before = await workspacePaths();
  });
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
    await closeEditors();
    await removeNewFiles(before);
  });
  return {
    set: async (id, value, target = vscode.ConfigurationTarget.Workspace, scope) => {
      undo.push(await set(id, value, target, scope));
    },
  };
}

/** The first workspace folder. */
export function root(): vscode.Uri {
  return vscode.workspace.workspaceFolders![0]!.uri;
}

/** A Uri in the first workspace folder. */
export function inRoot(path: string): vscode.Uri {
  return vscode.Uri.joinPath(root(), path);
}

/** Runs Generate Image with arguments. */
export async function generate(args: Readonly<Record<string, unknown>>): Promise<GenerateResult> {
  return vscode.commands.executeCommand<GenerateResult>('imageGateway.generate', args);
}

/** The pictures' paths inside the first workspace folder. */
export function savedPaths({ images }: GenerateResult): string[] {
  return images.map(({ uri }) => uri.path.slice(root().path.length + 1));
}

/** The answer of the images route with pictures: each a size (and colour), or a base64. */
export function picturesReply(...pictures: readonly string[]): Reply {
  const data = pictures.map((one) => ({ b64_json: /^\d+x\d+/.test(one) ? pngBase64(one) : one }));
  return { json: { created: 1677652288, data } };
}

/** Resolves when so many requests for a picture are with the gateway. */
export async function asked(gateway: TestGateway, count = 1): Promise<void> {
  await eventually(
    async () => (await gateway.requests(imagesPath)).length >= count,
    'the gateway is asked for a picture',
  );
}

let documents = 0;

/**
 * Writes a document, opens it, and puts the cursor or a selection there: `|` marks its end, `^` its beginning. A `#` in the
 * path becomes a number of its own: VS Code may still hold what a file of that name was in the test before.
 */
export async function openMarked(path: string, marked: string): Promise<vscode.TextEditor> {
  const uri = inRoot(path.replace('#', String(++documents)));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(marked.replace(/[|^]/g, '')));
  // Not showTextDocument: it keeps the document open for minutes after its editor was closed.
  await vscode.commands.executeCommand('vscode.open', uri);
  const editor = await eventually(() => {
    const { activeTextEditor: active } = vscode.window;
    return active?.document.uri.toString() === uri.toString() ? active : undefined;
  }, `${path} is open`);
  await select(editor!, marked);
  return editor!;
}

/** Puts one selection where the marks of each text are. */
export async function select(editor: vscode.TextEditor, ...marked: readonly string[]): Promise<void> {
  const { document } = editor;
  const selections = marked.map((one) => {
    const end = one.replace('^', '').indexOf('|');
    const begin = one.includes('^') ? one.indexOf('^') : end;
    return new vscode.Selection(document.positionAt(begin), document.positionAt(end));
  });
  editor.selections = selections;
  await eventually(
    () => selections.every((one, index) => editor.selections[index]?.isEqual(one) === true),
    'the editor takes the selection',
  );
  // It is set in the extension host at once; a command's answer comes after it is set in the window, too.
  await vscode.commands.executeCommand('setContext', 'imageGateway.test', true);
}

/** Closes all editors, without asking about unsaved text. */
async function closeEditors(): Promise<void> {
  const isDone = () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  await eventually(async () => {
    if (!isDone()) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    return isDone();
  }, 'all editors are closed');
}

/** Sets a setting; resolves to what takes it back. */
async function set(
  id: string,
  value: unknown,
  target: vscode.ConfigurationTarget,
  scope?: vscode.Uri,
): Promise<() => Promise<void>> {
  const config = () => vscode.workspace.getConfiguration(undefined, scope ?? null);
  const known = config().inspect(id);
  const before = {
    [vscode.ConfigurationTarget.Global]: known?.globalValue,
    [vscode.ConfigurationTarget.Workspace]: known?.workspaceValue,
    [vscode.ConfigurationTarget.WorkspaceFolder]: known?.workspaceFolderValue,
  }[target];
  await config().update(id, value, target);
  return async () => {
    await config().update(id, before, target);
  };
}

/** Every path of the workspace, and the first segment of each. */
async function workspacePaths(): Promise<ReadonlySet<string>> {
  const paths = (await disk.list()).map(withoutTarget);
  return new Set([...paths, ...paths.map((path) => path.split('/')[0]!)]);
}

async function removeNewFiles(before: ReadonlySet<string>): Promise<void> {
  for (const [name] of await vscode.workspace.fs.readDirectory(root()))
    if (!before.has(name)) await disk.remove(name);
  for (const path of (await disk.list()).map(withoutTarget)) if (!before.has(path)) await disk.remove(path);
}

/** A line of `disk.list` names a link's target, too. */
function withoutTarget(line: string): string {
  return line.split(' -> ')[0]!;
}
