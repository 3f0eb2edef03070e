import assert from 'node:assert/strict';
import type { FinishedImage } from '../../src/core/events.ts';
import { asItCame } from '../../src/core/finishing.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { compareImage, compareTold, receiptLine, receiptOf, receiptTopics } from '../../src/core/receipt.ts';
import type { ImageRequest } from '../../src/core/request.ts';
import { makePng } from '../support/png.ts';

const request: ImageRequest = { prompt: 'a fox', model: 'acme/painter', references: [] };

function picture(width: number, height: number): FinishedImage {
  const bytes = makePng(width, height);
  const facts = inspectImage(bytes);
  assert.ok(facts);
  return { ...asItCame({ bytes, facts }), alpha: 'unused', cameAlpha: 'unused' };
}

const row = (asked: Partial<ImageRequest>, images: readonly FinishedImage[], topic: string) =>
  receiptOf({ ...request, ...asked }, {}, images).find((one) => one.topic === topic);

describe('4.1 the receipt', () => {
  it('4.1 has a row for everything that can be asked for, asked beside came beside saved', () => {
    const came = picture(96, 64);
    const saved = { ...picture(60, 30), received: came.received, cameAlpha: 'used' } as const;
    const rows = receiptOf(
      {
        ...request,
        n: 1,
        size: { width: 60, height: 30 },
        outputFormat: 'png',
        quality: 'high',
        background: 'opaque',
      },
      { model: 'painter-2026-01-01', quality: 'high' },
      [saved],
    );
    assert.deepEqual(
      rows.map(({ topic }) => topic),
      [...receiptTopics],
    );
    assert.deepEqual(
      Object.fromEntries(rows.map(({ topic, asked, came: was, saved: is }) => [topic, [asked, was, is]])),
      {
        model: ['acme/painter', 'painter-2026-01-01', ''],
        count: ['1', '1', ''],
        size: ['60×30', '96×64', '60×30'],
        aspectRatio: ['', '3:2', '2:1'],
        format: ['PNG', 'PNG', ''],
        background: ['opaque', 'transparent', 'opaque (alpha channel unused)'],
        quality: ['high', 'high', ''],
      },
    );
    assert.deepEqual(
      rows.filter(({ differs }) => differs),
      [],
    );
  });

  it('4.1 calls nothing as asked that nobody could look at', () => {
    const { alpha: _alpha, cameAlpha: _cameAlpha, ...unseen } = picture(64, 48);
    const asked = row({ background: 'transparent' }, [unseen], 'background');
    assert.deepEqual([asked?.came, asked?.differs], ['alpha channel, not looked at', true]);
  });

  it('4.1 counts what came apart from what was saved', () => {
    const rows = receiptOf({ ...request, n: 3 }, {}, [picture(64, 48)], 3);
    const { came, saved, differs } = rows.find(({ topic }) => topic === 'count')!;
    assert.deepEqual([came, saved, differs], ['3', '1', false]);
  });

  it('4.1 marks what was saved and is not what was asked for', () => {
    const images = [picture(64, 48), picture(64, 48), picture(32, 32)];
    const differs = (asked: Partial<ImageRequest>, topic: string) => row(asked, images, topic)?.differs;
    assert.equal(differs({ size: { width: 64, height: 48 } }, 'size'), true, 'the third');
    assert.equal(row({ size: { width: 64, height: 48 } }, images, 'size')?.came, '64×48, 32×32');
    assert.equal(differs({ aspectRatio: { width: 4, height: 3 } }, 'aspectRatio'), true);
    assert.equal(differs({ outputFormat: 'webp' }, 'format'), true);
    assert.equal(differs({ outputFormat: 'png' }, 'format'), false);
    assert.equal(differs({ n: 4 }, 'count'), true);
    assert.equal(differs({ n: 3 }, 'count'), false);
  });

  it('4.1 calls no painted or fringed transparency success, whatever the file’s header says', () => {
    const reasons = ['opaque', 'checkerboard', 'fringe', 'empty'] as const;
    const notices = reasons.map((reason) => {
      const image: FinishedImage = { ...picture(8, 8), transparency: { ok: false, reason } };
      assert.equal(row({ background: 'transparent' }, [image], 'background')?.differs, true);
      return compareImage({ ...request, background: 'transparent' }, image);
    });
    assert.deepEqual(
      notices.flat().map(({ code }) => code),
      Array(4).fill('noTransparency'),
    );
    assert.equal(new Set(notices.flat().map(({ message }) => message)).size, 4);
    const fine: FinishedImage = { ...picture(8, 8), transparency: { ok: true } };
    assert.deepEqual(compareImage({ ...request, background: 'transparent' }, fine), []);
  });

  it('4.1 knows a model by another of its names, and tells another model and quality', () => {
    const codes = (model: string, came: string) =>
      compareTold({ ...request, model }, { model: came }).map(({ code }) => code);
    for (const [asked, came] of [
      ['openai/gpt-image-1', 'gpt-image-1'],
      ['openai/gpt-image-1', 'gpt-image-1-2025-04-23'],
      ['google/gemini-3-pro-image', 'google/gemini-3-pro-image:free'],
      ['Painter', 'painter'],
    ] as const)
      assert.deepEqual(codes(asked, came), [], `${asked} ${came}`);
    assert.deepEqual(codes('openai/gpt-image-1', 'google/gemini-3-pro-image'), ['modelDiffers']);
    const quality = (asked: string, came: string) =>
      compareTold({ ...request, quality: asked }, { quality: came });
    assert.deepEqual(quality('high', 'HIGH'), []);
    assert.deepEqual(quality('auto', 'low'), []);
    assert.deepEqual(
      quality('high', 'low').map(({ message }) => message),
      ['The quality high was asked for, the answer says low.'],
    );
  });

  it('4.1 is one harmless line in the log', () => {
    const rows = receiptOf(
      { ...request, quality: 'high\n[x](command:quit)' },
      { model: 'a\u202eb https://evil.example' },
      [picture(8, 4)],
    );
    assert.equal(
      receiptLine(rows),
      'model differs: asked acme/painter, came ab evil.example; count: came 1; size: came 8×4; aspectRatio: came 2:1; format: came PNG; background: came opaque (alpha channel unused); quality: asked high (x)(command quit)',
    );
  });
});
