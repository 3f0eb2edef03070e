import type { FinishedImage } from '../../core/events.ts';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { formatOfName } from '../../core/image/fileFormat.ts';
import { pixelWords } from '../../core/imageWords.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { OutputFormat } from '../../core/request.ts';
import type { EditedPicture, EditStep } from './editTrack.ts';

/** The format in which an edit is written, so that it can take the picture's place. */
export function formatFor({ file, image }: EditedPicture): OutputFormat {
  return (file && formatOfFile(file.name)) ?? writable(image.facts.format);
}

/** @throws invalidArguments for a file that no edit could take the place of */
export function checkEditable({ file }: EditedPicture): void {
  if (file === undefined || formatOfFile(file.name) !== undefined) return;
  throw invalidArguments(
    `${outsideWords(file.name, [], 80)} cannot be edited: only PNG, JPEG and WebP can be written in its place.`,
  );
}

/** What a file's name says that it is, if that can be written. */
function formatOfFile(name: string): OutputFormat | undefined {
  const format = formatOfName(name);
  return format === 'avif' ? undefined : format;
}

/** @throws saveFailed where the picture is not one that may take the file's place */
export function checkPlace({ file, image }: EditedPicture, { image: next, isSpoilt }: EditStep): void {
  if (file === undefined) return;
  const name = outsideWords(file.name, [], 80);
  if (isSpoilt)
    throw new ImageGatewayError(
      'saveFailed',
      `${name} was not replaced: what was not marked could not be put back.`,
    );
  const [was, is] = [image.facts, next.facts];
  if (was.width === is.width && was.height === is.height) return;
  throw new ImageGatewayError(
    'saveFailed',
    `${name} was not replaced: it has ${pixelWords(was)} pixels, and what came ${pixelWords(is)}.`,
  );
}

/** AVIF is read, and not written. */
function writable(format: FinishedImage['facts']['format']): OutputFormat {
  return format === 'avif' ? 'png' : format;
}
