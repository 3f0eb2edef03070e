import { oneLine } from '../outsideText.ts';
import { asRecord, asString, asStrings } from './json.ts';
import { type ModelDetails, modelDetails } from './modelDetails.ts';

export type Route = 'chat' | 'images';

/** What a gateway's list says about one model. */
export interface ModelEntry extends ModelDetails {
  readonly id: string;
  readonly name: string;
  /** Whether it makes pictures: `unknown` where a plain OpenAI list says nothing but the id. */
  readonly makesImages: 'yes' | 'no' | 'unknown';
  /** The route that its entry names, if it does. */
  readonly route?: Route;
  /** Chat only: whether it answers with pictures alone. */
  readonly imageOnly?: boolean;
}

/**
 * Reads a `/models` answer in the shapes of Vercel (`type`, `tags`), OpenRouter and Agnic
 * (`architecture.output_modalities`) and plain OpenAI lists; also a bare array and `{models: […]}`.
 * Entries without an id are left out.
 * @returns undefined when the answer holds no list at all
 */
export function parseModels(answer: unknown): readonly ModelEntry[] | undefined {
  const list = Array.isArray(answer)
    ? (answer as unknown[])
    : (asRecord(answer)?.['data'] ?? asRecord(answer)?.['models']);
  if (!Array.isArray(list)) return undefined;
  const entries = new Map<string, ModelEntry>();
  for (const one of list as unknown[]) {
    const entry = parseEntry(one);
    if (entry !== undefined && !entries.has(entry.id)) entries.set(entry.id, entry);
  }
  return [...entries.values()];
}

function parseEntry(value: unknown): ModelEntry | undefined {
  const entry = asRecord(value);
  const id = asString(entry?.['id']);
  // An id goes back onto the wire and into lists: what is not one line of text is no id.
  if (entry === undefined || id === undefined || id === '' || id.length > 200 || id !== oneLine(id))
    return undefined;
  return {
    id,
    name: oneLine(asString(entry['name']) ?? id).slice(0, 200),
    ...abilities(entry),
    ...modelDetails(entry),
  };
}

function abilities(
  entry: Readonly<Record<string, unknown>>,
): Pick<ModelEntry, 'makesImages' | 'route' | 'imageOnly'> {
  const type = asString(entry['type']);
  const outputs = asStrings(
    asRecord(entry['architecture'])?.['output_modalities'] ?? entry['output_modalities'],
  );
  if (type === 'image') return { makesImages: 'yes', route: 'images' };
  if (outputs.includes('image'))
    return { makesImages: 'yes', route: 'chat', imageOnly: !outputs.includes('text') };
  if (asStrings(entry['tags']).includes('image-generation')) return { makesImages: 'yes', route: 'chat' };
  if (outputs.length > 0 || (type !== undefined && type !== 'model')) return { makesImages: 'no' };
  return { makesImages: 'unknown' };
}

/** Whether an id of a plain list reads like an image model's; a guess, used only where the list says nothing. */
function soundsLikeImages(id: string): boolean {
  return /image|imagen|dall-?e|diffusion|flux|(^|[^a-z])sd(xl|[0-9-])|recraft|seedream|ideogram/i.test(id);
}

/** The listed models that make pictures, or may; those that say so first. */
export function imageModels(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const sure = entries.filter((entry) => entry.makesImages === 'yes');
  const unknown = entries.filter((entry) => entry.makesImages === 'unknown');
  const likely = unknown.filter((entry) => soundsLikeImages(entry.id));
  if (sure.length + likely.length > 0) return [...sure, ...likely];
  // A server on this machine often lists its one model under a name of its own.
  return unknown.length === 1 ? unknown : [];
}
