// The person's own settings, set and taken back by tests.
import * as vscode from 'vscode';
import { eventually } from './assert.ts';
import { controlFile, disk } from './client.ts';

type Settings = Readonly<Record<string, unknown>>;
type Inspected = { globalLocalValue?: unknown; globalValue?: unknown } | undefined;

/** Names without `imageGateway.`; undefined takes a setting away. Resolves when the extension host has them. */
export async function setOwn(settings: Settings): Promise<void> {
  const { suite } = await controlFile();
  // Where machine settings hold a setting, the editor's own way writes there.
  await (suite === 'hostile' ? editFile(settings) : update(settings));
  await eventually(
    () =>
      Object.entries(settings).every(
        ([name, value]) => JSON.stringify(ownValue(name)) === JSON.stringify(value),
      ),
    `the own settings ${JSON.stringify(settings)} arrive`,
  );
}

/** Gives these settings, or all that a test may have set, the values that the run began with. */
export function resetOwn(names: readonly string[] = all): Promise<void> {
  return setOwn(Object.fromEntries(names.map((name) => [name, initial[name]])));
}

/** What the runner wrote into the person's settings (scripts/testWorkspace.ts): all tests share one hour. */
const initial: Settings = { 'request.maxImagesPerHour': 10_000 };

const all = [
  'gateway',
  'gateways',
  'model',
  'output.metadata',
  'request.timeoutSeconds',
  'request.maxImages',
  'request.maxImagesPerHour',
];

function ownValue(name: string): unknown {
  const inspected = vscode.workspace.getConfiguration('imageGateway').inspect(name) as Inspected;
  return inspected !== undefined && 'globalLocalValue' in inspected
    ? inspected.globalLocalValue
    : inspected?.globalValue;
}

async function update(settings: Settings): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    if (JSON.stringify(ownValue(name)) === JSON.stringify(value)) continue;
    await vscode.workspace
      .getConfiguration('imageGateway')
      .update(name, value, vscode.ConfigurationTarget.Global);
  }
}

/** As the person does who edits the file. */
async function editFile(settings: Settings): Promise<void> {
  const file = `${(await disk.folders()).temporary}/data/data/User/settings.json`;
  const own = JSON.parse((await disk.readText(file)) ?? '{}') as Record<string, unknown>;
  for (const [name, value] of Object.entries(settings)) own[`imageGateway.${name}`] = value;
  await disk.write(file, JSON.stringify(own, null, 2));
  // The server under test watches no files, but it reads the whole file again after a change of its own.
  const problems = vscode.workspace.getConfiguration('problems');
  const decorations = problems.get<boolean>('decorations.enabled') !== true;
  await problems.update('decorations.enabled', decorations, vscode.ConfigurationTarget.Global);
}
