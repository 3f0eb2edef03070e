import type { FinishedImage, Notice, NoticeCode } from './events.ts';
import type { Alpha } from './image/pixelTask.ts';
import { formatNames, pixelWords } from './imageWords.ts';
import { outsideWords } from './outsideText.ts';
import type { ImageRequest } from './request.ts';
import { hasRatio, ratioText, reducedRatio } from './size.ts';

/** By what an answer says that it was made; absent where it does not say. */
export interface Told {
  readonly model?: string;
  readonly quality?: string;
}

/** What the rows of a receipt are about. */
export const receiptTopics = [
  'model',
  'count',
  'size',
  'aspectRatio',
  'format',
  'background',
  'quality',
] as const;
export type ReceiptTopic = (typeof receiptTopics)[number];

/** One thing that was asked for beside what came of it; one line each, empty where there is nothing to say. */
export interface ReceiptRow {
  readonly topic: ReceiptTopic;
  readonly asked: string;
  readonly came: string;
  /** What was saved, where it is not what came. */
  readonly saved: string;
  /** Whether what was saved is not what was asked for. */
  readonly differs: boolean;
}

/**
 * Sets what was asked for beside what came and what was saved of it.
 * @param images those that were saved
 * @param came how many came, where not all of them were saved
 * @returns a row for every topic, in the order of `receiptTopics`
 */
export function receiptOf(
  request: ImageRequest,
  told: Told,
  images: readonly FinishedImage[],
  came = images.length,
): readonly ReceiptRow[] {
  const each = (value: (image: FinishedImage) => string) => [...new Set(images.map(value))].join(', ');
  const { size, aspectRatio, outputFormat, background, quality } = request;
  const texts: Record<ReceiptTopic, readonly [asked: string, came: string, saved?: string]> = {
    model: [request.model, told.model ?? ''],
    count: [request.n === undefined ? '' : String(request.n), String(came), String(images.length)],
    size: [
      size === undefined ? '' : pixelWords(size),
      each(({ received }) => pixelWords(received.facts)),
      each(({ facts }) => pixelWords(facts)),
    ],
    aspectRatio: [
      aspectRatio === undefined ? '' : ratioText(aspectRatio),
      each(({ received }) => nearRatio(received.facts, aspectRatio)),
      each(({ facts }) => nearRatio(facts, aspectRatio)),
    ],
    format: [
      outputFormat === undefined ? '' : formatNames[outputFormat],
      each(({ received }) => formatNames[received.facts.format]),
      each(({ facts }) => formatNames[facts.format]),
    ],
    background: [background ?? '', each(cameBackground), each(savedBackground)],
    quality: [quality ?? '', told.quality ?? ''],
  };
  const different = new Set(images.flatMap((image) => compareImage(request, image)).map(({ code }) => code));
  for (const { code } of [...compareCount(request, came), ...compareTold(request, told)]) different.add(code);
  // Nobody could look whether what was to be transparent is: that is no success.
  const isUnsure =
    background === 'transparent' &&
    images.some(
      (image) => image.transparency === undefined && image.facts.hasAlpha && image.alpha === undefined,
    );
  return receiptTopics.map((topic) => {
    const [asked, came, saved = ''] = texts[topic].map((text = '') => outsideWords(text, [], 120));
    return {
      topic,
      asked: asked ?? '',
      came: came ?? '',
      saved: saved === came ? '' : saved,
      differs: codes[topic].some((code) => different.has(code)) || (topic === 'background' && isUnsure),
    };
  });
}

const codes: Readonly<Record<ReceiptTopic, readonly NoticeCode[]>> = {
  model: ['modelDiffers'],
  count: ['countDiffers'],
  size: ['sizeDiffers'],
  aspectRatio: ['aspectRatioDiffers'],
  format: ['formatDiffers'],
  background: ['noTransparency', 'backgroundDiffers'],
  quality: ['qualityDiffers'],
};

/** The ratio that was asked for, where a picture has it; else its own, reduced as far as it goes. */
function nearRatio(
  size: { readonly width: number; readonly height: number },
  asked: ImageRequest['aspectRatio'],
): string {
  if (asked !== undefined && hasRatio(size, asked)) return ratioText(asked);
  const ratio = reducedRatio(size);
  // 4:3 is read at once, 683:384 is not.
  return Math.max(ratio.width, ratio.height) <= 21
    ? ratioText(ratio)
    : `${(size.width / size.height).toFixed(2)}:1`;
}

function cameBackground({ received, cameAlpha }: FinishedImage): string {
  return backgroundOf(received.facts.hasAlpha, cameAlpha);
}

function savedBackground({ facts, alpha, transparency }: FinishedImage): string {
  if (transparency?.ok === false) return transparencyProblems[transparency.reason];
  return backgroundOf(facts.hasAlpha, alpha);
}

function backgroundOf(hasAlpha: boolean, alpha: Alpha | undefined): string {
  if (!hasAlpha) return 'opaque';
  if (alpha === undefined) return 'alpha channel, not looked at';
  return alpha === 'unused' ? 'opaque (alpha channel unused)' : 'transparent';
}

/**
 * Compares one finished picture with what was asked for.
 * @returns a notice for every difference; empty when all is as asked
 */
export function compareImage(request: ImageRequest, image: FinishedImage): readonly Notice[] {
  return [
    ...compareSize(request, image),
    ...compareFormat(request, image),
    ...compareBackground(request, image),
    ...comparePrompt(request, image),
  ];
}

