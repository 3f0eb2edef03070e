import { disk, hostModule, Uri, workspace } from '../support/vscodeWithFiles.ts';
import { OneDocument } from '../support/oneDocument.ts';
import assert from 'node:assert/strict';
import type { GenerationOutcome } from '../../src/core/events.ts';
import type * as Find from '../../src/host/documents/findMissing.ts';
import type { MissingImage } from '../../src/host/documents/missingImage.ts';
import type * as Rename from '../../src/host/documents/renameReference.ts';
import type * as Scopes from '../../src/host/commands/missingScopes.ts';

const { withRenamed } = (await hostModule('documents/renameReference.ts')) as typeof Rename;
const { scopeAt } = (await hostModule('commands/missingScopes.ts')) as typeof Scopes;
const { findMissing } = (await hostModule('documents/findMissing.ts')) as typeof Find;
const { FileLookup } = (await hostModule('documents/fileLookup.ts')) as {
  readonly FileLookup: new () => Parameters<typeof Find.findMissing>[1];
};

/** Documents with the links that are changed in them. */
const documents: Readonly<Record<string, string>> = {
  'a.mdx': '![A fox](fox.gif)\n',
  'a.vue': '<template><img src="./fox.gif" alt="A fox"></template>\n',
  'a.svelte': '<img src="fox.gif" alt="A fox">\n',
  'a.astro': '---\n---\n<img src="fox.gif" alt="A fox">\n',
  'a.pcss': '.a { background: url(fox.gif); }\n',
};

/** The scope of a file, and of the folder. */
const scopesOf = async (name: string): Promise<readonly Find.SearchScope[]> => [
  await scopeAt(new Uri('file', `/w/${name}`) as never),
  { kind: 'folder', folder: workspace.workspaceFolders[0], below: new Uri('file', '/w') } as never,
];

async function missingIn(scope: Find.SearchScope): Promise<readonly MissingImage[]> {
  const found: MissingImage[] = [];
  for await (const { missing } of findMissing([scope], new FileLookup(), new AbortController().signal))
    found.push(missing);
  return found;
}

describe('6.2 links in documents that an editor takes for plain text', () => {
  const document = new OneDocument('plaintext');

  beforeEach(() => {
    disk.clear();
    document.open();
  });
  afterEach(() => {
    disk.clear();
    document.close();
  });

  for (const [name, before] of Object.entries(documents))
    it(`6.2 are found and changed in ${name}, searched alone or with its folder`, async () => {
      document.text = before;
      disk.set(`/w/${name}`, new TextEncoder().encode(before));
      for (const scope of await scopesOf(name)) {
        document.text = before;
        const missing = await missingIn(scope);
        assert.deepEqual(
          missing.map(({ file }) => file.path),
          ['/w/fox.gif'],
        );
        const outcome = { images: [{ uri: 'file:///w/fox.png' }], notices: [] };
        const { notices } = await withRenamed(missing, outcome as unknown as GenerationOutcome);
        assert.deepEqual(notices, []);
        assert.equal(document.text, before.replace('fox.gif', 'fox.png'));
      }
    });

  it('6.2 are not looked for where the name of the file says nothing', async () => {
    document.text = '![A fox](fox.gif)\n';
    disk.set('/w/a.txt', new TextEncoder().encode(document.text));
    await assert.rejects(scopesOf('a.txt'), /No images are looked for in a document of this language/);
  });
});
