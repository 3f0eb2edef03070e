import assert from 'node:assert/strict';
import { findImageReferences, imageReferenceAt } from '../../src/core/references/findImageReferences.ts';
import { pickTarget } from '../../src/core/references/pickTarget.ts';
import { resolveTarget } from '../../src/core/references/resolveTarget.ts';

const picture = '<img src="fox.png">';

interface Page {
  readonly tree?: readonly string[];
  readonly document?: string;
  readonly languageId?: string;
  readonly publicDirectory?: string;
}

/** The files that the images of a document mean, or why none is offered. */
async function meant(
  text: string,
  { tree = [], document = 'index.html', languageId = 'html', publicDirectory = '' }: Page = {},
): Promise<string[]> {
  const directory = document.split('/').slice(0, -1);
  const references = await findImageReferences(languageId, text);
  const files = references.map(async ({ target, base, refusal }) => {
    if (refusal !== undefined) return refusal;
    const resolved = resolveTarget(target, { directory, base, publicDirectory });
    if ('problem' in resolved) return resolved.problem;
    const { segments, state } = await pickTarget(resolved.candidates, (at) => {
      const path = at.join('/');
      if (tree.includes(path)) return Promise.resolve('file');
      const isFolder = [document, ...tree].some((one) => one.startsWith(`${path}/`));
      return Promise.resolve(isFolder ? 'folder' : 'absent');
    });
    return `${segments.join('/')} ${state}`;
  });
  return Promise.all(files);
}

describe('6.1 the base of a page', () => {
  const icon = '<base href="/"><link rel="icon" href="favicon.ico">';

  it('6.1 has a page’s relative targets found in the public folder', async () => {
    const page = { document: 'src/index.html', tree: ['public/favicon.ico'] };
    assert.deepEqual(await meant(icon, page), ['public/favicon.ico file']);
    assert.deepEqual(await meant(icon, { ...page, tree: ['public/x.txt'] }), ['public/favicon.ico absent']);
    assert.deepEqual(await meant(icon, { ...page, tree: [], publicDirectory: 'www' }), [
      'www/favicon.ico absent',
    ]);
  });

  it('6.1 leaves a page’s own folder among the places that are looked at', async () => {
    const page = { document: 'web/index.html', tree: ['web/favicon.ico', 'src/x.ts'] };
    assert.deepEqual(await meant(icon, page), ['web/favicon.ico file']);
    assert.deepEqual(await meant(icon, { ...page, tree: ['src/x.ts'] }), ['web/favicon.ico absent']);
    assert.deepEqual(await meant(icon.replace('"/"', '"/shop/"'), page), ['web/favicon.ico file']);
  });

  it('6.1 is the first with an address, and counts for what stands before it and in styles', async () => {
    const style = '<style>p { background: url(den.png) }</style>';
    const bases = '<base target="_top"><base href="pictures/"><base href="other/">';
    assert.deepEqual(await meant(`${picture}${bases}${style}<img srcset="a.png 1x, /b.png 2x">`), [
      'pictures/fox.png absent',
      'pictures/den.png absent',
      'pictures/a.png absent',
      'b.png absent',
    ]);
  });

  const bases: readonly (readonly [href: string, meant: string])[] = [
    ['', 'docs/fox.png absent'],
    ['page.html', 'docs/fox.png absent'],
    ['./', 'docs/fox.png absent'],
    ['../', 'fox.png absent'],
    ['..', 'fox.png absent'],
    ['a/page.html?x=/y/#z', 'docs/a/fox.png absent'],
    [' a&#47;', 'docs/a/fox.png absent'],
    ['../../', 'The target "fox.png" leads out of the workspace folder.'],
    ['https://a.example/', 'remote'],
    ['//a.example/', 'remote'],
    ['file:///a/', 'remote'],
    ['#top', 'docs/fox.png absent'],
    ['$BASE', 'docs/fox.png absent'],
    ['{{ base }}/', 'docs/fox.png absent'],
    ['<%= base %>/', 'docs/fox.png absent'],
  ];
  for (const [href, file] of bases)
    it(`6.1 makes of fox.png in docs with ${JSON.stringify(href)}: ${file}`, async () =>
      assert.deepEqual(await meant(`<base href="${href}">${picture}`, { document: 'docs/x.html' }), [file]));

  it('6.1 changes no fragment, no data and no address', async () => {
    for (const target of ['#fox', 'data:image/png;base64,AAAA', 'cid:fox', 'https://b.example/fox.png']) {
      const [bare] = await findImageReferences('html', `<img src="${target}">`);
      for (const href of ['/', 'https://a.example/']) {
        const [based] = await findImageReferences('html', `<base href="${href}"><img src="${target}">`);
        assert.equal(based?.refusal, bare?.refusal);
        assert.equal(based?.target, target);
      }
    }
  });

  it('6.1 leaves what is written as it is', async () => {
    const text = `<base href="/shop/">${picture}`;
    const reference = await imageReferenceAt('html', text, text.indexOf('fox'));
    assert.equal(reference?.written, 'fox.png');
    assert.equal(reference.target, 'fox.png');
    assert.equal(reference.base, '/shop/');
  });

  it('6.1 is none in components and Markdown', async () => {
    for (const languageId of ['vue', 'svelte', 'astro', 'javascriptreact', 'markdown', 'mdx']) {
      const text = `<div><base href="a/" /><img src="fox.png" /></div>`;
      assert.deepEqual(await meant(text, { languageId }), ['fox.png absent'], languageId);
    }
  });
});
