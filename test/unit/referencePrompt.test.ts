import assert from 'node:assert/strict';
import { findImageReferences } from '../../src/core/references/findImageReferences.ts';
import { fileNameWords, promptOfReference, sizeOfReference } from '../../src/core/references/prompt.ts';
import { fileNameOfTarget, formatOfTarget, refusalOf } from '../../src/core/references/target.ts';

async function promptOf(markdown: string): Promise<readonly [string, string]> {
  const [reference] = await findImageReferences('markdown', markdown);
  assert.ok(reference);
  const { prompt, from } = promptOfReference(reference);
  return [prompt, from];
}

describe('6.1 the prompt that a reference holds', () => {
  const cases: readonly (readonly [markdown: string, prompt: string, from: string])[] = [
    ['![A fox](a.png "Title")', 'A fox', 'alt'],
    ['![](a-hen.png "A hen")', 'A hen', 'title'],
    ['![](images/a-hen_in%20snow.png)', 'a hen in snow', 'fileName'],
    ['![image](red-fox.png)', 'red fox', 'fileName'],
    ['![Screenshot 2](red-fox.png)', 'red fox', 'fileName'],
    ['![red-fox.png](red-fox.png)', 'red fox', 'fileName'],
    ['# The harbour at night\n\n![](IMG_0042.jpg)', 'The harbour at night', 'heading'],
    ['# The harbour at night\n\n![](0042.jpg)', 'The harbour at night', 'heading'],
    ['![](0042.jpg)', '0042', 'fileName'],
    ['![logo](logo.png)', 'logo', 'alt'],
    ['![](.png)', 'png', 'fileName'],
    ['![狐](狐.png)', '狐', 'alt'],
    ['![](%F0%9F%A6%8A.png)', 'image', 'nothing'],
  ];
  for (const [markdown, prompt, from] of cases)
    it(`6.1 is "${prompt}" for ${JSON.stringify(markdown)}`, async () =>
      assert.deepEqual(await promptOf(markdown), [prompt, from]));

  it('6.1 keeps the context apart', async () => {
    const [reference] = await findImageReferences('markdown', '# Foxes\n\nThey run.\n\n![A fox](a.png)');
    assert.deepEqual(reference && promptOfReference(reference).context, {
      heading: 'Foxes',
      paragraph: 'They run.',
    });
  });

  it('6.1 takes the words of a file name apart, without densities and sizes', () => {
    assert.equal(fileNameWords('heroImage_red-fox@2x.png'), 'hero image red fox');
    assert.equal(fileNameWords('img/Wide.Banner-1200x630.webp?x'), 'wide banner');
    assert.equal(fileNameWords('HTMLParser-480w.png'), 'HTML parser');
    assert.equal(fileNameWords('nameless'), 'nameless');
  });
});

describe('6.1 the format and the name that a target asks for', () => {
  it('6.1 converts to PNG, JPEG and WebP, keeps AVIF and says so of all others', () => {
    assert.deepEqual(formatOfTarget('a.PNG'), { can: 'write', format: 'png' });
    assert.deepEqual(formatOfTarget('a.jpg?x=.png'), { can: 'write', format: 'jpeg' });
    assert.deepEqual(formatOfTarget('a.b/c.jpeg'), { can: 'write', format: 'jpeg' });
    assert.deepEqual(formatOfTarget('a.webp#x'), { can: 'write', format: 'webp' });
    assert.deepEqual(formatOfTarget('a.avif'), { can: 'keep', format: 'avif' });
    assert.deepEqual(formatOfTarget('a.gif'), { can: 'rename', extension: 'gif' });
    assert.deepEqual(formatOfTarget('favicon.ico'), { can: 'rename', extension: 'ico' });
    assert.deepEqual(formatOfTarget('a.b/c'), { can: 'rename', extension: '' });
    assert.deepEqual(formatOfTarget('a.constructor'), { can: 'rename', extension: 'constructor' });
  });

  it('6.1 takes the name from the end of the path, decoded', () => {
    assert.equal(fileNameOfTarget('/a/my%20fox.png?v=a/b#c'), 'my fox.png');
    assert.equal(fileNameOfTarget('a/'), '');
  });

  it('6.1 offers nothing for what is elsewhere, computed, drawn or no image', () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['a.png', undefined],
      ['a', undefined],
      ['v1.2', undefined],
      ['http://a.b/c.png', 'remote'],
      ['HTTPS://a.b/c.png', 'remote'],
      ['//a.b/c.png', 'remote'],
      ['data:image/png,', 'data'],
      ['blob:x', 'scheme'],
      ['c:\\a.png', 'scheme'],
      ['#a', 'fragment'],
      ['${base}/a.png', 'template'],
      ['<%= x %>', 'template'],
      ['a.SVG?x', 'svg'],
      ['a.pdf', 'notAnImage'],
      ['a.png\n<b', 'malformed'],
      [' ', 'empty'],
    ];
    for (const [target, refusal] of cases) assert.equal(refusalOf(target), refusal, target);
  });

  it('6.1 takes no size that no image has', async () => {
    const html =
      '<img src=a.png width=0 height=99999><img src=b.png width="100%" height=9><img src=c.png width=9e9>';
    const sizes = (await findImageReferences('html', html)).map(sizeOfReference);
    assert.deepEqual(sizes, [undefined, { height: 9, from: 'attributes' }, undefined]);
  });
});
