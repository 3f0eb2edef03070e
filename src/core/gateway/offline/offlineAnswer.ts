import type { JsonObject } from '../../request.ts';
import { encodeBase64 } from '../base64.ts';
import { type SketchPlan, paintFrame, paintSketch, planSketch } from './drawSketch.ts';
import { encodePng } from './encodePng.ts';
import type { OfflineRequest } from './offlineRequest.ts';
import { sizeText } from '../../size.ts';
import type { Pace } from './pace.ts';

/** One request as it is answered. */
export interface Answering {
  readonly request: OfflineRequest;
  readonly pace: Pace;
  /** Between two events of a stream, so that a person sees them happen. */
  readonly pauseMs: number;
}

/** Text of an answer's body, piece by piece. */
export type Pieces = AsyncGenerator<string, void, undefined>;

// The cost as OpenRouter reports it: here it is known to be nothing.
const noTokens = { input_tokens: 0, output_tokens: 0, total_tokens: 0, cost: 0 };
const noChatTokens = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost: 0 };
/** One event of an images stream. */
interface WireEvent extends JsonObject {
  readonly type: string;
}
/** How many blocks the longer side of each frame has, by the number of frames. */
const frameColumns: readonly (readonly number[])[] = [[], [128], [128, 341], [64, 128, 341]];

/** The whole answer of an images route. The pictures are drawn before the answer begins. */
export async function imagesAnswer(answering: Answering): Promise<Pieces> {
  const { request, pace } = answering;
  const pictures = await drawAll(answering, request.n);
  return withPictures(pictures, pace, (marker) => ({
    created: now(),
    background: request.background,
    output_format: 'png',
    size: sizeText(request.size),
    data: pictures.map(() => ({ b64_json: marker })),
    usage: noTokens,
  }));
}

/** The events of an images route: words, and for each picture its frames and the picture itself. */
export async function* imagesStream(answering: Answering, kind: 'image_generation' | 'image_edit'): Pieces {
  const { request, pace, pauseMs } = answering;
  for (const text of spoken(request)) {
    yield* event({ type: `${kind}.text_chunk`, text });
    await pace.pause(pauseMs);
  }
  const facts = {
    created_at: now(),
    size: sizeText(request.size),
    background: request.background,
    output_format: 'png',
  };
  for (let index = 0; index < request.n; index++) {
    const plan = plannedSketch(request, index);
    for (const [frame, columns] of (frameColumns[request.partialImages] ?? []).entries()) {
      const png = await encodePng(await paintFrame(plan, columns, pace), pace);
      const type = `${kind}.partial_image`;
      yield* pictureEvent({ type, partial_image_index: frame, ...facts }, png, pace);
      await pace.pause(pauseMs * 3);
    }
    const png = await draw(plan, pace);
    yield* pictureEvent({ type: `${kind}.completed`, ...facts, usage: noTokens }, png, pace);
  }
}

/** The whole answer of the chat route. */
export async function chatAnswer(answering: Answering): Promise<Pieces> {
  const { request, pace } = answering;
  const pictures = await drawAll(answering, request.withImage ? 1 : 0);
  return withPictures(pictures, pace, (marker) => ({
    ...completion(request, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: spoken(request).join(''),
          ...(request.withImage && { images: [chatImage(marker)] }),
        },
        finish_reason: 'stop',
      },
    ],
    usage: noChatTokens,
  }));
}

/** The chunks of the chat route: role, words, the picture, the end, what it used. */
export async function* chatStream(answering: Answering): Pieces {
  const { request, pace, pauseMs } = answering;
  const head = completion(request, 'chat.completion.chunk');
  const chunk = (delta: unknown, finish: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  yield* data([], pace, () => chunk({ role: 'assistant', content: '' }));
  for (const content of spoken(request)) {
    yield* data([], pace, () => chunk({ content }));
    await pace.pause(pauseMs);
  }
  if (request.withImage) {
    const png = await draw(plannedSketch(request, 0), pace);
    yield* data([png], pace, (marker) => chunk({ images: [chatImage(marker)] }));
  }
  yield* data([], pace, () => chunk({}, 'stop'));
  yield* data([], pace, () => ({ ...head, choices: [], usage: noChatTokens }));
  yield 'data: [DONE]\n\n';
}

function completion({ model }: OfflineRequest, object: string): object {
  return { id: `chatcmpl-${crypto.randomUUID()}`, object, created: now(), model };
}

function chatImage(marker: string): object {
  return { type: 'image_url', index: 0, image_url: { url: `data:image/png;base64,${marker}` } };
}

/** What is said about the picture, in the pieces in which it is said. */
function spoken({ prompt, editOf, withText }: OfflineRequest): readonly string[] {
  if (!withText) return [];
  const words = prompt.replace(/\s+/g, ' ').trim().split(' ');
  let quoted = words.shift()?.slice(0, 60) ?? '';
  while (words.length > 0 && quoted.length < 60) quoted += ` ${words.shift() ?? ''}`;
  const what = editOf === undefined ? 'A sketch of' : 'A sketch of the edit';
  const end = words.length > 0 ? '…' : '';
  const sentence = `${what} “${quoted}${end}”, drawn on this machine. No model was asked.`;
  return sentence.match(/\S+\s*/g) ?? [];
}

function plannedSketch(
  { prompt, size, seed, background, editOf }: OfflineRequest,
  index: number,
): SketchPlan {
  return planSketch({ prompt, ...size, seed, index, background, editOf });
}

async function draw(plan: SketchPlan, pace: Pace): Promise<Uint8Array> {
  return encodePng(await paintSketch(plan, pace), pace);
}

async function drawAll({ request, pace }: Answering, count: number): Promise<readonly Uint8Array[]> {
  const pictures: Uint8Array[] = [];
  while (pictures.length < count) pictures.push(await draw(plannedSketch(request, pictures.length), pace));
  return pictures;
}

function* event(value: WireEvent): Generator<string> {
  yield `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
}

async function* pictureEvent(value: WireEvent, png: Uint8Array, pace: Pace): Pieces {
  yield `event: ${value.type}\n`;
  yield* data([png], pace, (marker) => ({ ...value, b64_json: marker }));
}

async function* data(
  pictures: readonly Uint8Array[],
  pace: Pace,
  value: (marker: string) => unknown,
): Pieces {
  yield 'data: ';
  yield* withPictures(pictures, pace, value);
  yield '\n\n';
}

/** JSON whose markers become the pictures in base64, in slices: no string ever holds a whole picture. */
async function* withPictures(
  pictures: readonly Uint8Array[],
  pace: Pace,
  value: (marker: string) => unknown,
): Pieces {
  const marker = crypto.randomUUID();
  for (const [index, text] of JSON.stringify(value(marker)).split(marker).entries()) {
    const picture = index === 0 ? undefined : pictures[index - 1];
    // A multiple of three bytes, so that only the last slice is padded.
    for (let at = 0; picture && at < picture.length; at += 49_152) {
      await pace.breathe();
      yield encodeBase64(picture.subarray(at, at + 49_152));
    }
    yield text;
  }
}

const now = (): number => Math.floor(Date.now() / 1000);
