import { promptLimit } from '../../generateArgs.ts';
import { cutAtCharacter } from '../../outsideText.ts';
import { ratioText, sizeText } from '../../size.ts';
import { escapeXml, isPlace, nameWords, xmlCharacters } from './cleanText.ts';
import { trainedAlgorithmicMedia } from './digitalSource.ts';
import type { GenerationRecord, MetadataToWrite } from './imageMetadata.ts';
import { namespaces } from './xmp.ts';

/** One property to write: the prefix of its namespace, its name, its text. */
export type XmpField = readonly [prefix: keyof typeof namespaces, local: string, value: string];

/** The most characters of a prompt where other tools look; our own property has all of it. */
const copiedPrompt = 2000;

/**
 * What of a generation is written at all: the prompt within its limit and as XML can hold it, names of
 * one line; a name that is a URL or a path is left out.
 */
export function writtenRecord(generation: GenerationRecord): GenerationRecord {
  const { prompt, model, gateway, quality, ...rest } = generation;
  const named = { model: name(model, 200), gateway: name(gateway, 64), quality: name(quality, 40) };
  return {
    ...rest,
    ...(named.model !== undefined && { model: named.model }),
    ...(named.gateway !== undefined && { gateway: named.gateway }),
    ...(named.quality !== undefined && { quality: named.quality }),
    prompt: xmlCharacters(cutAtCharacter(prompt, promptLimit)).trim(),
  };
}

function name(value: string | undefined, limit: number): string | undefined {
  const words = nameWords(value, limit);
  return words === undefined || isPlace(words) ? undefined : words;
}

/** The properties of a level, in the order in which they are written. */
export function fieldsOf(metadata: MetadataToWrite): readonly XmpField[] {
  const source: XmpField = ['Iptc4xmpExt', 'DigitalSourceType', trainedAlgorithmicMedia];
  if (metadata.level === 'source') return [source];
  const record = writtenRecord(metadata.generation);
  const { prompt, model, gateway, seed, size, quality, background, aspectRatio, n } = record;
  const fields: (XmpField | undefined)[] = [
    source,
    ...copiesOf(prompt, model),
    prompt === '' ? undefined : ['imageGateway', 'Prompt', prompt],
    model === undefined ? undefined : ['imageGateway', 'Model', model],
    gateway === undefined ? undefined : ['imageGateway', 'Gateway', gateway],
    seed === undefined ? undefined : ['imageGateway', 'Seed', String(seed)],
    size && ['imageGateway', 'Size', sizeText(size)],
    quality === undefined ? undefined : ['imageGateway', 'Quality', quality],
    background && ['imageGateway', 'Background', background],
    aspectRatio && ['imageGateway', 'AspectRatio', ratioText(aspectRatio)],
    n === undefined ? undefined : ['imageGateway', 'Count', String(n)],
  ];
  return fields.filter((field) => field !== undefined);
}

/** Prompt and model once more, in the standard properties that other tools show. */
export function copiesOf(prompt: string | undefined, model: string | undefined): readonly XmpField[] {
  const fields: XmpField[] = [];
  if (prompt) {
    const short =
      prompt.length > copiedPrompt ? `${cutAtCharacter(prompt, copiedPrompt - 1).trimEnd()}…` : prompt;
    fields.push(['Iptc4xmpExt', 'AIPromptInformation', short], ['dc', 'description', short]);
  }
  if (model !== undefined) fields.push(['Iptc4xmpExt', 'AISystemUsed', model]);
  return fields;
}

/** An `rdf:Description` with these properties; empty where there are none. */
export function describe(about: string, fields: readonly XmpField[]): string {
  if (fields.length === 0) return '';
  const prefixes = new Set<keyof typeof namespaces>(['rdf', ...fields.map(([prefix]) => prefix)]);
  const declared = [...prefixes].map((prefix) => ` xmlns:${prefix}="${namespaces[prefix]}"`);
  const lines = fields.map(([prefix, local, value]) => {
    const text = escapeXml(value);
    // Dublin Core's description is an array of languages.
    const content =
      prefix === 'dc' ? `<rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>` : text;
    return `\n   <${prefix}:${local}>${content}</${prefix}:${local}>`;
  });
  const open = `\n  <rdf:Description${declared.join('')} rdf:about="${escapeXml(about, 'attribute')}">`;
  return `${open}${lines.join('')}\n  </rdf:Description>`;
}
