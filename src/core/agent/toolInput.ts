import { invalidArguments } from '../failure.ts';
import { type GenerateArgs, parseGenerateArgs } from '../generateArgs.ts';
import { outsideWords } from '../outsideText.ts';
import { shownPrompt, toolPromptLimit } from './shownPrompt.ts';
import { parseToolFile, parseToolPath, type WantedPlace } from './toolPath.ts';

export { toolPromptLimit };

/** Where in the named document the link goes. */
export type Placement = 'none' | 'afterTitle' | 'end';
export const placements: readonly Placement[] = ['none', 'afterTitle', 'end'];

/** What of an agent's wishes goes to the model as it is. */
type ToolArgs = Pick<
  GenerateArgs<never>,
  'n' | 'size' | 'aspectRatio' | 'quality' | 'background' | 'outputFormat' | 'seed'
>;

/** An agent's wish, checked. Files are names on the way from the workspace. */
export interface ToolInput {
  readonly tool: ToolKind;
  /** Absent: an icon set of the image as it is. */
  readonly prompt?: string;
  readonly args: ToolArgs;
  readonly place?: WantedPlace;
  /** The image that is edited; absent for a new one. */
  readonly image?: readonly string[];
  readonly references: readonly (readonly string[])[];
  readonly mask?: readonly string[];
  readonly document?: readonly string[];
  readonly placement: Placement;
  /** Whether an icon set is made of the image, or of the edited one. */
  readonly iconSet: boolean;
}

export type ToolKind = 'generate' | 'edit';

const common = [
  ...['prompt', 'path', 'n', 'size', 'aspectRatio', 'quality', 'background', 'outputFormat', 'seed'],
  ...['references', 'document', 'placement'],
];

/** The fields of each tool's input; test/unit/agentTools.test.ts ties them to the schemas in package.json. */
export const toolFields: Readonly<Record<ToolKind, readonly string[]>> = {
  generate: common,
  edit: [...common, 'image', 'mask', 'iconSet'],
};

/** What only the person decides: where requests go, and what they cost. */
const personsOwn = ['gateway', 'model', 'extraBody', 'providerOptions'];

/**
 * Parses what an agent called a tool with. An unknown or ill-typed field is refused by name.
 * @throws invalidArguments with a sentence that a model can act on
 */
export function parseToolInput(tool: ToolKind, value: unknown, maxImages: number): ToolInput {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidArguments('The input must be an object.');
  const given = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
  checkFields(tool, given);
  const { path, image, references, mask, document, placement, iconSet, ...rest } = given;
  const place = path === undefined ? undefined : parseToolPath('path', path);
  const input: ToolInput = {
    tool,
    ...parseArgs(rest, place, maxImages),
    ...(place && { place }),
    ...(image !== undefined && { image: parseToolFile('image', image) }),
    references: parseReferences(references),
    ...(mask !== undefined && { mask: parseToolFile('mask', mask) }),
    ...(document !== undefined && { document: parseToolFile('document', document) }),
    placement: parsePlacement(placement),
    iconSet: parseFlag('iconSet', iconSet),
  };
  checkAgreement(input);
  return input;
}

function checkFields(tool: ToolKind, given: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(given)) {
    if (toolFields[tool].includes(name)) continue;
    const shown = outsideWords(name, [], 40);
    throw invalidArguments(
      personsOwn.includes(name)
        ? `The argument ${shown} is not for agents: the person’s settings decide it.`
        : `The argument ${shown} is unknown.`,
    );
  }
}

function parseArgs(
  rest: Readonly<Record<string, unknown>>,
  place: WantedPlace | undefined,
  maxImages: number,
): Pick<ToolInput, 'prompt' | 'args'> {
  const { outputFormat } = rest;
  if (place?.format !== undefined && outputFormat !== undefined && outputFormat !== place.format)
    throw invalidArguments('The arguments path and outputFormat do not agree.');
  const { prompt, ...args } = parseGenerateArgs<never>(
    { ...rest, ...(place?.format && { outputFormat: place.format }) },
    { isUri: (_): _ is never => false, maxImages },
  );
  return { ...(prompt !== undefined && { prompt: shownPrompt(prompt) }), args };
}

function parseReferences(value: unknown): ToolInput['references'] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > 16)
    throw invalidArguments('The argument references must be an array of at most 16 paths.');
  return (value as unknown[]).map((one) => parseToolFile('references', one));
}

function parsePlacement(value: unknown): Placement {
  if (value === undefined) return 'none';
  const placement = placements.find((one) => one === value);
  if (placement === undefined)
    throw invalidArguments(`The argument placement must be one of ${placements.join(', ')}.`);
  return placement;
}

function parseFlag(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw invalidArguments(`The argument ${name} must be true or false.`);
}

function checkAgreement({ tool, prompt, args, place, image, mask, references, ...rest }: ToolInput): void {
  const { document, placement, iconSet } = rest;
  if (tool === 'edit' && image === undefined)
    throw invalidArguments('The argument image is missing: name the image to edit.');
  if (prompt === undefined && !iconSet) throw invalidArguments('The argument prompt is missing.');
  if (placement !== 'none' && document === undefined)
    throw invalidArguments('The argument placement needs the argument document.');
  if (!iconSet) return;
  if (placement !== 'none')
    throw invalidArguments('With iconSet the page’s head gets the lines; leave placement out.');
  if ((args.n ?? 1) > 1) throw invalidArguments('An icon set is made of one image; leave n out.');
  if (prompt !== undefined) return;
  const useless = [
    ...Object.keys(args),
    ...(mask ? ['mask'] : []),
    ...(references.length > 0 ? ['references'] : []),
  ];
  if (useless[0] !== undefined)
    throw invalidArguments(
      `The argument ${useless[0]} needs the argument prompt: without one, icons are made of the image as it is.`,
    );
  if (place?.stem !== undefined)
    throw invalidArguments('For an icon set the argument path is a directory; end it with a slash.');
}
