import type { GatewayEvent, Notice } from '../events.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf, throwIfCancelled } from '../failure.ts';
import type { Rgb } from '../image/rgb.ts';
import { redactSecrets } from '../outsideText.ts';
import { whatCameIsKept } from '../originals/original.ts';
import { AnswerState, type RequestBounds } from './answerState.ts';
import type { Route } from './models.ts';
import { decodePicture, type LookedAt, lookAt, type WirePicture } from './pictures.ts';
import { fetchPicture, type PictureFetchOptions } from './pictureUrl.ts';
import { type Piece, streamedPieces, wholePiece } from './pieces.ts';
import type { WirePorts } from './wire/intake.ts';
import { wireLimits } from './wireFetch.ts';

/** What reading an answer needs besides the answer. */
export interface ReadOptions extends PictureFetchOptions {
  readonly ports: WirePorts;
  /** How many pictures were asked for. */
  readonly expected: number;
  /** What is left of the bounds of the whole request. */
  readonly bounds: RequestBounds;
  /** The colour in which the model was asked to paint the background, where it was. */
  readonly keyColour?: Rgb | undefined;
  /** Takes each whole picture before it is looked at; absent: nothing is kept. */
  readonly keep?: KeepOriginal;
}

/** Keeps the bytes of a picture as they came. @returns under which name, and what is to be told of it; never rejects */
export type KeepOriginal = (bytes: Uint8Array) => Promise<{ readonly id?: string; readonly notice?: Notice }>;

/**
 * Reads an accepted answer of either route to its end and yields what it holds, as it comes.
 * @param response its body is unread; its content type decides how it is read, not the request: many gateways
 *   ignore `stream`
 * @returns how many pictures came, the same ones twice and damaged ones among them
 * @throws ImageGatewayError, also after pictures were yielded
 */
export async function* readAnswer(
  response: Response,
  route: Route,
  options: ReadOptions,
): AsyncGenerator<GatewayEvent, number> {
  const { context, signal } = options;
  const answer = new AnswerState(context, options.bounds);
  const isStream = /^text\/event-stream/i.test(response.headers.get('content-type') ?? '');
  const pieces =
    isStream && response.body !== null
      ? streamedPieces(response.body, route, context, options.ports)
      : wholePiece(response, route, context, options.ports);
  try {
    for await (const piece of pieces) {
      throwIfCancelled(signal);
      yield* tell(piece, answer, options);
      // Some servers leave an images stream open when all is said; on the chat route the cost comes last.
      if (route === 'images' && isStream && answer.count >= options.expected) break;
    }
  } catch (thrown) {
    yield* answer.reportedEvents();
    throw thrown;
  }
  throwIfCancelled(signal);
  const rest = answer.rest();
  if (rest !== '') yield { type: 'text', text: rest };
  if (route === 'chat' && answer.count > options.expected)
    yield { type: 'notice', notice: interim(answer.count) };
  // Before the failure, if it is one: what it cost was billed all the same.
  yield* answer.reportedEvents();
  answer.finish();
  return answer.pictures;
}

async function* tell(piece: Piece, answer: AnswerState, options: ReadOptions): AsyncGenerator<GatewayEvent> {
  const text = answer.take(piece);
  if (text !== '') yield { type: 'text', text };
  // A frame of a picture that is there already came late.
  if (piece.partial !== undefined && answer.count < options.expected)
    yield* partialImage(piece.partial, options);
  // All of them are kept before the first is worked on: that takes time, in which the person may cancel.
  const kept: LookedAt[] = [];
  let tooMany: unknown;
  try {
    for (const picture of piece.pictures) {
      answer.countPicture();
      const received = await receiveOne(picture, answer, options);
      if (received !== undefined) kept.push(received);
    }
  } catch (thrown) {
    throwIfCancelled(options.signal);
    // Those that came before are pictures all the same.
    tooMany = thrown;
  }
  for (const { image, notices } of kept) {
    for (const notice of notices) yield { type: 'notice', notice };
    yield { type: 'image', image };
  }
  if (tooMany !== undefined) throw tooMany as Error;
}

/** @returns undefined for a picture that cannot be had or came before: the others are there all the same */
async function receiveOne(
  picture: WirePicture,
  answer: AnswerState,
  options: ReadOptions,
): Promise<LookedAt | undefined> {
  try {
    return await receiveAndKeep(picture, answer, options);
  } catch (thrown) {
    throwIfCancelled(options.signal);
    if (!isImageGatewayError(thrown)) throw thrown;
    answer.failed(thrown);
    return undefined;
  }
}

/** Models that think make pictures on their way. */
function interim(count: number): Notice {
  return {
    code: 'interimImages',
    message: `The model sent ${count} images; the last is its answer, and the others came on the way to it.`,
  };
}

interface PictureBytes {
  readonly bytes: Uint8Array;
  readonly mediaType?: string | undefined;
}

/** What was paid for is kept before anything can go wrong with it. @returns undefined for one that came before */
async function receiveAndKeep(
  picture: WirePicture,
  answer: AnswerState,
  options: ReadOptions,
): Promise<LookedAt | undefined> {
  const received = await receive(picture, options);
  if (!(await answer.isNew(received.bytes))) return undefined;
  const { id, notice } = (await options.keep?.(received.bytes)) ?? {};
  try {
    const { image, notices } = look(received, picture, options);
    const { keyColour } = options;
    return {
      image: { ...image, ...(id !== undefined && { originalId: id }), ...(keyColour && { keyColour }) },
      notices: notice === undefined ? notices : [...notices, notice],
    };
  } catch (thrown) {
    if (id === undefined || !isImageGatewayError(thrown)) throw thrown;
    throw new ImageGatewayError(thrown.code, `${sentenceOf(thrown)} ${whatCameIsKept}`);
  }
}

function look({ bytes, mediaType }: PictureBytes, picture: WirePicture, { context }: ReadOptions): LookedAt {
  const revised = picture.revisedPrompt && redactSecrets(picture.revisedPrompt, context.secrets);
  return lookAt(bytes, { mediaType, revisedPrompt: revised, secrets: context.secrets });
}

async function receive(picture: WirePicture, options: ReadOptions): Promise<PictureBytes> {
  const received = await bytesOf(picture, options);
  const { bytes } = received;
  const { context } = options;
  if (bytes.byteLength > wireLimits.picture) {
    throw new ImageGatewayError(
      'malformedResponse',
      `${context.gatewayName} sent an image of more than 64 MiB; it was not saved. Ask for a smaller one.`,
    );
  }
  return received;
}

async function bytesOf(picture: WirePicture, options: ReadOptions): Promise<PictureBytes> {
  switch (picture.kind) {
    case 'stored':
      return { bytes: await picture.stored.read(), mediaType: picture.mediaType };
    case 'base64':
      return { mediaType: picture.mediaType, ...decodePicture(picture.text, options.context.gatewayName) };
    case 'url':
      return fetchPicture(picture.url, options);
  }
}

/** A frame on the way; a damaged one is left out, because the picture itself may still come. */
async function* partialImage(
  { picture, index }: NonNullable<Piece['partial']>,
  options: ReadOptions,
): AsyncGenerator<GatewayEvent> {
  try {
    const { image } = look(await receive(picture, options), picture, options);
    yield { type: 'partialImage', bytes: image.bytes, mediaType: image.facts.mediaType, index };
  } catch {
    return;
  }
}
