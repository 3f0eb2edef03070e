import type { HistoryEntry } from '../../core/history/entry.ts';
import type { History } from '../../core/history/history.ts';
import type { PicturePlace } from '../../core/history/historyParts.ts';
import type { HistoryParameters } from '../../core/history/parameters.ts';
import { thumbnailType } from '../../core/history/thumbnails.ts';
import { altText } from '../../core/document/markdownLink.ts';
import type {
  EntryAction,
  FromHistory,
  HistoryStrings,
  SavedAction,
  ToHistory,
} from '../../protocol/history.ts';
import type { Log } from '../log.ts';
import type { Remembered } from '../memory.ts';
import { detailsOf } from './historyDetails.ts';
import { isMasked, pictureIdOf, type RowContext, rowOf } from './historyRows.ts';
import type { HistoryWords } from './historyWords.ts';
import { tightBytes } from './tightBytes.ts';

/** The file that a picture became, and what a link to it says. */
export interface SavedPicture {
  readonly uri: string;
  readonly alt: string;
}

/** What is done with such files. */
export interface HistoryFiles {
  readonly exists: (uri: string) => Promise<boolean>;
  readonly run: (action: Exclude<SavedAction, 'keep'>, picture: SavedPicture) => Promise<void>;
}

/** What fills the form; with prompt, gateway and model the parameters are the arguments of the generation again. */
export interface LoadedSettings {
  readonly prompt: string;
  readonly gateway: string;
  readonly model: string;
  readonly parameters: HistoryParameters;
  /** Names of what was given besides, and is not kept. */
  readonly notTold: readonly string[];
}

export interface HistoryDeskParts {
  readonly history: History;
  readonly files: HistoryFiles;
  readonly strings: () => HistoryStrings;
  readonly words: () => HistoryWords;
  /** Whether the list is shown. */
  readonly shown: Remembered<boolean>;
  readonly log: Pick<Log, 'error'>;
}

/** The page, and the form on it. */
export interface HistoryPagePort {
  readonly post: (message: ToHistory) => void;
  /** Fills the form. @param isAgain the person wants the same once more, now */
  readonly load: (settings: LoadedSettings, isAgain: boolean) => void;
  /** Makes a file of a draft; absent where that is not done from the list. @param index of the picture */
  readonly keepDraft?: (entry: HistoryEntry, index: number) => Promise<void>;
}

/** Changes that come together are told once. Milliseconds. */
const togetherMs = 150;
/** The models that can be chosen from. */
const mostModels = 100;

/** The host's end of the list: it answers the page, which knows entries and pictures by ids that were issued here. */
export class HistoryDesk {
  private readonly parts: HistoryDeskParts;
  private readonly page: HistoryPagePort;
  private readonly entries = new Set<string>();
  private readonly pictures = new Map<string, PicturePlace>();
  /** Entries that are removed for good when their time is over. */
  private readonly removing = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly undoMs: number;
  private words: HistoryWords | undefined;
  private readonly stopListening: () => void;
  private telling: ReturnType<typeof setTimeout> | undefined;

  /** @param undoMs for how long a removal can be taken back */
  constructor(parts: HistoryDeskParts, page: HistoryPagePort, undoMs = 10_000) {
    this.parts = parts;
    this.page = page;
    this.undoMs = undoMs;
    this.stopListening = parts.history.onDidChange(() => {
      this.telling ??= setTimeout(() => {
        this.telling = undefined;
        page.post({ type: 'changed' });
      }, togetherMs);
    });
  }

  /** The page is there, for the first time or again. */
  begin(): void {
    this.page.post({ type: 'begin', strings: this.parts.strings(), isShown: this.parts.shown.get() });
  }

  /** Reads what other windows did; the page is told where something has changed. */
  async refresh(): Promise<void> {
    if (!this.parts.shown.get()) return;
    await this.parts.history
      .refresh()
      .catch((thrown: unknown) => this.parts.log.error('The history could not be read.', thrown));
  }

  async handle(message: FromHistory): Promise<void> {
    switch (message.type) {
      case 'show':
        await this.parts.shown.set(message.isShown);
        return;
      case 'list':
        return this.list(message);
      case 'thumbnails':
        return this.sendThumbnails(message.pictureIds);
      case 'details': {
        const entry = await this.find(message.entryId);
        if (entry === undefined) return;
        this.issue(entry);
        this.page.post({ type: 'details', details: detailsOf(entry, this.context()) });
        return;
      }
      case 'entryAction': {
        const entry = await this.find(message.entryId);
        if (entry !== undefined) this.act(message.action, entry);
        return;
      }
      case 'pictureAction':
        return this.actOnPicture(message.action, message.pictureId);
    }
  }

  /** What was removed is removed: nothing can take it back any more. */
  dispose(): void {
    this.stopListening();
    clearTimeout(this.telling);
    const ids = [...this.removing.keys()];
    for (const timer of this.removing.values()) clearTimeout(timer);
    this.removing.clear();
    if (ids.length > 0) void this.removeForGood(ids);
  }

