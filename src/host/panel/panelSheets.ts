import * as vscode from 'vscode';
import { altText } from '../../core/document/markdownLink.ts';
import type { FinishedImage, GenerationEvent, SavedImage } from '../../core/events.ts';
import { ImageGatewayError } from '../../core/failure.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import type { HistoryEntry } from '../../core/history/entry.ts';
import type { ReferenceImage } from '../../core/request.ts';
import type { PanelForm, ToWebviewMessage } from '../../protocol/panel.ts';
import { type Draft, draftOfEntry } from '../drafts.ts';
import type { PreparedCall } from '../imageCall.ts';
import { LinkPlace } from '../workspace/linkPlace.ts';
import type { EditedPicture } from './editTrack.ts';
import { formArgs } from './formArgs.ts';
import type { ImagePanelParts } from './imagePanel.ts';
import { shownPicture } from './panelState.ts';
import {
  draftPicture,
  isRunning,
  picturesOf,
  reduceTile,
  type Sheet,
  type SheetPicture,
  startedSheet,
  withPicture,
  withTile,
} from './sheet.ts';
import { SheetRunner } from './sheetRunner.ts';
import { tightBytes } from './tightBytes.ts';

/** The panel's side of its sheet. */
export interface SheetPorts {
  readonly get: () => Sheet;
  /** @param isWorthWriting false for words and frames: a running request cannot be taken up again after a reload */
  readonly set: (sheet: Sheet, isWorthWriting: boolean) => void;
  readonly post: (message: ToWebviewMessage) => void;
  readonly postState: () => void;
}

type Parts = Pick<ImagePanelParts, 'service' | 'drafts' | 'markdownEditors' | 'gateways'>;

/** Makes the pictures of a sheet, and does with them what the person decides. */
export class PanelSheets {
  private readonly parts: Parts;
  private readonly ports: SheetPorts;
  private readonly runner: SheetRunner;
  /** Pictures of this session as they were finished; after a reload they are read again. */
  private readonly finished = new Map<string, FinishedImage>();

  constructor(parts: Parts, ports: SheetPorts) {
    this.parts = parts;
    this.ports = ports;
    this.runner = new SheetRunner(parts.service, (id, event) => this.take(id, event));
  }

  /**
   * Asks for the pictures of a new sheet. One picture alone is saved at once; several are drafts until they are kept.
   * @param began waited for once the new tiles are there
   */
  async generate(
    asked: {
      readonly prompt: string;
      readonly form: PanelForm;
      /** Ids. */
      readonly models: readonly string[];
      /** References, which go along with every one of them. */
      readonly pictures: readonly ReferenceImage[];
    },
    began: () => Promise<void>,
  ): Promise<void> {
    if (isRunning(this.ports.get())) return;
    const { prompt, form, models, pictures } = asked;
    const sheet = startedSheet(prompt, form, models, { now: Date.now(), newId: () => crypto.randomUUID() });
    this.finished.clear();
    this.ports.set(sheet, true);
    await began();
    const editor = this.parts.markdownEditors.last();
    const place = LinkPlace.at(editor);
    const keepsDrafts = sheet.tiles.length > 1;
    const document = editor?.document.uri;
    const prepare = async () => {
      const args = formArgs(form);
      const call = { args, prompt, pictures, interactive: true, document, place, keepsDrafts };
      return this.parts.service.prepare(call);
    };
    try {
      await this.runner.run(
        sheet.tiles,
        (signal) => untilCancelled(prepare, signal),
        (_tile, index) => ({
          args: formArgs(form, index % form.count),
        }),
      );
    } finally {
      place?.dispose();
    }
  }

  /** @param tileId absent: all of them */
  cancel(tileId?: string): void {
    this.runner.cancel(tileId);
  }

  /** Saves a draft into the workspace. @throws ImageGatewayError */
  async keep(pictureId: string): Promise<void> {
    const sheet = this.ports.get();
    const tile = sheet.tiles.find(({ pictures }) => pictures.some(({ id }) => id === pictureId));
    const picture = tile?.pictures.find(({ id }) => id === pictureId);
    if (tile === undefined || picture === undefined || picture.state === 'kept') return;
    const document = this.parts.markdownEditors.last()?.document.uri;
    const draft = draftOf(sheet, tile.model, tile.gateway, picture, document);
    const saved = await this.parts.drafts.keep(
      draft,
      this.finished.get(pictureId),
      new AbortController().signal,
    );
    const { mediaType, width, height, byteLength, alt } = saved;
    this.changePicture(tile.id, pictureId, (one) => ({
      ...one,
      ...{ state: 'kept', mediaType, width, height, byteLength, alt, saved },
    }));
  }

