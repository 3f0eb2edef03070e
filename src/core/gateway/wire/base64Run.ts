/**
 * Decodes a run of base64 (RFC 4648, both alphabets) as it arrives, in bytes of ASCII. Written for speed: one table
 * look-up and one OR a character, four characters at a time; neither `atob` nor Node's Buffer decodes in pieces.
 */

/** Not a digit: any bit above the 24 that four digits have. */
const foreign = 1 << 24;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function table(shift: number): Int32Array {
  const values = new Int32Array(256).fill(foreign);
  for (let digit = 0; digit < 64; digit++) values[alphabet.charCodeAt(digit)] = digit << shift;
  values[0x2d] = 62 << shift;
  values[0x5f] = 63 << shift;
  return values;
}

const first = table(18);
const second = table(12);
const third = table(6);
const fourth = table(0);

const equals = 0x3d;
/** Decoded bytes of one piece. A multiple of three. */
const pieceBytes = 3 * 16 * 1024;

/**
 * Decodes a block of base64 at once, faster than script can.
 * @param ascii a multiple of four bytes
 * @param target takes the bytes, a quarter fewer, from `at` on; it has the room
 * @returns how many bytes it wrote; fewer where the block is not of digits alone
 */
export type BlockDecoder = (ascii: Uint8Array, target: Uint8Array, at: number) => number;

/** Takes decoded bytes. @returns whether it has copied them: then their memory is filled again */
export type PieceTaker = (piece: Uint8Array) => boolean;

/** Blocks from here on are worth a decoder of the platform's. */
const leastBlock = 4096;
/** So many blocks in which digits did not stand alone: an escape or a line break comes again and again. */
const mostMisses = 4;

/** One run: digits in, pieces of decoded bytes out. */
export class Base64Run {
  /** Digits so far. */
  digits = 0;
  private hasDigitsAfterPadding = false;
  private readonly emit: PieceTaker;
  private readonly decodeBlock: BlockDecoder | undefined;
  private misses = 0;
  private piece = new Uint8Array(0);
  private length = 0;
  private bits = 0;
  private isPadded = false;

  /**
   * @param emit takes each full piece
   * @param decodeBlock the platform's own decoder, where it has one
   */
  constructor(emit: PieceTaker, decodeBlock?: BlockDecoder) {
    this.emit = emit;
    this.decodeBlock = decodeBlock;
  }

  /**
   * Takes as many digits as follow each other.
   * @returns the index of the first byte that is no digit, or `end`
   */
  take(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end) {
      if (this.digits % 4 === 0 && !this.isPadded)
        at = this.takeQuads(bytes, this.takeBlock(bytes, at, end), end);
      if (at === end || !this.digit(bytes[at] ?? 0)) return at;
      at++;
    }
    return at;
  }

  /** Whether it holds what base64 cannot: digits after padding, a single digit left over. */
  get isDamaged(): boolean {
    return this.hasDigitsAfterPadding || this.digits % 4 === 1;
  }

  /** The digits of the last four that are not whole; none where padding followed them. */
  get rest(): string {
    const count = this.isPadded ? 0 : this.digits % 4;
    const digit = (index: number) => alphabet[(this.bits >> (6 * (count - 1 - index))) & 63] ?? '';
    return Array.from({ length: count }, (_, index) => digit(index)).join('');
  }

  /** Begins anew, as if nothing had come; the memory is kept. */
  reset(): void {
    this.digits = 0;
    this.length = 0;
    this.bits = 0;
    this.hasDigitsAfterPadding = false;
    this.isPadded = false;
  }

  /** Takes one digit or padding. @returns false for anything else, which is not taken */
  digit(code: number): boolean {
    const value = fourth[code] ?? foreign;
    if (code === equals) {
      this.isPadded = true;
      return true;
    }
    if (value === foreign) return false;
    if (this.isPadded) this.hasDigitsAfterPadding = true;
    this.bits = ((this.bits & 0x3ffff) << 6) | value;
    if (++this.digits % 4 === 0) this.put(this.bits, 3);
    return true;
  }

  /** Ends the run: what is left of the last four digits, and of the last piece, goes out. */
  end(): void {
    const left = this.digits % 4;
    if (left === 2) this.put(this.bits << 12, 1);
    if (left === 3) this.put(this.bits << 6, 2);
    if (this.length > 0) this.emit(this.piece.subarray(0, this.length));
    this.length = 0;
  }

  private takeBlock(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (this.decodeBlock !== undefined && end - at >= leastBlock && this.misses < mostMisses) {
      if (this.piece.length - this.length < leastBlock) this.flush();
      const room = Math.floor((this.piece.length - this.length) / 3);
      const quads = Math.min(room, (end - at) >> 2);
      const block = bytes.subarray(at, at + 4 * quads);
      if (this.decodeBlock(block, this.piece, this.length) !== 3 * quads) {
        this.misses++;
        break;
      }
      this.length += 3 * quads;
      this.digits += 4 * quads;
      at += 4 * quads;
    }
    return at;
  }

  private takeQuads(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    for (;;) {
      if (this.length + 3 > this.piece.length) this.flush();
      const { piece } = this;
      const last = Math.min(end - 4, at + Math.floor((piece.length - this.length) / 3) * 4 - 4);
      let out = this.length;
      const begun = at;
      for (; at <= last; at += 4) {
        const value =
          (first[bytes[at] ?? 0] ?? foreign) |
          (second[bytes[at + 1] ?? 0] ?? foreign) |
          (third[bytes[at + 2] ?? 0] ?? foreign) |
          (fourth[bytes[at + 3] ?? 0] ?? foreign);
        if (value >= foreign) break;
        piece[out] = value >> 16;
        piece[out + 1] = value >> 8;
        piece[out + 2] = value;
        out += 3;
      }
      this.length = out;
      this.digits += at - begun;
      // Full: on with a new piece. Else the end, or a character that is no digit, is near.
      if (this.length + 3 <= piece.length || at + 4 > end) return at;
    }
  }

  private put(bits: number, count: number): void {
    if (this.length + 3 > this.piece.length) this.flush();
    for (let byte = 0; byte < count; byte++) this.piece[this.length++] = bits >> (16 - 8 * byte);
  }

  private flush(): void {
    const isCopied = this.length > 0 && this.emit(this.piece.subarray(0, this.length));
    if (!isCopied) this.piece = new Uint8Array(pieceBytes);
    this.length = 0;
  }
}
