import { asRecord, asStrings } from './json.ts';
import { parseSizeRules, type SizeRules } from './sizeRules.ts';

/**
 * How references are sent for an edit: as JSON, as a form (the file is `image`, several are `image[]`, as OpenAI's SDK
 * names them; or `image` however many, or `image[]` even for one), or as parts of a chat message.
 */
export const editForms = ['json', 'multipart', 'multipartRepeated', 'multipartArray', 'chat'] as const;
export type EditForm = (typeof editForms)[number];

/** What a gateway's refusals taught about one model. Kept between windows; the person can have it forgotten. */
export interface Learned {
  readonly route?: 'chat' | 'images';
  readonly editForm?: EditForm;
  /** Wire members that are refused: `quality` always, `size=64x64` with this value. */
  readonly refused: readonly string[];
  /** The sizes that the model makes, as far as refusals said. */
  readonly sizes?: SizeRules;
  /** The key goes into the preset's other header. */
  readonly usesOtherKeyHeader?: true;
}

export const nothingLearned: Learned = { refused: [] };

/** Where what was learned is kept. Models are told apart by id; what holds for all of them has the id ''. */
export interface LearnedStore {
  get(model: string): Learned;
  set(model: string, learned: Learned): void;
}

/** A store for as long as it lives: tests, and requests that nobody remembers. */
export function createLearnedStore(): LearnedStore {
  const known = new Map<string, Learned>();
  return {
    get: (model) => known.get(model) ?? nothingLearned,
    set: (model, learned) => void known.set(model, learned),
  };
}

/** Whether a member is refused, always or with this value. @param value as it would go onto the wire */
export function isRefused({ refused }: Learned, member: string, value: unknown): boolean {
  return refused.includes(member) || refused.includes(refusedValue(member, value));
}

/** How a member is noted that is refused with one value only. */
export function refusedValue(member: string, value: unknown): string {
  return `${member}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

/** The most notes of refused members of one model; the oldest go. */
export const mostRefused = 50;

/** Longest note of a refused value; a longer value teaches nothing, because a part of it would stand for others. */
export const longestRefusedValue = 100;

function isNote(text: string): boolean {
  return text.length <= longestRefusedValue && !/^(mask|providerOptions)\b/.test(text);
}

/** Checks what was stored, by this version or another; what is not understood counts as not learned. */
export function parseLearned(stored: unknown): Learned {
  const value = asRecord(stored);
  const route = value?.['route'];
  const sizes = parseSizeRules(value?.['sizes']);
  const editForm = editForms.find((form) => form === value?.['editForm']);
  return {
    refused: asStrings(value?.['refused']).filter(isNote).slice(0, mostRefused),
    ...((route === 'chat' || route === 'images') && { route }),
    ...(editForm !== undefined && { editForm }),
    ...(Object.keys(sizes).length > 0 && { sizes }),
    ...(value?.['usesOtherKeyHeader'] === true && { usesOtherKeyHeader: true }),
  };
}
