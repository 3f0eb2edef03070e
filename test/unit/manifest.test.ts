import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultLinkTemplates } from '../../src/core/document/linkTemplates.ts';
import { documentExtensions } from '../../src/core/references/documentFiles.ts';
import { referenceLanguages } from '../../src/core/references/languages.ts';
import { commandIds, settingIds, settingsSection, toolIds } from '../../src/host/ids.ts';
import { panelViewType } from '../../src/protocol/panel.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly virtualWorkspaces: boolean;
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
  };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>>;
    };
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly toolReferenceName: string;
      readonly canBeReferencedInPrompt: boolean;
      readonly displayName: string;
      readonly userDescription: string;
      readonly modelDescription: string;
      readonly icon: string;
      readonly inputSchema: {
        readonly properties: Readonly<Record<string, { readonly description: string }>>;
      };
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const nls = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { commands, menus, configuration, walkthroughs, languageModelTools } = manifest.contributes;
const sources = readdirSync(join(root, 'src/host'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => read(join('src/host', name)))
  .join('\n');

describe('2.2 the manifest', () => {
  it('2.2 contributes exactly the commands whose ids are typed', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(commandIds).sort());
  });

  it('2.2 titles the commands by the contract, in one category', () => {
    const titles = Object.fromEntries(
      commands.map(({ command, title }) => [command, nls[title.replaceAll('%', '')]]),
    );
    assert.deepEqual(titles, {
      'imageGateway.generate': 'Generate Image',
      'imageGateway.generateFromSelection': 'Generate Image from Selection',
      'imageGateway.edit': 'Edit Image with Prompt',
      'imageGateway.generateMissing': 'Generate Missing Images',
      'imageGateway.openPanel': 'Open Image Panel',
      'imageGateway.setApiKey': 'Set API Key',
      'imageGateway.removeApiKey': 'Remove API Key',
      'imageGateway.selectGateway': 'Select Gateway',
      'imageGateway.selectModel': 'Select Model',
      'imageGateway.checkGateway': 'Check Gateway',
      'imageGateway.createIconSet': 'Create Icon Set from Image',
      'imageGateway.exportSizes': 'Export Responsive Sizes',
      'imageGateway.copyPromptFromImage': 'Copy Prompt from Image',
      'imageGateway.generateAgainFromImage': 'Generate Again from Image',
      'imageGateway.restorePrevious': 'Restore Previous Image',
      'imageGateway.recoverImages': 'Recover Images',
      'imageGateway.clearStorage': 'Clear Storage',
      'imageGateway.showLog': 'Show Log',
    });
    assert.deepEqual([...new Set(commands.map(({ category }) => category))], ['Image Gateway']);
  });

  it('2.2 has a command of the list for every typed id', () => {
    for (const name of Object.keys(commandIds))
      assert.match(sources, new RegExp(`id: commandIds\\.${name}\\b`), name);
  });

  it('2.2 contributes the whole settings table with its scopes and defaults', () => {
    const table = Object.fromEntries(
      Object.entries(configuration.properties).map(([id, { scope, default: value }]) => [id, [scope, value]]),
    );
    assert.deepEqual(table, {
      'imageGateway.gateway': ['application', 'vercel'],
      'imageGateway.gateways': ['application', {}],
      'imageGateway.model': ['resource', ''],
      'imageGateway.output.directory': ['resource', 'images'],
      'imageGateway.output.fileName': ['resource', '${prompt}'],
      'imageGateway.output.format': ['resource', 'asDelivered'],
      'imageGateway.output.metadata': ['application', 'none'],
      'imageGateway.markdown.insertLink': ['resource', 'ask'],
      'imageGateway.link.templates': ['resource', defaultLinkTemplates],
      'imageGateway.publicDirectory': ['resource', ''],
      'imageGateway.request.timeoutSeconds': ['application', 300],
      'imageGateway.request.maxImages': ['application', 4],
      'imageGateway.request.maxImagesPerHour': ['application', 100],
      'imageGateway.agent.maxImagesPerSession': ['application', 20],
      'imageGateway.agent.maxImagesPerDay': ['application', 50],
      'imageGateway.agent.maxCostPerSession': ['application', 2],
      'imageGateway.agent.maxCostPerDay': ['application', 5],
      'imageGateway.agent.assumedCostPerImage': ['application', 0.25],
    });
    assert.deepEqual(
      Object.keys(configuration.properties).sort(),
      Object.values(settingIds)
        .map((id) => `${settingsSection}.${id}`)
        .sort(),
    );
  });

  it('7.1 contributes the tools that are registered, with names for prompts and words for people and models', () => {
    assert.deepEqual(
      languageModelTools.map(({ name, toolReferenceName }) => [name, toolReferenceName]),
      [
        [toolIds.generate, 'generateImage'],
        [toolIds.edit, 'editImage'],
      ],
    );
    for (const tool of languageModelTools) {
      assert.match(tool.name, /^(?!copilot_|vscode_)[\w-]+$/);
      assert.equal(tool.canBeReferencedInPrompt, true);
      assert.match(tool.icon, /^\$\([a-z-]+\)$/);
      for (const key of [tool.displayName, tool.userDescription, tool.modelDescription])
        assert.ok((nls[key.replaceAll('%', '')] ?? '').length > 5, key);
    }
  });

  it('7.1 tells models of sizes, paths, formats, transparency, cost, the budget, and that nothing is overwritten', () => {
    for (const { modelDescription, inputSchema } of languageModelTools) {
      const about = nls[modelDescription.replaceAll('%', '')] ?? '';
      assert.match(about, /[Cc]osts the person money/);
      assert.match(about, /\[budgetExceeded\]/);
      assert.match(about, /never base64/);
      const { path, size, outputFormat, background, references } = inputSchema.properties;
      assert.match(path?.description ?? '', /relative to the workspace, with \/.*nothing is overwritten/);
      assert.match(size?.description ?? '', /exactly/i);
      assert.match(outputFormat?.description ?? '', /JPEG has no transparency/);
      assert.match(background?.description ?? '', /real alpha/);
      assert.match(references?.description ?? '', /URLs are refused/);
    }
  });

  it('2.2 has its entrances', () => {
    const entry = (menu: string) => menus[menu]?.map(({ command, when }) => [command, when]);
    assert.deepEqual(entry('editor/context'), [
      ['imageGateway.generateFromSelection', 'editorTextFocus && editorHasSelection'],
    ]);
    assert.deepEqual(entry('explorer/context'), [
      ['imageGateway.generate', 'explorerResourceIsFolder && isWorkspaceTrusted'],
      [
        undefined,
        String.raw`!explorerResourceIsFolder && isWorkspaceTrusted && resourceExtname =~ /^\.(png|jpe?g|webp|avif)$/i`,
      ],
      [
        'imageGateway.generateMissing',
        String.raw`isWorkspaceTrusted && (explorerResourceIsFolder || resourceFilename == 'manifest.json' || resourceExtname =~ /^\.(md|markdown|mdown|mkd|mdx|html|htm|xhtml|hbs|handlebars|vue|svelte|astro|jsx|tsx|css|pcss|scss|less|webmanifest)$/i)`,
      ],
    ]);
    assert.deepEqual(
      menus['imageGateway.image']?.map(({ command }) => command),
      [
        'imageGateway.edit',
        'imageGateway.createIconSet',
        'imageGateway.exportSizes',
        'imageGateway.copyPromptFromImage',
        'imageGateway.generateAgainFromImage',
        'imageGateway.restorePrevious',
      ],
    );
    assert.deepEqual(entry('editor/title'), [
      [
        'imageGateway.edit',
        String.raw`activeCustomEditorId == 'imagePreview.previewEditor' && isWorkspaceTrusted && resourceExtname =~ /^\.(png|jpe?g|webp|avif)$/i`,
      ],
    ]);
    assert.equal(
      menus['commandPalette']?.some(({ command }) => command === 'imageGateway.generate'),
      false,
    );
  });

  it('6.2 offers Generate Missing Images in the explorer on every file that the search reads', () => {
    const when = menus['explorer/context']!.find(
      ({ command }) => command === 'imageGateway.generateMissing',
    )!.when;
    const listed = /\(([a-z|]+)\)\$\/i/.exec(when)![1]!.split('|');
    assert.deepEqual(listed, documentExtensions);
  });

  it('2.2 declares trust, virtual workspaces and extension kind', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'imageGateway.model',
      'imageGateway.output.directory',
      'imageGateway.output.fileName',
      'imageGateway.link.templates',
      'imageGateway.publicDirectory',
    ]);
  });

  it('2.2 6.1 activates on nothing but its own commands, its panel and documents that can name images', () => {
    assert.deepEqual(
      manifest.activationEvents.toSorted(),
      [
        ...referenceLanguages
          // Nearly every window opens JSON of its own: its settings, say. Of all JSON only manifests name images.
          .filter((language) => !language.startsWith('json'))
          .map((language) => `onLanguage:${language}`)
          .toSorted(),
        `onWebviewPanel:${panelViewType}`,
        ...['workspaceContains:**/*.webmanifest', 'workspaceContains:**/*manifest.json'].toSorted(),
      ].toSorted(),
    );
  });

  it('2.1 is typed against the oldest editor it runs in', () => {
    assert.equal(manifest.engines.vscode, '^1.110.0');
    assert.match(manifest.devDependencies['@types/vscode'] ?? '', /1\.110\./);
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    assert.match(lock.packages['node_modules/@types/vscode']?.version ?? '', /^1\.110\./);
  });

  it('2.1 the lock file holds no download address', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"|https?:\/\/registry/);
  });

  it('2.2 every %key% has its words, and every word its key', () => {
    const keys = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(nls).sort());
  });

  it('2.2 the walkthrough links to commands that exist and to texts that are packaged', () => {
    const steps = walkthroughs.flatMap((one) => one.steps);
    assert.ok(steps.length >= 4);
    const ids = new Set<string>(Object.values(commandIds));
    for (const { description, media, completionEvents } of steps) {
      const words = nls[description.replaceAll('%', '')] ?? '';
      const linked = [...words.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? '');
      assert.ok(linked.length > 0);
      for (const id of [...linked, ...completionEvents.map((event) => event.replace('onCommand:', ''))])
        assert.ok(ids.has(id), id);
      assert.ok(read(media.markdown).length > 100);
    }
  });
});
