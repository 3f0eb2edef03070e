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

  it('2.2 4.3 output.format is asked for, and what comes otherwise is converted', async () => {
    await generate({ prompt: 'as delivered' });
    assert.equal('output_format' in (await onlyBody(gateway)), false);
    await set('imageGateway.output.format', 'webp');
    const result = await generate({ prompt: 'a fox' });
    assert.deepEqual(codes(result), ['converted']);
    assert.equal(result.images[0]!.uri.path, workspaceUri('images/a-fox.webp').path);
    await generate({ prompt: 'by argument', outputFormat: 'png' });
    assert.deepEqual(
      (await posts(gateway)).slice(1).map(({ body }) => (body as { output_format: unknown }).output_format),
      ['webp', 'png'],
    );
  });

  it('4.6 output.metadata decides what is written into files: nothing, their origin, or how they were made', async () => {
    const written = async (prompt: string) => {
      const result = await generate({ prompt, seed: 7 });
      assert.deepEqual(codes(result), []);
      const bytes = await disk.read(vscode.workspace.asRelativePath(result.images[0]!.uri));
      return new TextDecoder('latin1').decode(bytes);
    };
    assert.equal((await written('none')).includes('adobe'), false);
    await set('imageGateway.output.metadata', 'source');
    const source = await written('A fox of some origin');
    assert.includes(source, 'trainedAlgorithmicMedia');
    assert.equal(source.includes('some origin'), false);
    await set('imageGateway.output.metadata', 'full');
    const full = await written('A fox with a story');
    for (const part of ['trainedAlgorithmicMedia', 'A fox with a story', 'acme/painter', 'parameters'])
      assert.includes(full, part);
    assert.equal(full.includes(new URL(gateway.origin).host), false, 'no URL of the gateway');
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
