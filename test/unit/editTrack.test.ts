import assert from 'node:assert/strict';
import type { FinishedImage } from '../../src/core/events.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { type EditedPicture, EditTrack } from '../../src/host/panel/editTrack.ts';
import { editBounds } from '../../src/protocol/edit.ts';
import { makePng } from '../support/png.ts';

function imageOf(width: number): FinishedImage {
  const bytes = makePng(width, 4);
  const facts = inspectImage(bytes)!;
  return { bytes, facts, received: { bytes, facts, originalId: `of-${width}` } };
}

const original: EditedPicture = {
  ...{ id: 'a', image: imageOf(1), alt: 'a fox', prompt: 'a fox', text: 'Here.' },
  ...{ model: 'acme/painter', gateway: 'acme' },
};
const stepOf = (prompt: string, image = imageOf(prompt.length)) => ({
  ...{ prompt, image, text: `${prompt}, done`, notices: [], costLine: '', isSpoilt: false },
});

describe('5.3 the steps of an edit', () => {
  it('5.3 go on from the picture that is shown, whichever that is', () => {
    const track = new EditTrack(original);
    assert.equal(track.image, original.image);
    const [red, blue, green] = ['red', 'blue.', 'green'].map((prompt) => stepOf(prompt));
    assert.deepEqual([track.add(red!), track.add(blue!)], [1, 2]);
    track.step = 1;
    assert.equal(track.image, red!.image);
    assert.equal(track.add(green!), 2);
    assert.deepEqual(
      track.steps.map(({ prompt }) => prompt),
      ['red', 'green'],
    );
  });

  it('5.3 know under which id each picture is kept that came, also of what is no step any more', () => {
    const track = new EditTrack(original);
    for (const prompt of ['red', 'blue.']) {
      const step = stepOf(prompt);
      track.note(step.image);
      track.add(step);
      track.step = 0;
    }
    assert.deepEqual(track.originalIds(), ['of-3', 'of-5']);
    assert.deepEqual(track.originalIds(track.steps[0]!.image), ['of-3']);
  });

  it('5.3 tell the conversation until the picture that is shown, its pictures at their places', () => {
    const track = new EditTrack(original);
    track.add(stepOf('red'));
    track.add(stepOf('blue'));
    track.step = 1;
    assert.deepEqual(
      track.history().map(({ role, text, images }) => [role, text, images.length]),
      [
        ['user', 'a fox', 0],
        ['assistant', 'Here.', 1],
        ['user', 'red', 0],
        ['assistant', 'red, done', 1],
      ],
    );
    assert.equal(track.history().at(-1)!.images[0]!.bytes, track.image.bytes);
  });

  it('5.3 send the newest pictures where all of them are too much', () => {
    const heavy = (prompt: string) => {
      const { facts, received } = imageOf(2);
      return stepOf(prompt, { facts, received, bytes: new Uint8Array(30 * 1024 * 1024) });
    };
    const track = new EditTrack(original);
    track.add(heavy('red'));
    track.add(heavy('blue'));
    assert.deepEqual(
      track.history().map(({ images }) => images.length),
      [0, 0, 0, 0, 0, 1],
    );
  });

  it('5.3 have an end', () => {
    const track = new EditTrack(original);
    const step = stepOf('red');
    for (let count = 0; count < editBounds.steps; count++) track.add(step);
    assert.equal(track.isFull, true);
    track.step = 3;
    assert.equal(track.isFull, false);
  });
});
