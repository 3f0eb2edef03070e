import { invalidArguments, isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import type { Thumbnail } from '../../core/image/thumbnail.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { checkReferenceBounds, mostReferenceBytes } from '../../core/referenceBounds.ts';
import type { ReferenceImage } from '../../core/request.ts';
import { byteWords } from '../../protocol/byteWords.ts';
import type {
  FromReferencesMessage,
  PanelReference,
  PanelRole,
  PanelThumbnail,
  ReferencesStrings,
  ToReferencesMessage,
} from '../../protocol/references.ts';
import { tightBytes } from './tightBytes.ts';

/** A picture from somewhere: what it is gets told by its bytes. */
export interface FoundPicture {
  readonly bytes: Uint8Array;
  /** To be read. */
  readonly name: string;
}

/** Reads one picture. Rejects with an ImageGatewayError where it is refused. */
export type ReadPicture = () => Promise<FoundPicture>;

/** Where pictures come from whose bytes the page does not have. */
export interface ReferenceSources {
  /** Files that the person chooses now; none where the dialog was left. */
  readonly choose: () => Promise<readonly ReadPicture[]>;
  /** A file that the page wishes for; refused unless it is a picture inside the workspace. */
  readonly dropped: (uri: string) => ReadPicture;
}

export interface ReferenceTrayParts {
  readonly sources: ReferenceSources;
  /** Rejects where none can be made. */
  readonly makeThumbnail: (bytes: Uint8Array, signal: AbortSignal) => Promise<Thumbnail>;
  readonly post: (message: ToReferencesMessage) => void;
  readonly strings: () => ReferencesStrings;
  /** Told what nobody thought of. */
  readonly logError: (words: string, thrown: unknown) => void;
}

interface TrayItem {
  readonly id: string;
  readonly name: string;
  readonly role: PanelRole;
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
  readonly thumbnail?: PanelThumbnail;
}

/**
 * The reference pictures of the panel's next request. They live as long as the panel, hidden or not, and are not
 * written anywhere: with the panel, or the window, they are gone.
 */
export class ReferenceTray {
  private readonly parts: ReferenceTrayParts;
  private readonly ended = new AbortController();
  private items: readonly TrayItem[] = [];
  /** One after the other: pictures stand in the order in which they were given, whatever each took to be read. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ReferenceTrayParts) {
    this.parts = parts;
  }

  /** The pictures, in order, for a request. */
  pictures(): readonly ReferenceImage[] {
    return this.items.map(({ bytes, facts: { format }, role }) => ({
      ...{ bytes, format },
      ...(role !== 'none' && { role }),
    }));
  }

  /** Tells the page everything; it has just loaded. */
  postAll(): void {
    const thumbnails = this.items.flatMap(({ thumbnail }) => thumbnail ?? []);
    const { post, strings } = this.parts;
    post({ type: 'references', references: this.shown(), thumbnails, strings: strings() });
  }

  /**
   * Adds a picture that the host knows, or that came from the page: nothing but its bytes is believed.
   * @param name to be read
   * @throws invalidArguments for what is no whole picture, or too much
   */
  add(bytes: Uint8Array, name: string): void {
    const readable = outsideWords(name, [], 60) || unnamed;
    const refused = (why: string) => invalidArguments(`The reference image ${readable} is refused: ${why}.`);
    if (bytes.byteLength > mostReferenceBytes) throw refused('it is larger than 64 MiB');
    const facts = inspectImage(bytes);
    if (facts?.complete !== true) throw refused('it is no whole PNG, JPEG, WebP or AVIF image');
    checkReferenceBounds([...this.items, { bytes }]);
    const item: TrayItem = { id: crypto.randomUUID(), name: readable, role: 'none', bytes, facts };
    this.change([...this.items, item]);
    void this.addThumbnail(item);
  }

  /** Takes files of the workspace in the place of what is there. @param uris strings @returns whether all of them came */
  async replaceByFiles(uris: readonly string[]): Promise<boolean> {
    this.change([]);
    await this.take({ type: 'dropReferences', uris });
    return this.items.length === uris.length;
  }

  /** Does what the page asks for; what is refused is told there. */
  async take(message: FromReferencesMessage): Promise<void> {
    switch (message.type) {
      case 'chooseReferences':
        return this.inTurn(async () => this.addAll(await this.parts.sources.choose()));
      case 'addReference':
        return this.inTurn(() => this.add(message.bytes, message.name));
      case 'dropReferences':
        return this.inTurn(() => this.addAll(message.uris.map(this.parts.sources.dropped)));
      case 'setReferenceRole':
        this.change(
          this.items.map((one) => (one.id === message.referenceId ? { ...one, role: message.role } : one)),
        );
        return;
      case 'moveReference':
        this.move(message.referenceId, message.to === 'left' ? -1 : 1);
        return;
      case 'removeReference':
        this.change(this.items.filter(({ id }) => id !== message.referenceId));
        return;
    }
  }

  /** Gives the pictures back. */
  dispose(): void {
    this.ended.abort();
    this.items = [];
  }

  private inTurn(run: () => void | Promise<void>): Promise<void> {
    const mine = this.turn.then(async () => {
      if (this.ended.signal.aborted) return;
      try {
        await run();
      } catch (thrown) {
        this.refuse(thrown);
      }
    });
    this.turn = mine;
    return mine;
  }

  /** One that is refused does not keep the others out; the first refusal is told. */
  private async addAll(reads: readonly ReadPicture[]): Promise<void> {
    const refusals: unknown[] = [];
    for (const read of reads) {
      try {
        // Before anything is read: what does not fit is not looked at.
        checkReferenceBounds([...this.items, nothing]);
        const { bytes, name } = await read();
        this.add(bytes, name);
      } catch (thrown) {
        refusals.push(thrown);
      }
    }
    if (refusals.length > 0) this.refuse(refusals[0]);
  }

  private refuse(thrown: unknown): void {
    if (!isImageGatewayError(thrown)) {
      this.parts.logError('A reference image could not be taken.', thrown);
      this.parts.post({ type: 'referenceRefused', sentence: unexpected });
    } else if (thrown.code !== 'cancelled')
      this.parts.post({ type: 'referenceRefused', sentence: sentenceOf(thrown) });
  }

  private move(id: string, by: -1 | 1): void {
    const from = this.items.findIndex((one) => one.id === id);
    const item = this.items[from];
    const to = from + by;
    if (item === undefined || to < 0 || to >= this.items.length) return;
    this.change(this.items.toSpliced(from, 1).toSpliced(to, 0, item));
  }

  private change(items: readonly TrayItem[]): void {
    if (this.ended.signal.aborted) return;
    this.items = items;
    this.parts.post({ type: 'referencesChanged', references: this.shown() });
  }

  private shown(): readonly PanelReference[] {
    return this.items.map(({ id, name, role, facts, bytes }) => {
      const words = `${facts.width} × ${facts.height} · ${formatNames[facts.format]} · ${byteWords(bytes.byteLength)}`;
      return { id, name, role, facts: words };
    });
  }

  private async addThumbnail({ id, bytes }: TrayItem): Promise<void> {
    try {
      const made = await this.parts.makeThumbnail(bytes, this.ended.signal);
      const thumbnail = { referenceId: id, bytes: tightBytes(made.bytes), mediaType: made.mediaType };
      if (!this.items.some((one) => one.id === id)) return;
      this.items = this.items.map((one) => (one.id === id ? { ...one, thumbnail } : one));
      this.parts.post({ type: 'referenceThumbnail', thumbnail });
    } catch (thrown) {
      // What a gateway may still read goes along without a small picture of it.
      if (!this.ended.signal.aborted) this.parts.logError('A reference image has no thumbnail.', thrown);
    }
  }
}

const unnamed = 'image';
const nothing = { bytes: new Uint8Array() };

const formatNames = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' } as const;

const unexpected = 'The reference image could not be read; see the log.';