function compareSize(
  { size, aspectRatio, mask }: ImageRequest,
  { facts, received }: FinishedImage,
): readonly Notice[] {
  const saved = pixelWords(facts);
  const isOriginals = mask !== undefined && saved !== pixelWords(received.facts);
  const but = isOriginals ? `but an edit with a mask keeps its original’s size, ${saved}` : `${saved} came`;
  if (size !== undefined) {
    if (size.width === facts.width && size.height === facts.height) return [];
    return [{ code: 'sizeDiffers', message: `${pixelWords(size)} was asked for, ${but}.` }];
  }
  if (aspectRatio === undefined || hasRatio(facts, aspectRatio)) return [];
  const asked = ratioText(aspectRatio);
  return [{ code: 'aspectRatioDiffers', message: `The aspect ratio ${asked} was asked for, ${but}.` }];
}

function compareFormat({ outputFormat }: ImageRequest, { facts }: FinishedImage): readonly Notice[] {
  if (outputFormat === undefined || outputFormat === facts.format) return [];
  const [asked, came] = [formatNames[outputFormat], formatNames[facts.format]];
  return [{ code: 'formatDiffers', message: `${asked} was asked for, ${came} came and was saved as such.` }];
}

const transparencyProblems = {
  opaque: 'opaque',
  checkerboard: 'painted checkerboard',
  fringe: 'coloured fringe',
  empty: 'nothing but transparency',
} as const;

const transparencySentences = {
  opaque: 'but the image has none',
  checkerboard: 'but the model painted a checkerboard in place of it',
  fringe: 'but the edges still show the colour of the background that was taken out',
  empty: 'but nothing is left beside it',
} as const;

function compareBackground(
  { background }: ImageRequest,
  { facts, alpha, transparency, received }: FinishedImage,
): readonly Notice[] {
  if (background === 'opaque' && alpha === 'used')
    return [
      {
        code: 'backgroundDiffers',
        message: 'An opaque background was asked for, but the image can be seen through.',
      },
    ];
  if (background !== 'transparent') return [];
  const isSeenThrough = facts.hasAlpha && alpha !== 'unused';
  const problem = transparency ?? (isSeenThrough ? { ok: true } : { ok: false, reason: 'opaque' });
  if (problem.ok) return [];
  // The gateway has learned it (`learnOpaque`).
  const isLearned = received.keyColour === undefined && !received.facts.hasAlpha;
  const next = isLearned
    ? ' When it is asked again, the model will be asked for a background of one colour, which is taken out on this machine.'
    : '';
  return [
    {
      code: 'noTransparency',
      message: `A transparent background was asked for, ${transparencySentences[problem.reason]}.${next}`,
    },
  ];
}

function comparePrompt({ prompt }: ImageRequest, { received }: FinishedImage): readonly Notice[] {
  const { revisedPrompt } = received;
  if (revisedPrompt === undefined || revisedPrompt.trim() === '' || revisedPrompt === prompt) return [];
  return [
    {
      code: 'promptRevised',
      message: `The model worked from another prompt: “${outsideWords(revisedPrompt)}”`,
    },
  ];
}

/** Compares how many pictures came with how many were asked for. */
export function compareCount(request: ImageRequest, count: number): readonly Notice[] {
  const asked = request.n ?? 1;
  // A model that sends several where no number was given did nothing wrong, but the person should know.
  if (count === asked) return [];
  return [
    {
      code: 'countDiffers',
      message: `${asked} ${asked === 1 ? 'image was' : 'images were'} asked for, ${count} came.`,
    },
  ];
}

/** Compares what an answer says that it was made by with what was asked for; one that does not say differs in nothing. */
export function compareTold(request: ImageRequest, { model, quality }: Told): readonly Notice[] {
  const notices: Notice[] = [];
  if (model !== undefined && !isSameModel(request.model, model))
    notices.push({
      code: 'modelDiffers',
      message: `The model ${outsideWords(request.model, [], 80)} was asked for, the answer says it is from ${outsideWords(model, [], 80)}.`,
    });
  const asked = request.quality;
  if (
    asked !== undefined &&
    asked !== 'auto' &&
    quality !== undefined &&
    asked.toLowerCase() !== quality.toLowerCase()
  )
    notices.push({
      code: 'qualityDiffers',
      message: `The quality ${outsideWords(asked, [], 40)} was asked for, the answer says ${outsideWords(quality, [], 40)}.`,
    });
  return notices;
}

/** Gateways leave the maker's name out, and add the date of a version: `openai/gpt-image-1`, `gpt-image-1-2025-04-23`. */
function isSameModel(asked: string, came: string): boolean {
  const [one, other] = [asked, came].map(
    (id) => (id.split('/').at(-1) ?? id).split(':')[0]?.toLowerCase() ?? '',
  ) as [string, string];
  return one === other || other.startsWith(`${one}-`) || one.startsWith(`${other}-`);
}

/** A receipt in one line, for the log: what was not asked for and is not known is left out. */
export function receiptLine(rows: readonly ReceiptRow[]): string {
  return rows
    .filter(({ asked, came }) => asked !== '' || came !== '')
    .map(({ topic, asked, came, saved, differs }) => {
      const parts = [asked && `asked ${asked}`, came && `came ${came}`, saved && `saved ${saved}`];
      return `${topic}${differs ? ' differs' : ''}: ${parts.filter((part) => part !== '').join(', ')}`;
    })
    .join('; ');
}
