// What becomes of pictures that are drawn here, for wanted sizes and formats: the rows of docs/files.md.
import type { ReceivedImage } from '../../src/core/events.ts';
import { finishImage } from '../../src/core/finishing.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import type { Rgb } from '../../src/core/image/rgb.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { formatNames, pixelWords } from '../../src/core/imageWords.ts';
import { compareImage } from '../../src/core/receipt.ts';
import type { ImageRequest } from '../../src/core/request.ts';
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

const large = await encode(scene(1536, 1024), 'png', 90);
const jpeg = await encode(scene(1536, 1024), 'jpeg', 90);
const webp = await encode(scene(1024, 1024), 'webp', 90);
const avif = await fileOf(scene(640, 480), 'avif');
const wide = { width: 1200, height: 630 };

const cases: readonly Case[] = [
  { came: 'scene', bytes: large, request: {} },
  { came: 'scene', bytes: large, request: { size: wide } },
  { came: 'scene', bytes: large, request: { size: { width: 1920, height: 1080 } } },
  { came: 'scene', bytes: large, request: { size: { width: 512, height: 512 }, outputFormat: 'webp' } },
  { came: 'scene', bytes: large, request: { outputFormat: 'jpeg' } },
  { came: 'scene', bytes: jpeg, request: { outputFormat: 'png' } },
  { came: 'scene', bytes: jpeg, request: { size: wide, outputFormat: 'jpeg' } },
  { came: 'scene', bytes: webp, request: { size: { width: 512, height: 512 } } },
  { came: 'scene', bytes: webp, request: { outputFormat: 'png' } },
  { came: 'scene', bytes: avif, request: {} },
  { came: 'scene', bytes: avif, request: { outputFormat: 'webp' } },
  { came: 'scene', bytes: avif, request: { size: { width: 320, height: 320 } } },
  {
    came: 'sticker on green',
    bytes: await encode(sticker, 'png', 90),
    request: { background: 'transparent' },
    keyColour: key,
  },
  {
    came: 'sticker on green',
    bytes: await encode(sticker, 'jpeg', 90),
    request: { background: 'transparent' },
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

function askedWords({ size, outputFormat, background }: Partial<ImageRequest>): string {
  const parts = [size && pixelWords(size), outputFormat && formatNames[outputFormat], background];
  return parts.filter((part) => part !== undefined).join(', ') || 'nothing in particular';
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
  return `| ${askedWords(request)} | ${came}, ${pixelWords(facts)} ${formatNames[facts.format]} | ${saved} | ${same ? 'to the byte' : 'the original is kept beside it'} | ${said || '–'} |`;
}

/** The table as Markdown, made anew. */
export async function fileTable(): Promise<string> {
  const rows: string[] = [];
  for (const one of cases) rows.push(await rowOf(one));
  return [
    '# What was asked, what came, what is saved',
    '',
    'Made by `npm run table:files` from pictures that it draws, by the code that the extension runs; test/unit/fileTable.test.ts makes each row anew.',
    '',
    '| asked | came | saved | kept | said |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
