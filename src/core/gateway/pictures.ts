import { ImageGatewayError } from '../failure.ts';
import { inspectImage } from '../image/inspect.ts';
import type { Notice, ReceivedImage } from '../events.ts';
import { outsideWords } from '../outsideText.ts';
import { damagedPicture, decodeBase64, decodeDataUrl, isDataUrl } from './base64.ts';
import { CutText, type StoredPicture } from './wire/cutText.ts';

/** A picture as an answer holds it: inline, or a URL to fetch at once. */
export type WirePicture =
  | {
      readonly kind: 'base64';
      readonly text: string;
      readonly revisedPrompt?: string;
      readonly mediaType?: string;
    }
  | {
      readonly kind: 'stored';
      readonly stored: StoredPicture;
      readonly revisedPrompt?: string;
      readonly mediaType?: string;
    }
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly revisedPrompt?: string;
      readonly mediaType?: undefined;
    };

/**
 * Reads the member of an answer that holds a picture: base64 with or without the head of a data URL, as text or cut out
 * of it already, or a URL.
 * @param other what text is that is no data URL
 */
export function wirePictureIn(value: unknown, other: 'url' | 'base64'): WirePicture | undefined {
  if (value instanceof CutText) return cutPicture(value);
  if (typeof value !== 'string' || value === '') return undefined;
  if (other === 'url' && !isDataUrl(value)) return { kind: 'url', url: value };
  return { kind: 'base64', text: value };
}

function cutPicture({ parts }: CutText): WirePicture {
  const [first, second] = parts;
  const [head, stored] = typeof first === 'string' ? [first, second] : ['', first];
  const isHead = head === '' || dataUrlHead.test(head);
  // What stands beside a picture's base64 is no base64: the text is none, as a whole.
  if (typeof stored !== 'object' || !isHead || parts.length > (head === '' ? 1 : 2))
    return { kind: 'base64', text: '!' };
  const mediaType = dataUrlHead.exec(head)?.[1]?.trim().toLowerCase();
  return { kind: 'stored', stored, ...(mediaType !== undefined && { mediaType }) };
}

const dataUrlHead = /^\s*data:([^;,]*)(?:;[^;,]*)*;\s*base64\s*,\s*$/i;

/** A received picture and what was noticed about it. */
export interface LookedAt {
  readonly image: ReceivedImage;
  readonly notices: readonly Notice[];
}

/**
 * Decodes an inline picture, with or without a `data:` prefix.
 * @throws malformedResponse where it is not base64
 */
export function decodePicture(
  text: string,
  gatewayName: string,
): { readonly bytes: Uint8Array; readonly mediaType?: string } {
  const decoded = isDataUrl(text) ? decodeDataUrl(text.trim()) : plainBase64(text);
  if (decoded === undefined) throw damagedPicture(gatewayName);
  return decoded;
}

function plainBase64(text: string): { readonly bytes: Uint8Array } | undefined {
  const bytes = decodeBase64(text);
  return bytes && { bytes };
}

/** What an answer says of a picture besides its bytes. */
export interface Told {
  readonly mediaType?: string | undefined;
  readonly revisedPrompt?: string | undefined;
  /** To be taken out of words. */
  readonly secrets?: readonly string[];
}

/**
 * Looks at the bytes of a picture; the bytes decide what it is, not what the answer calls it.
 * @throws malformedResponse where they are no PNG, JPEG, WebP or AVIF, interrupted where the end is missing
 */
export function lookAt(bytes: Uint8Array, told: Told = {}): LookedAt {
  const { mediaType: declaredMediaType, revisedPrompt, secrets = [] } = told;
  const facts = inspectImage(bytes);
  if (facts === undefined) {
    const declared = outsideWords(declaredMediaType ?? '', secrets, 40);
    const called = declared === '' ? '' : ` (it is called “${declared}”)`;
    throw new ImageGatewayError(
      'malformedResponse',
      `The gateway sent something that is no PNG, JPEG, WebP or AVIF image${called}; it was not saved. Choose another format or model.`,
    );
  }
  if (!facts.complete) {
    throw new ImageGatewayError(
      'interrupted',
      'The image broke off before its end; it was not saved. The request may have been billed; try again.',
    );
  }
  const notices: Notice[] = [];
  if (facts.end < bytes.byteLength) {
    notices.push({
      code: 'trailingBytesCut',
      message: `${bytes.byteLength - facts.end} bytes after the image's end were cut off.`,
    });
  }
  if (
    declaredMediaType !== undefined &&
    declaredMediaType.startsWith('image/') &&
    !sameType(declaredMediaType, facts.mediaType)
  ) {
    notices.push({
      code: 'mediaTypeDiffers',
      message: `The gateway calls the image ${outsideWords(declaredMediaType, secrets, 40)}, but it is ${facts.mediaType}.`,
    });
  }
  return { image: { bytes, facts, ...(revisedPrompt === undefined ? {} : { revisedPrompt }) }, notices };
}

function sameType(declared: string, actual: string): boolean {
  return declared.replace('image/jpg', 'image/jpeg') === actual;
}
