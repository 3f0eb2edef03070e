import type * as vscode from 'vscode';
import type { ImageCall } from '../imageCall.ts';
import { type AskedPrompt, sentContext } from './askReferencePrompt.ts';
import type { MissingImage } from './missingImage.ts';

/**
 * The call that makes a missing image: in the size that the document says, in the format of the file that it names.
 * @param mayAsk whether the person is asked for another name where what came cannot be converted
 * @param avoided the files of what else is missing: another name is none of theirs
 */
export function missingCall(
  missing: MissingImage,
  asked: AskedPrompt,
  mayAsk: boolean,
  avoided: readonly vscode.Uri[],
): ImageCall {
  const { document, file, size, format } = missing;
  const outputFormat = format.can === 'write' ? format.format : 'png';
  return {
    args: { n: 1, insertLink: false, ...(size && { size }), ...(format.can !== 'keep' && { outputFormat }) },
    ...{ prompt: asked.words, context: sentContext(missing, asked), document, interactive: true },
    target: { uri: file, mayRename: format.can !== 'write' || (mayAsk && 'ask'), avoided },
  };
}

/** The name that the file will have, as far as that is known: one of another extension where its own cannot be written. */
export function nameToBe({ file, format }: MissingImage): string {
  const name = file.path.split('/').pop() ?? '';
  if (format.can !== 'rename') return name;
  const stem = format.extension === '' ? name : name.slice(0, -format.extension.length - 1);
  return `${stem}.png`;
}
