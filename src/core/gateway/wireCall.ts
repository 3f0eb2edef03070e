import { invalidArguments } from '../failure.ts';
import { chooseKeyColour, type KeyColour, keyColourSentence } from '../image/keyPrompt.ts';
import { wholePicture } from '../image/maskRegion.ts';
import type { Rgb } from '../image/rgb.ts';
import { outsideWords } from '../outsideText.ts';
import { roleSentences } from '../referenceRoles.ts';
import type { ReferenceImage } from '../request.ts';
import { type CallPlan, chatMembers, dataUrl, imagesMembers } from './bodies.ts';
import { encodeBase64 } from './base64.ts';
import { editForms, type EditForm, isRefused } from './learned.ts';
import type { Members } from './members.ts';
import type { Route } from './models.ts';
import { sentReferences } from './sentReferences.ts';
import { offlineGatewayId } from './presets.ts';

/** One POST: where to, with what, and what of the request it leaves out. */
export interface WireCall {
  readonly route: Route;
  readonly path: '/chat/completions' | '/images/generations' | '/images/edits' | '/images';
  /** How references go along; absent where there are none. */
  readonly editForm?: EditForm;
  readonly body: Readonly<Record<string, unknown>> | FormData;
  readonly members: Members;
  /** Our own sentences behind the prompt. */
  readonly sentences: readonly string[];
  /** The colour in which the model is asked to paint the background, where there is no other way to a transparent one. */
  readonly keyColour?: Rgb;
}

/**
 * Writes a request as the POST that its gateway and model take, as far as is known.
 * @throws invalidArguments for a mask where there is no place for one, nor words for it: without it the whole picture
 *   would change
 */
export function planCall(plan: CallPlan): WireCall {
  const key = keyColour(plan);
  const sentences = [...sentencesFor(plan), key === undefined ? '' : keyColourSentence(key)].filter(
    (words) => words !== '',
  );
  const prompt = [plan.request.prompt, ...sentences].join('\n\n');
  if (key === undefined) return { ...planPost({ ...plan, request: { ...plan.request, prompt } }), sentences };
  const { background: _background, ...request } = plan.request;
  return { ...planPost({ ...plan, request: { ...request, prompt } }), sentences, keyColour: key.colour };
}

/** What is said of the pictures. The sketch would write it into its own; it has no use for it. */
function sentencesFor(plan: CallPlan): readonly string[] {
  const { request, config } = plan;
  if (config.id === offlineGatewayId) return [];
  const nameOf = goesOverChat(plan) ? sentReferences(request).nameOf : undefined;
  return [roleSentences(request.references, nameOf), regionSentence(plan, nameOf?.(0) ?? 'Image 1')];
}

/** The mask in words, where the route has no place for it and it leaves something. @param name of the edited picture */
function regionSentence(plan: CallPlan, name: string): string {
  const { maskRegion, mask } = plan.request;
  if (mask === undefined || maskRegion === undefined || takesMask(plan)) return '';
  if (maskRegion === wholePicture) return '';
  return `${name} is to be edited: change only ${maskRegion}, and leave everything else in it exactly as it is.`;
}

/** Whether a mask goes along as a file: POST /images/edits in the forms of OpenAI has a place for it. */
export function takesMask(plan: Pick<CallPlan, 'route' | 'config' | 'learned'>): boolean {
  const known = plan.config.dialect?.references;
  if (plan.route === 'chat' || (known !== undefined && !isEditForm(known))) return false;
  return (plan.learned.editForm ?? known) !== 'chat';
}

/** Where a transparent background was asked for and the wire has no place for it, or refuses it. */
function keyColour(plan: CallPlan): KeyColour | undefined {
  const { request, entry, learned } = plan;
  if (request.background !== 'transparent') return undefined;
  const hasMember = !goesOverChat(plan) || entry.supportedParameters.includes('background');
  return hasMember && !isRefused(learned, 'background', 'transparent')
    ? undefined
    : chooseKeyColour(request.prompt);
}

function goesOverChat(plan: CallPlan): boolean {
  return plan.route === 'chat' || (plan.request.references.length > 0 && referencesForm(plan) === 'chat');
}

