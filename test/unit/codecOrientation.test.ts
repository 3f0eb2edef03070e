import { inspectImage } from '../../src/core/image/inspect.ts';
import assert from 'node:assert/strict';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { modules } from '../support/codecs.ts';
import {
  assertNear,
  draw,
  exifOf,
  fileOf,
  greatestDifference,
  quarters,
  quartersOf,
  withExtras,
} from '../support/drawnPictures.ts';
import { ascii } from '../support/pictureBytes.ts';

const decode = (bytes: Uint8Array) => decodeImage(bytes, modules);
const formats = ['png', 'jpeg', 'webp'] as const;

describe('4.3 upright: the Exif orientation is applied', () => {
  // Which stored quarter is seen top left, top right, bottom left, bottom right (Exif 2.32, figure of tag 0x0112).
  const seen = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
    [1, 3, 0, 2],
  ];
  for (const format of formats) {
    it(`4.3 1 to 8 in ${format}, of both byte orders`, async () => {
      const drawn = quarters();
      const stored = quartersOf(drawn);
      for (const [index, order] of seen.entries()) {
        const orientation = index + 1;
        const file = await withExtras(format, drawn, { EXIF: exifOf(orientation, index % 2 === 0) });
        const { raster, turned } = await decode(file);
        const isTurned = orientation >= 5;
        assert.deepEqual([raster.width, raster.height], isTurned ? [32, 48] : [48, 32], `${orientation}`);
        assert.equal(turned, orientation !== 1);
        quartersOf(raster).forEach((colour, place) => {
          assertNear(colour, stored[order[place]!]!, 12, `orientation ${orientation}, quarter ${place}:`);
        });
      }
    });
  }

  it('4.3 moves every pixel, not only the middles', async () => {
    const drawn = draw(5, 3, (x, y) => [x * 40, y * 80, 0, 255]);
    const { raster } = await decode(await withExtras('png', drawn, { EXIF: exifOf(6) }));
    assert.equal(
      greatestDifference(
        raster,
        draw(3, 5, (x, y) => [y * 40, (2 - x) * 80, 0, 255]),
      ),
      0,
    );
    const { raster: seventh } = await decode(await withExtras('png', drawn, { EXIF: exifOf(7) }));
    assert.equal(
      greatestDifference(
        seventh,
        draw(3, 5, (x, y) => [(4 - y) * 40, (2 - x) * 80, 0, 255]),
      ),
      0,
    );
  });

  it('4.3 passes over Exif blocks that make no sense', async () => {
    const drawn = quarters();
    for (const EXIF of [
      exifOf(0),
      exifOf(9),
      exifOf(6).subarray(0, 15),
      ascii('garbage'),
      new Uint8Array(26),
    ]) {
      const { turned } = await decode(await withExtras('jpeg', drawn, { EXIF }));
      assert.equal(turned, false);
    }
  });

  it('4.3 an AVIF is turned and mirrored as its own properties say', async () => {
    const drawn = quarters();
    const file = Buffer.from(await fileOf(drawn, 'avif'));
    const colr = file.indexOf('colr');
    assert.ok(colr > 0);
    const stored = quartersOf(drawn);
    // The colour property (19 bytes) makes place for a turn; sRGB is what is read without.
    for (const [name, value, order] of [
      ['irot', 1, seen[7]!],
      ['irot', 2, seen[2]!],
      ['irot', 3, seen[5]!],
      ['imir', 0, seen[3]!],
      ['imir', 1, seen[1]!],
    ] as const) {
      const changed = Buffer.from(file);
      changed.write(name, colr, 'latin1');
      changed[colr + 4] = value;
      const { raster, turned } = await decode(changed);
      assert.equal(turned, true);
      assert.equal(raster.width, value % 2 === 1 && name === 'irot' ? 32 : 48);
      quartersOf(raster).forEach((colour, place) => {
        assertNear(colour, stored[order[place]!]!, 14, `${name} ${value}, quarter ${place}:`);
      });
    }
  });

  it('4.2 is what the size of a file means, before a pixel is decoded', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const)
      for (const orientation of [1, 3, 6, 8]) {
        const file = await withExtras(format, quarters(), { EXIF: exifOf(orientation) });
        const { width, height } = inspectImage(file)!;
        assert.deepEqual([width, height], orientation >= 5 ? [32, 48] : [48, 32], `${format} ${orientation}`);
      }
  });
});
