import { asRecord, asStrings } from './json.ts';
import { priceWords } from './prices.ts';

/** What an entry of a gateway's list says besides which pictures it makes, and how. */
export interface ModelDetails {
  /** What the list says of its price, as a short phrase; absent: unknown. */
  readonly price?: string;
  /** Whether it takes reference images; absent: unknown. */
  readonly takesImages?: boolean;
}

/** Reads the details of an entry, unchecked. */
export function modelDetails(entry: Readonly<Record<string, unknown>>): ModelDetails {
  const price = priceWords(entry['pricing']);
  const takes = takesImages(entry);
  return { ...(price !== undefined && { price }), ...(takes !== undefined && { takesImages: takes }) };
}

function takesImages(entry: Readonly<Record<string, unknown>>): boolean | undefined {
  const inputs = asStrings(
    asRecord(entry['architecture'])?.['input_modalities'] ?? entry['input_modalities'],
  );
  if (inputs.length > 0) return inputs.includes('image');
  // Vercel's tag of language models that look at pictures; that it is missing says nothing.
  return asStrings(entry['tags']).includes('vision') ? true : undefined;
}
