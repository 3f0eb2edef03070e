/** A picture that was cut out of an answer's text while it arrived. */
export interface StoredPicture {
  /** The whole picture, once. @throws ImageGatewayError malformedResponse where its base64 is damaged */
  read(): Promise<Uint8Array>;
  /** Its base64 again, in place of `read`: what was cut out of words may go on in the next ones. */
  readText(): Promise<string>;
}

/** A string of an answer with pictures in it: its text before, between and after them. */
export class CutText {
  readonly parts: readonly (string | StoredPicture)[];

  constructor(parts: readonly (string | StoredPicture)[]) {
    this.parts = parts;
  }

  /** Where it comes into a message by mistake, nothing of its inside does. */
  toJSON(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : '(image)')).join('');
  }
}

/**
 * Puts pictures back in the place of their marks, in a parsed answer: every string that holds a mark becomes a CutText.
 * @param mark stands around a picture's number in the text; random, so that no gateway can write one
 */
export function withPictures(value: unknown, mark: string, pictures: readonly StoredPicture[]): unknown {
  if (typeof value === 'string') return cut(value, mark, pictures);
  // No recursion: how deep an answer is nested is the gateway's choice.
  const waiting: unknown[] = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const members = node as Record<string, unknown>;
    for (const [key, member] of Object.entries(members)) {
      if (typeof member === 'string') members[key] = cut(member, mark, pictures);
      else waiting.push(member);
    }
  }
  return value;
}

function cut(text: string, mark: string, pictures: readonly StoredPicture[]): string | CutText {
  if (!text.includes(mark)) return text;
  const parts = text.split(mark).flatMap((part, index): readonly (string | StoredPicture)[] => {
    const picture = index % 2 === 0 ? undefined : pictures[Number(part)];
    if (picture !== undefined) return [picture];
    return part === '' ? [] : [part];
  });
  return new CutText(parts);
}
