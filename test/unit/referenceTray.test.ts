import assert from 'node:assert/strict';
import { invalidArguments } from '../../src/core/failure.ts';
import { mostReferenceBytes } from '../../src/core/referenceBounds.ts';
import {
  type FoundPicture,
  ReferenceTray,
  type ReferenceTrayParts,
} from '../../src/host/panel/referenceTray.ts';
import type { ReferencesStrings, ToReferencesMessage } from '../../src/protocol/references.ts';
import { makePng } from '../support/png.ts';

const red = makePng(8, 6, [255, 0, 0, 255]);
const blue = makePng(4, 4, [0, 0, 255, 255]);
const strings = { references: 'References' } as ReferencesStrings;

/** A tray, what it told the page, and what it wanted of the host. */
function makeTray(parts: Partial<ReferenceTrayParts> = {}) {
  const posted: ToReferencesMessage[] = [];
  const wished: string[] = [];
  const logged: unknown[] = [];
  const tray = new ReferenceTray({
    sources: {
      choose: () => Promise.resolve([]),
      dropped: (uri) => () => {
        wished.push(uri);
        return Promise.reject(invalidArguments(`The reference image ${uri} is refused: it is outside.`));
      },
    },
    makeThumbnail: (bytes) => Promise.resolve({ bytes, mediaType: 'image/webp', width: 1, height: 1 }),
    post: (message) => posted.push(message),
    strings: () => strings,
    logError: (_words, thrown) => logged.push(thrown),
    ...parts,
  });
  const shown = () => posted.findLast((one) => one.type === 'referencesChanged')?.references ?? [];
  const names = () => shown().map(({ name }) => name);
  const refusals = () => posted.flatMap((one) => (one.type === 'referenceRefused' ? [one.sentence] : []));
  const idOf = (name: string) => shown().find((one) => one.name === name)?.id ?? '';
  const thumbnails = () => posted.filter((one) => one.type === 'referenceThumbnail');
  return { tray, posted, wished, logged, shown, names, refusals, idOf, thumbnails };
}

/** A file that is read when the test says so. */
function laterPicture() {
  let resolve: (picture: FoundPicture) => void = () => undefined;
  const promise = new Promise<FoundPicture>((taken) => (resolve = taken));
  return { promise, resolve };
}

