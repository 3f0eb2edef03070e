import { CodecError } from './codecError.ts';

/** What one scan is made of. Tables: 0 and 1 for DC, 2 and 3 for AC; of each the first is brightness's. */
export interface ScanLayout {
  /** For each block of a minimum coded unit: 0 brightness, 1 colour. */
  readonly blocks: readonly (0 | 1)[];
  readonly units: number;
}

/** Called for each Huffman symbol with its table and the bits, `size` of them, that follow it. */
type Visit = (table: number, symbol: number, bits: number, size: number) => void;

/**
 * Goes through the symbols of a baseline scan without restarts (ITU-T T.81, F.2.2).
 * @param at where the scan's data begins
 * @param tables as `decodingTable` makes them
 * @throws CodecError `damaged`; the scan is an encoder's own, so it means a fault here
 */
export function readScan(
  bytes: Uint8Array,
  at: number,
  { blocks, units }: ScanLayout,
  tables: readonly Uint16Array[],
  visit: Visit,
): void {
  const bits = new BitReader(bytes, at);
  const next = (table: number): number => {
    const entry = tables[table]?.[bits.peek()] ?? 0;
    if (entry === 0) throw new CodecError('damaged', 'A scan has a code that its tables do not.');
    bits.skip(entry >> 8);
    return entry & 0xff;
  };
  for (let unit = 0; unit < units; unit++) {
    for (const block of blocks) {
      const dc = next(block);
      visit(block, dc, bits.take(dc), dc);
      for (let place = 1; place < 64;) {
        const symbol = next(block + 2);
        const size = symbol & 0xf;
        visit(block + 2, symbol, bits.take(size), size);
        if (symbol === 0) break;
        place += (symbol >> 4) + 1;
      }
    }
  }
}

class BitReader {
  private readonly bytes: Uint8Array;
  private at: number;
  private held = 0;
  private count = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next 16 bits; ones beyond the end. */
  peek(): number {
    while (this.count < 16) {
      const byte = this.bytes[this.at] ?? 0xff;
      const isMarker = byte === 0xff && this.bytes[this.at + 1] !== 0;
      this.held = ((this.held & 0xffff) << 8) | byte;
      this.count += 8;
      // A zero is stuffed in after each FF; a marker is not passed.
      if (!isMarker) this.at += byte === 0xff ? 2 : 1;
    }
    return (this.held >>> (this.count - 16)) & 0xffff;
  }

  skip(length: number): void {
    this.count -= length;
  }

  take(length: number): number {
    if (length === 0) return 0;
    const value = this.peek() >>> (16 - length);
    this.skip(length);
    return value;
  }
}

/** Writes codes into memory that grows. */
export class BitWriter {
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;
  private held = 0;
  private count = 0;

  /** @param expected bytes, about */
  constructor(expected: number) {
    this.bytes = new Uint8Array(expected + 1024);
  }

  /** At most 16 bits. */
  put(bits: number, length: number): void {
    this.held = ((this.held & 0xff) << length) | bits;
    this.count += length;
    while (this.count >= 8) {
      this.count -= 8;
      const byte = (this.held >>> this.count) & 0xff;
      this.append(byte);
      if (byte === 0xff) this.append(0);
    }
  }

  /** Fills the last byte with ones and writes a marker. */
  endWith(marker: number): void {
    if (this.count > 0) this.put((1 << (8 - this.count)) - 1, 8 - this.count);
    this.append(0xff);
    this.append(marker);
  }

  /** What was written: a view. */
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  private append(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(Math.ceil(this.length * 1.5));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
  }
}
