import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, type TestGateway } from '../../support/client.ts';
import {
  generate,
  leavesAsFound,
  onlyBody,
  posts,
  set,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';

const codes = ({ notices }: { notices: readonly { code: string }[] }) => notices.map(({ code }) => code);

describe('2.2 the settings', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('settings'));
  });

  it('2.2 output.format is asked for, and what comes otherwise is saved as what it is', async () => {
    await generate({ prompt: 'as delivered' });
    assert.equal('output_format' in (await onlyBody(gateway)), false);
    await set('imageGateway.output.format', 'webp');
    const result = await generate({ prompt: 'a fox' });
    assert.deepEqual(codes(result), ['formatDiffers']);
    assert.equal(result.images[0]!.uri.path, workspaceUri('images/a-fox.png').path);
    await generate({ prompt: 'by argument', outputFormat: 'png' });
    assert.deepEqual(
      (await posts(gateway)).slice(1).map(({ body }) => (body as { output_format: unknown }).output_format),
      ['webp', 'png'],
    );
  });

  it('2.2 output.metadata, which this version does not write, is never passed over in silence', async () => {
    assert.deepEqual(codes(await generate({ prompt: 'none' })), []);
    await set('imageGateway.output.metadata', 'source');
    assert.deepEqual(codes(await generate({ prompt: 'source' })), ['metadataNotWritten']);
  });

  it('2.2 resource settings of a trusted workspace have their effect', async () => {
    const settings = {
      'imageGateway.model': 'acme/chatty',
      'imageGateway.output.directory': 'assets/pictures',
      'imageGateway.output.fileName': '${model}-${index}',
    };
    await disk.write('.vscode/settings.json', JSON.stringify(settings));
    const read = () => vscode.workspace.getConfiguration('imageGateway', workspaceUri('.')).get('model');
    try {
      await assert.eventually(() => read() === 'acme/chatty', 'the workspace settings');
      const result = await generate({ prompt: 'a fox' });
      assert.equal(result.images[0]!.uri.path, workspaceUri('assets/pictures/chatty-1.png').path);
    } finally {
      await disk.remove('.vscode');
      await assert.eventually(() => read() === '', 'the settings as they were');
    }
  });

  it('2.2 a value that a setting cannot have counts as its default', async () => {
    await set('imageGateway.request.maxImages', 'many');
    await set('imageGateway.output.format', 'gif');
    await set('imageGateway.markdown.insertLink', 7);
    const { images } = await generate({ prompt: 'four', n: 4 });
    assert.equal(images.length, 4);
    assert.equal('output_format' in (await onlyBody(gateway)), false);
    await assert.rejects(generate({ prompt: 'five', n: 5 }), /allows 4/);
  });
});
