import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256Hex } from '../../src/core/files/sha256.ts';

describe('2.7 the SHA-256 of a file', () => {
  it('2.7 is 64 lower-case digits, as published', async () => {
    assert.equal(
      await sha256Hex(new TextEncoder().encode('abc')),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('2.7 is that of a part of a buffer, not of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 2 }), async (bytes) => {
        const part = bytes.subarray(1);
        assert.equal(await sha256Hex(part), createHash('sha256').update(part).digest('hex'));
      }),
    );
  });
});