/** Lets everything that is ready happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('5.3 the tray of reference pictures', () => {
  it('5.3 takes the bytes of a paste, tells the page what they are, and then shows them small', async () => {
    const { tray, shown, thumbnails } = makeTray();
    await tray.take({ type: 'addReference', name: 'red.jpg', bytes: red });
    await settled();
    const [one] = shown();
    assert.deepEqual({ ...one, id: '' }, { id: '', name: 'red.jpg', facts: one?.facts, role: 'none' });
    // By its bytes, not by its name.
    assert.match(one?.facts ?? '', /^8 × 6 · PNG · /);
    assert.match(one?.id ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(thumbnails()[0]?.thumbnail.referenceId, one?.id);
    assert.deepEqual(tray.pictures(), [{ bytes: red, format: 'png' }]);
  });

  const noPictures: readonly (readonly [string, Uint8Array])[] = [
    ['words', new TextEncoder().encode('API_KEY=secret')],
    ['an SVG', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a GIF', new TextEncoder().encode('GIF89a')],
    ['half a picture', red.slice(0, red.length - 8)],
    ['nothing', new Uint8Array()],
  ];
  for (const [what, bytes] of noPictures) {
    it(`5.3 refuses ${what}, says why, and holds nothing of it`, async () => {
      const { tray, shown, refusals } = makeTray();
      await tray.take({ type: 'addReference', name: 'evil.png', bytes });
      assert.deepEqual(shown(), []);
      assert.deepEqual(tray.pictures(), []);
      assert.match(refusals().join(), /^The reference image evil\.png is refused: it is no whole PNG/);
    });
  }

  it('5.3 refuses a picture above 64 MiB, and a seventeenth', async () => {
    const { tray, refusals, names } = makeTray();
    const large = new Uint8Array(mostReferenceBytes + 1);
    large.set(red);
    await tray.take({ type: 'addReference', name: 'large.png', bytes: large });
    assert.match(refusals().join(), /large\.png is refused: it is larger than 64 MiB/);
    for (let count = 1; count <= 17; count++)
      await tray.take({ type: 'addReference', name: `${count}.png`, bytes: blue });
    assert.equal(names().length, 16);
    assert.match(refusals().at(-1) ?? '', /^17 reference images are too many; at most 16/);
  });

  it('5.3 reads nothing itself of a Uri that the page names: the refusal of whoever does is told, once', async () => {
    const { tray, wished, refusals, shown } = makeTray();
    const uris = ['file:///etc/passwd', 'file:///etc/shadow'];
    await tray.take({ type: 'dropReferences', uris });
    assert.deepEqual(wished, uris);
    assert.deepEqual(shown(), []);
    assert.deepEqual(refusals(), ['The reference image file:///etc/passwd is refused: it is outside.']);
  });

  it('5.3 asks for no further file once there are sixteen', async () => {
    const { tray, wished } = makeTray();
    for (let count = 1; count <= 16; count++)
      await tray.take({ type: 'addReference', name: 'x.png', bytes: blue });
    await tray.take({ type: 'dropReferences', uris: ['file:///w/one.png'] });
    assert.deepEqual(wished, []);
  });

  it('5.3 checks by their bytes what comes from files, too; one that is refused does not keep the others out', async () => {
    const files: FoundPicture[] = [
      { bytes: new TextEncoder().encode('not a picture'), name: 'fake.png' },
      { bytes: red, name: 'red.png' },
      { bytes: blue, name: 'blue.png' },
    ];
    const { tray, names, refusals } = makeTray({
      sources: {
        choose: () => Promise.resolve(files.map((file) => () => Promise.resolve(file))),
        dropped: () => () => Promise.reject(new Error('not asked')),
      },
    });
    await tray.take({ type: 'chooseReferences' });
    assert.deepEqual(names(), ['red.png', 'blue.png']);
    assert.match(refusals().join(), /fake\.png/);
  });

  it('5.3 keeps the order in which pictures were given, however long each takes to be read', async () => {
    const later = laterPicture();
    const { tray, names } = makeTray({
      sources: { choose: () => Promise.resolve([]), dropped: () => () => later.promise },
    });
    const first = tray.take({ type: 'dropReferences', uris: ['file:///w/slow.png'] });
    const second = tray.take({ type: 'addReference', name: 'quick.png', bytes: blue });
    later.resolve({ bytes: red, name: 'slow.png' });
    await Promise.all([first, second]);
    assert.deepEqual(names(), ['slow.png', 'quick.png']);
  });

  it('5.3 gives roles, moves and removes by the ids it issued, and knows no other', async () => {
    const { tray, names, idOf } = makeTray();
    tray.add(red, 'a');
    tray.add(blue, 'b');
    tray.add(blue, 'c');
    await tray.take({ type: 'setReferenceRole', referenceId: idOf('b'), role: 'style' });
    await tray.take({ type: 'moveReference', referenceId: idOf('b'), to: 'left' });
    assert.deepEqual(names(), ['b', 'a', 'c']);
    await tray.take({ type: 'moveReference', referenceId: idOf('b'), to: 'left' });
    await tray.take({ type: 'moveReference', referenceId: idOf('c'), to: 'right' });
    assert.deepEqual(names(), ['b', 'a', 'c'], 'nothing moves over the ends');
    await tray.take({ type: 'removeReference', referenceId: idOf('a') });
    await tray.take({ type: 'removeReference', referenceId: 'b' });
    await tray.take({ type: 'setReferenceRole', referenceId: 'forged', role: 'subject' });
    assert.deepEqual(names(), ['b', 'c']);
    assert.deepEqual(
      tray.pictures().map(({ role }) => role),
      ['style', undefined],
    );
    await tray.take({ type: 'setReferenceRole', referenceId: idOf('b'), role: 'none' });
    assert.ok(tray.pictures().every((one) => !('role' in one)));
  });

  it('5.3 tells a page that loads anew everything, with the thumbnails there are and no picture', async () => {
    const { tray, posted } = makeTray();
    tray.add(red, 'a');
    const large = new Uint8Array(red.length + 1000);
    large.set(red, 500);
    tray.add(large.subarray(500, 500 + red.length), 'b');
    await settled();
    tray.postAll();
    const all = posted.at(-1);
    assert.ok(all?.type === 'references');
    assert.equal(all.strings, strings);
    assert.deepEqual(
      all.references.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.deepEqual(
      all.thumbnails.map(({ referenceId }) => referenceId),
      all.references.map((one) => one.id),
    );
    assert.equal(all.thumbnails[1]?.bytes.buffer.byteLength, red.length, 'no more than its own bytes travel');
    assert.ok(all.references.every((one) => !('bytes' in one)));
  });

  it('5.3 keeps a picture of which no thumbnail can be made', async () => {
    const { tray, names, logged, thumbnails } = makeTray({
      makeThumbnail: () => Promise.reject(new Error('animated')),
    });
    tray.add(red, 'a');
    await settled();
    assert.deepEqual(names(), ['a']);
    assert.equal(thumbnails().length, 0);
    assert.equal(logged.length, 1);
  });

  it('5.3 ends with the panel: a picture that is still being read comes to nothing', async () => {
    const later = laterPicture();
    const { tray, posted } = makeTray({
      sources: { choose: () => Promise.resolve([]), dropped: () => () => later.promise },
    });
    const taking = tray.take({ type: 'dropReferences', uris: ['file:///w/slow.png'] });
    tray.dispose();
    later.resolve({ bytes: red, name: 'slow.png' });
    await taking;
    assert.deepEqual(posted, []);
    assert.deepEqual(tray.pictures(), []);
  });

  it('5.3 lets no name form a link or break a line', async () => {
    const { tray, shown } = makeTray();
    await tray.take({ type: 'addReference', name: '[x](command:y)\n\u202egnp.exe', bytes: red });
    await tray.take({ type: 'addReference', name: '', bytes: red });
    assert.doesNotMatch(shown()[0]?.name ?? '', /[[\]\n\u202e]|command:/);
    assert.equal(shown()[1]?.name, 'image');
  });
});
