import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, TestGateway, ui } from '../../support/client.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';
import { resetOwn, setOwn } from '../../support/ownSettings.ts';
import { callTool, refusedCall } from '../../support/toolKit.ts';

interface Result {
  readonly images: readonly { readonly uri: vscode.Uri }[];
  readonly gateway: string;
  readonly notices: readonly { readonly code: string }[];
}

describe('2.3 a hostile repository with a dev container of its own', () => {
  const folders = vscode.workspace.workspaceFolders!.map(({ uri }) => uri);
  const made: vscode.Uri[] = [];
  let evil: TestGateway;
  let own: TestGateway;

  before(async () => {
    evil = await TestGateway.start('evil');
    own = await TestGateway.start('own');
  });
  beforeEach(() => own.reset());
  afterEach(async () => {
    await resetOwn();
    await ui.cancelInput();
    await ui.clearNotifications();
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri);
    // Whatever a test was about: the repository's server is never asked for anything.
    assert.deepEqual(await evil.requests(), [], 'the server of the repository was asked');
    assert.equal(await evil.preflights(), 0);
  });

  /** As another extension, or the repository's own tasks, would call it. */
  async function generate(args: Readonly<Record<string, unknown>>, folder = folders[0]!): Promise<Result> {
    const result = await vscode.commands.executeCommand<Result>('imageGateway.generate', {
      prompt: 'A fox in the snow',
      directory: folder,
      ...args,
    });
    made.push(...result.images.map(({ uri }) => uri));
    return result;
  }

  const trusted = () => ({ trusted: { baseUrl: own.baseUrl, route: 'chat' } });

  it('2.3 sets a URL that reaches the merged value of the setting, of the workspace and of the machine', () => {
    // The tests below mean something only if the editor itself lets such values through.
    for (const folder of folders) {
      const inspected = vscode.workspace
        .getConfiguration('imageGateway', folder)
        .inspect('gateways') as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      for (const place of ['globalRemoteValue', 'globalValue', 'workspaceValue', 'workspaceFolderValue'])
        for (const id of ['evil', 'trusted', 'vercel', 'offline'])
          assert.includes(JSON.stringify(inspected[place]?.[id]), evil.baseUrl, `${id} in ${place}`);
      assert.equal(inspected['globalLocalValue'], undefined);
    }
  });

  it('2.3 moves the default gateway nowhere: it is still Vercel’s own, which has no key', async () => {
    for (const folder of folders)
      await assert.rejects(
        generate({}, folder),
        /Vercel AI Gateway \(ai-gateway\.vercel\.sh\).*\[unauthorized\]$/,
      );
  });

  for (const [id, host] of [
    ['vercel', 'ai-gateway.vercel.sh'],
    ['agnic', 'api.agnic.ai'],
    ['openrouter', 'openrouter.ai'],
    ['openai', 'api.openai.com'],
  ] as const) {
    it(`2.3 changes neither the URL nor the auth of the preset ${id}`, async () => {
      const error = await assert.rejects(generate({ gateway: id }), /\[unauthorized\]$/);
      assert.includes(error.message, `(${host})`);
    });
  }

  it('2.3 adds no gateway', async () => {
    for (const id of ['evil', 'trusted'])
      await assert.rejects(
        generate({ gateway: id }),
        new RegExp(`There is no gateway ${id}.*\\[invalidArguments\\]$`),
      );
  });

  it('2.3 makes no network gateway of the offline one', async () => {
    const { gateway, images } = await generate({ gateway: 'offline', size: '64x48' });
    assert.equal(gateway, 'offline');
    assert.equal(images.length, 1);
  });

  it('2.3 raises no bound on the images of one request', async () => {
    await assert.rejects(
      generate({ gateway: 'offline', n: 5 }),
      /n is 5, but imageGateway\.request\.maxImages allows 4.*\[invalidArguments\]$/,
    );
  });

  it('2.3 turns on no metadata', async () => {
    const { notices } = await generate({ gateway: 'offline', size: '64x48' });
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['sketch'],
    );
  });

  it('2.3 shows the person none of its gateways and hosts', async () => {
    void vscode.commands.executeCommand('imageGateway.selectGateway');
    const shown = JSON.stringify(await ui.quickInput());
    assert.includes(shown, 'ai-gateway.vercel.sh');
    assert.ok(!shown.includes(evil.origin.slice('http://'.length)), shown);
    assert.ok(!/evil|trusted/.test(shown), shown);
    assert.includes(shown, 'No key yet');
  });

  it('2.3 leaves the person’s own gateway where it is: URL, route, headers and auth', async () => {
    await setOwn({ gateway: 'trusted', gateways: trusted() });
    const { gateway, images } = await generate({ model: 'acme/chatty' });
    assert.equal(gateway, 'trusted');
    assert.equal(images.length, 1);
    const requests = await own.requests();
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['/v1/models', '/v1/chat/completions'],
    );
    assert.ok(
      requests.every(({ headers }) => !('x-evil' in headers) && !('x-evil-too' in headers)),
      'its headers went along',
    );
  });

  it('2.3 gets no key that the person stored for a gateway of the same name', async () => {
    await setOwn({ gateways: trusted() });
    const entering = vscode.commands.executeCommand('imageGateway.setApiKey');
    await ui.pickItem('trusted');
    await ui.answerInput('own-key-0123456789');
    await entering;
    await generate({ gateway: 'trusted' });
    const keys = (await own.requests()).map(({ headers }) => headers['authorization']);
    assert.deepEqual(keys, ['Bearer own-key-0123456789', 'Bearer own-key-0123456789']);
    // Without the person's own setting the name means nothing any more, whatever the machine says of it.
    await resetOwn(['gateways']);
    await assert.rejects(generate({ gateway: 'trusted' }), /There is no gateway trusted/);
  });

  it('2.3 shortens no time-out', async () => {
    await setOwn({ gateways: trusted() });
    // Twice the second that the repository allows.
    await own.reply('/chat/completions', {
      delayMs: 2000,
      json: {
        choices: [
          {
            message: { images: [{ image_url: { url: `data:image/png;base64,${pngBase64('4x4')}` } }] },
            finish_reason: 'stop',
          },
        ],
      },
    });
    assert.equal((await generate({ gateway: 'trusted' })).images.length, 1);
  });

  it('2.3 lets the person’s own time-out count', async () => {
    await setOwn({ gateways: trusted(), 'request.timeoutSeconds': 2 });
    await own.reply('/chat/completions', { hang: 'before' });
    await assert.rejects(generate({ gateway: 'trusted' }), /took more than 2 seconds.*\[timeout\]$/);
  });

  it('7.2 leaves the budget of agents to the person', async () => {
    await setOwn({ gateway: 'trusted', gateways: trusted() });
    // Several folders are open: none is guessed.
    const { message } = await refusedCall('generate', { prompt: 'a fox', path: 'agent/fox.png' });
    assert.match(message, /must begin with the name of one.*\[invalidArguments\]$/);
    const { name, uri } = vscode.workspace.workspaceFolders![0]!;
    made.push(vscode.Uri.joinPath(uri, 'agent/fox.png'));
    // The repository says that nothing is allowed, and what an image counts as; the person nothing.
    const { answer, question } = await callTool('generate', {
      ...{ prompt: 'a fox', path: `${name}/agent/fox.png` },
    });
    assert.includes(question!.detail!, 'counts as $0.25');
    assert.includes(answer.text, 'Left of the agents’ budget: 19 images, $1.75.');
  });

  it('2.3 lets the person’s own bounds on images count', async () => {
    await setOwn({ gateways: trusted(), 'request.maxImages': 2 });
    await assert.rejects(generate({ gateway: 'trusted', n: 3 }), /maxImages allows 2.*\[invalidArguments\]$/);
    // The repository says 0 an hour, the person nothing: 100.
    await generate({ gateway: 'trusted' });
    await setOwn({ 'request.maxImagesPerHour': 1 });
    await assert.rejects(generate({ gateway: 'trusted' }), /of 1 images of this hour.*\[budgetExceeded\]$/);
    assert.equal((await own.requests('/chat/completions')).length, 1);
  });

  it('2.2 says where a gateway that was selected went, if the machine’s settings swallowed it', async () => {
    const selecting = vscode.commands.executeCommand('imageGateway.selectGateway');
    await ui.pickItem('Offline sketch');
    const { text, buttons } = await ui.waitForNotification('does not count');
    assert.includes(text, 'Set it to offline in your own settings');
    assert.deepEqual(buttons, ['Open User Settings']);
    await ui.clearNotifications();
    await selecting;
    await assert.rejects(generate({}), /\[unauthorized\]$/);
  });

  it('3.4 gets none of its gateways among the person’s when they add one', async () => {
    await setOwn({ gateways: trusted() });
    await own.reply('/added/v1/models', { json: { data: [{ id: 'acme/one', type: 'image' }] } });
    void vscode.commands.executeCommand('imageGateway.selectGateway');
    await ui.pickItem('Add a gateway…');
    await ui.quickInput();
    await ui.answerInput(`${own.origin}/added`);
    await ui.pickItem('acme/one');
    const { text } = await ui.waitForNotification('does not count');
    const id = new URL(own.origin).host.replace(':', '-');
    assert.includes(text, `so ${id} was written there`);
    const file = `${(await disk.folders()).temporary}/data/data/Machine/settings.json`;
    const machine = JSON.parse((await disk.readText(file))!) as Record<string, unknown>;
    assert.deepEqual(machine['imageGateway.gateways'], {
      ...trusted(),
      [id]: { baseUrl: `${own.origin}/added/v1` },
    });
  });
});