function planPost(plan: CallPlan): Omit<WireCall, 'sentences'> {
  const { request, config, route } = plan;
  const form = request.references.length === 0 ? undefined : referencesForm(plan);
  if (route === 'chat' || form === 'chat') {
    refuseMask(plan);
    const members = chatMembers(plan);
    return {
      ...{ route: 'chat', path: '/chat/completions', members, body: members.body },
      ...(form !== undefined && { editForm: 'chat' }),
    };
  }
  const members = imagesMembers(plan);
  if (isEditForm(form))
    return { route, path: '/images/edits', editForm: form, members, body: editBody(form, plan, members) };
  refuseMask(plan);
  addReferences(form, members, plan);
  const path = form === 'jsonImage' ? '/images/edits' : (config.dialect?.imagesPath ?? '/images/generations');
  return { route, path, members, body: members.body };
}

/** The ways in which an edit may be asked for, tried in this order. @param count of references */
export function editFormsFor(count: number): readonly EditForm[] {
  const twin = count === 1 ? 'multipartRepeated' : 'multipartArray';
  return editForms.filter((form) => form !== twin);
}

function referencesForm({ config, learned, request }: CallPlan) {
  const known = config.dialect?.references;
  // A mask has a place in an edit only; else it is put into words.
  const needsPlace = request.mask !== undefined && request.maskRegion === undefined;
  if (known !== undefined && !isEditForm(known) && !needsPlace) return known;
  // Chat has no place for a mask; what was learned without one says nothing of it.
  const form = needsPlace && learned.editForm === 'chat' ? undefined : learned.editForm;
  return form ?? (isEditForm(known) ? known : 'json');
}

function isEditForm(form: string | undefined): form is EditForm {
  return editForms.some((one) => one === form);
}

function refuseMask({ request, config, entry }: CallPlan): void {
  if (request.mask === undefined || request.maskRegion !== undefined) return;
  throw invalidArguments(
    `${config.name} takes no mask for “${outsideWords(entry.id, [], 80)}”, and without it the whole image could change; choose another model or leave the mask out.`,
  );
}

/** POST /images/edits: `{images: [{image_url}], mask: {image_url}}` as JSON, or files in a form. */
function editBody(form: EditForm, { request }: CallPlan, members: Members): WireCall['body'] {
  const { references, mask } = request;
  if (form === 'json') {
    members.set(
      'images',
      references.map((one) => ({ image_url: dataUrl(one) })),
    );
    if (mask !== undefined) members.set('mask', { image_url: dataUrl(mask) });
    return members.body;
  }
  const data = new FormData();
  for (const [name, value] of Object.entries(members.body)) appendValue(data, name, value);
  const isArray = form === 'multipartArray' || (form === 'multipart' && references.length > 1);
  for (const [index, one] of references.entries())
    data.append(isArray ? 'image[]' : 'image', fileOf(one, `image-${index + 1}`));
  // Never left out, whatever was refused: without it the whole picture would change.
  if (mask !== undefined) data.append('mask', fileOf(mask, 'mask'));
  return data;
}

/** Nested values as OpenAI's SDK writes them into a form: `providerOptions[openai][quality]`. */
function appendValue(data: FormData, name: string, value: unknown): void {
  if (Array.isArray(value)) for (const one of value) appendValue(data, `${name}[]`, one);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) appendValue(data, `${name}[${key}]`, inner);
  else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    data.append(name, String(value));
}

/** A file with its type: without one it would become text. */
function fileOf({ bytes, format }: ReferenceImage, name: string): File {
  return new File([bytes.slice()], `${name}.${format}`, { type: `image/${format}` });
}

/**
 * References as members of a JSON body, on gateways whose images route takes them so.
 * @throws invalidArguments for more of them than there is place for
 */
function addReferences(
  form: ReturnType<typeof referencesForm> | undefined,
  members: Members,
  { request: { references }, config }: CallPlan,
): void {
  const urls = references.map(dataUrl);
  if (form === 'inputReferences')
    members.set(
      'input_references',
      urls.map((url) => ({ type: 'image_url', image_url: { url } })),
    );
  else if (form === 'jsonImage') {
    const images = urls.map((url) => ({ url, type: 'image_url' }));
    if (images.length === 1) members.set('image', images[0]);
    else members.set('images', images);
  } else if (form === 'imageUrl') {
    if (urls.length > 1)
      throw invalidArguments(`${config.name} takes one reference for an image, not ${urls.length}.`);
    members.set('image_url', urls[0]);
  } else if (form === 'refImages') {
    // Raw base64: with the prefix of a data URL it fails.
    members.set(
      'ref_images',
      references.map(({ bytes }) => encodeBase64(bytes)),
    );
  }
}
