import { uint16BE, uint8 } from '../readBytes.ts';
import { CodecError } from './codecError.ts';
import { decodingTable, encodingTable, optimalTable } from './huffman.ts';
import type { HuffmanTable } from './huffman.ts';
import { joinBytes } from './inflate.ts';
import { BitWriter, readScan } from './jpegScan.ts';
import type { ScanLayout } from './jpegScan.ts';

const [SOF0, DHT, SOI, EOI, SOS, DQT, DRI, RST0, APP0] = [
  0xc0, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xd0, 0xe0,
];

/** A strip's file taken apart. */
interface Strip {
  readonly bytes: Uint8Array;
  readonly segments: ReadonlyMap<number, Uint8Array>;
  readonly tables: readonly Uint16Array[];
  readonly layout: ScanLayout;
  /** Where the scan's data begins. */
  readonly data: number;
}

/**
 * Makes one baseline JPEG of strips of it that were encoded apart: the same coefficients, under Huffman tables that
 * fit all of them, with a restart marker between two strips (ITU-T T.81, E.1.4), where prediction begins anew as it
 * does at the beginning of a file.
 * @param files from the top; all but the last of the same height, a whole number of minimum coded units
 * @param height of the whole, in pixels
 * @throws CodecError `damaged` where the strips are not what one encoder with one quality writes
 */
export async function joinJpegs(
  files: readonly Uint8Array[],
  height: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const frequencies = Array.from({ length: 4 }, () => new Float64Array(256));
  for (const file of files) {
    const strip = takeApart(file);
    readScan(file, strip.data, strip.layout, strip.tables, (table, symbol) => {
      const counts = frequencies[table];
      if (counts) counts[symbol] = (counts[symbol] ?? 0) + 1;
    });
  }
  const tables = frequencies.map((counts) => optimalTable(counts));
  const codes = tables.map((table) => encodingTable(table));
  const writer = new BitWriter(files.reduce((sum, file) => sum + file.length, 0));
  const first = takeApart(files[0] ?? new Uint8Array());
  files.forEach((file, index) => {
    const strip = takeApart(file);
    checkAlike(strip, first);
    readScan(file, strip.data, strip.layout, strip.tables, (table, symbol, bits, size) => {
      const code = codes[table]?.[symbol] ?? 0;
      writer.put(code & 0xffff, code >>> 16);
      if (size > 0) writer.put(bits, size);
    });
    writer.endWith(index === files.length - 1 ? EOI : RST0 + (index & 7));
  });
  return joinBytes([headOf(first, tables, height), writer.written()]);
}

function takeApart(bytes: Uint8Array): Strip {
  const segments = new Map<number, Uint8Array>();
  const huffman = new Map<number, HuffmanTable>();
  let at = 2;
  for (; uint8(bytes, at) === 0xff && !segments.has(SOS);) {
    const marker = uint8(bytes, at + 1);
    const body = bytes.subarray(at + 4, at + 2 + uint16BE(bytes, at + 2));
    if (marker === DHT) readTables(body, huffman);
    // Quantisation tables may stand in one segment or in several.
    const known = marker === DQT ? segments.get(marker) : undefined;
    segments.set(marker, known ? Uint8Array.from([...known, ...body]) : body);
    at += 2 + uint16BE(bytes, at + 2);
  }
  const tables = [0x00, 0x01, 0x10, 0x11].map((id) => huffman.get(id));
  if (!segments.has(SOF0) || !segments.has(SOS) || tables.includes(undefined)) throw unlike();
  return {
    ...{ bytes, segments, data: at },
    tables: tables.map((table) =>
      decodingTable(table ?? { counts: new Uint8Array(), symbols: new Uint8Array() }),
    ),
    layout: layoutOf(segments.get(SOF0) ?? new Uint8Array()),
  };
}

function readTables(body: Uint8Array, tables: Map<number, HuffmanTable>): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    tables.set(uint8(body, at), { counts, symbols: body.subarray(at + 17, end) });
    at = end;
  }
}

/** Three components, interleaved: the first with table 0, the others with table 1. */
function layoutOf(frame: Uint8Array): ScanLayout {
  const factors = [0, 1, 2].map((index) => uint8(frame, 7 + index * 3));
  const widest = Math.max(...factors.map((factor) => factor >> 4));
  const highest = Math.max(...factors.map((factor) => factor & 0xf));
  const blocks = factors.flatMap((factor, index) =>
    new Array<0 | 1>((factor >> 4) * (factor & 0xf)).fill(index === 0 ? 0 : 1),
  );
  const across = Math.ceil(uint16BE(frame, 3) / (8 * widest));
  return { blocks, units: across * Math.ceil(uint16BE(frame, 1) / (8 * highest)) };
}

/** Everything but the heights and the Huffman tables must be the same. */
function checkAlike({ segments }: Strip, first: Strip): void {
  const isSame = [DQT, SOS, SOF0].every((marker) => {
    const [one, other] = [segments.get(marker), first.segments.get(marker)];
    const from = marker === SOF0 ? 3 : 0;
    return (
      one?.length === other?.length && one?.every((value, index) => index < from || value === other?.[index])
    );
  });
  if (!isSame) throw unlike();
}

function headOf(
  { segments, layout }: Strip,
  tables: readonly HuffmanTable[],
  height: number,
): Uint8Array<ArrayBuffer> {
  const frame = Uint8Array.from(segments.get(SOF0) ?? []);
  frame.set([height >> 8, height & 0xff], 1);
  const huffman = tables.flatMap(({ counts, symbols }, index) => [
    ((index >> 1) << 4) | (index & 1),
    ...counts,
    ...symbols,
  ]);
  return Uint8Array.from([
    ...[0xff, SOI],
    ...segment(APP0, segments.get(APP0) ?? []),
    ...segment(DQT, segments.get(DQT) ?? []),
    ...segment(SOF0, frame),
    ...segment(DHT, huffman),
    ...segment(DRI, [layout.units >> 8, layout.units & 0xff]),
    ...segment(SOS, segments.get(SOS) ?? []),
  ]);
}

function segment(marker: number, body: Iterable<number>): readonly number[] {
  const bytes = [...body];
  return [0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes];
}

function unlike(): CodecError {
  return new CodecError('damaged', 'The JPEG encoder wrote strips that do not fit together.');
}
