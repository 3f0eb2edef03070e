import { parseRatio, parseSize } from '../size.ts';
import { asRecord, asStrings } from './json.ts';
import { priceWords } from './prices.ts';
import { parseSizeRules, type SizeRules } from './sizeRules.ts';

/** What an entry of a gateway's list says besides which pictures it makes, and how. */
export interface ModelDetails {
  /** What the list says of its price, as a short phrase; absent: unknown. */
  readonly price?: string;
  /** Whether it takes reference images; absent: unknown. */
  readonly takesImages?: boolean;
  /** Names of the members that it says it takes. */
  readonly supportedParameters: readonly string[];
  /** The sizes that it says it makes; absent: unknown. */
  readonly sizes?: SizeRules;
}

/** Reads the details of an entry, unchecked. */
export function modelDetails(entry: Readonly<Record<string, unknown>>): ModelDetails {
  const price = priceWords(entry['pricing']);
  const takes = takesImages(entry);
  const parameters = entry['supported_parameters'];
  const sizes = sizesOf(asRecord(parameters));
  return {
    supportedParameters: Array.isArray(parameters)
      ? asStrings(parameters)
      : Object.keys(asRecord(parameters) ?? {}),
    ...(price !== undefined && { price }),
    ...(takes !== undefined && { takesImages: takes }),
    ...(Object.keys(sizes).length > 0 && { sizes }),
  };
}

/** Of OpenRouter's `supported_parameters: { aspect_ratio: { type: 'enum', values: ['16:9'] }, resolution: … }`. */
function sizesOf(parameters: Readonly<Record<string, unknown>> | undefined): SizeRules {
  const values = (name: string) => asStrings(asRecord(parameters?.[name])?.['values']);
  return parseSizeRules({
    aspectRatios: values('aspect_ratio').map(parseRatio),
    sizes: values('size').map(parseSize),
    resolutions: values('resolution'),
  });
}

function takesImages(entry: Readonly<Record<string, unknown>>): boolean | undefined {
  const inputs = asStrings(
    asRecord(entry['architecture'])?.['input_modalities'] ?? entry['input_modalities'],
  );
  if (inputs.length > 0) return inputs.includes('image');
  // Vercel's tag of language models that look at pictures; that it is missing says nothing.
  return asStrings(entry['tags']).includes('vision') ? true : undefined;
}
