import type { ImageRequest } from '../request.ts';
import { parseSize, sizeText } from '../size.ts';
import type { CallPlan } from './bodies.ts';
import { filteredCodes } from './errorWords.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import { generationSize } from './generationSize.ts';
import { isRefused, type Learned, longestRefusedValue, mostRefused, refusedValue } from './learned.ts';
import type { ModelEntry } from './models.ts';
import { isMissingRoute, type Refusal } from './refusal.ts';
import { sizeRulesOf } from './sizeMembers.ts';
import { rulesAfterRefusal } from './sizeRules.ts';
import { sizesInRefusal } from './sizesInRefusal.ts';
import { editFormsFor, type WireCall } from './wireCall.ts';

/** What a refusal teaches: how the request is sent instead. */
export interface Lesson {
  readonly learned: Learned;
  /** For the log and the progress: what is tried now. */
  readonly message: string;
}

/**
 * Learns from a refusal how a request is sent instead. Each lesson makes the request smaller or takes the next of few
 * ways, so that asking again comes to an end.
 * @returns undefined where the refusal says nothing that helps
 */
export function lessonOf(
  told: Refusal,
  call: WireCall,
  learned: Learned,
  { request, config, entry }: Pick<CallPlan, 'request' | 'config' | 'entry'>,
): Lesson | undefined {
  if (![400, 404, 405, 415, 422, 501].includes(told.status)) return undefined;
  // Names in a quoted prompt are the person's words, or ours on the pictures.
  const ownWords = [request.prompt, ...call.sentences].filter((words) => words !== '');
  const message = ownWords.reduce((text, words) => text.replaceAll(words, ''), told.words.message);
  const refusal = { ...told, words: { ...told.words, message } };
  // What was declined for its content is not asked again in other words.
  if (filteredCodes.test(refusal.words.code)) return undefined;
  return (
    routeLesson(refusal, call, learned, config) ??
    editLesson(refusal, call, learned, request) ??
    sizeLesson(refusal, call, learned, { request, entry }) ??
    memberLesson(refusal, call, learned)
  );
}

/** "Model 'x' is a language model, not an image model. Use the language generation API instead." */
const wantsChat =
  /is a (language|chat) model|not an image( generation)? model|use the (language|chat)|chat\/completions/i;
const wantsImages =
  /is an image( generation)? model|not a (language|chat) model|use the images? (generation )?(api|endpoint)|images\/generations|does not support chat/i;

/** Whether the path itself is unknown, and not the model. */
function isMissing({ status, words }: Refusal): boolean {
  return isMissingRoute(status) && !/model/i.test(words.code + words.message);
}

function routeLesson(
  refusal: Refusal,
  { route, path }: WireCall,
  learned: Learned,
  config: GatewayConfig,
): Lesson | undefined {
  // A route that the settings name is the person's own choice.
  if (config.route !== 'auto' || learned.route !== undefined) return undefined;
  const { message } = refusal.words;
  if (path === '/images' && isMissing(refusal))
    return {
      learned: { ...learned, route: 'chat' },
      message: 'there is no such route; asking over chat/completions',
    };
  if (route === 'images' && path !== '/images/edits' && wantsChat.test(message))
    return {
      learned: { ...learned, route: 'chat' },
      message: 'the model chats; asking over chat/completions',
    };
  if (route === 'chat' && wantsImages.test(message))
    return {
      learned: { ...learned, route: 'images' },
      message: 'the model does not chat; asking over images/generations',
    };
  return undefined;
}

