import { roleSentences } from '../referenceRoles.ts';
import type { ImageRequest, ReferenceImage, Turn } from '../request.ts';
import { sizeText } from '../size.ts';
import { encodeBase64 } from './base64.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import type { Learned } from './learned.ts';
import { Members } from './members.ts';
import type { ModelEntry, Route } from './models.ts';
import { sentReferences } from './sentReferences.ts';
import { offerImageConfig, offerSize } from './sizeMembers.ts';

/** What decides how a request is sent. */
export interface CallPlan {
  readonly request: ImageRequest;
  readonly config: GatewayConfig;
  readonly entry: ModelEntry;
  readonly route: Route;
  readonly learned: Learned;
}

/**
 * The body of POST /chat/completions, member by member as the gateways' documents write it. `size` has no
 * member there: the aspect ratio and the resolution out of which it can be cut go along instead.
 */
export function chatMembers(plan: CallPlan): Members {
  const { request, config, entry, learned } = plan;
  const members = new Members(learned);
  members.set('model', request.model);
  members.set('messages', [
    ...(request.history ?? []).map(historyMessage),
    { role: 'user', content: content(request.prompt, sentReferences(request).pictures) },
  ]);
  // What makes pictures alone refuses to be asked for words, too.
  const modalities = entry.imageOnly === true ? ['image'] : [...config.modalities];
  if (!members.offer('modalities', modalities) && modalities.length > 1)
    members.offer('modalities', ['image']);
  offerImageConfig(members, plan);
  members.offer('seed', request.seed, 'seed');
  if (request.providerOptions !== undefined) members.set('providerOptions', request.providerOptions);
  // The offline gateway draws any size exactly.
  if (entry.supportedParameters.includes('size'))
    members.offer('size', request.size && sizeText(request.size), 'size');
  Object.assign(members.body, request.extraBody);
  members.offer('stream', request.stream ?? config.streamsChat);
  if (entry.supportedParameters.includes('background'))
    members.offer('background', request.background, 'background');
  else if (request.background !== undefined) members.leaveOut('background', 'noMember');
  for (const argument of ['quality', 'outputFormat'] as const)
    if (request[argument] !== undefined) members.leaveOut(argument, 'noMember');
  return members;
}

/** An earlier turn of the conversation; the pictures that the model made go back to it as it sent them. */
function historyMessage({ role, text, images }: Turn): unknown {
  if (role === 'user') return { role, content: content(wordsOf(text, images), images) };
  const parts = images.map((image) => ({ type: 'image_url', image_url: { url: dataUrl(image) } }));
  return { role, content: text, ...(parts.length > 0 && { images: parts }) };
}

/** What was said then: the prompt, and what its pictures were for. */
function wordsOf(prompt: string, images: readonly ReferenceImage[]): string {
  const roles = roleSentences(images);
  return roles === '' ? prompt : `${prompt}\n\n${roles}`;
}

function content(text: string, images: readonly ReferenceImage[]): unknown {
  if (images.length === 0) return text;
  return [
    { type: 'text', text },
    ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrl(image) } })),
  ];
}

/** A picture as a data URL. */
export function dataUrl({ bytes, format }: ReferenceImage): string {
  return `data:image/${format};base64,${encodeBase64(bytes)}`;
}

/**
 * The members that generations and edits have in common; pictures are added by the caller. Nothing is offered
 * that the call does not say.
 */
export function imagesMembers(plan: CallPlan): Members {
  const { request, config, entry, learned } = plan;
  const members = new Members(learned);
  members.set('model', request.model);
  members.set('prompt', request.prompt);
  members.offer('n', request.n, 'n');
  offerSize(members, plan);
  members.offer('quality', request.quality, 'quality');
  members.offer('background', request.background, 'background');
  members.offer('output_format', request.outputFormat, 'outputFormat');
  members.offer('seed', request.seed, 'seed');
  members.offer('response_format', config.dialect?.responseFormat);
  if (request.providerOptions !== undefined) members.set('providerOptions', request.providerOptions);
  Object.assign(members.body, request.extraBody);
  // Streaming is asked for only where the model's entry promises it: many gateways break on the member.
  const streams = request.stream ?? (entry.supportedParameters.includes('stream') ? true : undefined);
  const isStreamed = members.offer('stream', streams) && streams === true;
  if (isStreamed && entry.supportedParameters.includes('partial_images')) members.offer('partial_images', 2);
  return members;
}
