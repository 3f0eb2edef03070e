import { Uri } from '../support/vscodeWithFiles.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { pathFromServedRoot } from '../../src/host/workspace/pathFromDocument.ts';

const at = (path: string) => new Uri('file', path) as unknown as vscode.Uri;

describe('6.3 the address of an image that a site serves', () => {
  const cases: readonly (readonly [document: string, image: string, setting: string, address?: string])[] = [
    ['src/App.jsx', 'public/images/fox.png', '', '/images/fox.png'],
    ['web/src/App.jsx', 'web/public/fox.png', '', '/fox.png'],
    ['src/App.jsx', 'public/static/fox.png', '', '/static/fox.png'],
    ['src/App.jsx', 'site/out/fox.png', 'site/out', '/fox.png'],
    // Not of the same site, of no directory that is served, from inside of it, not of the one that is set.
    ['other/src/App.jsx', 'web/public/fox.png', ''],
    ['src/App.jsx', 'images/fox.png', ''],
    ['public/index.html', 'public/fox.png', ''],
    ['src/App.jsx', 'public/fox.png', 'site/out'],
    ['src/App.jsx', 'public/fox.png', '../elsewhere'],
  ];
  for (const [document, image, setting, address] of cases)
    it(`6.3 is ${address ?? 'none'} for ${image} in ${document}${setting && `, where ${setting} is set`}`, () => {
      const found = pathFromServedRoot(at(`/w/${document}`), at(`/w/${image}`), at('/w'), setting);
      assert.equal(found, address);
    });
});