  /** Saves every draft that was not discarded. @throws ImageGatewayError of the first that fails */
  async keepAll(): Promise<void> {
    for (const { id, state } of picturesOf(this.ports.get())) if (state === 'draft') await this.keep(id);
  }

  /** Puts a draft aside, or takes it back; its bytes stay in the storage. */
  async discard(pictureId: string, isDiscarded: boolean): Promise<void> {
    const tile = this.ports.get().tiles.find(({ pictures }) => pictures.some(({ id }) => id === pictureId));
    if (tile === undefined) return;
    this.changePicture(tile.id, pictureId, (picture) =>
      picture.state === 'kept' ? picture : { ...picture, state: isDiscarded ? 'discarded' : 'draft' },
    );
    const picture = tile.pictures.find(({ id }) => id === pictureId);
    if (picture?.state !== 'kept')
      await this.parts.drafts.discard({ originalId: picture?.originalId }, isDiscarded);
  }

  async discardAll(): Promise<void> {
    for (const { id, state } of picturesOf(this.ports.get()))
      if (state === 'draft') await this.discard(id, true);
  }

  /** Saves a draft of the history, which may be one of the sheet. @throws ImageGatewayError */
  async keepEntry(entry: HistoryEntry, index: number): Promise<void> {
    const originalId = entry.pictures[index]?.originalId;
    const shown = picturesOf(this.ports.get()).find((picture) => picture.originalId === originalId);
    if (shown !== undefined && originalId !== undefined) return this.keep(shown.id);
    const document = this.parts.markdownEditors.last()?.document.uri;
    await this.parts.drafts.keep(
      draftOfEntry(entry, index, document),
      undefined,
      new AbortController().signal,
    );
  }

  /** A picture as it is now, and how it was made. @throws saveFailed where it can no longer be read */
  async editable(pictureId: string): Promise<EditedPicture> {
    const sheet = this.ports.get();
    const tile = sheet.tiles.find(({ pictures }) => pictures.some(({ id }) => id === pictureId));
    const picture = tile?.pictures.find(({ id }) => id === pictureId);
    const uri = picture?.saved && vscode.Uri.parse(picture.saved.uri);
    // Of a file what it is now, whatever it was when it was made.
    const bytes = uri === undefined ? await this.bytesOf(pictureId) : await readFile(uri);
    const facts = bytes && inspectImage(bytes);
    if (tile === undefined || picture === undefined || bytes === undefined || facts === undefined)
      throw new ImageGatewayError('saveFailed', 'The image can no longer be read.');
    const { id, alt, originalId } = picture;
    const received = { bytes, facts, ...(originalId !== undefined && { originalId }) };
    const name = uri?.path.split('/').pop() ?? '';
    return {
      ...{ id, alt, image: { bytes, facts, received }, prompt: sheet.prompt },
      ...{ text: tile.text, model: tile.model, gateway: tile.gateway },
      ...(uri && { file: { uri: uri.toString(), name, sha256: await sha256Hex(bytes) } }),
    };
  }

  /** Notes that another picture stands in a file's place. */
  replaced(pictureId: string, image: FinishedImage, sha256: string): SavedImage | undefined {
    const old = picturesOf(this.ports.get()).find(({ id }) => id === pictureId);
    if (old?.saved === undefined) return undefined;
    const { width, height, format } = image.facts;
    const facts = { mediaType: `image/${format}`, width, height, byteLength: image.bytes.length };
    const saved = { ...old.saved, ...facts, sha256 };
    this.exchange(old, { ...old, ...facts, saved }, image);
    return saved;
  }

  /** Takes a draft in the place of another, which is put aside. */
  async redrafted(pictureId: string, image: FinishedImage): Promise<void> {
    const old = picturesOf(this.ports.get()).find(({ id }) => id === pictureId);
    if (old === undefined) return;
    await this.parts.drafts.discard(old, true);
    this.exchange(old, draftPicture(old.id, image, old.alt), image);
  }

  /** Shows a picture in the place of another, under an id of its own: the page takes it for new. */
  private exchange(old: SheetPicture, next: SheetPicture, image: FinishedImage): void {
    const picture = { ...next, id: crypto.randomUUID() };
    const sheet = this.ports.get();
    const tile = sheet.tiles.find(({ pictures }) => pictures.some(({ id }) => id === old.id));
    this.finished.delete(old.id);
    this.finished.set(picture.id, image);
    this.ports.set(
      withPicture(sheet, old.id, () => picture),
      true,
    );
    if (tile !== undefined) this.postPicture(tile.id, picture.id);
    this.ports.postState();
  }

