import assert from 'node:assert/strict';
import { linkTarget } from '../../src/core/document/markdownLink.ts';
import {
  iconFiles,
  iconHtml,
  iconPictures,
  iconTask,
  manifestIcons,
  pageWithIcons,
} from '../../src/core/iconSet.ts';
import { writeIco } from '../../src/core/image/ico.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { responsiveFormat, responsiveHtml, responsiveSizes } from '../../src/core/responsiveSizes.ts';
import { readIco } from '../support/readIco.ts';
import type { Rgba } from '../support/png.ts';
import { modules } from '../support/codecs.ts';
import { decode, difference, encode, paint, pixelAt } from '../support/pixels.ts';
const master = await encode(
  paint(600, 600, (x, y) => (Math.hypot(x - 300, y - 300) < 280 ? [200, 60, 40, 255] : [0, 0, 0, 0])),
  'png',
  90,
);

async function make(name: string | undefined, size: number) {
  const picture = iconPictures.find((one) => one.name === name && one.size === size);
  assert.ok(picture);
  const { bytes } = await workOn(iconTask(master, picture), modules);
  assert.ok(bytes);
  return bytes;
}

describe('4.5 an icon set of one master', () => {
  it('4.5 has every picture in its own size', async () => {
    assert.deepEqual(iconFiles, [
      'favicon.ico',
      'apple-touch-icon.png',
      'icon-192.png',
      'icon-512.png',
      'icon-maskable-512.png',
      'icon.png',
    ]);
    for (const { name, size } of iconPictures) {
      const facts = inspectImage(await make(name, size));
      assert.deepEqual([facts?.format, facts?.width, facts?.height], ['png', size, size], name);
    }
  });

  it('4.5 has a real favicon.ico of three sizes', async () => {
    const entries = await Promise.all(
      [16, 32, 48].map(async (size) => ({ size, png: await make(undefined, size) })),
    );
    const ico = writeIco(entries);
    assert.deepEqual(
      readIco(ico).map(({ size, png }) => [size, png]),
      entries.map(({ size, png }) => [size, png]),
    );
    assert.equal(writeIco([{ size: 256, png: new Uint8Array(1) }])[6], 0, '256 is written as 0');
  });

  it('4.5 is opaque where iOS wants it, and padded where an icon may be cut to a circle', async () => {
    const apple = await decode(await make('apple-touch-icon.png', 180));
    assert.deepEqual(pixelAt(apple, 1, 1), [255, 255, 255, 255]);
    assert.ok(difference(pixelAt(apple, 90, 90), [200, 60, 40, 255]) <= 2);
    const maskable = await decode(await make('icon-maskable-512.png', 512));
    for (let y = 0; y < 512; y += 4)
      for (let x = 0; x < 512; x += 4) {
        if (Math.hypot(x - 256, y - 256) > 0.4 * 512)
          assert.ok(
            difference(pixelAt(maskable, x, y), [255, 255, 255, 255]) <= 8,
            `${x} ${y} lies outside the safe zone`,
          );
      }
    assert.ok(difference(pixelAt(maskable, 256, 256), [200, 60, 40, 255]) <= 2);
    const pwa = await decode(await make('icon-512.png', 512));
    assert.equal(pixelAt(pwa, 1, 1)[3], 0, 'the others stay transparent');
  });

  it('4.5 pads an opaque master in the colour of its border', async () => {
    const blue = await encode(
      paint(100, 100, () => [10, 40, 120, 255]),
      'png',
      90,
    );
    const picture = iconPictures.find(({ name }) => name === 'icon-maskable-512.png');
    assert.ok(picture);
    const { bytes } = await workOn(iconTask(blue, picture), modules);
    const made = await decode(bytes ?? new Uint8Array());
    // Linear light and back may take one off.
    assert.ok(difference(pixelAt(made, 2, 2), [10, 40, 120, 255]) <= 1, pixelAt(made, 2, 2).join());
  });

  it('4.5 pads a maskable icon as much as its form needs, and no more', async () => {
    const visible = async (paintAt: (x: number, y: number) => Rgba) => {
      const bytes = await encode(paint(200, 200, paintAt), 'png', 90);
      const picture = iconPictures.find(({ name }) => name === 'icon-maskable-512.png');
      assert.ok(picture);
      const made = await decode((await workOn(iconTask(bytes, picture), modules)).bytes ?? new Uint8Array());
      let farthest = 0;
      for (let y = 0; y < 512; y++)
        for (let x = 0; x < 512; x++)
          if (difference(pixelAt(made, x, y), [255, 255, 255, 255]) > 100)
            farthest = Math.max(farthest, Math.hypot(x - 255.5, y - 255.5));
      return farthest / 512;
    };
    const ink: Rgba = [20, 20, 120, 255];
    for (const [name, inside] of [
      ['corners', (x: number, y: number) => x >= 0 && y >= 0 && !(x === 100 && y === 100)],
      ['a disc', (x: number, y: number) => Math.hypot(x - 99.5, y - 99.5) < 99],
      ['a wide bar', (x: number, y: number) => y > 80 && y < 120 && x > 0],
    ] as const) {
      const radius = await visible((x, y) => (inside(x, y) ? ink : [0, 0, 0, 0]));
      assert.ok(radius > 0.38 && radius < 0.402, `${name}: ${radius}`);
    }
    const small = await visible((x, y) => (Math.hypot(x - 99.5, y - 99.5) < 40 ? ink : [0, 0, 0, 0]));
    assert.ok(Math.abs(small - 0.2) < 0.01, `a small mark keeps its size: ${small}`);
  });

  it('4.5 comes with lines for a page, at the end of its head, and for a manifest', () => {
    const at = (name: string) => `icons/${name}`;
    const page = '<html>\r\n<head>\r\n    <title>x</title>\r\n  </head>\r\n</html>';
    assert.equal(
      pageWithIcons(page, at),
      page.replace(
        '  </head>',
        iconHtml(at)
          .split('\n')
          .map((line) => `    ${line}\r\n`)
          .join('') + '  </head>',
      ),
    );
    assert.match(iconHtml(at), /<link rel="icon" href="icons\/favicon\.ico" sizes="16x16 32x32 48x48">/);
    // Spaces without end cost no more than reading them once.
    const spaces = ' '.repeat(900_000);
    assert.equal(pageWithIcons(`<head>${spaces}`, at), undefined);
    assert.ok(pageWithIcons(`<head>${spaces}</head>`, at)?.endsWith('</head>'));
    assert.equal(pageWithIcons(`<head></head>${spaces}${spaces}`, at), undefined, 'too long');
    assert.equal(pageWithIcons('<p>no head', at), undefined);
    assert.deepEqual(
      manifestIcons(at).map(({ src, sizes, purpose }) => [src, sizes, purpose]),
      [
        ['icons/icon-192.png', '192x192', undefined],
        ['icons/icon-512.png', '512x512', undefined],
        ['icons/icon-maskable-512.png', '512x512', 'maskable'],
      ],
    );
  });
});

