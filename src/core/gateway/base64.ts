import { ImageGatewayError } from '../failure.ts';

// Digit values of both alphabets (RFC 4648, sections 4 and 5); 64: white space; 65: anything else.
const digits = new Uint8Array(256).fill(65);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let index = 0; index < alphabet.length; index++) digits[alphabet.charCodeAt(index)] = index;
digits[0x2d] = 62;
digits[0x5f] = 63;
for (const space of [0x09, 0x0a, 0x0c, 0x0d, 0x20]) digits[space] = 64;

/**
 * Decodes base64 strictly where it matters: a foreign character (a left-in `data:` prefix, HTML,
 * percent-encoding, an elision) is an error, and so is anything after the padding; white space, the
 * URL-safe alphabet and missing padding are accepted.
 * @returns the bytes, or undefined where the text is not base64
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  let index = 0;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const digit = code < 256 ? (digits[code] ?? 65) : 65;
    if (digit === 64) continue;
    if (digit === 65) break;
    bits = ((bits & 0xff_ffff) << 6) | digit;
    if (++count % 4 !== 1) bytes[length++] = (bits >> (6 - 2 * ((count - 1) % 4))) & 0xff;
  }
  // Only padding and white space may follow, and a single digit left over encodes nothing.
  if (!/^[=\s]*$/.test(text.slice(index, index + 1024)) || text.length - index > 1024 || count % 4 === 1)
    return undefined;
  return bytes.subarray(0, length);
}

/** Encodes bytes as base64, in slices that do not overflow the stack. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of three, so that only the last slice is padded.
  const slice = 3 * 8192;
  for (let at = 0; at < bytes.length; at += slice) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + slice))));
  }
  return parts.join('');
}

/**
 * Parses a data URL with a base64 body (RFC 2397): parameters and upper case allowed.
 * @returns the declared media type in lower case and the bytes; undefined when it is none, or not base64
 */
export function decodeDataUrl(
  url: string,
): { readonly mediaType: string; readonly bytes: Uint8Array } | undefined {
  const comma = url.indexOf(',');
  if (comma < 0 || comma > 256) return undefined;
  const head = /^data:([^;,]*)((?:;[^;,]*)*)$/i.exec(url.slice(0, comma));
  if (head === null || !/;\s*base64\s*$/i.test(head[2] ?? '')) return undefined;
  const bytes = decodeBase64(url.slice(comma + 1));
  return bytes && { mediaType: (head[1] ?? '').trim().toLowerCase(), bytes };
}

/** Whether a text starts like a data URL. */
export function isDataUrl(text: string): boolean {
  return /^\s*data:/i.test(text.slice(0, 64));
}

/** A picture whose base64 holds something else, or broke off. */
export function damagedPicture(gatewayName: string): ImageGatewayError {
  return new ImageGatewayError(
    'malformedResponse',
    `${gatewayName} sent an image whose base64 is damaged; it was not saved. Try again or choose another model.`,
  );
}
