import assert from 'node:assert/strict';
import type { FinishedImage, GenerationEvent } from '../../src/core/events.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { ImageCall } from '../../src/host/imageCall.ts';
import type * as editDesk from '../../src/host/panel/editDesk.ts';
import type { EditedPicture } from '../../src/host/panel/editTrack.ts';
import type { EditState, ToEdit } from '../../src/protocol/edit.ts';
import { toEdit } from '../../src/protocol/editCodec.ts';
import { makePng } from '../support/png.ts';
import { hostModule } from '../support/vscodeWithFiles.ts';

const { EditDesk } = (await hostModule('panel/editDesk.ts')) as typeof editDesk;

let made = 0;
function imageOf(width: number, height: number): FinishedImage {
  const bytes = makePng(width, height);
  const facts = inspectImage(bytes)!;
  return { bytes, facts, received: { bytes, facts, originalId: `o-${++made}` } };
}

function edited(members: Partial<EditedPicture> = {}): EditedPicture {
  return {
    ...{ id: 'p', image: imageOf(40, 40), alt: 'a fox', prompt: 'a fox', text: '', model: 'm', gateway: 'g' },
    ...{ file: { uri: 'file:///w/fox.png', name: 'fox.png', sha256: 'before' }, ...members },
  };
}

const stroke = { tool: 'rectangle', x: 1, y: 1, width: 5, height: 5 } as const;

/** A desk whose service answers each request with the events of `answers`. */
function open(...answers: readonly (readonly GenerationEvent[])[]) {
  const told: ToEdit[] = [];
  const calls: ImageCall[] = [];
  const accepted: FinishedImage[] = [];
  const givenUp: string[] = [];
  const waiting = [...answers];
  const service = {
    prepare: (call: ImageCall) => {
      calls.push(call);
      return answers.length === 0 ? new Promise(() => undefined) : Promise.resolve({ call });
    },
    run: async function* () {
      yield* await Promise.resolve(waiting.shift() ?? []);
    },
  };
  const gateways = { currentId: () => 'g', wantedModel: () => 'm', current: () => undefined };
  const engine = { run: () => Promise.resolve({ bytes: makePng(40, 40) }) };
  const log = { error: () => undefined };
  const desk = new EditDesk({ service, gateways, engine, log, showLog: () => Promise.resolve() } as never, {
    // As the page takes it: nothing that its decoder does not know.
    post: (message) => told.push(toEdit(structuredClone(message))),
    accept: (_picture, image) => {
      accepted.push(image);
      return Promise.resolve('done');
    },
    giveUp: (ids) => Promise.resolve(void givenUp.push(...ids)),
  });
  const state = (): EditState => {
    const last = told.findLast((one) => one.type === 'state' || one.type === 'opened');
    assert.ok(last && 'state' in last);
    return last.state;
  };
  return { desk, told, calls, accepted, givenUp, state };
}

const outcome = { images: [], text: '', model: 'm', gateway: 'g', notices: [] };
const answer = (image: FinishedImage, ...before: readonly GenerationEvent[]): readonly GenerationEvent[] => [
  ...before,
  { type: 'drafted', image },
  { type: 'finished', outcome },
];

describe('5.3 the host’s desk of an edit', () => {
  it('5.3 asks for the picture in its own size and in the format of its file', async () => {
    const { desk, calls } = open(answer(imageOf(40, 40)));
    desk.begin(edited({ file: { uri: 'file:///w/fox.jpg', name: 'fox.jpg', sha256: '' } }));
    await desk.handle({ type: 'generate', prompt: ' make it night ', strokes: [stroke] });
    const [call] = calls;
    assert.deepEqual(call!.args, {
      ...{ size: { width: 40, height: 40 }, outputFormat: 'jpeg', model: 'm' },
    });
    assert.equal(call!.prompt, 'make it night');
    assert.equal(call!.mask?.format, 'png');
    assert.deepEqual([call!.interactive, call!.keepsDrafts], [true, true]);
  });

  it('5.3 refuses a file that no edit could take the place of, before anything is sent', () => {
    const { desk, told } = open();
    const file = { uri: 'file:///w/fox.avif', name: 'fox.avif', sha256: '' };
    assert.throws(() => desk.begin(edited({ file })), /fox\.avif cannot be edited: only PNG, JPEG and WebP/);
    assert.deepEqual(told, []);
  });

  it('5.3 does not put a picture of another size in the file’s place', async () => {
    const { desk, accepted, state } = open(answer(imageOf(8, 8)));
    desk.begin(edited());
    await desk.handle({ type: 'generate', prompt: 'smaller', strokes: [] });
    await desk.handle({ type: 'accept' });
    assert.deepEqual(accepted, []);
    assert.match(state().failure, /fox\.png was not replaced: it has 40×40 pixels, and what came 8×8/);
  });

  it('5.3 does not accept a marked edit whose outside could not be put back', async () => {
    const notice = { code: 'outsideRestored', message: 'What was not marked was put back.' } as const;
    const { desk, accepted, state } = open(
      answer(imageOf(40, 40), { type: 'notice', notice: { ...notice, code: 'notConverted' } }),
      answer(imageOf(40, 40), { type: 'notice', notice }),
    );
    desk.begin(edited());
    await desk.handle({ type: 'generate', prompt: 'night', strokes: [stroke] });
    await desk.handle({ type: 'accept' });
    assert.match(state().failure, /what was not marked could not be put back/);
    assert.equal(accepted.length, 0);
    await desk.handle({ type: 'goTo', step: 0 });
    await desk.handle({ type: 'generate', prompt: 'night', strokes: [stroke] });
    await desk.handle({ type: 'accept' });
    assert.equal(accepted.length, 1);
  });

  it('5.3 gives up all that came but what was accepted, also what is no step any more', async () => {
    const [first, second, third] = [imageOf(40, 40), imageOf(40, 40), imageOf(40, 40)];
    const { desk, givenUp, told } = open(
      [{ type: 'drafted', image: first }, ...answer(second)],
      answer(third),
    );
    desk.begin(edited());
    await desk.handle({ type: 'generate', prompt: 'night', strokes: [] });
    await desk.handle({ type: 'goTo', step: 0 });
    await desk.handle({ type: 'generate', prompt: 'day', strokes: [] });
    await desk.handle({ type: 'accept' });
    assert.deepEqual(
      givenUp,
      [first, second].map(({ received }) => received.originalId),
    );
    assert.deepEqual(told.at(-1), { type: 'closed', why: 'done' });
  });

  it('5.3 is cancelled while a question to the person is still open', async () => {
    const { desk, state } = open();
    desk.begin(edited());
    const asking = desk.handle({ type: 'generate', prompt: 'night', strokes: [] });
    assert.equal(state().status, 'running');
    await desk.handle({ type: 'cancel' });
    await asking;
    assert.deepEqual([state().status, state().failure], ['ready', '']);
  });

  it('5.3 gives a page that was loaded anew the edit as it stands', async () => {
    const { desk, told } = open(answer(imageOf(40, 40)));
    desk.begin(edited());
    await desk.handle({ type: 'generate', prompt: 'night', strokes: [] });
    await desk.handle({ type: 'draft', prompt: 'and a moon', strokes: [stroke] });
    told.splice(0);
    desk.postAll();
    const [opened, picture] = told;
    assert.ok(opened?.type === 'opened' && picture?.type === 'picture');
    assert.deepEqual(opened.state.prompts, ['night']);
    assert.deepEqual([opened.state.step, opened.draft?.prompt, picture.step], [1, 'and a moon', 1]);
  });
});
