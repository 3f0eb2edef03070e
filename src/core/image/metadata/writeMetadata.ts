import type { ImageFacts } from '../imageFacts.ts';
import { inspectImage } from '../inspect.ts';
import type { MetadataRefusal, MetadataToWrite, TextPiece } from './imageMetadata.ts';
import { isOwnInfotext, writeInfotext } from './infotext.ts';
import { jpegXmpEdit, jpegXmpLimit, jpegXmpSegments } from './jpegMetadata.ts';
import { mergeXmp } from './mergeXmp.ts';
import { hasC2pa, piecesOf, textBytes } from './pieces.ts';
import { pngTextEdit, pngTexts } from './pngMetadata.ts';
import type { PngText } from './pngMetadata.ts';
import { splice } from './splice.ts';
import type { Edit } from './splice.ts';
import { webpXmpChunks, webpXmpEdits } from './webpMetadata.ts';

/** A file with its metadata, or why it was left as it is. */
export type WrittenMetadata =
  { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly refused: MetadataRefusal };

/**
 * Writes metadata into a picture without touching its pixels: chunks and segments are added, everything
 * else is kept to the byte. One XMP packet (ISO 16684-1; `iTXt` in PNG, APP1 in JPEG, `XMP ` in WebP) says
 * IPTC's digital source type, and at the level `full` what was asked for, in the namespace that `xmp.ts`
 * documents and where other tools look; PNG gets A1111's infotext, too, unless it has one. Writing twice
 * gives what writing once gave. Linear in the length, never rejects.
 */
export async function writeMetadata(bytes: Uint8Array, metadata: MetadataToWrite): Promise<WrittenMetadata> {
  const facts = inspectImage(bytes);
  if (!facts || facts.format === 'avif') return { refused: facts && hasC2pa(bytes) ? 'c2pa' : 'format' };
  if (hasC2pa(bytes)) return { refused: 'c2pa' };
  if (!facts.complete) return { refused: 'incomplete' };
  const packet = await mergedPacket(bytes, metadata);
  if (typeof packet === 'string') return { refused: packet };
  const edits = editors[facts.format](bytes, packet, metadata, facts);
  return typeof edits === 'string' ? { refused: edits } : { bytes: splice(bytes, edits) };
}

async function mergedPacket(
  bytes: Uint8Array,
  metadata: MetadataToWrite,
): Promise<Uint8Array | MetadataRefusal> {
  const { xmp } = piecesOf(bytes);
  const existing = xmp && (await textBytes(xmp));
  return xmp && !existing ? 'existingMetadata' : mergeXmp(existing, metadata);
}

type Editor = (
  bytes: Uint8Array,
  packet: Uint8Array,
  metadata: MetadataToWrite,
  facts: ImageFacts,
) => readonly Edit[] | MetadataRefusal;

const editors: Readonly<Record<'png' | 'jpeg' | 'webp', Editor>> = {
  png: editPng,
  jpeg: (bytes, packet) => {
    const [old, second] = jpegXmpSegments(bytes);
    if (second) return 'existingMetadata';
    return packet.length > jpegXmpLimit ? 'tooLarge' : [jpegXmpEdit(bytes, packet, old)];
  },
  webp: (bytes, packet, _, facts) => {
    const [old, second] = webpXmpChunks(bytes);
    return second ? 'existingMetadata' : webpXmpEdits(bytes, packet, old, facts);
  },
};

function editPng(
  bytes: Uint8Array,
  packet: Uint8Array,
  metadata: MetadataToWrite,
): readonly Edit[] | MetadataRefusal {
  const texts = pngTexts(bytes);
  const [xmp, second] = texts.filter(({ keyword }) => keyword === 'xmp');
  // Malformed text would be lost, and a second packet contradict the first.
  if (second || (xmp && !xmp.text)) return 'existingMetadata';
  return [pngTextEdit('xmp', packet, xmp), ...editInfotext(texts, metadata)];
}

/** Puts our infotext in place of an older one of ours; that of another program says more and stays. */
function editInfotext(texts: readonly PngText[], metadata: MetadataToWrite): readonly Edit[] {
  const existing = texts.filter(({ keyword }) => keyword === 'parameters');
  const own = existing.find(({ text }) => text && isOwnPiece(text));
  const infotext = metadata.level === 'full' ? writeInfotext(metadata.generation) : undefined;
  if (infotext !== undefined && (own ?? existing[0]) === own)
    return [pngTextEdit('parameters', new TextEncoder().encode(infotext), own)];
  return own ? [{ from: own.from, to: own.to, bytes: new Uint8Array(0) }] : [];
}

function isOwnPiece({ bytes, isCompressed }: TextPiece): boolean {
  return !isCompressed && isOwnInfotext(new TextDecoder().decode(bytes.subarray(-100)));
}
