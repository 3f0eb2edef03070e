import { ImageGatewayError } from '../../failure.ts';
import { damagedPicture, encodeBase64 } from '../base64.ts';
import type { BlockDecoder } from './base64Run.ts';
import type { ByteSink } from './byteSink.ts';
import { type StoredPicture, withPictures } from './cutText.ts';
import type { Cutting } from './cutting.ts';
import { JsonCutter } from './jsonCutter.ts';

/** Bounds of what one event, or one JSON body, may hold, in bytes where nothing else is said. */
export interface IntakeLimits {
  /** Besides its pictures. A power of two. */
  readonly text: number;
  readonly picture: number;
  /** Number of pictures. */
  readonly pictures: number;
}

/** What the reader needs of its platform. */
export interface WirePorts {
  /** Where pictures go while they arrive. */
  readonly sink: ByteSink;
  readonly decodeBlock?: BlockDecoder | undefined;
}

export interface IntakeOptions extends WirePorts {
  readonly limits: IntakeLimits;
  /** As messages name it. */
  readonly gatewayName: string;
}

/** The text of one event, or of a whole body. */
export interface Taken {
  /** Marks stand where pictures were. */
  readonly text: string;
  /** The parsed text, pictures in their places. @throws SyntaxError */
  parse(): unknown;
  /** Forgets its pictures that nobody read. */
  discard(): Promise<void>;
}

/** Takes an answer's bytes in: text comes out event by event, pictures go to the sink while they arrive. */
export class Intake {
  private readonly options: IntakeOptions;
  /** Random, so that no gateway can write a mark of its own. */
  private readonly mark = `@${crypto.randomUUID()}@`;
  private readonly cutter: JsonCutter;
  private readonly kept = new Set<KeptPicture>();
  private waits: Promise<void>[] = [];

  constructor(options: IntakeOptions) {
    this.options = options;
    this.cutter = new JsonCutter(this.mark, {
      open: () => options.sink.open(),
      decodeBlock: options.decodeBlock,
      waitFor: (promise) => {
        // Thrown where it is waited for; until then nobody has to be told.
        promise.catch(() => undefined);
        this.waits.push(promise);
      },
      limits: options.limits,
      exceeded: (limit) => this.refuse(limit),
    });
  }

  /** Takes the next bytes. @throws malformedResponse for a limit that is passed */
  push(chunk: Uint8Array, start: number, end: number): void {
    this.cutter.push(chunk, start, end);
  }

  /**
   * What to wait for until the sink has taken what it was given; undefined where there is no need.
   * @returns a promise that rejects with what writing fails with
   */
  settle(): Promise<unknown> | undefined {
    return this.waits.length === 0 ? undefined : Promise.all(this.waits.splice(0));
  }

  /** Ends one text; the next begins. */
  finish(): Taken {
    const { text, pictures } = this.cutter.finish();
    const stored = pictures.map((one) => this.keep(one));
    return {
      text,
      parse: () => {
        const value: unknown = JSON.parse(text);
        return stored.length === 0 ? value : withPictures(value, this.mark, stored);
      },
      discard: () => this.forget(stored),
    };
  }

  /** Forgets pictures that nobody read: half ones, and base64 that was none of the answer's pictures. */
  async discard(): Promise<void> {
    for (const one of this.cutter.abandon()) this.keep(one);
    await this.forget([...this.kept]);
  }

  private async forget(pictures: readonly KeptPicture[]): Promise<void> {
    for (const one of pictures) this.kept.delete(one);
    await Promise.all(pictures.map((one) => one.discard()));
  }

  private keep(cutting: Cutting): KeptPicture {
    const picture = new KeptPicture(cutting, this.options.gatewayName);
    this.kept.add(picture);
    return picture;
  }

  private refuse(limit: keyof IntakeLimits): never {
    const { gatewayName, limits } = this.options;
    const mebibytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`;
    const what = {
      text: `more than ${mebibytes(limits.text)} of text at once`,
      picture: `an image of more than ${mebibytes(limits.picture)}`,
      pictures: `more than ${limits.pictures} images at once`,
    };
    throw new ImageGatewayError(
      'malformedResponse',
      `${gatewayName} sent ${what[limit]}; nothing after it was read. Ask for a smaller image or choose another model.`,
    );
  }
}

class KeptPicture implements StoredPicture {
  private readonly cutting: Cutting;
  private readonly gatewayName: string;
  private isRead = false;

  constructor(cutting: Cutting, gatewayName: string) {
    this.cutting = cutting;
    this.gatewayName = gatewayName;
  }

  async read(): Promise<Uint8Array> {
    const { writer, run } = this.cutting;
    if (run.isDamaged) {
      await this.discard();
      throw damagedPicture(this.gatewayName);
    }
    this.isRead = true;
    return writer.finish();
  }

  async readText(): Promise<string> {
    const { writer, run } = this.cutting;
    this.isRead = true;
    const bytes = await writer.finish();
    if (run.rest === '') return encodeBase64(bytes);
    return encodeBase64(bytes.subarray(0, bytes.length - (bytes.length % 3))) + run.rest;
  }

  async discard(): Promise<void> {
    if (this.isRead) return;
    this.isRead = true;
    await this.cutting.writer.discard();
  }
}
