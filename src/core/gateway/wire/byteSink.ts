/** Takes one picture, piece by piece, while it arrives. */
export interface PictureWriter {
  /**
   * Takes the next piece; it belongs to the writer from then on.
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
        return Promise.resolve(whole);
      },
      discard() {
        pieces = [];
        return Promise.resolve();
      },
    };
  },
};

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
