// The extension host of the tests is the extension's own: what is planted in its environment is what the extension
// reads, and its `fetch` is the one that the extension calls.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { controlFile, disk, needsUi, TestGateway, ui } from '../../support/client.ts';
import { resetOwn, setOwn } from '../../support/ownSettings.ts';

const names = [
  'AI_GATEWAY_API_KEY',
  'AI_GATEWAY_BASE_OPENAI_COMPAT_URL',
  'VERCEL_OIDC_TOKEN',
  'OPENAI_API_KEY',
  'OPENAI_ADMIN_KEY',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
  'OPENAI_WEBHOOK_SECRET',
  'OPENAI_BASE_URL',
  'OPENAI_CUSTOM_HEADERS',
  'OPENAI_LOG',
] as const;

type Environment = Partial<Record<(typeof names)[number], string>>;

describe('2.3 the environment', () => {
  let gateway: TestGateway;
  let other: TestGateway;
  const realFetch = globalThis.fetch;

  const plant = (environment: Environment) => Object.assign(process.env, environment);
  const generate = (args: Readonly<Record<string, unknown>> = {}) =>
    vscode.commands.executeCommand('imageGateway.generate', {
      prompt: 'A tree',
      directory: 'environment',
      ...args,
    });
  const sentKeys = async (to: TestGateway) =>
    (await to.requests()).map(({ headers }) => headers['authorization']);

  /** Records what goes to a host that does not exist, and fails as a name that is not found does. */
  function watchFetch(host: string): string[] {
    const asked: string[] = [];
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.hostname !== host) return realFetch(input, init);
      asked.push(url.href);
      const cause = Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    return asked;
  }

  before(async function () {
    // The browser's extension host has no environment.
    if ((await controlFile()).host === 'web') this.skip();
    await needsUi(this);
    gateway = await TestGateway.start('environment');
    other = await TestGateway.start('elsewhere');
  });
  afterEach(async () => {
    globalThis.fetch = realFetch;
    for (const name of names) Reflect.deleteProperty(process.env, name);
    await ui.cancelInput();
    await ui.clearNotifications();
    await resetOwn();
    await gateway.reset();
    await other.reset();
    await disk.remove('environment');
  });

  it('2.3 makes its base URL the one of the preset vercel, and uses its key there', async () => {
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: gateway.baseUrl, AI_GATEWAY_API_KEY: 'env-key-0123456789' });
    await generate();
    const sent = await sentKeys(gateway);
    assert.ok(sent.length >= 1);
    assert.ok(
      sent.every((one) => one === 'Bearer env-key-0123456789'),
      JSON.stringify(sent),
    );
  });

  it('2.3 uses its key where none is stored only', async () => {
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: gateway.baseUrl, AI_GATEWAY_API_KEY: 'env-key-0123456789' });
    const storing = vscode.commands.executeCommand('imageGateway.setApiKey');
    await ui.pickItem('Vercel AI Gateway');
    assert.includes((await ui.quickInput())?.message ?? '', new URL(gateway.origin).host);
    await ui.answerInput('stored-key-0123456789');
    await storing;
    try {
      await generate();
    } finally {
      const removing = vscode.commands.executeCommand('imageGateway.removeApiKey');
      await ui.pickItem('vercel');
      await removing;
    }
    assert.ok((await sentKeys(gateway)).every((one) => one === 'Bearer stored-key-0123456789'));
    await gateway.reset();
    await generate();
    assert.ok((await sentKeys(gateway)).includes('Bearer env-key-0123456789'));
  });

  it('2.3 gives its key to no gateway at another origin', async () => {
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: gateway.baseUrl, AI_GATEWAY_API_KEY: 'env-key-0123456789' });
    await setOwn({
      gateways: {
        keyed: { baseUrl: other.baseUrl, auth: 'bearer' },
        keyless: { baseUrl: other.baseUrl },
      },
    });
    await assert.rejects(generate({ gateway: 'keyed' }), /There is no API key for keyed.*\[unauthorized\]$/);
    assert.deepEqual(await other.requests(), []);
    await generate({ gateway: 'keyless' });
    assert.ok(!JSON.stringify(await other.requests()).includes('env-key'));
  });

  it('2.3 gives the token of Vercel to no other origin', async () => {
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: gateway.baseUrl, VERCEL_OIDC_TOKEN: 'oidc-0123456789' });
    await assert.rejects(generate(), /\[unauthorized\]$/);
    assert.deepEqual(await gateway.requests(), []);
  });

  for (const name of ['AI_GATEWAY_API_KEY', 'VERCEL_OIDC_TOKEN'] as const) {
    it(`2.3 takes ${name} for Vercel’s own URL, and for no other preset, where no base URL is set`, async () => {
      plant({ [name]: 'env-key-0123456789' });
      void vscode.commands.executeCommand('imageGateway.selectGateway');
      const rows = (await ui.quickInput())?.items ?? [];
      const keyWords = Object.fromEntries(rows.map(({ description, detail }) => [description, detail]));
      assert.equal(keyWords['ai-gateway.vercel.sh'], 'Key from the environment');
      for (const host of ['api.agnic.ai', 'openrouter.ai', 'api.openai.com'])
        assert.equal(keyWords[host], 'No key yet', host);
    });
  }

  it('2.3 lets nothing that the SDK reads from the environment leave', async () => {
    plant({
      OPENAI_API_KEY: 'sk-openai-0123456789',
      OPENAI_ADMIN_KEY: 'sk-admin-0123456789',
      OPENAI_ORG_ID: 'org-0123456789',
      OPENAI_PROJECT_ID: 'proj-0123456789',
      OPENAI_WEBHOOK_SECRET: 'whsec-0123456789',
      OPENAI_BASE_URL: other.baseUrl,
      OPENAI_CUSTOM_HEADERS: 'X-Planted: 0123456789\nAuthorization: Bearer planted-0123456789',
      OPENAI_LOG: 'debug',
    });
    await setOwn({ gateways: { keyless: { baseUrl: gateway.baseUrl, auth: 'none' } } });
    for (const model of ['acme/chatty', 'acme/painter']) await generate({ gateway: 'keyless', model });
    const requests = await gateway.requests();
    assert.ok(requests.length >= 3);
    for (const { headers, path, bodyText } of requests) {
      assert.ok(!`${JSON.stringify(headers)} ${path} ${bodyText}`.includes('0123456789'), path);
      const unknown = Object.keys(headers).filter((name) =>
        /^(openai|x-|authorization|user-agent)/.test(name),
      );
      assert.deepEqual(
        unknown.filter((name) => name !== 'user-agent'),
        [],
      );
      assert.ok(!/openai|stainless/i.test(JSON.stringify(headers)), JSON.stringify(headers));
    }
    assert.deepEqual(await other.requests(), []);
  });

  it('2.3 sends nothing at all, not for models either, to an origin of its that nobody confirmed', async () => {
    const asked = watchFetch('one.env.invalid');
    plant({
      AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://one.env.invalid/v1',
      AI_GATEWAY_API_KEY: 'env-key-0123456789',
    });
    await assert.rejects(generate(), /one\.env\.invalid, which was never confirmed.*\[untrusted\]$/);
    assert.deepEqual(await ui.notifications(), []);
    const selecting = vscode.commands.executeCommand('imageGateway.selectModel');
    await ui.waitForDialog();
    assert.deepEqual(asked, []);
    await ui.clickDialog('Cancel');
    await selecting;
    assert.deepEqual(asked, []);
  });

  it('2.3 asks once, in a modal that names the host, before it uses an origin of the environment', async () => {
    const asked = watchFetch('two.env.invalid');
    plant({
      AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://two.env.invalid/v1',
      AI_GATEWAY_API_KEY: 'env-key-0123456789',
    });
    const interactive = async () => {
      const done = vscode.commands.executeCommand('imageGateway.generate', { directory: 'environment' });
      await ui.answerInput('A tree');
      return { done };
    };
    // Declined: nothing is sent, and the next one is asked again.
    const declined = await interactive();
    const { text, detail, buttons } = await ui.waitForDialog();
    assert.equal(text, 'Send prompts and the API key to two.env.invalid?');
    assert.includes(detail ?? '', 'AI_GATEWAY_BASE_OPENAI_COMPAT_URL');
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Use two.env.invalid']);
    await ui.clickDialog('Cancel');
    assert.equal(await declined.done, undefined);
    assert.deepEqual(asked, []);
    await assert.rejects(generate(), /\[untrusted\]$/);
    // Confirmed: now it is asked, and never again, for calls with a prompt either.
    const confirmed = await interactive();
    await ui.waitForDialog();
    assert.deepEqual(asked, []);
    await ui.clickDialog('Use two.env.invalid');
    await ui.waitForNotification('two.env.invalid cannot be reached');
    assert.equal(await confirmed.done, undefined);
    assert.deepEqual(asked, ['https://two.env.invalid/v1/models']);
    await assert.rejects(generate(), /two\.env\.invalid cannot be reached \(ENOTFOUND\).*\[network\]$/);
    // Another port is another origin.
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://two.env.invalid:8443/v1' });
    await assert.rejects(generate(), /two\.env\.invalid:8443, which was never confirmed.*\[untrusted\]$/);
    assert.equal(asked.length, 2);
  });

  it('2.3 lets the person’s own URL of the preset win over it, unasked', async () => {
    const asked = watchFetch('three.env.invalid');
    plant({
      AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://three.env.invalid/v1',
      AI_GATEWAY_API_KEY: 'env-key',
    });
    await setOwn({ gateways: { vercel: { baseUrl: gateway.baseUrl, auth: 'none' } } });
    await generate();
    assert.equal((await gateway.requests()).filter(({ method }) => method === 'POST').length, 1);
    assert.deepEqual(asked, []);
  });

  it('2.3 refuses its base URL where it is none, and asks Vercel not instead', async () => {
    const asked = watchFetch('ai-gateway.vercel.sh');
    plant({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'gateway.example', AI_GATEWAY_API_KEY: 'env-key-0123456789' });
    await assert.rejects(
      generate(),
      /vercel cannot be used: AI_GATEWAY_BASE_OPENAI_COMPAT_URL.*\[invalidArguments\]$/,
    );
    assert.deepEqual(asked, []);
  });
});
