import { asArray, asRecord, asString } from './json.ts';
import { type WirePicture, wirePictureIn } from './pictures.ts';
import { CutText } from './wire/cutText.ts';

/** Words of a chat answer, or a picture of its, in the order in which they stand. */
export type ChatPart = string | CutText | { readonly picture: WirePicture };

/** What one chunk of a chat answer, or a whole one, holds. */
export interface ChatPiece {
  readonly parts: readonly ChatPart[];
  readonly finishReason?: string;
  /** The model's own words of refusal, where the wire has a member for them. */
  readonly refusal?: string;
}

/**
 * Reads a chat completion or a chunk of one: `choices[].message` or `choices[].delta`. Pictures are found wherever
 * gateways put them: `images[]`, `image`, parts of `content`, `content_blocks[]` (and their `delta` in streams), and an
 * images answer's `data[]` beside or in place of `choices`.
 * Sources: the documents of Vercel AI Gateway, Agnic and OpenRouter, and what LiteLLM and Portkey send.
 */
export function readChatPiece(value: unknown): ChatPiece {
  const answer = asRecord(value);
  const parts: ChatPart[] = [];
  let [finishReason, refusal]: [string | undefined, string] = [undefined, ''];
  for (const choice of asArray(answer?.['choices']).map(asRecord)) {
    const message = asRecord(choice?.['message']) ?? asRecord(choice?.['delta']);
    finishReason = reasonOf(choice) ?? finishReason;
    refusal += (asString(message?.['refusal']) ?? '') + refusalParts(message?.['content']);
    // Some say the same words in both.
    const hasContent = isWords(message?.['content']) && message['content'] !== '';
    for (const [name, member] of Object.entries(message ?? {})) {
      const found = partsOf(name, member);
      parts.push(
        ...(name === 'content_blocks' && hasContent ? found.filter((part) => !isWords(part)) : found),
      );
    }
  }
  parts.push(...partsOf('images', answer?.['images']));
  parts.push(...readImagesAnswer(answer).map((picture) => ({ picture })));
  return {
    parts,
    ...(finishReason !== undefined && { finishReason }),
    ...(refusal !== '' && { refusal }),
  };
}

/** A filter's reason is told as it is: some gateways say "stop" beside the provider's own "IMAGE_SAFETY". */
function reasonOf(choice: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const reason = asString(choice?.['finish_reason']);
  const native = asString(choice?.['native_finish_reason']);
  return native !== undefined && filterReasons.test(native) ? native : reason;
}

/** Reasons by which models say that they declined. */
export const filterReasons = /content_filter|safety|prohibited|blocklist|moderation/i;

function refusalParts(content: unknown): string {
  return asArray(content)
    .map((part) => asString(asRecord(part)?.['refusal']) ?? '')
    .join('');
}

function partsOf(name: string, member: unknown): readonly ChatPart[] {
  switch (name) {
    case 'content':
    case 'content_blocks':
      return isWords(member) ? [member] : asArray(member).flatMap(contentPart);
    case 'images':
      return asArray(member).flatMap(pictureParts);
    case 'image':
      return pictureParts(member);
    default:
      return [];
  }
}

function contentPart(value: unknown): readonly ChatPart[] {
  if (isWords(value)) return [value];
  // Portkey's streams: {index, delta: {type, …}}
  const part = asRecord(asRecord(value)?.['delta']) ?? asRecord(value);
  const text = part?.['text'];
  const isText = /^(text|output_text|text_delta)$/.test(asString(part?.['type'] ?? 'text') ?? '');
  return isText && isWords(text) ? [text] : pictureParts(part);
}

function isWords(value: unknown): value is string | CutText {
  return typeof value === 'string' || value instanceof CutText;
}

function pictureParts(value: unknown): readonly ChatPart[] {
  const picture = chatPicture(value);
  return picture === undefined ? [] : [{ picture }];
}

/** One picture in any of the shapes that gateways give it. */
function chatPicture(value: unknown): WirePicture | undefined {
  if (isWords(value)) {
    const isUrl = value instanceof CutText || /^\s*(https?|data):/i.test(value.slice(0, 32));
    return wirePictureIn(value, isUrl ? 'url' : 'base64');
  }
  const part = asRecord(value);
  if (part === undefined) return undefined;
  const source = asRecord(part['source'] ?? part['inline_data'] ?? part['inlineData']);
  const mediaType = asString(source?.['media_type'] ?? source?.['mime_type'] ?? source?.['mimeType']);
  // Gemini's parts may be sound, too.
  const isPicture = mediaType === undefined || mediaType.startsWith('image/');
  const inline = isPicture ? wirePictureIn(source?.['data'], 'base64') : undefined;
  return (
    chatPicture(part['image_url']) ??
    wirePictureIn(part['url'], 'url') ??
    imagesPicture(part) ??
    (inline && mediaType !== undefined && inline.kind !== 'url' ? { ...inline, mediaType } : inline) ??
    wirePictureIn(source?.['url'], 'url') ??
    (part['image'] === undefined ? undefined : chatPicture(part['image']))
  );
}

/** Reads the answer of `/images/generations`: `data[]` with `b64_json` or `url`. */
export function readImagesAnswer(value: unknown): readonly WirePicture[] {
  return asArray(asRecord(value)?.['data']).flatMap((one) => {
    const picture = isHeldBack(one) ? undefined : imagesPicture(asRecord(one));
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

/** Whether an images answer says that what was made is held back (xAI): its pictures are blank or missing. */
export function isHeldBack(value: unknown): boolean {
  const answer = asRecord(value);
  return [answer, ...asArray(answer?.['data']).map(asRecord)].some(
    (one) => one?.['respect_moderation'] === false,
  );
}
