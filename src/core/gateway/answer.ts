import type { Cost, Usage } from '../events.ts';
import { asArray, asRecord, asString } from './json.ts';
import { type WirePicture, wirePictureIn } from './pictures.ts';

/** What one piece of an answer (a whole body, or one event of a stream) holds. */
export interface AnswerPiece {
  readonly text: string;
  readonly pictures: readonly WirePicture[];
  readonly finishReason?: string;
  /** The model's own words of refusal, where the wire has a member for them. */
  readonly refusal?: string;
}

/**
 * Reads a chat completion or a chunk of one: `choices[].message` or `choices[].delta`, with pictures in
 * `images[]`, and text in `content` (a string, or parts).
 * Sources: the documents of Vercel AI Gateway, Agnic and OpenRouter (wire.md, sections 1, 3 and 4).
 */
export function readChatPiece(value: unknown): AnswerPiece {
  const piece = {
    text: '',
    pictures: [] as WirePicture[],
    finishReason: undefined as string | undefined,
    refusal: '',
  };
  for (const choice of asArray(asRecord(value)?.['choices'])) {
    const message = asRecord(asRecord(choice)?.['message']) ?? asRecord(asRecord(choice)?.['delta']);
    piece.finishReason = asString(asRecord(choice)?.['finish_reason']) ?? piece.finishReason;
    if (message === undefined) continue;
    const content = message['content'];
    piece.text += asString(content) ?? partsText(content);
    piece.refusal += asString(message['refusal']) ?? '';
    for (const image of [...asArray(message['images']), ...asArray(content)]) {
      const picture = chatPicture(image);
      if (picture !== undefined) piece.pictures.push(picture);
    }
  }
  return {
    text: piece.text,
    pictures: piece.pictures,
    ...(piece.finishReason === undefined ? {} : { finishReason: piece.finishReason }),
    ...(piece.refusal === '' ? {} : { refusal: piece.refusal }),
  };
}

function partsText(content: unknown): string {
  return asArray(content)
    .map((part) => (asRecord(part)?.['type'] === 'text' ? (asString(asRecord(part)?.['text']) ?? '') : ''))
    .join('');
}

function chatPicture(value: unknown): WirePicture | undefined {
  const member = asRecord(value)?.['image_url'];
  return wirePictureIn(member, 'url') ?? wirePictureIn(asRecord(member)?.['url'], 'url');
}

/** Reads the answer of `/images/generations`: `data[]` with `b64_json` or `url`. */
export function readImagesAnswer(value: unknown): readonly WirePicture[] {
  return asArray(asRecord(value)?.['data']).flatMap((one) => {
    const picture = imagesPicture(asRecord(one));
    return picture === undefined ? [] : [picture];
  });
}

/** One picture of an images answer or of one event of its stream. */
export function imagesPicture(entry: Readonly<Record<string, unknown>> | undefined): WirePicture | undefined {
  const picture = wirePictureIn(entry?.['b64_json'], 'base64') ?? wirePictureIn(entry?.['url'], 'url');
  if (picture === undefined) return undefined;
  const revisedPrompt = asString(entry?.['revised_prompt']);
  const mediaType = asString(entry?.['media_type']);
  return {
    ...picture,
    ...(revisedPrompt !== undefined && { revisedPrompt }),
    ...(mediaType !== undefined && picture.kind !== 'url' && { mediaType }),
  } as WirePicture;
}

/** Tokens as the gateway counts them; members that are not numbers are left out. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asRecord(asRecord(value)?.['usage']);
  if (usage === undefined) return undefined;
  const numbers = Object.entries(usage).filter(
    ([, count]) => typeof count === 'number' && Number.isFinite(count),
  );
  return numbers.length === 0 ? undefined : (Object.fromEntries(numbers) as Usage);
}

/**
 * The cost, where the gateway reports one: Vercel's `provider_metadata.gateway.cost` (a string) or
 * OpenRouter's `usage.cost` (a number), both in US dollars. Absent means unknown, never zero.
 */
export function readCost(value: unknown): Cost | undefined {
  const answer = asRecord(value);
  const metadata = asRecord(answer?.['provider_metadata'] ?? answer?.['providerMetadata']);
  const cost = asRecord(metadata?.['gateway'])?.['cost'] ?? asRecord(answer?.['usage'])?.['cost'];
  const amount = typeof cost === 'number' && cost >= 0 ? decimal(cost) : asString(cost);
  return amount !== undefined && /^\d{1,9}(\.\d{1,12})?$/.test(amount)
    ? { amount, currency: 'USD' }
    : undefined;
}

/** A number as a decimal without an exponent. */
function decimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}
