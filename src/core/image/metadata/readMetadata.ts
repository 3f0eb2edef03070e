import { promptWords } from './cleanText.ts';
import { isSynthetic } from './digitalSource.ts';
import { readUserComment } from './exifComment.ts';
import { readBackground, readName, readPair, readSeed } from './fieldValues.ts';
import type { CarriedPieces, ImageMetadata, TextPiece } from './imageMetadata.ts';
import { readInfotext } from './infotext.ts';
import { hasC2pa, piecesOf, textBytes } from './pieces.ts';
import { namespaces, parseXmp, xmpValue } from './xmp.ts';
import type { XmpPacket } from './xmp.ts';

/**
 * Reads how a picture was made: what this extension wrote, else A1111's infotext (PNG `parameters`, EXIF
 * UserComment), else XMP of others. Own code and no library: docs/metadata.md says why. Linear in the
 * length, inflates at most 64 KiB twice, never rejects.
 * @returns undefined where the file says no prompt, or in a form that is not understood (ComfyUI's graph)
 */
export async function readMetadata(bytes: Uint8Array): Promise<ImageMetadata | undefined> {
  const pieces = piecesOf(bytes);
  const packet = await readPacket(pieces);
  return (packet && ownMetadata(packet)) ?? (await readText(pieces)) ?? (packet && otherMetadata(packet));
}

/** What a saved file says about itself, for a receipt. */
export interface CarriedMetadata {
  /** Whether it carries Content Credentials; nothing of them is verified. */
  readonly c2pa: boolean;
  /** IPTC's digital source type as the file's XMP says it: from outside. */
  readonly digitalSourceType?: string;
  /** Whether that type says that a program made the picture. */
  readonly isSynthetic: boolean;
  readonly metadata?: ImageMetadata;
}

/** Looks at what a file carries; bounds as `readMetadata`, never rejects. */
export async function carriedMetadata(bytes: Uint8Array): Promise<CarriedMetadata> {
  const packet = await readPacket(piecesOf(bytes));
  const digitalSourceType = packet && xmpValue(packet, namespaces.Iptc4xmpExt, 'DigitalSourceType')?.trim();
  const metadata = await readMetadata(bytes);
  return {
    c2pa: hasC2pa(bytes),
    ...(digitalSourceType !== undefined && { digitalSourceType }),
    isSynthetic: digitalSourceType !== undefined && isSynthetic(digitalSourceType),
    ...(metadata && { metadata }),
  };
}

async function readPacket({ xmp }: CarriedPieces): Promise<XmpPacket | undefined> {
  const bytes = xmp && (await textBytes(xmp));
  return bytes && parseXmp(bytes);
}

async function readText({ parameters, exif }: CarriedPieces): Promise<ImageMetadata | undefined> {
  const bytes = parameters && (await textBytes(parameters));
  const text = bytes && decodeText(bytes, parameters.encoding);
  const comment = exif && readUserComment(exif);
  return readInfotext(text ?? '', true) ?? readInfotext(comment ?? '', false);
}

/** Text that should be Latin-1 is often UTF-8, and hardly ever looks so by accident. */
function decodeText(bytes: Uint8Array, encoding: TextPiece['encoding']): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(encoding).decode(bytes);
  }
}

function ownMetadata(packet: XmpPacket): ImageMetadata | undefined {
  const own = (local: string) => xmpValue(packet, namespaces.imageGateway, local);
  const prompt = promptWords(own('Prompt') ?? '');
  if (prompt === '') return undefined;
  const model = readName(own('Model'), 'model');
  const gateway = readName(own('Gateway'), 'gateway');
  const quality = readName(own('Quality'), 'quality');
  const seed = readSeed(own('Seed'));
  const size = readPair(own('Size'), 'size');
  const aspectRatio = readPair(own('AspectRatio'), 'ratio');
  const background = readBackground(own('Background'));
  return {
    prompt,
    ...(model !== undefined && { model }),
    ...(gateway !== undefined && { gateway }),
    ...(seed !== undefined && { seed }),
    ...(size && { size }),
    ...(quality !== undefined && { quality }),
    ...(background && { background }),
    ...(aspectRatio && { aspectRatio }),
    source: 'imageGateway',
  };
}

/** IPTC's own property for a prompt; a description only where the picture is said to be synthetic. */
function otherMetadata(packet: XmpPacket): ImageMetadata | undefined {
  const iptc = (local: string) => xmpValue(packet, namespaces.Iptc4xmpExt, local);
  const description = isSynthetic(iptc('DigitalSourceType') ?? '')
    ? xmpValue(packet, namespaces.dc, 'description')
    : undefined;
  const prompt = promptWords(iptc('AIPromptInformation') ?? description ?? '');
  const model = readName(iptc('AISystemUsed'), 'model');
  if (prompt === '') return undefined;
  return { prompt, ...(model !== undefined && { model }), source: 'xmp' };
}
