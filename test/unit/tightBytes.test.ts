import assert from 'node:assert/strict';
import { tightBytes } from '../../src/host/panel/tightBytes.ts';

describe('5.7 bytes on their way to the page', () => {
  it('5.7 are not copied where they have their buffer to themselves', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    assert.equal(tightBytes(bytes), bytes);
  });

  it('5.7 take nothing along of what stands beside them in the buffer', () => {
    const secret = new TextEncoder().encode('secret picture');
    const tight = tightBytes(secret.subarray(7));
    assert.equal(tight.buffer.byteLength, 7);
    assert.equal(new TextDecoder().decode(tight), 'picture');
  });

  it('5.7 are no Buffer of Node’s, which would arrive as JSON', () => {
    const tight = tightBytes(Buffer.from('picture'));
    assert.equal(Object.getPrototypeOf(tight), Uint8Array.prototype);
    assert.equal(tight.buffer.byteLength, 7);
  });
});
