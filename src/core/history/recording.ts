import type { Cost, GenerationEvent, Notice, ReceivedImage, SavedImage } from '../events.ts';
import { sha256Hex } from '../files/sha256.ts';
import type { ReceiptRow } from '../receipt.ts';
import type { NewHistoryEntry, NewPicture } from './entry.ts';
import type { History } from './history.ts';
import type { KeptAs, PicturePlace } from './historyParts.ts';

/** What is known of a generation before it is asked for; `tellParameters` tells the last two. */
export type RecordedRequest = Pick<NewHistoryEntry, 'prompt' | 'gateway' | 'parameters' | 'notTold'>;

interface RecordedPicture {
  readonly received: ReceivedImage;
  /** What a thumbnail is made of. */
  bytes: Uint8Array;
  saved?: SavedImage;
  isKept: boolean;
}

/** One generation on its way into the history. */
export class Recording {
  private readonly request: RecordedRequest;
  private readonly history: History;
  private readonly warn: (message: string) => void;
  private readonly pictures: RecordedPicture[] = [];
  private readonly notices: Notice[] = [];
  private model = '';
  private cost: Cost | undefined;
  private receipt: readonly ReceiptRow[] = [];
  private id: string | undefined;
  /** How many of the pictures the entry has. */
  private written = 0;

  /** @param warn is told what had to go for it */
  constructor(request: RecordedRequest, history: History, warn: (message: string) => void) {
    this.request = request;
    this.history = history;
    this.warn = warn;
  }

  /** Takes an event. @returns whether there is something to write now, or to close after it */
  take(event: GenerationEvent): 'nothing' | 'write' | 'end' {
    switch (event.type) {
      case 'started':
        this.model = event.model;
        return 'nothing';
      case 'notice':
        this.notices.push(event.notice);
        return 'nothing';
      case 'usage':
        this.cost = event.cost ?? this.cost;
        return 'nothing';
      case 'receipt':
        this.receipt = event.rows;
        return 'nothing';
      case 'image':
        this.pictures.push({ received: event.image, bytes: event.image.bytes, isKept: false });
        return 'write';
      case 'drafted': {
        // Its thumbnail shows it as it would be kept.
        const picture = this.pictures.find((one) => one.received === event.image.received);
        if (picture !== undefined) picture.bytes = event.image.bytes;
        return 'nothing';
      }
      case 'saved': {
        const { received, bytes } = event.image;
        const picture = this.pictures.find((one) => one.received === received) ?? this.pictures.at(-1);
        if (picture === undefined) return 'nothing';
        Object.assign(picture, { saved: event.saved, bytes });
        return 'write';
      }
      case 'finished':
      case 'failed':
      case 'cancelled':
        // Without a picture there is nothing to remember.
        return this.pictures.length === 0 ? 'nothing' : 'end';
      default:
        return 'nothing';
    }
  }

  /** Writes what is not written yet, of a write that failed, too. Rejects with what the file system says. */
  async write(): Promise<void> {
    const fresh = this.pictures.slice(this.written);
    if (fresh.length > 0) await this.add(fresh);
    for (const [index, picture] of this.pictures.slice(0, this.written).entries()) {
      if (picture.saved === undefined || picture.isKept || this.id === undefined) continue;
      await this.history.keep(this.id, index, keptAs(picture.saved));
      picture.isKept = true;
    }
  }

  /** Writes what is known in the end. Rejects with what the file system says. */
  async close(): Promise<void> {
    await this.write();
    if (this.id === undefined) return;
    const { receipt, cost, notices } = this;
    await this.history.amend(this.id, { receipt, notices, ...(cost && { cost }) });
  }

  /** The pictures that the history has, with the bytes that a thumbnail is made of; they are given away. */
  takePictures(): readonly { readonly place: PicturePlace; readonly bytes: Uint8Array }[] {
    const { id } = this;
    if (id === undefined) return [];
    const all = this.pictures.splice(0).slice(0, this.written);
    return all.map(({ bytes }, index) => ({ place: { id, index }, bytes }));
  }

  private async add(fresh: readonly RecordedPicture[]): Promise<void> {
    const saved = fresh.map((picture) => picture.saved);
    const pictures = await Promise.all(fresh.map(newPicture));
    if (this.id === undefined) this.id = await this.append(pictures);
    else await this.history.amend(this.id, { morePictures: pictures });
    this.written += fresh.length;
    for (const [index, picture] of fresh.entries()) picture.isKept = saved[index] !== undefined;
  }

  private async append(pictures: readonly NewPicture[]): Promise<string> {
    const { request, model, receipt, cost, notices } = this;
    const { entry, notice } = await this.history.append({
      ...request,
      ...{ model, receipt, notices, pictures },
      ...(cost && { cost }),
    });
    if (notice !== undefined) this.warn(notice.message);
    return entry.id;
  }
}

/** What the history notes of the file that a picture became. */
export function keptAs({ uri, sha256, mediaType, width, height }: SavedImage): Required<KeptAs> {
  return { saved: uri, sha256, mediaType, width, height };
}

async function newPicture({ received, saved }: RecordedPicture): Promise<NewPicture> {
  const { bytes, facts, originalId } = received;
  const { mediaType, width, height } = facts;
  return {
    ...(originalId !== undefined && { originalId }),
    ...(saved === undefined
      ? { state: 'draft', sha256: await sha256Hex(bytes), mediaType, width, height }
      : { state: 'kept', ...keptAs(saved) }),
  };
}
