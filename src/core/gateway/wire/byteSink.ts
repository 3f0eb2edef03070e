/** Takes one picture, piece by piece, while it arrives. */
export interface PictureWriter {
  /** Whether `write` copies a piece, so that its memory can be used again. */
  readonly copies?: boolean;
  /**
   * Takes the next piece; it belongs to the writer from then on, unless the writer copies.
   * @returns a promise to wait for before the next piece; undefined where there is no need
   */
  write(piece: Uint8Array): Promise<void> | undefined;
  /** The whole picture; the writer is done with it. @throws ImageGatewayError saveFailed */
  finish(): Promise<Uint8Array>;
  /** Forgets what came so far, for good. Never throws. */
  discard(): Promise<void>;
}

/** Where the bytes of pictures go while they arrive: a file on the Node host, memory in a browser. */
export interface ByteSink {
  open(): PictureWriter;
}

const nothing = new Uint8Array(0);

/** Keeps pictures in memory; how much of it the reader bounds. */
export const memorySink: ByteSink = {
  open() {
    let pieces: Uint8Array[] = [];
    return {
      write(piece) {
        pieces.push(piece);
        return undefined;
      },
      finish() {
        const whole = concat(pieces);
        pieces = [];
        return whole;
      },
      discard() {
        pieces = [];
        return Promise.resolve();
      },
    };
  },
};

/** Bytes that are copied in one go: more would keep the window waiting. */
const copiedAtOnce = 4 * 1024 * 1024;

async function concat(pieces: Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0));
  let [at, rest] = [0, copiedAtOnce];
  for (const [index, piece] of pieces.entries()) {
    if (piece.byteLength > rest) {
      await new Promise((resolve) => setTimeout(resolve));
      rest = copiedAtOnce;
    }
    whole.set(piece, at);
    at += piece.byteLength;
    rest -= piece.byteLength;
    pieces[index] = nothing;
  }
  return whole;
}