  /** The bytes of one picture; undefined where they can no longer be read. */
  async bytesOf(pictureId: string): Promise<Uint8Array | undefined> {
    const sheet = this.ports.get();
    for (const tile of sheet.tiles) {
      const picture = tile.pictures.find(({ id }) => id === pictureId);
      if (picture !== undefined) return this.read(sheet, tile, picture);
    }
    return undefined;
  }

  /** The bytes of all pictures that can still be read, by their ids. */
  async readAll(): Promise<ReadonlyMap<string, Uint8Array>> {
    const bytes = new Map<string, Uint8Array>();
    const sheet = this.ports.get();
    await Promise.all(
      sheet.tiles.flatMap((tile) =>
        tile.pictures.map(async (picture) => {
          const read = await this.read(sheet, tile, picture);
          if (read !== undefined) bytes.set(picture.id, read);
        }),
      ),
    );
    return bytes;
  }

  private async read(
    sheet: Sheet,
    { model, gateway }: { readonly model: string; readonly gateway: string },
    picture: SheetPicture,
  ): Promise<Uint8Array | undefined> {
    const known = this.finished.get(picture.id);
    if (known !== undefined) return known.bytes;
    if (picture.saved !== undefined) return readFile(vscode.Uri.parse(picture.saved.uri));
    const draft = draftOf(sheet, model, gateway, picture, undefined);
    try {
      const image = await this.parts.drafts.read(draft, new AbortController().signal);
      this.finished.set(picture.id, image);
      return image.bytes;
    } catch {
      return undefined;
    }
  }

  private take(tileId: string, event: GenerationEvent | { readonly type: 'begun' }): void {
    const sheet = this.ports.get();
    if (event.type === 'begun') {
      this.ports.set(
        withTile(sheet, tileId, (tile) => ({ ...tile, status: 'running', startedAt: Date.now() })),
        true,
      );
      this.ports.postState();
      return;
    }
    const ids: string[] = [];
    const newId = () => {
      const id = crypto.randomUUID();
      ids.push(id);
      return id;
    };
    const next = withTile(sheet, tileId, (tile) =>
      reduceTile(tile, event, { newId, alt: altText(sheet.prompt) }),
    );
    this.ports.set(next, event.type !== 'text' && event.type !== 'partialImage');
    this.tell(tileId, event, ids[0]);
  }

  private tell(tileId: string, event: GenerationEvent, pictureId: string | undefined): void {
    if (event.type === 'text') this.ports.post({ type: 'textAdded', tileId, text: event.text });
    else if (event.type === 'partialImage')
      this.ports.post({
        type: 'partialImage',
        tileId,
        bytes: tightBytes(event.bytes),
        mediaType: event.mediaType,
      });
    else if ((event.type === 'saved' || event.type === 'drafted') && pictureId !== undefined) {
      this.finished.set(pictureId, event.image);
      this.postPicture(tileId, pictureId);
    } else this.ports.postState();
  }

  private changePicture(tileId: string, id: string, change: (picture: SheetPicture) => SheetPicture): void {
    this.ports.set(withPicture(this.ports.get(), id, change), true);
    this.postPicture(tileId, id);
    this.ports.postState();
  }

  private postPicture(tileId: string, id: string): void {
    const picture = picturesOf(this.ports.get()).find((one) => one.id === id);
    if (picture === undefined) return;
    const bytes = this.finished.get(id)?.bytes;
    this.ports.post({ type: 'pictureChanged', tileId, picture: shownPicture(picture, bytes) });
  }
}

function draftOf(
  { prompt, form }: Sheet,
  model: string,
  gateway: string,
  { originalId, keyColour }: SheetPicture,
  document: vscode.Uri | undefined,
): Draft {
  const call = { args: formArgs(form), prompt, interactive: true, document };
  return { call, model, gateway, originalId, keyColour };
}

/** The most bytes of a picture that the page is given. */
const mostBytes = 64 * 1024 * 1024;

async function readFile(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    // The file may have become another since it was saved.
    const { size } = await vscode.workspace.fs.stat(uri);
    return size <= mostBytes ? await vscode.workspace.fs.readFile(uri) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Waits for what may be asking the person something (for a key, say). Cancelled, it takes back the question, too: it
 * would stay open, because the focus is in the panel.
 */
async function untilCancelled(
  prepare: () => Promise<PreparedCall>,
  signal: AbortSignal,
): Promise<PreparedCall> {
  return new Promise<PreparedCall>((resolve, reject) => {
    const cancel = () => {
      reject(new ImageGatewayError('cancelled', 'The request was cancelled.'));
      void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    };
    signal.addEventListener('abort', cancel, { once: true });
    prepare()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', cancel));
  });
}
