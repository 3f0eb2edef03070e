import { asRecord, asString } from '../gateway/json.ts';

/** What is known of a request when its pictures come. */
export interface OriginalAbout {
  readonly prompt: string;
  /** Ids. */
  readonly model: string;
  readonly gateway: string;
}

/** What a gateway sent, byte for byte, and what became of it. */
export interface Original extends OriginalAbout {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly byteLength: number;
  /** The Uri of the file that was made of it; absent: it was never saved. */
  readonly saved?: string;
}

/** Said where a picture could not be used. */
export const whatCameIsKept = 'What came is kept: run Image Gateway: Recover Images.';

/** The longest prompt that is kept beside a picture, in UTF-16 units. */
const mostPrompt = 32_000;

/** A name that sorts by time. @param now milliseconds since 1970 */
export function newOriginalId(now: number): string {
  return `${now.toString(36).padStart(9, '0')}-${crypto.randomUUID()}`;
}

/** The time in an original's name; undefined for a name of another kind. */
export function timeInId(id: string): number | undefined {
  const match = /^([0-9a-z]{9})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(id);
  return match?.[1] === undefined ? undefined : parseInt(match[1], 36);
}

/** Writes what is known of an original as JSON. */
export function writeAbout({ prompt, model, gateway }: OriginalAbout, saved?: string): Uint8Array {
  const about = { version: 1, prompt: prompt.slice(0, mostPrompt), model, gateway, saved };
  return new TextEncoder().encode(JSON.stringify(about));
}

/**
 * Reads it back, of this version or another.
 * @returns of a damaged text, nothing but empty words: the picture is there all the same
 */
export function readAbout(bytes: Uint8Array | undefined): OriginalAbout & { readonly saved?: string } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    value = undefined;
  }
  const about = asRecord(value);
  const saved = asString(about?.['saved']);
  return {
    prompt: (asString(about?.['prompt']) ?? '').slice(0, mostPrompt),
    model: asString(about?.['model']) ?? '',
    gateway: asString(about?.['gateway']) ?? '',
    ...(saved !== undefined && { saved }),
  };
}
