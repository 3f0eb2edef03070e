import { Base64Run } from './base64Run.ts';
import type { CutJson, CutterPorts, Cutting } from './cutting.ts';
import { escapedCode } from './jsonEscape.ts';

/** Digits of base64 from which a run counts as a picture. A shorter one stays in the text. */
const leastDigits = 1024;
/** Members that hold words: in them only what follows `base64,` is a picture. */
const textMembers = new Set(
  'content text reasoning reasoning_content reasoning_text refusal message delta arguments title detail revised_prompt'.split(
    ' ',
  ),
);

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const space = 0x20;

const decoder = new TextDecoder();

/** A run that is being read. */
interface Run {
  readonly base64: Base64Run;
  /** Where its text begins, and its mark will stand. */
  readonly start: number;
  /** Set once it is a picture. */
  cutting: Cutting | undefined;
}

type State = 'outside' | 'string' | 'escape' | 'run' | 'runEscape';

/**
 * Copies JSON text as it arrives and cuts base64 out of its strings, decoded, before the text is whole. A run of base64
 * is looked for at the start of a string (unless its member holds words) and after every `base64,`. Escapes inside a
 * run, white space where it may stand, and both alphabets are taken. A mark stands where a picture was.
 *
 * The JSON itself (RFC 8259) is not checked here: only strings are told from what is outside them.
 */
export class JsonCutter {
  private readonly ports: CutterPorts;
  private readonly mark: string;
  private bytes = new Uint8Array(4096);
  private length = 0;
  private state: State = 'outside';
  private pictures: Cutting[] = [];
  /** Reads what may be a picture; most strings are none, so it is used again. */
  private probe: Base64Run | undefined;
  private run: Run | undefined;
  private escape: number[] = [];
  private nameStart = 0;
  private name = '';
  private isText = false;

  /** @param mark as `withPictures` takes it; nothing in it needs an escape in JSON */
  constructor(mark: string, ports: CutterPorts) {
    this.mark = mark;
    this.ports = ports;
  }

