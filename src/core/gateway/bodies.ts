import { encodeBase64 } from './base64.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import type { ImageRequest, ReferenceImage, Size } from '../request.ts';
import { ratioText, sizeText } from '../size.ts';
import type { ModelEntry } from './models.ts';

/** A request body, and the arguments that this route has no member for. */
export interface RequestBody {
  readonly body: Readonly<Record<string, unknown>>;
  readonly notSent: readonly string[];
}

/**
 * The body of POST /chat/completions, member by member as the gateways' documents write it.
 * `size` has no member there: its nearest aspect ratio goes along instead.
 */
export function chatBody(request: ImageRequest, config: GatewayConfig, model: ModelEntry): RequestBody {
  const ratio = request.aspectRatio ?? (request.size && nearestRatio(request.size));
  const stream = request.stream ?? config.streamsChat;
  const body = {
    model: request.model,
    messages: [{ role: 'user', content: chatContent(request) }],
    modalities: model.imageOnly === true ? ['image'] : [...config.modalities],
    ...(ratio && { image_config: { aspect_ratio: ratioText(ratio) } }),
    ...defined({ seed: request.seed, providerOptions: request.providerOptions }),
    // The offline gateway draws any size exactly.
    ...(model.supportedParameters.includes('size') && request.size && { size: sizeText(request.size) }),
    ...request.extraBody,
    ...defined({ stream }),
  };
  return {
    body,
    notSent: given({
      quality: request.quality,
      background: request.background,
      outputFormat: request.outputFormat,
    }),
  };
}

function chatContent(request: ImageRequest): unknown {
  if (request.references.length === 0) return request.prompt;
  return [
    { type: 'text', text: request.prompt },
    ...request.references.map((reference) => ({ type: 'image_url', image_url: { url: dataUrl(reference) } })),
  ];
}

function dataUrl({ bytes, format }: ReferenceImage): string {
  return `data:image/${format};base64,${encodeBase64(bytes)}`;
}

/** The body of POST /images/generations. Nothing is sent that the call does not say. */
export function imagesBody(request: ImageRequest, model: ModelEntry): RequestBody {
  // Streaming is asked for only where the model's entry promises it: many gateways break on the member.
  const streams = request.stream ?? (model.supportedParameters.includes('stream') ? true : undefined);
  const partials = streams === true && model.supportedParameters.includes('partial_images') ? 2 : undefined;
  const body = {
    model: request.model,
    prompt: request.prompt,
    ...defined({
      n: request.n,
      size: request.size && sizeText(request.size),
      aspect_ratio:
        request.size === undefined && request.aspectRatio ? ratioText(request.aspectRatio) : undefined,
      quality: request.quality,
      background: request.background,
      output_format: request.outputFormat,
      seed: request.seed,
      providerOptions: request.providerOptions,
    }),
    ...request.extraBody,
    ...defined({ stream: streams, partial_images: partials }),
  };
  return { body, notSent: [] };
}

/** The aspect ratios that chat routes document (seeds of Agnic, OpenRouter's image_config). */
const knownRatios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'].map((text) => {
  const [width = 1, height = 1] = text.split(':').map(Number);
  return { width, height };
});

/** The documented ratio nearest to a size, by the quotient of both. */
export function nearestRatio(size: Size): { readonly width: number; readonly height: number } {
  const distance = (ratio: Size) =>
    Math.abs(Math.log((size.width / size.height) * (ratio.height / ratio.width)));
  return knownRatios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** The members that are not undefined. */
function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function given(members: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(defined(members));
}