describe('4.5 responsive sizes', () => {
  it('4.5 are smaller than the picture, in its shape and format', () => {
    assert.deepEqual(responsiveSizes({ width: 1600, height: 900 }, 'fox', 'jpeg'), [
      { width: 480, height: 270, name: 'fox-480w.jpg' },
      { width: 768, height: 432, name: 'fox-768w.jpg' },
      { width: 1024, height: 576, name: 'fox-1024w.jpg' },
      { width: 1536, height: 864, name: 'fox-1536w.jpg' },
    ]);
    assert.deepEqual(responsiveSizes({ width: 480, height: 10 }, 'fox', 'png'), []);
    assert.equal(responsiveFormat('avif'), 'webp');
    assert.equal(responsiveFormat('png'), 'png');
  });

  it('4.5 come with an img that names them all, escaped', () => {
    const sizes = responsiveSizes({ width: 800, height: 400 }, 'a, fox', 'webp');
    const html = responsiveHtml(
      sizes,
      { width: 800, height: 400, name: 'a, fox.webp' },
      linkTarget,
      '"><b>{x}',
    );
    assert.equal(
      html,
      '<img src="a%2C%20fox.webp" srcset="a%2C%20fox-480w.webp 480w, a%2C%20fox-768w.webp 768w, a%2C%20fox.webp 800w" sizes="(max-width: 800px) 100vw, 800px" width="800" height="400" alt="&#34;&#62;&#60;b&#62;&#123;x&#125;" />',
    );
  });
});
