// What becomes of pictures that are drawn here, for wanted sizes and formats: the rows of docs/files.md.
import type { ReceivedImage } from '../../src/core/events.ts';
import { finishImage } from '../../src/core/finishing.ts';
import { nothingLearned } from '../../src/core/gateway/learned.ts';
import { planCall } from '../../src/core/gateway/wireCall.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import type { Rgb } from '../../src/core/image/rgb.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { formatNames, pixelWords } from '../../src/core/imageWords.ts';
import { compareImage } from '../../src/core/receipt.ts';
import type { ImageRequest } from '../../src/core/request.ts';
import { gatewayAt } from './askGateway.ts';
import { fileOf } from './drawnPictures.ts';
import { modules } from './codecs.ts';
import { encode, paint } from './pixels.ts';
const engine: PixelEngine = { run: (task) => workOn(task, modules) };
const key: Rgb = [0, 255, 0];

const scene = (width: number, height: number) =>
  paint(width, height, (x, y) => [(255 * x) / width, (255 * y) / height, 120, 255]);
const sticker = paint(512, 512, (x, y) =>
  Math.hypot(x - 256, y - 256) < 180 ? [220, 60, 40, 255] : [4, 250, 6, 255],
);
const board = paint(512, 512, (x, y) => {
  if (Math.hypot(x - 256, y - 256) < 150) return [220, 60, 40, 255];
  const value = (Math.floor(x / 16) + Math.floor(y / 16)) % 2 === 0 ? 255 : 204;
  return [value, value, value, 255];
});

interface Case {
  readonly came: string;
  readonly bytes: Uint8Array;
  readonly request: Partial<ImageRequest>;
  readonly keyColour?: typeof key;
}

const square = await encode(scene(1024, 1024), 'png', 90);
const large = await encode(scene(1536, 1024), 'png', 90);
const jpeg = await encode(scene(1536, 1024), 'jpeg', 90);
const webp = await encode(scene(1024, 1024), 'webp', 90);
const avif = await fileOf(scene(640, 480), 'avif');
const size = (width: number, height: number) => ({ width, height });

/** A model of three sizes answers in PNG whatever is asked for. */
const sizes = [undefined, size(1200, 630), size(1920, 1080), size(512, 512), size(1024, 1024)] as const;
const formats = [undefined, 'png', 'jpeg', 'webp'] as const;
const ofThreeSizes: readonly Case[] = sizes.flatMap((wanted) =>
  formats.map((outputFormat) => {
    const request = { ...(wanted && { size: wanted }), ...(outputFormat && { outputFormat }) };
    const isWide = wanted !== undefined && wanted.width > wanted.height;
    return { came: 'scene', bytes: isWide ? large : square, request };
  }),
);

const others: readonly Case[] = [
  { came: 'scene', bytes: jpeg, request: { outputFormat: 'png' } },
  { came: 'scene', bytes: jpeg, request: { size: size(1200, 630), outputFormat: 'jpeg' } },
  { came: 'scene', bytes: webp, request: { size: size(512, 512) } },
  { came: 'scene', bytes: webp, request: { outputFormat: 'png' } },
  { came: 'scene', bytes: avif, request: {} },
  { came: 'scene', bytes: avif, request: { outputFormat: 'webp' } },
  { came: 'scene', bytes: avif, request: { size: size(320, 320) } },
  {
    came: 'sticker on green',
    bytes: await encode(sticker, 'png', 90),
    request: { background: 'transparent' },
    keyColour: key,
  },
  {
    came: 'sticker on green',
    bytes: await encode(sticker, 'jpeg', 90),
    request: { background: 'transparent', size: size(256, 256) },
    keyColour: key,
  },
  {
    came: 'scene, though a sticker on green was asked for',
    bytes: large,
    request: { background: 'transparent' },
    keyColour: key,
  },
  {
    came: 'painted checkerboard',
    bytes: await encode(board, 'png', 90),
    request: { background: 'transparent' },
  },
  { came: 'damaged', bytes: damaged(large), request: { outputFormat: 'webp' } },
];

/** A picture by its structure, but not by its pixels. */
function damaged(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy.fill(0, 60, 400);
  return copy;
}

function wantedWords({ size, outputFormat, background }: Partial<ImageRequest>): string {
  const parts = [size && pixelWords(size), outputFormat && formatNames[outputFormat], background];
  return parts.filter((part) => part !== undefined).join(', ') || 'nothing in particular';
}

/** What goes onto the wire besides model and prompt; where a key colour is asked for, over chat. */
function askedWords(request: ImageRequest, isKeyed: boolean): string {
  const legal = [size(1024, 1024), size(1536, 1024), size(1024, 1536)];
  const entry = {
    id: 'm',
    name: 'm',
    makesImages: 'yes',
    supportedParameters: [],
    sizes: { sizes: legal },
  } as const;
  const config = gatewayAt('http://127.0.0.1/v1');
  const route = isKeyed ? 'chat' : 'images';
  const { body, keyColour } = planCall({ request, config, entry, route, learned: nothingLearned });
  const { size: asked, output_format, background, image_config } = body as Record<string, unknown>;
  const members = Object.entries({ size: asked, output_format, background, image_config })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  if (keyColour !== undefined) members.push('in the prompt: a background of one colour');
  return members.join(', ') || '–';
}

async function rowOf({ came, bytes, request, keyColour }: Case): Promise<string> {
  const facts = inspectImage(bytes);
  if (facts === undefined) throw new Error(`${came} is no picture`);
  const whole: ImageRequest = { prompt: 'p', model: 'm', references: [], ...request };
  const received: ReceivedImage = { bytes, facts, ...(keyColour && { keyColour }) };
  const { image, notices } = await finishImage(received, whole, engine, new AbortController().signal);
  const same = image.bytes.length === bytes.length && image.bytes.every((value, at) => value === bytes[at]);
  const said = [...notices, ...compareImage(whole, image)].map(({ message }) => message).join(' ');
  const saved = `${pixelWords(image.facts)} ${formatNames[image.facts.format]}${image.alpha === 'used' ? ', transparent' : ''}`;
  return `| ${wantedWords(request)} | ${askedWords(whole, keyColour !== undefined)} | ${came}, ${pixelWords(facts)} ${formatNames[facts.format]} | ${saved} | ${same ? 'to the byte' : 'the original is kept beside it'} | ${said || '–'} |`;
}

/** The table as Markdown, made anew. */
export async function fileTable(): Promise<string> {
  const rows: string[] = [];
  for (const one of [...ofThreeSizes, ...others]) rows.push(await rowOf(one));
  return [
    '# What was wanted, asked, came and is saved',
    '',
    'Made by `npm run table:files` from pictures that it draws, by the code that the extension runs; test/unit/fileTable.test.ts makes each row anew.',
    '',
    'The model of these rows makes 1024×1024, 1536×1024 and 1024×1536, as its list says; the wire’s members are in the second column.',
    '',
    '| wanted | asked | came | saved | kept | said |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
