import type { GenerationEvent, SavedImage } from '../events.ts';
import type { PixelEngine } from '../image/pixelTask.ts';
import { makeThumbnail } from '../image/thumbnail.ts';
import { queue } from '../queue.ts';
import type { History } from './history.ts';
import { keptAs, Recording, type RecordedRequest } from './recording.ts';

export interface HistoryRecorderParts {
  readonly history: History;
  /** Makes the thumbnails. */
  readonly engine: PixelEngine;
  /** Told what could not be written: a failing disk never fails a generation. */
  readonly log: {
    warn(message: string): void;
    error(message: string, cause?: unknown): void;
  };
}

/**
 * Writes the generations of a workspace into its history while they happen: an entry once the first picture is there,
 * so that a window that is killed loses nothing. Nobody waits for it.
 */
export class HistoryRecorder {
  private readonly parts: HistoryRecorderParts;
  /** One after the other, in the order of the events. */
  private readonly inTurn = queue();
  private readonly drawing = queue();
  private readonly ending = new AbortController();

  constructor(parts: HistoryRecorderParts) {
    this.parts = parts;
  }

  /** Follows one generation. @returns takes its events, in their order, and keeps nobody waiting */
  follow(request: RecordedRequest): (event: GenerationEvent) => void {
    const { history, log } = this.parts;
    const recording = new Recording(request, history, (message) => log.warn(message));
    return (event) => {
      const step = recording.take(event);
      if (step === 'write') void this.write(() => recording.write());
      else if (step === 'end') this.finish(recording);
    };
  }

  /** Notes that a draft was made a file. @param originalId of its bytes as they came */
  keep(originalId: string, saved: SavedImage): Promise<void> {
    return this.write(async () => {
      const place = await this.parts.history.placeOf(originalId);
      if (place !== undefined) await this.parts.history.keep(place.id, place.index, keptAs(saved));
    });
  }

  /** Notes that a draft is not wanted, or is after all. @param originalId of its bytes as they came */
  discard(originalId: string, isDiscarded = true): Promise<void> {
    return this.write(async () => {
      const place = await this.parts.history.placeOf(originalId);
      if (place !== undefined) await this.parts.history.discard(place.id, place.index, isDiscarded);
    });
  }

  /** Resolves once everything is written that was told until now, its thumbnails, too. */
  async idle(): Promise<void> {
    await this.inTurn(() => Promise.resolve());
    await this.drawing(() => Promise.resolve());
  }

  dispose(): void {
    this.ending.abort();
  }

  /** After the request and one picture after the other, so that they hold up neither this request nor the next. */
  private finish(recording: Recording): void {
    const closed = this.write(() => recording.close());
    void this.drawing(async () => {
      await closed;
      for (const { place, bytes } of recording.takePictures()) await this.draw(place, bytes);
    });
  }

  private async draw(place: { readonly id: string; readonly index: number }, bytes: Uint8Array) {
    const { signal } = this.ending;
    try {
      signal.throwIfAborted();
      const thumbnail = await makeThumbnail(bytes, this.parts.engine, signal);
      await this.write(() => this.parts.history.setThumbnail(place.id, place.index, thumbnail));
    } catch (thrown) {
      if (!signal.aborted) this.parts.log.error('A thumbnail could not be made.', thrown);
    }
  }

  private async write(task: () => Promise<unknown>): Promise<void> {
    try {
      await this.inTurn(task);
    } catch (thrown) {
      this.parts.log.error('The history could not be written.', thrown);
    }
  }
}
