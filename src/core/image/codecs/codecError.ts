/**
 * Why a picture was not decoded or encoded. `damaged`: cut off or not what its format allows; `tooLarge`: more
 * pixels, memory or time than is given; `animated`: more than one frame; `profile`: its colours cannot be
 * converted to sRGB; `unsupported`: no picture this project reads, or a kind of it that the codecs do not know.
 */
export type CodecReason = 'damaged' | 'tooLarge' | 'animated' | 'profile' | 'unsupported';

const codecReasons: readonly unknown[] = ['damaged', 'tooLarge', 'animated', 'profile', 'unsupported'];

/** The one failure of decoding and encoding. The message is a sentence for a person. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly reason: CodecReason;

  constructor(reason: CodecReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Tells a CodecError also where it comes from another bundle, which has a class of its own. */
export function isCodecError(error: unknown): error is CodecError {
  return (
    error instanceof Error &&
    error.name === 'CodecError' &&
    'reason' in error &&
    codecReasons.includes(error.reason)
  );
}
