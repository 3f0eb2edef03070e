import * as vscode from 'vscode';
import { inspectImage } from '../../../src/core/image/inspect.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway } from '../../support/client.ts';
import { leavesAsFound, onlyBody, posts, useGateway } from '../../support/commandKit.ts';
import { callTool } from '../../support/toolKit.ts';

describe('7.5 what an agent is asked for', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('agent'));
  });

  it('7.5 “add a hero image to this README” ends with the file in its size and the link below the title', async () => {
    await disk.write('guide/README.md', '# The Lamp\n\nIt turns at night.\n');
    const { answer } = await callTool('generate', {
      prompt: 'A lighthouse at dusk, wide',
      path: 'guide/images/hero.png',
      size: '120x60',
      document: 'guide/README.md',
      placement: 'afterTitle',
    });
    const facts = inspectImage((await disk.read('guide/images/hero.png'))!)!;
    assert.deepEqual([facts.format, facts.width, facts.height], ['png', 120, 60]);
    assert.equal(
      await disk.readText('guide/README.md'),
      '# The Lamp\n\n![A lighthouse at dusk, wide](images/hero.png)\n\nIt turns at night.\n',
    );
    assert.equal((await onlyBody(gateway))['prompt'], 'A lighthouse at dusk, wide');
    assert.includes(answer.text, 'guide/images/hero.png');
    console.log(answer.text);
  });

  it('7.5 “make this icon’s set” ends with every file, and the lines in the page’s head', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'art/logo.png'),
      await makePicture('640x640 #3b82c4'),
    );
    await disk.write(
      'site/index.html',
      '<html>\n<head>\n  <title>Lamp</title>\n</head>\n<body></body>\n</html>\n',
    );
    const { answer, question } = await callTool('edit', {
      image: 'art/logo.png',
      iconSet: true,
      path: 'site/',
      document: 'site/index.html',
    });
    assert.deepEqual(await disk.list('site'), [
      'apple-touch-icon.png',
      'favicon.ico',
      'icon-192.png',
      'icon-512.png',
      'icon-maskable-512.png',
      'icon.png',
      'index.html',
    ]);
    const page = (await disk.readText('site/index.html'))!;
    assert.includes(page, '  <link rel="icon" href="favicon.ico" sizes="16x16 32x32 48x48">\n');
    assert.ok(page.indexOf('apple-touch-icon.png') < page.indexOf('</head>'));
    assert.deepEqual(await posts(gateway), []);
    assert.equal(answer.previews.length, 1);
    console.log(answer.text, JSON.stringify(question));
  });
});
