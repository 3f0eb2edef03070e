import type { JsonObject, Size } from '../../request.ts';
import { decodeDataUrl } from '../base64.ts';
import { asArray, asRecord, asString } from '../json.ts';
import { OfflineFailure, invalidValue } from './offlineFailure.ts';
import { parseModel } from './offlineModels.ts';
import { defaultSize, parseAspectRatio, parseSize, pngSize } from './offlineSize.ts';
import { hash32 } from './random.ts';

/** What the offline gateway was asked for: the same for every route. */
export interface OfflineRequest {
  readonly model: string;
  readonly prompt: string;
  readonly n: number;
  readonly size: Size;
  readonly seed: number | undefined;
  readonly background: 'transparent' | 'opaque';
  readonly stream: boolean;
  readonly partialImages: number;
  /** Tells the pictures that an edit begins from; absent where nothing is edited. */
  readonly editOf: string | undefined;
  /** Chat: what the answer may hold. */
  readonly withText: boolean;
  readonly withImage: boolean;
}

/** Reads the body of /images/generations or /images/edits. @throws OfflineFailure */
export async function parseImagesRequest(request: Request, isEdit: boolean): Promise<OfflineRequest> {
  const { body, pictures } = await readBody(request);
  const images = isEdit ? [...pictures, ...asArray(body['images']).flatMap(imageOf)] : [];
  if (isEdit && images.length === 0) {
    throw new OfflineFailure(400, 'missing_required_parameter', 'An edit needs an image.', 'image');
  }
  if (body['response_format'] === 'url') {
    throw invalidValue('response_format', 'The offline gateway has no URLs; ask for b64_json.');
  }
  const model = parseModel(body['model']);
  return { model, prompt: parsePrompt(body['prompt'], 'prompt'), ...drawing(body, images) };
}

/** Reads the body of /chat/completions: the last user message is the prompt. @throws OfflineFailure */
export async function parseChatRequest(request: Request): Promise<OfflineRequest> {
  const { body } = await readBody(request);
  const model = parseModel(body['model']);
  const messages = asArray(body['messages']).map(asRecord);
  const content = messages.findLast((message) => message?.['role'] === 'user')?.['content'];
  const parts = asArray(content).map(asRecord);
  const text = asString(content) ?? parts.map((part) => asString(part?.['text']) ?? '').join(' ');
  const prompt = parsePrompt(text, 'messages');
  const modalities = Array.isArray(body['modalities']) ? asArray(body['modalities']) : ['text', 'image'];
  return {
    model,
    prompt,
    ...drawing(body, picturesOf(messages)),
    n: 1,
    withText: modalities.includes('text'),
    withImage: modalities.includes('image'),
  };
}

/** Those of the last message; else the last one of the conversation, which is then edited further. */
function picturesOf(messages: readonly (JsonObject | undefined)[]): readonly Uint8Array[] {
  const each = messages.map((message) =>
    [...asArray(message?.['content']), ...asArray(message?.['images'])].flatMap(imageOf),
  );
  const own = each.at(-1) ?? [];
  return own.length > 0 ? own : each.flat().slice(-1);
}

function drawing(
  body: JsonObject,
  pictures: readonly Uint8Array[],
): Omit<OfflineRequest, 'model' | 'prompt'> {
  const ratio = asRecord(body['image_config'])?.['aspect_ratio'] ?? body['aspect_ratio'];
  const [first] = pictures;
  return {
    size: parseSize(body['size']) ?? parseAspectRatio(ratio) ?? (first && pngSize(first)) ?? defaultSize,
    n: wholeNumber(body, 'n', 1, 10) ?? 1,
    seed: wholeNumber(body, 'seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    background: body['background'] === 'transparent' ? 'transparent' : 'opaque',
    stream: body['stream'] === true || body['stream'] === 'true',
    partialImages: wholeNumber(body, 'partial_images', 0, 3) ?? 2,
    editOf: first && pictures.map((bytes) => hash32(bytes).toString(36)).join(' '),
    withText: true,
    withImage: true,
  };
}

/** JSON, or a multipart form whose files are pictures. */
async function readBody(
  request: Request,
): Promise<{ readonly body: JsonObject; readonly pictures: readonly Uint8Array[] }> {
  const isForm = /^multipart\/form-data/i.test(request.headers.get('content-type') ?? '');
  // Node discourages formData() for servers, which must not hold large forms; this form never left here.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const read: Promise<unknown> = isForm ? request.formData() : request.json();
  const value = await read.catch(() => undefined);
  if (value instanceof FormData) {
    const files = [...value.getAll('image'), ...value.getAll('image[]')].filter(
      (one) => typeof one !== 'string',
    );
    const buffers = await Promise.all(files.map((file) => file.arrayBuffer()));
    return { body: Object.fromEntries(value), pictures: buffers.map((buffer) => new Uint8Array(buffer)) };
  }
  const body = asRecord(value);
  if (body) return { body, pictures: [] };
  throw new OfflineFailure(400, 'invalid_json', `The body is not ${isForm ? 'a form' : 'a JSON object'}.`);
}

/** The picture of `{image_url}`, which is a data URL or an object with one; others cannot be read here. */
function imageOf(value: unknown): Uint8Array[] {
  const member = asRecord(value)?.['image_url'];
  const url = asString(member) ?? asString(asRecord(member)?.['url']);
  if (url === undefined) return [];
  return [decodeDataUrl(url)?.bytes ?? new TextEncoder().encode(url)];
}

function parsePrompt(value: unknown, param: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new OfflineFailure(400, 'missing_required_parameter', 'You must provide a prompt.', param);
}

function wholeNumber(body: JsonObject, name: string, least: number, most: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  // A form holds text only.
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
    return number;
  throw invalidValue(name, `“${name}” must be a whole number from ${least} to ${most}.`);
}