/** A gateway without edits, or with edits in another form: the next form is tried, the chat route last. */
function editLesson(
  refusal: Refusal,
  { path, editForm, members }: WireCall,
  learned: Learned,
  { references, mask, maskRegion }: ImageRequest,
): Lesson | undefined {
  if (path !== '/images/edits' || editForm === undefined) return undefined;
  const { status, words } = refusal;
  const isForm =
    isMissing(refusal) ||
    status === 415 ||
    /multipart|form-?data|content-?type|json|\bimages?\b|\bfile\b|image_url/i.test(
      `${words.param} ${words.message}`,
    );
  if (!isForm || [...members.sent.keys()].includes(words.param)) return undefined;
  const forms = editFormsFor(references.length);
  // Where there is no such path, no other body will be taken there.
  const next = isMissing(refusal) ? 'chat' : forms[forms.indexOf(editForm) + 1];
  if (next === undefined || (next === 'chat' && mask !== undefined && maskRegion === undefined))
    return undefined;
  const how = next === 'json' ? 'JSON' : next === 'chat' ? 'chat' : 'a form';
  return {
    learned: { ...learned, editForm: next },
    message: `the references were not taken so; sending them as ${how}`,
  };
}

/** A refusal of the size that says which are taken: the one is asked for out of which the wanted one can be cut. */
function sizeLesson(
  { words }: Refusal,
  { members }: WireCall,
  learned: Learned,
  { request, entry }: { readonly request: ImageRequest; readonly entry: ModelEntry },
): Lesson | undefined {
  const sent = parseSize(members.sent.get('size'));
  if (request.size === undefined || sent === undefined) return undefined;
  if (words.param !== '' && !names(words.param, 'size')) return undefined;
  const told = sizesInRefusal(words.message);
  if (Object.keys(told).length === 0) return undefined;
  const refused = [...learned.refused, refusedValue('size', sizeText(sent))].slice(-mostRefused);
  const next: Learned = { ...learned, refused, sizes: rulesAfterRefusal(learned.sizes ?? {}, told, sent) };
  const size = generationSize(request.size, sizeRulesOf({ entry, learned: next }))?.size;
  // What was tried is refused, whatever the words say.
  if (size === undefined || isRefused(next, 'size', sizeText(size))) return undefined;
  return {
    learned: next,
    message: `the size ${sizeText(sent)} was refused; asking for ${sizeText(size)}`,
  };
}

/** A refusal that names a member of the request: it is left out, for ever or, where only its value was wrong, so. */
function memberLesson({ words }: Refusal, { members }: WireCall, learned: Learned): Lesson | undefined {
  const name =
    [...members.sent.keys()].find((one) => names(words.param, one)) ?? mentioned(words.message, members.sent);
  if (name === undefined) return undefined;
  const value = members.sent.get(name);
  const byValue = name === 'modalities' || isAboutValue(words.message, words.code);
  const entry = byValue && value !== undefined ? refusedValue(name, value) : name;
  if (entry.length > longestRefusedValue) return undefined;
  if (isRefused(learned, name, value)) return undefined;
  return {
    learned: { ...learned, refused: [...learned.refused, entry].slice(-mostRefused) },
    message: `${name} was refused; asking without it`,
  };
}

function names(param: string, member: string): boolean {
  // `image_config.aspect_ratio`, `body.size`
  return param === member || param.split('.').at(-1) === member;
}

/** The one member that a message speaks of as a name of its own: `size`, 'size', "Argument not supported: size". */
function mentioned(message: string, sent: ReadonlyMap<string, unknown>): string | undefined {
  if (!refusalWords.test(message)) return undefined;
  const found = [...sent.keys()].filter((name) => new RegExp(`(^|[^\\w-])${name}($|[^\\w-])`).test(message));
  return found.find((name) => !['n', 'image_config'].includes(name)) ?? found[0];
}

const refusalWords =
  /unsupported|not supported|(does|do)(n.t| not) support|unknown|unrecognized|unexpected|invalid|not (allowed|permitted|available|accepted)|extra (fields|inputs)|must be|cannot|should be|conflict|no endpoints found/i;

function isAboutValue(message: string, code: string): boolean {
  if (
    /unknown (parameter|argument|field)|unrecognized|argument not supported|unsupported_parameter|unknown_parameter|extra/i.test(
      `${code} ${message}`,
    )
  )
    return false;
  return /invalid[_ ]value|invalid size|must be|one of|supported values|not a valid|should be|at least|at most|between/i.test(
    `${code} ${message}`,
  );
}
