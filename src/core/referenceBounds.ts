import { invalidArguments } from './failure.ts';

/** How many pictures go along with a request at most; also what `GenerateArgs.references` takes. */
export const mostReferences = 16;

/** The most bytes of one picture that is no file of the workspace: what a gateway may send is what may go back. */
export const mostReferenceBytes = 64 * 1024 * 1024;

/** The most bytes of all of them: as base64, in one body, they are a third more, several times in memory. */
export const mostReferenceBytesTogether = 128 * 1024 * 1024;

/**
 * Makes sure that pictures are not too many and not too much together.
 * @throws invalidArguments telling both, what there is and what may be
 */
export function checkReferenceBounds(pictures: readonly { readonly bytes: Uint8Array }[]): void {
  if (pictures.length > mostReferences)
    throw invalidArguments(
      `${pictures.length} reference images are too many; at most ${mostReferences} go along.`,
    );
  const together = pictures.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (together > mostReferenceBytesTogether)
    throw invalidArguments(
      `The reference images are ${mebibytes(together)} MiB together; at most ${mebibytes(mostReferenceBytesTogether)} MiB go along.`,
    );
}

function mebibytes(byteLength: number): number {
  return Math.ceil(byteLength / 1024 / 1024);
}
