import type { FinishedImage, Notice } from './events.ts';
import type { Finished } from './finishing.ts';
import { inspectImage } from './image/inspect.ts';
import type { MetadataRefusal, MetadataToWrite } from './image/metadata/imageMetadata.ts';
import { hasC2pa } from './image/metadata/pieces.ts';
import { writeMetadata } from './image/metadata/writeMetadata.ts';
import type { ImageRequest } from './request.ts';

/** What is written into files: the setting `output.metadata`. */
export type MetadataLevel = 'none' | 'source' | 'full';

/** Always short enough. */
const withoutParameters: MetadataToWrite = { level: 'source' };

/**
 * Writes into a finished picture how it was made, as much of it as is wanted; its pixels stay as they are. Where it cannot
 * be written the picture stays, with a notice.
 * @param gateway the gateway's id
 */
export async function describeImage(
  finished: Finished,
  level: MetadataLevel,
  request: ImageRequest,
  gateway: string,
): Promise<Finished> {
  const lost = lostCredentials(finished.image);
  const notices = [...finished.notices, ...lost];
  if (level === 'none') return { ...finished, notices };
  const { image } = finished;
  const full = level === 'full' ? await writeMetadata(image.bytes, metadataOf(request, gateway)) : undefined;
  const written =
    full === undefined || ('refused' in full && full.refused === 'tooLarge')
      ? await writeMetadata(image.bytes, withoutParameters)
      : full;
  if ('refused' in written) return { image, notices: [...notices, notWritten(reasons[written.refused])] };
  const facts = inspectImage(written.bytes) ?? image.facts;
  return {
    image: { ...image, bytes: written.bytes, facts },
    notices: written === full || level === 'source' ? notices : [...notices, notWritten(reasons.tooLarge)],
  };
}

function metadataOf(request: ImageRequest, gateway: string): MetadataToWrite {
  const { prompt, model, seed, size, quality, background, aspectRatio, n } = request;
  const parameters = { seed, size, quality, background, aspectRatio, n };
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
  return { level: 'full', generation: { ...given, prompt, model, gateway } };
}

/** Of a picture that was decoded and written again, nothing signed is left. */
function lostCredentials({ bytes, received }: FinishedImage): readonly Notice[] {
  if (bytes.buffer === received.bytes.buffer || !hasC2pa(received.bytes)) return [];
  return [
    {
      code: 'credentialsDropped',
      message:
        'The image came with Content Credentials (C2PA), which a changed image cannot keep; the original has them.',
    },
  ];
}

const reasons: Readonly<Record<MetadataRefusal, string>> = {
  c2pa: 'it carries Content Credentials (C2PA), which any change would break',
  format: 'its format holds none that is written here',
  incomplete: 'it is not whole',
  existingMetadata: 'what it holds already cannot be kept beside it',
  tooLarge: 'the prompt is too long for it, so only its origin was written',
};

function notWritten(why: string): Notice {
  return {
    code: 'metadataNotWritten',
    message: `How the image was made was not written into it as asked: ${why}.`,
  };
}
