/** What a framer hands on: the bytes of an event's data as they come, and its end. */
export interface FramerPorts {
  readonly data: (chunk: Uint8Array, start: number, end: number) => void;
  /** @param event the event's name; undefined where it has none */
  readonly dispatch: (event: string | undefined) => void;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const colon = 0x3a;
const space = 0x20;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const newLine = new Uint8Array([lineFeed]);
/** The longest names of fields, and of events, that are looked at. */
const longestName = 64;

type State = 'name' | 'space' | 'value';

/**
 * Frames a stream of server-sent events (WHATWG HTML, "Server-sent events", 9.2.6) over bytes: lines end with LF, CR or
 * CRLF, wherever chunks are cut; comments and unknown fields are passed over; the lines of one event's data are joined
 * by LF. Every byte is looked at once, and nothing is kept but names.
 */
export class EventFramer {
  private readonly ports: FramerPorts;
  private state: State = 'name';
  private name = '';
  private event = '';
  private hasData = false;
  private skipsLineFeed = false;
  private markAt = 0;

  constructor(ports: FramerPorts) {
    this.ports = ports;
  }

  /** Whether data came for which no blank line has come yet. */
  get isInEvent(): boolean {
    return this.hasData;
  }

  /** Takes the next bytes of the stream. */
  push(chunk: Uint8Array): void {
    // Looked for again only when passed: many lines in one chunk must not each read it to its end.
    let [feed, carriage] = [-1, -1];
    let at = this.skipMark(chunk);
    if (this.skipsLineFeed && at < chunk.length) {
      if (chunk[at] === lineFeed) at++;
      this.skipsLineFeed = false;
    }
    while (at < chunk.length) {
      if (feed < at) feed = indexOf(chunk, lineFeed, at);
      if (carriage < at) carriage = indexOf(chunk, carriageReturn, at);
      const end = Math.min(feed, carriage, chunk.length);
      this.takeLine(chunk, at, end);
      if (end === chunk.length) return;
      this.endLine();
      at = end + 1;
      if (end !== carriage) continue;
      if (at === chunk.length) this.skipsLineFeed = true;
      else if (chunk[at] === lineFeed) at++;
    }
  }

  /** The stream has ended: what came without its last blank line counts. */
  end(): void {
    if (this.state !== 'name' || this.name !== '') this.endLine();
    if (this.hasData) this.endEvent();
  }

  private skipMark(chunk: Uint8Array): number {
    let at = 0;
    while (this.markAt < 3 && at < chunk.length) {
      if (chunk[at] !== byteOrderMark[this.markAt]) {
        this.markAt = 3;
        break;
      }
      this.markAt++;
      at++;
    }
    return at;
  }

  private takeLine(chunk: Uint8Array, start: number, end: number): void {
    let at = start;
    for (; this.state === 'name' && at < end; at++) {
      if (chunk[at] === colon) this.beginValue();
      else if (this.name.length < longestName) this.name += String.fromCharCode(chunk[at] ?? 0);
    }
    if (at === end) return;
    if (this.state === 'space') {
      this.state = 'value';
      if (chunk[at] === space) at++;
    }
    if (this.name === 'data') this.ports.data(chunk, at, end);
    else if (this.name === 'event' && this.event.length < longestName)
      this.event += String.fromCharCode(...chunk.subarray(at, Math.min(end, at + longestName)));
  }

  private beginValue(): void {
    this.state = 'space';
    if (this.name === 'event') this.event = '';
    if (this.name !== 'data') return;
    if (this.hasData) this.ports.data(newLine, 0, 1);
    this.hasData = true;
  }

  private endLine(): void {
    const isBlank = this.state === 'name' && this.name === '';
    // A name without a colon is a field without a value.
    if (!isBlank && this.state === 'name') this.beginValue();
    this.state = 'name';
    this.name = '';
    if (isBlank) this.endEvent();
  }

  private endEvent(): void {
    if (this.hasData) this.ports.dispatch(this.event === '' ? undefined : this.event);
    this.event = '';
    this.hasData = false;
  }
}

function indexOf(chunk: Uint8Array, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from);
  return at < 0 ? chunk.length : at;
}
