import assert from 'node:assert/strict';
import { PacedPost } from '../../src/host/panel/pacedPost.ts';

const large = 1024 * 1024;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('5.1 messages to the page', () => {
  const open = () => {
    const sent: string[] = [];
    return { sent, posts: new PacedPost<string>((message) => void sent.push(message)) };
  };

  it('5.1 small ones go at once', () => {
    const { sent, posts } = open();
    posts.post({ message: 'a', byteLength: 0 });
    posts.post({ message: 'b', byteLength: 1000 });
    assert.deepEqual(sent, ['a', 'b']);
  });

  it('5.1 a large one leaves others their turn, and the order stays', async () => {
    const { sent, posts } = open();
    for (const message of ['a', 'b', 'c']) posts.post({ message, byteLength: large });
    posts.post({ message: 'state', byteLength: 0 });
    assert.deepEqual(sent, ['a']);
    let turns = 0;
    while (sent.length < 4 && turns++ < 1000) await wait(1);
    assert.deepEqual(sent, ['a', 'b', 'c', 'state']);
    assert.ok(turns > 2, 'no turn was left');
  });

  it('5.1 of frames that wait the newest alone is sent', async () => {
    const { sent, posts } = open();
    const frame = (message: string, tile: string) =>
      posts.post({ message, byteLength: large, supersedes: tile });
    posts.post({ message: 'picture', byteLength: large });
    for (const one of ['1', '2', '3']) frame(one, 'a');
    frame('other', 'b');
    while (sent.length < 3) await wait(5);
    await wait(150);
    assert.deepEqual(sent, ['picture', '3', 'other']);
  });

  it('5.1 nothing is sent to a page that is gone', async () => {
    const { sent, posts } = open();
    for (const message of ['a', 'b']) posts.post({ message, byteLength: large });
    posts.dispose();
    await wait(150);
    assert.deepEqual(sent, ['a']);
  });
});