  /** Takes the next bytes of the text. */
  push(chunk: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.state === 'run') at = this.takeRun(chunk, at, end);
      else if (this.state === 'string') at = this.takeWords(chunk, at, end);
      if (at < end && this.state !== 'run') this.take(chunk[at++] ?? 0);
    }
  }

  /** Ends the text and returns it; the next begins. */
  finish(): CutJson {
    if (this.run !== undefined) this.endRun();
    const cut = { text: decoder.decode(this.bytes.subarray(0, this.length)), pictures: this.pictures };
    // One long text must not hold its memory to the end of the stream.
    if (this.bytes.length > 65_536) this.bytes = new Uint8Array(4096);
    this.length = 0;
    this.state = 'outside';
    this.pictures = [];
    this.name = '';
    return cut;
  }

  /** The pictures so far, of a text that will not be finished. */
  abandon(): readonly Cutting[] {
    return this.pictures;
  }

  private get isCutting(): boolean {
    return this.run?.cutting !== undefined;
  }

  private take(byte: number): void {
    this.append(byte);
    switch (this.state) {
      case 'outside':
        if (byte === quote) this.beginString();
        else if (byte === colon) this.name = this.lastString();
        break;
      case 'escape':
        this.state = 'string';
        break;
      case 'runEscape':
        this.takeEscape(byte);
        break;
      default:
        if (byte === quote) this.state = 'outside';
        else if (byte === backslash) this.state = 'escape';
        else if (byte === comma && this.endsWithBase64()) this.beginRun();
    }
  }

  /** Takes words up to what may change the state. */
  private takeWords(chunk: Uint8Array, start: number, end: number): number {
    let at = start;
    for (; at < end; at++) {
      const byte = chunk[at];
      if (byte === quote || byte === backslash || byte === comma) break;
      this.append(byte ?? 0);
    }
    return at;
  }

  private beginString(): void {
    this.nameStart = this.length;
    this.isText = textMembers.has(this.name);
    this.state = 'string';
    if (!this.isText) this.beginRun();
  }

  /** The string before a colon; a longer one is no name that is known here. */
  private lastString(): string {
    const name = this.bytes.subarray(this.nameStart, Math.min(this.length, this.nameStart + 40));
    const end = name.indexOf(quote);
    return end < 0 ? '' : String.fromCharCode(...name.subarray(0, end));
  }

  private endsWithBase64(): boolean {
    const tail = this.bytes.subarray(Math.max(0, this.length - 7), this.length - 1);
    return String.fromCharCode(...tail).toLowerCase() === 'base64';
  }

  private beginRun(): void {
    this.probe ??= new Base64Run((piece) => this.emit(piece), this.ports.decodeBlock);
    this.run = { base64: this.probe, start: this.length, cutting: undefined };
    this.state = 'run';
  }

  /** Takes digits as they follow each other, in one go once they are known to be a picture. */
  private takeRun(chunk: Uint8Array, start: number, end: number): number {
    const { run } = this;
    if (run === undefined) return start;
    const wasCutting = this.isCutting;
    const at =
      run.cutting === undefined
        ? this.probeDigits(run, chunk, start, end)
        : run.base64.take(chunk, start, end);
    // At the digit that made it a picture it goes on in the other way.
    if (at === end || this.isCutting !== wasCutting) return at;
    this.interrupt(chunk[at] ?? 0);
    return at + 1;
  }

  /** Takes digits that may yet turn out to be words, up to the one that makes them a picture. */
  private probeDigits({ base64 }: Run, chunk: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && base64.digits < leastDigits && base64.digit(chunk[at] ?? 0))
      this.append(chunk[at++] ?? 0);
    if (base64.digits >= leastDigits) this.commit();
    return at;
  }

  /** Something that is no digit: an escape or a space that belongs to the run, or its end. */
  private interrupt(byte: number): void {
    if (byte === backslash) {
      this.escape = [byte];
      if (this.run?.cutting === undefined) this.append(byte);
      this.state = 'runEscape';
    } else if (!(byte === space && this.run?.cutting !== undefined && !this.isText)) {
      this.endRun();
      this.state = 'string';
      this.take(byte);
    }
  }

  /** One byte of an escape inside a run, which `take` has appended. */
  private takeEscape(byte: number): void {
    const { run } = this;
    this.escape.push(byte);
    const code = escapedCode(this.escape);
    if (code === undefined) {
      if (run?.cutting !== undefined) this.length--;
      return;
    }
    const isSpace = (code === 0x0a || code === 0x0d || code === 0x09 || code === space) && !this.isText;
    if (run !== undefined && (isSpace || (code < 256 && run.base64.digit(code)))) {
      if (run.cutting !== undefined) this.length--;
      this.state = 'run';
      if (run.cutting === undefined && run.base64.digits >= leastDigits) this.commit();
      return;
    }
    // It ends the run and stays in the text as it is; of a picture's run it was not there yet.
    const wasCut = run?.cutting !== undefined;
    if (wasCut) this.length--;
    this.endRun();
    if (wasCut) for (const one of this.escape) this.append(one);
    this.state = 'string';
  }

  /** The run is a picture: its text goes, a mark and the decoded bytes come. */
  private commit(): void {
    const { run, ports } = this;
    if (run === undefined) return;
    if (this.pictures.length >= ports.limits.pictures) ports.exceeded('pictures');
    const cutting: Cutting = { writer: ports.open(), run: run.base64, byteLength: 0 };
    run.cutting = cutting;
    this.probe = undefined;
    this.length = run.start;
    for (const letter of `${this.mark}${this.pictures.length}${this.mark}`) this.append(letter.charCodeAt(0));
    this.pictures.push(cutting);
  }

  private endRun(): void {
    const { run } = this;
    // Its last bytes go to the picture, so the run must still be there.
    if (run?.cutting !== undefined) run.base64.end();
    else run?.base64.reset();
    this.run = undefined;
  }

  private emit(piece: Uint8Array): boolean {
    // A piece is larger than what a run must have to be a picture.
    const cutting = this.run?.cutting;
    if (cutting === undefined) return false;
    cutting.byteLength += piece.byteLength;
    if (cutting.byteLength > this.ports.limits.picture) this.ports.exceeded('picture');
    const written = cutting.writer.write(piece);
    if (written !== undefined) this.ports.waitFor(written);
    return cutting.writer.copies === true;
  }

  private append(byte: number): void {
    if (this.length === this.bytes.length) {
      if (this.length >= this.ports.limits.text) this.ports.exceeded('text');
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
  }
}
