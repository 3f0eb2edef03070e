import assert from 'node:assert/strict';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { modules } from '../support/codecs.ts';
import {
  assertNear,
  displayP3,
  draw,
  fileOf,
  gammaTag,
  greatestDifference,
  iccpChunk,
  matrixProfile,
  pixelOf,
  profileOf,
  srgbColorants,
  srgbCurveTag,
  withExtras,
  withPngChunks,
} from '../support/drawnPictures.ts';
import { ascii, bytesOf, pngChunk, uint32 } from '../support/pictureBytes.ts';
import type { Rgba } from '../support/png.ts';

const decode = (bytes: Uint8Array) => decodeImage(bytes, modules);

const formats = ['png', 'jpeg', 'webp'] as const;

describe('4.3 colours: what is not sRGB becomes it', () => {
  const p3 = matrixProfile(displayP3, srgbCurveTag);
  const colours: readonly Rgba[] = [
    [200, 60, 60, 255],
    [60, 180, 60, 255],
    [128, 128, 128, 255],
    [90, 120, 190, 128],
  ];
  // Display P3 in sRGB by CSS Color 4's matrices, computed apart from this project's code.
  const converted = [
    [217, 42, 52],
    [0, 183, 30],
    [128, 128, 128],
    [81, 121, 195],
  ];
  const drawn = draw(64, 16, (x) => colours[Math.floor(x / 16)]!);

  for (const format of formats) {
    it(`4.3 converts Display P3 in ${format}`, async () => {
      const { raster, coloursConverted } = await decode(await withExtras(format, drawn, { ICCP: p3 }));
      assert.equal(coloursConverted, true);
      const count = format === 'jpeg' ? 3 : 4;
      converted.slice(0, count).forEach((colour, index) => {
        assertNear(pixelOf(raster, index * 16 + 8, 8), colour, format === 'png' ? 1 : 7, `${index}:`);
      });
      assert.equal(pixelOf(raster, 56, 8)[3], format === 'jpeg' ? 255 : 128);
    });

    it(`4.3 leaves the pixels of ${format} as they are where the profile is sRGB`, async () => {
      const plain = await decode(await withExtras(format, drawn, {}));
      const tagged = await decode(
        await withExtras(format, drawn, { ICCP: matrixProfile(srgbColorants, srgbCurveTag) }),
      );
      assert.equal(tagged.coloursConverted, false);
      assert.equal(greatestDifference(plain.raster, tagged.raster), 0);
    });

    it(`4.3 refuses what cannot be converted in ${format}: tables, print, garbage`, async () => {
      const tables = profileOf('RGB ', { A2B0: new Uint8Array(64), rTRC: srgbCurveTag });
      for (const ICCP of [
        tables,
        profileOf('CMYK', { A2B0: new Uint8Array(64) }),
        ascii('no profile'),
        p3.subarray(0, 200),
      ]) {
        await assert.rejects(decode(await withExtras(format, drawn, { ICCP })), {
          name: 'CodecError',
          reason: 'profile',
        });
      }
    });
  }

  it('4.3 converts other gammas, and greys', async () => {
    const grey = profileOf('GRAY', { kTRC: gammaTag(1) });
    const { raster } = await decode(
      await withExtras(
        'png',
        draw(4, 4, () => [128, 128, 128, 255]),
        { ICCP: grey },
      ),
    );
    // Linear 128/255 in sRGB.
    assertNear(pixelOf(raster, 1, 1), [188, 188, 188], 1);
    const wide = matrixProfile(srgbColorants, gammaTag(1.8));
    const { raster: brighter } = await decode(
      await withExtras(
        'png',
        draw(4, 4, () => [100, 100, 100, 255]),
        { ICCP: wide },
      ),
    );
    const expected = 255 * (1.055 * ((100 / 255) ** 1.8) ** (1 / 2.4) - 0.055);
    assertNear(pixelOf(brighter, 1, 1), [expected, expected, expected], 1);
  });

  it('4.3 reads PNG’s cICP, gAMA and cHRM in their order', async () => {
    const file = await fileOf(
      draw(4, 4, () => [200, 60, 60, 255]),
      'png',
    );
    const bare = bytesOf(file.subarray(0, 33), file.subarray(33 + 13));
    const cicp = (...codes: number[]) => pngChunk('cICP', Uint8Array.from(codes));
    const gama = (value: number) => pngChunk('gAMA', uint32(value));
    const chrm = (...values: number[]) => pngChunk('cHRM', bytesOf(...values.map(uint32)));
    const rows: readonly [string, readonly Uint8Array[], readonly number[]][] = [
      ['sRGB by code points', [cicp(1, 13, 0, 1)], [200, 60, 60]],
      ['Display P3 by code points', [cicp(12, 13, 0, 1)], [217, 42, 52]],
      ['cICP goes before a profile', [cicp(1, 13, 0, 1), iccpChunk(p3)], [200, 60, 60]],
      ['the usual gamma is sRGB', [gama(45_455)], [200, 60, 60]],
      ['sRGB goes before gAMA', [pngChunk('sRGB', Uint8Array.of(0)), gama(100_000)], [200, 60, 60]],
      ['linear', [gama(100_000)], [228, 133, 133]],
      [
        'P3’s chromaticities',
        [gama(45_455), chrm(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)],
        [217, 42, 52],
      ],
    ];
    for (const [name, chunks, expected] of rows) {
      assertNear(
        pixelOf((await decode(withPngChunks(bare, ...chunks))).raster, 2, 2),
        expected,
        1,
        `${name}:`,
      );
    }
    const hostile = [
      [cicp(9, 16, 0, 1)],
      [cicp(77, 13, 0, 1)],
      [gama(1)],
      [chrm(0, 0, 0, 0, 0, 0, 0, 0)],
      [pngChunk('iCCP', ascii('p\0\0not zlib'))],
    ];
    for (const chunks of hostile) {
      await assert.rejects(decode(withPngChunks(bare, ...chunks)), { name: 'CodecError', reason: 'profile' });
    }
  });

  it('4.3 stops inflating a profile that grows without end', async () => {
    const bomb = iccpChunk(new Uint8Array(64 * 1024 * 1024));
    const file = await fileOf(
      draw(4, 4, () => [1, 2, 3, 255]),
      'png',
    );
    await assert.rejects(decode(withPngChunks(bytesOf(file.subarray(0, 33), file.subarray(46)), bomb)), {
      reason: 'profile',
    });
  });

  it('4.3 reads an AVIF’s code points', async () => {
    const file = Buffer.from(
      await fileOf(
        draw(16, 16, () => [200, 60, 60, 255]),
        'avif',
      ),
    );
    const nclx = file.indexOf('nclx');
    assert.ok(nclx > 0);
    file.writeUInt16BE(12, nclx + 4);
    file.writeUInt16BE(13, nclx + 6);
    const { raster, coloursConverted } = await decode(file);
    assert.equal(coloursConverted, true);
    assertNear(pixelOf(raster, 8, 8), [217, 42, 52], 4);
    file.writeUInt16BE(16, nclx + 6);
    await assert.rejects(decode(file), { reason: 'profile' });
  });
});
