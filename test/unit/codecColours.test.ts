import assert from 'node:assert/strict';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { modules } from '../support/codecs.ts';
import {
  displayP3,
  draw,
  exifOf,
  extendedWebp,
  fileOf,
  gammaTag,
  greatestDifference,
  iccpChunk,
  matrixProfile,
  pixelOf,
  profileOf,
  quarters,
  quartersOf,
  srgbColorants,
  srgbCurveTag,
  withJpegSegment,
  withPngChunks,
} from '../support/drawnPictures.ts';
import { ascii, bytesOf, pngChunk, uint32 } from '../support/pictureBytes.ts';
import type { Rgba } from '../support/png.ts';

const decode = (bytes: Uint8Array) => decodeImage(bytes, modules);

function assertNear(actual: Rgba, expected: readonly number[], tolerance: number, message = ''): void {
  const isNear = expected.every((value, index) => Math.abs(value - actual[index]!) <= tolerance);
  assert.ok(isNear, `${message} ${actual.join()} is not ${expected.join()}`);
}

/** A file with a profile and an Exif block, wherever the format has them. */
async function withExtras(
  format: Exclude<ImageFormat, 'avif'>,
  raster: ReturnType<typeof quarters>,
  { ICCP, EXIF }: { readonly ICCP?: Uint8Array; readonly EXIF?: Uint8Array },
): Promise<Uint8Array> {
  const file = await fileOf(raster, format);
  if (format === 'webp') return extendedWebp(file, raster, { ...(ICCP && { ICCP }), ...(EXIF && { EXIF }) });
  if (format === 'png') {
    // The encoder's sRGB chunk goes: a file has one or the other.
    const bare = bytesOf(file.subarray(0, 33), file.subarray(33 + 13));
    return withPngChunks(bare, ...(ICCP ? [iccpChunk(ICCP)] : []), ...(EXIF ? [pngChunk('eXIf', EXIF)] : []));
  }
  const exif = EXIF ? withJpegSegment(file, 0xe1, bytesOf(ascii('Exif\0\0'), EXIF)) : file;
  return ICCP
    ? withJpegSegment(exif, 0xe2, bytesOf(ascii('ICC_PROFILE\0'), Uint8Array.of(1, 1), ICCP))
    : exif;
}

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
});

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
