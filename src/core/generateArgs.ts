import { invalidArguments } from './failure.ts';
import { outsideWords } from './outsideText.ts';
import { mostReferences } from './referenceBounds.ts';
import type { ImageRequest, JsonObject, Size } from './request.ts';
import { hasRatio } from './size.ts';

/**
 * The arguments of `generate`, checked (design.md, GenerateArgs). `U` is the host's Uri: the core cannot
 * know it. What is absent was not given.
 */
export interface GenerateArgs<U> extends Partial<
  Omit<ImageRequest, 'references' | 'mask' | 'maskRegion' | 'history'>
> {
  readonly gateway?: string;
  readonly references?: readonly (string | U)[];
  readonly mask?: string | U;
  readonly directory?: string | U;
  readonly fileName?: string;
  readonly insertLink?: boolean;
}

export interface ArgsContext<U> {
  readonly isUri: (value: unknown) => value is U;
  /** The setting request.maxImages. */
  readonly maxImages: number;
}

/** The most characters a prompt may have (the limit of OpenAI's image models). */
export const promptLimit = 32_000;

type Check<U> = (value: unknown, context: ArgsContext<U>) => unknown;

/**
 * Parses what a command was called with. An unknown or ill-typed field is refused by name; a field that
 * is undefined counts as absent.
 * @throws invalidArguments
 */
export function parseGenerateArgs<U>(value: unknown, context: ArgsContext<U>): GenerateArgs<U> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw invalidArguments('The arguments must be an object.');
  const args: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name))
      throw invalidArguments(`The argument ${outsideWords(name, [], 40)} is unknown.`);
    if (given !== undefined) args[name] = (checks as Record<string, Check<U>>)[name]?.(given, context);
  }
  checkAgreement(args);
  return args;
}

