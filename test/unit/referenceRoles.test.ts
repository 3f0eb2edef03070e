import assert from 'node:assert/strict';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { createLearnedStore } from '../../src/core/gateway/learned.ts';
import { planCall } from '../../src/core/gateway/wireCall.ts';
import {
  checkReferenceBounds,
  mostReferenceBytesTogether,
  mostReferences,
} from '../../src/core/referenceBounds.ts';
import { roleSentences } from '../../src/core/referenceRoles.ts';
import type { ReferenceImage } from '../../src/core/request.ts';
import { askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { errorReply, pngBase64 } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const plain: ReferenceImage = { bytes: makePng(8, 8), format: 'png' };
const subject: ReferenceImage = { ...plain, role: 'subject' };
const style: ReferenceImage = { bytes: makePng(4, 4, [255, 0, 0, 255]), format: 'png', role: 'style' };
const third: ReferenceImage = { bytes: makePng(3, 3), format: 'png' };
const sentences =
  'Image 1 shows the subject. Image 2 is a reference for style only: take its look, not what it shows.';

describe('5.3 the roles of reference pictures', () => {
  it('5.3 become plain sentences that name each picture by its place', () => {
    assert.equal(roleSentences([subject, style]), sentences);
    assert.equal(
      roleSentences([{}, { role: 'composition' }, {}, { role: 'background' }]),
      'Image 2 is a reference for composition only: take its layout, not what it shows nor its look. ' +
        'Image 4 shows the background.',
    );
  });

  it('5.3 say nothing of pictures without one', () => {
    assert.equal(roleSentences([plain, {}]), '');
    assert.equal(roleSentences([]), '');
  });
});

describe('5.3 the roles of reference pictures on the wire', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const bodyOf = (path: string) => server.requests(path)[0]?.body as Record<string, unknown>;

  it('5.3 stand behind the prompt on the chat route, of earlier turns too', async () => {
    const history = [{ role: 'user', text: 'a fox', images: [plain, subject, third] }] as const;
    await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'in snow', model: 'acme/chatty' },
      { references: [subject, style], history },
    );
    const messages = bodyOf('/chat/completions')['messages'] as { content: { text: string }[] }[];
    assert.equal(messages[0]?.content[0]?.text, 'a fox\n\nImage 2 shows the subject.');
    assert.equal(messages[1]?.content[0]?.text, `in snow\n\n${sentences}`);
    assert.equal(messages[1].content.length, 3);
  });

  it('5.3 stand behind the prompt of an edit, before the colour of a background that is taken out', async () => {
    server.reply('/images/edits', { json: { data: [{ b64_json: pngBase64('8x8') }] } });
    await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'in snow', model: 'acme/painter' },
      { references: [subject, style] },
    );
    assert.equal(bodyOf('/images/edits')['prompt'], `in snow\n\n${sentences}`);
    server.reset();
    await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'in snow', model: 'acme/chatty', background: 'transparent' },
      { references: [subject] },
    );
    const messages = bodyOf('/chat/completions')['messages'] as { content: { text: string }[] }[];
    assert.match(
      messages[0]?.content[0]?.text ?? '',
      /^in snow\n\nImage 1 shows the subject\.\n\nShow the subject alone, whole/,
    );
  });

  it('5.3 leave the prompt as it is where no picture has one', async () => {
    await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'in snow', model: 'acme/chatty' },
      { references: [plain] },
    );
    const messages = bodyOf('/chat/completions')['messages'] as { content: { text: string }[] }[];
    assert.equal(messages[0]?.content[0]?.text, 'in snow');
  });

  it('5.3 teach nothing when a refusal quotes them: the member of that name stays', async () => {
    const learned = createLearnedStore();
    server.queue(
      '/images/edits',
      errorReply(
        400,
        `Invalid prompt: a fox\n\nImage 1 shows the background. Unsupported parameter: 'seed'.`,
      ),
      { json: { data: [{ b64_json: pngBase64('8x8') }] } },
    );
    const asked = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'a fox', model: 'acme/painter', background: 'opaque', seed: 7 },
      { references: [{ ...plain, role: 'background' }], learned },
    );
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    const bodies = server.requests('/images/edits').map(({ body }) => body as Record<string, unknown>);
    assert.deepEqual(
      bodies.map((body) => ['background' in body, 'seed' in body]),
      [
        [true, true],
        [true, false],
      ],
    );
  });

  it('5.3 are not told to the sketch, which would write them into its picture', () => {
    const other = gatewayAt('http://127.0.0.1:9/v1', 'other');
    const plan = (id: string) =>
      planCall({
        request: { prompt: 'a fox', model: 'sketch', references: [subject] },
        config: { ...other, id },
        entry: { id: 'sketch', name: 'sketch', supportedParameters: [] } as never,
        route: 'images',
        learned: createLearnedStore().get('sketch'),
      });
    assert.equal(plan('offline').members.body['prompt'], 'a fox');
    assert.equal(plan('other').members.body['prompt'], 'a fox\n\nImage 1 shows the subject.');
  });
});

describe('5.3 the bounds of reference pictures', () => {
  const refusal = (pictures: readonly { bytes: Uint8Array }[]) => {
    try {
      checkReferenceBounds(pictures);
      return '';
    } catch (thrown) {
      assert.ok(isImageGatewayError(thrown) && thrown.code === 'invalidArguments');
      return thrown.message;
    }
  };
  // Counted, not read: no such memory is taken.
  const ofLength = (byteLength: number) => ({ bytes: { byteLength } as Uint8Array });

  it('5.3 are sixteen pictures', () => {
    assert.equal(refusal(Array.from({ length: mostReferences }, () => plain)), '');
    assert.match(
      refusal(Array.from({ length: mostReferences + 1 }, () => plain)),
      /^17 reference images are too many; at most 16 go along\./,
    );
  });

  it('5.3 are 128 MiB of all of them', () => {
    const half = ofLength(mostReferenceBytesTogether / 2);
    assert.equal(refusal([half, half]), '');
    assert.match(
      refusal([half, half, ofLength(1)]),
      /^The reference images are 129 MiB together; at most 128 MiB go along\./,
    );
  });
});