  private async list({ turn, filter, after, count }: Extract<FromHistory, { type: 'list' }>): Promise<void> {
    const { history, log } = this.parts;
    if (after !== undefined && !this.entries.has(after)) return;
    const { words, isKeptOnly, model } = filter;
    try {
      const found = await history.page({
        words,
        limit: count,
        ...(isKeptOnly && { isKept: true }),
        ...(model !== '' && { model }),
        ...(after !== undefined && { after }),
      });
      const models = after === undefined ? (await history.models()).slice(0, mostModels) : undefined;
      const context = this.context();
      for (const entry of found.entries) this.issue(entry);
      const rows = found.entries.map((entry) => rowOf(entry, context));
      const { total, next } = found;
      this.page.post({
        ...{ type: 'list', turn, rows, total },
        ...(next !== undefined && { next }),
        ...(models && { models }),
      });
    } catch (thrown) {
      log.error('The history could not be read.', thrown);
      this.page.post({ type: 'listFailed', turn });
    }
  }

  private async sendThumbnails(pictureIds: readonly string[]): Promise<void> {
    const { history, files } = this.parts;
    const found = await Promise.all(
      pictureIds.map(async (pictureId) => {
        const picture = await this.findPicture(pictureId);
        const bytes = picture?.thumbnail && (await history.thumbnail(picture.thumbnail));
        const mediaType = thumbnailType(picture?.thumbnail?.id ?? '');
        const thumbnail = { pictureId, mediaType, ...(bytes && { bytes: tightBytes(bytes) }) };
        return { thumbnail, saved: picture?.saved };
      }),
    );
    this.page.post({ type: 'thumbnails', thumbnails: found.map(({ thumbnail }) => thumbnail) });
    // Afterwards, because a file can lie on another machine.
    const gone = await Promise.all(
      found.map(async ({ thumbnail, saved }) =>
        saved === undefined || (await files.exists(saved)) ? [] : [thumbnail.pictureId],
      ),
    );
    if (gone.flat().length > 0) this.page.post({ type: 'filesGone', pictureIds: gone.flat() });
  }

  private act(action: EntryAction, entry: HistoryEntry): void {
    const { id, prompt, gateway, model, parameters, notTold } = entry;
    switch (action) {
      case 'loadSettings':
      case 'generateAgain':
        this.page.load({ prompt, gateway, model, parameters, notTold }, action === 'generateAgain');
        return;
      case 'remove':
        if (this.removing.has(id)) return;
        this.removing.set(
          id,
          setTimeout(() => void this.removeForGood([id]), this.undoMs),
        );
        break;
      case 'restore':
        clearTimeout(this.removing.get(id));
        if (!this.removing.delete(id)) return;
        break;
    }
    this.page.post({ type: 'rowChanged', row: rowOf(entry, this.context()) });
  }

  private async actOnPicture(action: SavedAction, pictureId: string): Promise<void> {
    const place = this.pictures.get(pictureId);
    const picture = await this.findPicture(pictureId);
    const entry = place && (await this.find(place.id));
    if (place === undefined || picture === undefined || entry === undefined) return;
    if (action === 'keep') {
      if (picture.state === 'draft' && !isMasked(entry)) await this.page.keepDraft?.(entry, place.index);
      return;
    }
    if (picture.saved === undefined) return;
    if (await this.parts.files.exists(picture.saved))
      await this.parts.files.run(action, { uri: picture.saved, alt: altText(entry.prompt) });
    else this.page.post({ type: 'filesGone', pictureIds: [pictureId] });
  }

  private async removeForGood(ids: readonly string[]): Promise<void> {
    const { history, log } = this.parts;
    try {
      await history.remove(ids);
      for (const id of ids) this.removing.delete(id);
    } catch (thrown) {
      log.error('The generation could not be removed from the history.', thrown);
      for (const id of ids) this.removing.delete(id);
      const entries = await Promise.all(ids.map((id) => this.find(id)));
      for (const entry of entries)
        if (entry !== undefined) this.page.post({ type: 'rowChanged', row: rowOf(entry, this.context()) });
    }
  }

  private issue({ id, pictures }: HistoryEntry): void {
    this.entries.add(id);
    for (const [index, picture] of pictures.entries())
      this.pictures.set(pictureIdOf(id, index, picture), { id, index });
  }

  private find(entryId: string): Promise<HistoryEntry | undefined> {
    return this.entries.has(entryId) ? this.parts.history.entry(entryId) : Promise.resolve(undefined);
  }

  private async findPicture(pictureId: string) {
    const place = this.pictures.get(pictureId);
    return place && (await this.find(place.id))?.pictures[place.index];
  }

  private context(): RowContext {
    return {
      words: (this.words ??= this.parts.words()),
      now: Date.now(),
      canKeep: this.page.keepDraft !== undefined,
      isRemoved: (entryId) => this.removing.has(entryId),
    };
  }
}