const checks = {
  prompt: (value) => {
    const text = shortString('prompt', value, promptLimit);
    if (text.trim() === '') throw invalidArguments('The argument prompt is empty.');
    return text;
  },
  gateway: (value) => nonEmpty('gateway', value, 64),
  model: (value) => nonEmpty('model', value, 200),
  n: (value, { maxImages }) => {
    const n = integer('n', value, 1, 10);
    if (n > maxImages)
      throw invalidArguments(
        `The argument n is ${n}, but imageGateway.request.maxImages allows ${maxImages}.`,
      );
    return n;
  },
  size: (value) => pair('size', value, 'x', '"1024x1024"', 16_384),
  aspectRatio: (value) => pair('aspectRatio', value, ':', '"16:9"', 10_000),
  quality: (value) => nonEmpty('quality', value, 40),
  background: (value) => oneOf('background', value, ['transparent', 'opaque', 'auto']),
  outputFormat: (value) => oneOf('outputFormat', value, ['png', 'jpeg', 'webp']),
  seed: (value) => integer('seed', value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  providerOptions: (value) => plainJson('providerOptions', value),
  extraBody: (value) => checkExtraBody(plainJson('extraBody', value)),
  references: (value, context) => {
    if (!Array.isArray(value) || value.length > mostReferences)
      throw invalidArguments(
        `The argument references must be an array of at most ${mostReferences} Uris or workspace-relative strings.`,
      );
    return (value as unknown[]).map((one) => place('references', one, context));
  },
  mask: (value, context) => place('mask', value, context),
  directory: (value, context) => place('directory', value, context),
  fileName: (value) => nonEmpty('fileName', value, 500),
  insertLink: (value) => boolean('insertLink', value),
  stream: (value) => boolean('stream', value),
} satisfies Record<keyof GenerateArgs<unknown>, Check<unknown>>;

function checkAgreement({ size, aspectRatio, background, outputFormat }: GenerateArgs<unknown>): void {
  if (size !== undefined && aspectRatio !== undefined && !hasRatio(size, aspectRatio))
    throw invalidArguments('The arguments size and aspectRatio do not agree.');
  if (background === 'transparent' && outputFormat === 'jpeg')
    throw invalidArguments(
      'The arguments background and outputFormat do not agree: JPEG has no transparency; take png or webp.',
    );
}

/**
 * Members of a body that a route, a count, a model choice, a tool or a picture uses: `extraBody` may not
 * set them, or one call could cost many. Compared without case, dashes and underscores, because some
 * servers read JSON that way.
 */
const ownMembers = new Set(
  (
    'model models fallbacks fallbackmodels modelid modelname engine deployment deploymentid preset prompt messages input inputs instructions n num count numimages numoutputs samples numsamples batch batchsize batchcount niter ' +
    'maximages candidatecount generationconfig sequentialimagegeneration sequentialimagegenerationoptions variations bestof images image imageurl imageurls inputreferences references inputimage inputimages mask markup file files refimages refimage referenceimage referenceimages sourceimage initimage baseimage controlimage imageprompt imageprompts ' +
    'imagedata imagebase64 inputurl inputurls maskimage maskurl imagemask video videos audio attachments ' +
    'stream streamoptions partialimages modalities route routes provider providers provideroptions endpoint baseurl apibase apiversion customllmprovider userconfig ' +
    'extrabody extraheaders extraquery headers url webhook webhookurl callback callbackurl ' +
    'tools toolchoice functions functioncall paralleltoolcalls websearchoptions plugins transforms proto constructor prototype ' +
    'size aspectratio quality background outputformat seed apikey authorization service tier servicetier maxprice'
  ).split(' '),
);

function checkExtraBody(body: JsonObject): JsonObject {
  for (const name of Object.keys(body)) {
    // A server that reads brackets in a form takes `n[0]` for n.
    if (
      !/^[A-Za-z0-9_.-]{1,64}$/.test(name) ||
      ownMembers.has(
        name
          .normalize('NFKC')
          .toLowerCase()
          .replace(/[^a-z0-9]/g, ''),
      )
    ) {
      throw invalidArguments(`The argument extraBody may not set ${outsideWords(name, [], 40)}.`);
    }
  }
  return body;
}

function plainJson(name: string, value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidArguments(`The argument ${name} must be an object.`);
  try {
    const text = JSON.stringify(value);
    if (text.length <= 100_000) return JSON.parse(text) as JsonObject;
  } catch {
    // A cycle or a BigInt: the same refusal.
  }
  throw invalidArguments(`The argument ${name} must be a JSON object of at most 100,000 characters.`);
}

function place<U>(name: string, value: unknown, { isUri }: ArgsContext<U>): string | U {
  if (isUri(value)) return value;
  if (typeof value !== 'string' || value.length > 4096)
    throw invalidArguments(`The argument ${name} must be a Uri or a workspace-relative string.`);
  if (/^[a-z][a-z0-9+.-]+:/i.test(value))
    throw invalidArguments(`The argument ${name} must be inside the workspace; URLs are refused.`);
  return value;
}

function shortString(name: string, value: unknown, limit: number): string {
  if (typeof value !== 'string') throw invalidArguments(`The argument ${name} must be a string.`);
  if (value.length > limit)
    throw invalidArguments(`The argument ${name} is longer than ${limit.toLocaleString('en')} characters.`);
  return value;
}

function nonEmpty(name: string, value: unknown, limit: number): string {
  const text = shortString(name, value, limit);
  if (text === '') throw invalidArguments(`The argument ${name} is empty.`);
  return text;
}

function integer(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  const range = most === Number.MAX_SAFE_INTEGER ? '' : ` from ${least} to ${most}`;
  throw invalidArguments(`The argument ${name} must be an integer${range}.`);
}

function boolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalidArguments(`The argument ${name} must be true or false.`);
  return value;
}

function oneOf(name: string, value: unknown, allowed: readonly string[]): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw invalidArguments(`The argument ${name} must be one of ${allowed.join(', ')}.`);
}

function pair(name: string, value: unknown, separator: string, example: string, most: number): Size {
  const match =
    typeof value === 'string' ? new RegExp(`^([1-9]\\d{0,4})${separator}([1-9]\\d{0,4})$`).exec(value) : null;
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || width > most || height > most)
    throw invalidArguments(`The argument ${name} must be a string such as ${example}.`);
  return { width, height };
}
