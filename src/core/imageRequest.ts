import type { GenerateArgs } from './generateArgs.ts';
import type { Background, ImageRequest, OutputFormat, ReferenceImage, Turn } from './request.ts';
import { reducedRatio } from './size.ts';

/** What a request takes besides the arguments of the call. */
export interface RequestParts {
  readonly prompt: string;
  readonly model: string;
  readonly references: readonly ReferenceImage[];
  readonly mask: ReferenceImage | undefined;
  /** Where the mask lets the first reference be changed, in words. */
  readonly maskRegion?: string | undefined;
  readonly history?: readonly Turn[] | undefined;
  /** The setting output.format; an argument wins over it. */
  readonly format: 'asDelivered' | OutputFormat;
}

/** Makes the request for a gateway from checked arguments. What was not given is absent. */
export function imageRequest(
  args: GenerateArgs<unknown>,
  { prompt, model, references, mask, maskRegion, history, format }: RequestParts,
): ImageRequest {
  const {
    n,
    size,
    aspectRatio,
    quality,
    background,
    outputFormat,
    seed,
    providerOptions,
    extraBody,
    stream,
  } = args;
  const members = {
    ...{ n, size, quality, background, seed, providerOptions, extraBody, stream, mask },
    ...{ maskRegion, history },
    aspectRatio: aspectRatio && reducedRatio(aspectRatio),
    outputFormat: outputFormat ?? formatOfSetting(format, background),
  };
  const given = Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<ImageRequest>;
  return { ...given, prompt, model, references };
}

/** JPEG has no transparency: what was asked for one picture comes before what is usual. */
function formatOfSetting(
  format: RequestParts['format'],
  background: Background | undefined,
): OutputFormat | undefined {
  return format === 'asDelivered' || (format === 'jpeg' && background === 'transparent') ? undefined : format;
}
