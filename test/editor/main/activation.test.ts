import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import type { TestGateway } from '../../support/client.ts';
import { controlFile, needsUi, ui } from '../../support/client.ts';
import { generate, leavesAsFound, set, useGateway } from '../../support/commandKit.ts';

const extension = () => vscode.extensions.getExtension<unknown>('image-gateway.image-gateway')!;
/** Each output channel has a command that shows it. */
const hasLog = async (name = 'Image Gateway') => {
  const shows = (await vscode.commands.getCommands(true)).filter((id) => id.includes('.output.show.'));
  return shows.some((id) => id.includes(`.${name}`));
};

/** Makes a log of one's own and waits for it: one that was made before would be there as well. */
async function untilLogsWouldBeSeen(): Promise<void> {
  const channel = vscode.window.createOutputChannel('a log of the tests', { log: true });
  await assert.eventually(() => hasLog('a log of the tests'), 'a log');
  channel.dispose();
}

declare const require: { readonly cache: Readonly<Record<string, unknown>> } | undefined;
/** Whether the part with the SDK is loaded; in the browser's host all is one file. */
const hasLoadedSdk = () =>
  Object.keys(require?.cache ?? {}).some((path) =>
    /image-gateway-[^\\/]+[\\/]dist[\\/]gateway\.js$/.test(path),
  );

interface Seen {
  readonly isActive: boolean;
  readonly log: boolean;
  readonly sdk: boolean;
  readonly requests: number;
}

/** What is there, before the tests of any file have run a command. */
let atStart: Seen;
let afterActivation: Seen;
let failure: unknown;

async function look(gateway: TestGateway): Promise<Seen> {
  const requests = (await gateway.requests()).length + (await gateway.preflights());
  return { isActive: extension().isActive, log: await hasLog(), sdk: hasLoadedSdk(), requests };
}

// Before all tests of the run, so that the order of the files does not matter.
before(async () => {
  try {
    const { gateway } = await useGateway('activation');
    atStart = await look(gateway);
    await extension().activate();
    await untilLogsWouldBeSeen();
    afterActivation = await look(gateway);
  } catch (thrown) {
    failure = thrown;
  } finally {
    await set('imageGateway.gateways', undefined);
    await set('imageGateway.gateway', undefined);
  }
});

describe('2.2 activation', () => {
  leavesAsFound();

  it('2.2 waits for the first command', () => {
    assert.equal(failure, undefined);
    assert.deepEqual(atStart, { isActive: false, log: false, sdk: false, requests: 0 });
  });

  it('2.2 does no I/O and no network: no request, no log, no SDK', () => {
    assert.equal(failure, undefined);
    assert.deepEqual(afterActivation, { isActive: true, log: false, sdk: false, requests: 0 });
  });

  it('2.1 loads the SDK with the first request', async function () {
    if ((await controlFile()).host === 'web') this.skip();
    await useGateway('activation');
    await generate({ prompt: 'loads the SDK' });
    assert.equal(hasLoadedSdk(), true);
  });

  it('2.2 showLog opens the log, which is made when it is needed', async function () {
    await needsUi(this);
    await ui.runCommand('Image Gateway: Show Log');
    await assert.eventually(hasLog, 'the channel');
    await ui.waitFor({ within: 'workbench', selector: '.part.panel .output-view' });
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});

describe('2.2 the declarations', () => {
  it('2.2 the extension runs where the person is, or beside the workspace, also without a file system', () => {
    const manifest = extension().packageJSON as {
      extensionKind: unknown;
      capabilities: { virtualWorkspaces: unknown; untrustedWorkspaces: { supported: unknown } };
    };
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });

  it('2.2 in the browser it runs as a UI extension and reaches the files through workspace.fs', async function () {
    const { host } = await controlFile();
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const { extensionKind } = extension();
    if (host === 'node') {
      assert.deepEqual([folder.scheme, extensionKind], ['file', vscode.ExtensionKind.Workspace]);
      return;
    }
    assert.deepEqual([folder.scheme, extensionKind], ['vscode-remote', vscode.ExtensionKind.UI]);
  });
});
