import { cutAtCharacter } from '../../outsideText.ts';
import { sizeText } from '../../size.ts';
import { promptWords } from './cleanText.ts';
import { readPair, readSeed, readName } from './fieldValues.ts';
import type { GenerationRecord, ImageMetadata } from './imageMetadata.ts';
import { writtenRecord } from './xmpFields.ts';

/** How the infotext that this extension writes says so, as A1111 names its own version. */
const ownVersion = 'Version: Image Gateway';
const negativeMark = 'Negative prompt:';
/** Fewer parameters than this are no line of parameters but words of a prompt, as for A1111. */
const fewestParameters = 3;

/**
 * Writes what A1111 calls infotext: the prompt, then a line of parameters. Other tools read it under
 * PNG's keyword `parameters`.
 * @returns undefined where there is too little to say for a line of parameters to be known as one
 */
export function writeInfotext(generation: GenerationRecord): string | undefined {
  const { prompt, seed, size, model, gateway, quality } = writtenRecord(generation);
  const parameters = [
    seed === undefined ? '' : `Seed: ${seed}`,
    size ? `Size: ${sizeText(size)}` : '',
    model === undefined ? '' : `Model: ${quoted(model)}`,
    quality === undefined ? '' : `Quality: ${quoted(quality)}`,
    gateway === undefined ? '' : `Gateway: ${quoted(gateway)}`,
    'Digital source type: trainedAlgorithmicMedia',
    ownVersion,
  ].filter((each) => each !== '');
  if (prompt === '' || parameters.length < fewestParameters) return undefined;
  return `${prompt}\n${parameters.join(', ')}`;
}

/** Whether an infotext is one that this extension wrote. */
export function isOwnInfotext(text: string): boolean {
  return text.endsWith(`, ${ownVersion}`);
}

function quoted(value: string): string {
  return /[,:\n"]/.test(value) ? JSON.stringify(value) : value;
}

/**
 * Reads A1111's infotext: a prompt of any lines, perhaps `Negative prompt: …`, then one line such as
 * `Steps: 20, Sampler: Euler a, Seed: 1, Size: 512x768, Model: dreamshaper_8`. Linear in the length.
 * @param isPrompt whether a text without such a line is a prompt all the same
 * @returns undefined for text of another form, JSON for example
 */
export function readInfotext(text: string, isPrompt: boolean): ImageMetadata | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || isJson(trimmed)) return undefined;
  const lines = trimmed.split(/\r\n?|\n/);
  const found = parameterLine(lines);
  if (!found && !isPrompt) return undefined;
  const words = lines.slice(0, found?.index ?? lines.length);
  const negativeAt = words.findIndex((line) => line.trimStart().startsWith(negativeMark));
  const prompt = promptWords(words.slice(0, negativeAt < 0 ? undefined : negativeAt).join('\n'));
  const negative = negativeAt < 0 ? '' : words.slice(negativeAt).join('\n').trimStart();
  const negativePrompt = promptWords(negative.slice(negativeMark.length));
  if (prompt === '') return undefined;
  const parameters = found?.parameters ?? new Map<string, string>();
  // -1 means that a seed was to be chosen.
  const seed = parameters.get('Seed') === '-1' ? undefined : readSeed(parameters.get('Seed'));
  const size = readPair(parameters.get('Size'), 'size');
  const model = readName(parameters.get('Model'), 'model');
  return {
    prompt,
    ...(negativePrompt !== '' && { negativePrompt }),
    ...(model !== undefined && { model }),
    ...(seed !== undefined && { seed }),
    ...(size && { size }),
    source: 'a1111',
  };
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface ParameterLine {
  readonly index: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The last line that begins as A1111's do, because extensions add lines after it; else the last of all. */
function parameterLine(lines: readonly string[]): ParameterLine | undefined {
  const last = lines.length - 1;
  const steps = lines.findLastIndex((line) => /^\s*Steps: ?\d/.test(line));
  // After our own line nothing follows; a line of steps before it is part of the prompt.
  const candidates = isOwnInfotext(lines[last] ?? '') ? [last] : [steps, last];
  for (const index of candidates) {
    const parameters = readParameters(cutAtCharacter(lines[index] ?? '', longestLine));
    if (parameters.size >= fewestParameters) return { index, parameters };
  }
  return undefined;
}

const longestLine = 64 * 1024;

/**
 * Reads `Name: value, Name: "a value, quoted as in JSON", Hashes: {…}`. The first of two equal names
 * holds. Every character is looked at a fixed number of times: a quoted value ends at the next quote,
 * where the next one can begin at the earliest, and no brace is looked for where none is left.
 */
function readParameters(line: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const lastBrace = line.lastIndexOf('}');
  for (let at = 0; at < line.length;) {
    const comma = endOf(line, ',', at);
    const match = /^\s*([A-Za-z][\w \-/]{0,63}):\s*/.exec(line.slice(at, comma));
    const valueAt = at + (match?.[0].length ?? 0);
    let end = comma;
    let value: string | undefined;
    if (line[valueAt] === '{' && valueAt < lastBrace) end = endOf(line, ',', line.indexOf('}', valueAt));
    if (line[valueAt] === '"') ({ value, end } = readQuoted(line, valueAt) ?? { value, end });
    const name = match?.[1];
    if (name !== undefined && !parameters.has(name))
      parameters.set(name, value ?? line.slice(valueAt, end).trim());
    at = end + 1;
  }
  return parameters;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

/** A value in quotes up to the comma after it; undefined where the quote does not end a value. */
function readQuoted(
  line: string,
  from: number,
): { readonly value: string; readonly end: number } | undefined {
  const pattern = /"((?:\\.|[^\\"])*)"\s*(?=,|$)/y;
  pattern.lastIndex = from;
  const match = pattern.exec(line);
  if (!match) return undefined;
  try {
    const value: unknown = JSON.parse(match[0].trim());
    if (typeof value === 'string') return { value, end: pattern.lastIndex };
  } catch {
    // Quoted, but not as JSON: the words as they are.
  }
  return { value: match[1] ?? '', end: pattern.lastIndex };
}
