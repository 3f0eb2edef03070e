import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { failsWith, leavesAsFound, openDocument, set, useGateway } from '../../support/commandKit.ts';

const openPanel = (...args: readonly unknown[]) =>
  vscode.commands.executeCommand('imageGateway.openPanel', ...args);
const draft = async () => (await ui.inspect({ selector: 'textarea' })).value;

describe('2.2 openPanel', () => {
  leavesAsFound();

  it('2.2 refuses what it does not know by name', async () => {
    for (const [args, name] of [
      [{ promt: 'a fox' }, 'promt'],
      [{ prompt: 7 }, 'prompt'],
      [{ prompt: 'a fox', model: 'acme/painter' }, 'model'],
    ] as const) {
      const error = await failsWith('invalidArguments', openPanel(args));
      assert.includes(error.message, name);
    }
    for (const args of ['a fox', 7, ['a fox']]) await failsWith('invalidArguments', openPanel(args));
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap((one) => one.tabs),
      [],
    );
  });

  it('2.2 fills the prompt box with the prompt, else with the selection', async function () {
    await needsUi(this);
    await openDocument('story.md', 'The lamp turns.', 'The lamp');
    await openPanel({ prompt: 'a red fox' });
    await assert.eventually(async () => (await draft()) === 'a red fox', 'the prompt');
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await ui.runCommand('Image Gateway: Open Image Panel');
    await assert.eventually(async () => (await draft()) === 'The lamp', 'the selection');
  });

  it('2.2 takes a Uri that a menu passes for no arguments', async function () {
    await needsUi(this);
    const { document } = await openDocument('story.md', 'The lamp turns.', 'turns');
    await openPanel(document.uri);
    await assert.eventually(async () => (await draft()) === 'turns', 'the selection');
  });
});

describe('2.2 selectGateway', () => {
  leavesAsFound();

  it("2.2 lists gateways with their hosts and writes the person's own setting", async function () {
    await needsUi(this);
    const { gateway, id } = await useGateway('choice');
    await set('imageGateway.gateway', 'openai');
    await ui.runCommand('Image Gateway: Select Gateway');
    const { items } = (await ui.quickInput())!;
    const row = (label: string) => items.find((one) => one.label === label);
    assert.deepEqual(
      ['Vercel AI Gateway', 'Agnic', 'OpenRouter', 'LocalAI', 'Offline sketch'].filter((one) => !row(one)),
      [],
    );
    assert.equal(row('OpenAI')?.description, 'api.openai.com');
    assert.equal(row('Offline sketch')?.description, 'on this machine');
    await ui.pickItem(id);
    const own = () => vscode.workspace.getConfiguration('imageGateway').inspect('gateway')?.globalValue;
    await assert.eventually(() => own() === id, 'the setting');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 leaves all as it is on Escape', async function () {
    await needsUi(this);
    await set('imageGateway.gateway', 'openai');
    await ui.runCommand('Image Gateway: Select Gateway');
    await ui.quickInput();
    await ui.cancelInput();
    assert.equal(vscode.workspace.getConfiguration('imageGateway').get('gateway'), 'openai');
  });
});
