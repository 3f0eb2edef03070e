import type { Cost, Usage } from '../events.ts';
import { ImageGatewayError, isImageGatewayError } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';
import { imagesPicture, isHeldBack, readChatPiece, readImagesAnswer } from './answer.ts';
import { errorWords } from './errorWords.ts';
import type { FailureContext } from './failureOf.ts';
import { asArray, asRecord, asString } from './json.ts';
import type { Route } from './models.ts';
import type { WirePicture } from './pictures.ts';
import { readBody, readStream } from './readStream.ts';
import { readCost, readTold, readUsage } from './reported.ts';
import type { Told } from '../receipt.ts';
import { TextPictures } from './textPictures.ts';
import { errorIn, toldIn } from './toldFailure.ts';
import type { Taken, WirePorts } from './wire/intake.ts';

/** One piece of an answer of either route: a whole body, or one event of a stream. */
export interface Piece {
  readonly text: string;
  readonly pictures: readonly WirePicture[];
  readonly finishReason?: string;
  /** The model's own words of refusal, where the wire has a member for them. */
  readonly refusal?: string;
  readonly partial?: { readonly picture: WirePicture; readonly index: number };
  readonly usage?: Usage | undefined;
  readonly cost?: Cost | undefined;
  readonly told?: Told | undefined;
}

/**
 * Reads a streamed answer piece by piece.
 * @throws what the stream says of its failure, or that it broke off
 */
export async function* streamedPieces(
  body: ReadableStream<Uint8Array>,
  route: Route,
  context: FailureContext,
  ports: WirePorts,
): AsyncGenerator<Piece> {
  const events = readStream(body, context, ports);
  const words = new TextPictures();
  let finished = false;
  try {
    for (;;) {
      const next = await events.next().catch((thrown: unknown) => {
        // What is cut off after the model said that it has finished is at most the count of tokens.
        if (finished && isCut(thrown)) return { done: true as const, value: { done: false } };
        throw thrown;
      });
      if (next.done === true) {
        // An answer that neither says `[DONE]` nor why it stopped was cut off, unless its picture came. One that
        // said why keeps its reason: a content filter's answer ends with `[DONE]`, too.
        yield { ...words.end(), ...(next.value.done && !finished && { finishReason: 'stop' }) };
        return;
      }
      const { event, data } = next.value;
      const piece = route === 'chat' ? await chatPiece(data, words) : readImagesEvent(data, event);
      finished ||= piece.finishReason !== undefined;
      yield { ...piece, ...reportedIn(data) };
    }
  } finally {
    await events.return({ done: false });
  }
}

/** What an answer says of itself. */
function reportedIn(value: unknown): Pick<Piece, 'usage' | 'cost' | 'told'> {
  return { usage: readUsage(value), cost: readCost(value), told: readTold(value) };
}

function isCut(thrown: unknown): boolean {
  return thrown instanceof TypeError || (isImageGatewayError(thrown) && thrown.code === 'interrupted');
}

async function chatPiece(data: unknown, words: TextPictures): Promise<Piece> {
  const { parts, ...rest } = readChatPiece(data);
  return { ...rest, ...(await words.take(parts)) };
}

/** One event of an images stream: `image_generation.partial_image`, `.completed` or `.text_chunk`. */
function readImagesEvent(data: unknown, event: string | undefined): Piece {
  const value = asRecord(data);
  const type = asString(value?.['type']) ?? event ?? '';
  if (type.endsWith('.text_chunk')) return { text: asString(value?.['text']) ?? '', pictures: [] };
  const picture = imagesPicture(value);
  // Some relays drop the events' names, and a frame looks like the picture then but for its number.
  if (type.endsWith('.partial_image') || (type === '' && value?.['partial_image_index'] !== undefined)) {
    const index = Number(value?.['partial_image_index'] ?? 0);
    const isInline = picture !== undefined && picture.kind !== 'url';
    return { text: '', pictures: [], ...(isInline && { partial: { picture, index } }) };
  }
  const pictures = picture === undefined ? readImagesAnswer(value) : [picture];
  return { text: '', pictures, ...(pictures.length > 0 ? { finishReason: 'stop' } : {}) };
}

/**
 * Reads an answer that came as one JSON body.
 * @throws malformedResponse where it is not JSON, or the failure that it tells under status 200
 */
export async function* wholePiece(
  response: Response,
  route: Route,
  context: FailureContext,
  ports: WirePorts,
): AsyncGenerator<Piece> {
  if (response.body === null) yield nothing;
  else yield* readBody(response.body, context, ports, (taken) => pieceOf(taken, route, context));
}

const nothing: Piece = { text: '', pictures: [], finishReason: 'empty' };

// A generator, because the pictures of the answer are there until it goes on.
async function* pieceOf(taken: Taken, route: Route, context: FailureContext): AsyncGenerator<Piece> {
  if (taken.text.trim() === '') {
    yield nothing;
    return;
  }
  let value: unknown;
  try {
    value = taken.parse();
  } catch {
    const title = outsideWords(errorWords(taken.text).message, context.secrets, 80);
    throw new ImageGatewayError(
      'malformedResponse',
      `${context.gatewayName} answered with something that is not JSON${title === '' ? '' : ` (“${title}”)`}. Check the gateway's baseUrl.`,
    );
  }
  const error = errorIn(value);
  const piece = await wholePieceOf(value, route);
  // Some of the pictures may be there beside the failure.
  if (error === undefined || piece.pictures.length > 0) yield { ...piece, ...reportedIn(value) };
  if (error !== undefined) throw toldIn(error, context);
}

async function wholePieceOf(value: unknown, route: Route): Promise<Piece> {
  if (route === 'images' && asArray(asRecord(value)?.['choices']).length === 0) {
    const finishReason = isHeldBack(value) ? 'content_filter' : 'stop';
    return { text: '', pictures: readImagesAnswer(value), finishReason };
  }
  const words = new TextPictures();
  const piece = await chatPiece(value, words);
  const end = words.end();
  const pictures = [...piece.pictures, ...end.pictures];
  return { finishReason: 'stop', ...piece, text: piece.text + end.text, pictures };
}
