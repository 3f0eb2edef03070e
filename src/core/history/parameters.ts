import { type GenerateArgs, parseGenerateArgs } from '../generateArgs.ts';
import { asRecord } from '../gateway/json.ts';
import { ratioText, sizeText } from '../size.ts';

/** Arguments that may hold a secret, such as a key for another service: the history says only that they were given. */
const untold = ['providerOptions', 'extraBody'] as const;

const told = [
  ...(['n', 'size', 'aspectRatio', 'quality', 'background', 'outputFormat', 'seed', 'stream'] as const),
  ...(['references', 'mask', 'directory', 'fileName', 'insertLink'] as const),
] as const;

/**
 * The arguments of a generation as a caller writes them, without prompt, gateway, model and what may hold a secret:
 * with these three they are `GenerateArgs` again. A Uri is its string.
 */
export interface HistoryParameters extends Omit<
  Pick<GenerateArgs<string>, (typeof told)[number]>,
  'size' | 'aspectRatio'
> {
  /** "1024x1024" */
  readonly size?: string;
  /** "16:9" */
  readonly aspectRatio?: string;
}

/** The most characters of a place. */
const mostPlace = 4096;

const context = {
  // A place is a path or a Uri's string here; who uses it checks it again.
  isUri: (value: unknown): value is string => typeof value === 'string' && value.length <= mostPlace,
  maxImages: 10,
};

/**
 * What the history tells of checked arguments.
 * @param uriText a Uri's string
 */
export function tellParameters<U>(
  args: GenerateArgs<U>,
  uriText: (uri: U) => string,
): { readonly parameters: HistoryParameters; readonly notTold: readonly string[] } {
  const placeText = (place: string | U) => (typeof place === 'string' ? place : uriText(place));
  const { size, aspectRatio, references, mask, directory } = args;
  const texts = {
    ...args,
    size: size && sizeText(size),
    aspectRatio: aspectRatio && ratioText(aspectRatio),
    references: references?.map(placeText),
    mask: mask === undefined ? undefined : placeText(mask),
    directory: directory === undefined ? undefined : placeText(directory),
  };
  return {
    parameters: parseParameters(texts),
    notTold: untold.filter((name) => args[name] !== undefined),
  };
}

/** Reads parameters from outside; what is not as `generate` takes it is left out. */
export function parseParameters(value: unknown): HistoryParameters {
  const record = asRecord(value) ?? {};
  const parameters: Record<string, unknown> = {};
  for (const name of told) {
    const given = Object.hasOwn(record, name) ? record[name] : undefined;
    if (given !== undefined && isAccepted(name, given)) parameters[name] = given;
  }
  return parameters;
}

function isAccepted(name: string, value: unknown): boolean {
  try {
    parseGenerateArgs({ [name]: value }, context);
    return true;
  } catch {
    return false;
  }
}

/** Reads the names of what is not told; references and a mask are among them where they are no files. */
export function parseNotTold(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...untold, 'references', 'mask'].filter((name) => value.includes(name)) : [];
}
