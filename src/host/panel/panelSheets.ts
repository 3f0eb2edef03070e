import * as vscode from 'vscode';
import { altText } from '../../core/document/markdownLink.ts';
import type { FinishedImage, GenerationEvent } from '../../core/events.ts';
import type { HistoryEntry } from '../../core/history/entry.ts';
import type { ReferenceImage } from '../../core/request.ts';
import type { PanelForm, ToWebviewMessage } from '../../protocol/panel.ts';
import { type Draft, draftOfEntry } from '../drafts.ts';
import { LinkPlace } from '../workspace/linkPlace.ts';
import { formArgs } from './formArgs.ts';
import type { ImagePanelParts } from './imagePanel.ts';
import { shownPicture } from './panelState.ts';
import {
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
import { untilCancelled } from './untilCancelled.ts';

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
  readonly finished = new Map<string, FinishedImage>();

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
    // Before anything is waited for: of this gateway the models are.
    const ownGateway = this.parts.gateways.currentId();
    this.ports.set(sheet, true);
    const editor = this.parts.markdownEditors.last();
    // Taken at once, before the person types on.
    let place = LinkPlace.at(editor);
    const keepsDrafts = sheet.tiles.length > 1;
    const prepare = async () => {
      await began();
      place ??= await this.parts.markdownEditors.place();
      const document = editor?.document.uri ?? place?.document.uri;
      const args = formArgs(form);
      const call = { args, prompt, pictures, interactive: true, document, place, keepsDrafts };
      return this.parts.service.prepare(call);
    };
    try {
      await this.runner.run(
        sheet.tiles,
        (signal) => untilCancelled(prepare, signal),
        (_tile, index) => ({ args: formArgs(form, index % form.count) }),
        ownGateway,
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

  /** Saves every draft that is not discarded by then. @throws ImageGatewayError of the first that fails */
  async keepAll(): Promise<void> {
    for (const { id } of picturesOf(this.ports.get())) if (this.stateOf(id) === 'draft') await this.keep(id);
  }

  /** Puts a draft aside, or takes it back; its bytes stay in the storage. */
  async discard(pictureId: string, isDiscarded: boolean): Promise<void> {
    const tile = this.ports.get().tiles.find(({ pictures }) => pictures.some(({ id }) => id === pictureId));
    if (tile === undefined) return;
    this.changePicture(tile.id, pictureId, (picture) =>
      picture.state === 'kept' ? picture : { ...picture, state: isDiscarded ? 'discarded' : 'draft' },
    );
    const picture = tile.pictures.find(({ id }) => id === pictureId);
    if (picture?.state !== 'kept') await this.parts.drafts.discard(picture ?? {}, isDiscarded);
  }

  async discardAll(): Promise<void> {
    for (const { id } of picturesOf(this.ports.get()))
      if (this.stateOf(id) === 'draft') await this.discard(id, true);
  }

  private stateOf(pictureId: string): SheetPicture['state'] | undefined {
    return picturesOf(this.ports.get()).find(({ id }) => id === pictureId)?.state;
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
    try {
      const draft = draftOf(sheet, model, gateway, picture, undefined);
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

  /** Tells the page of a picture, with its bytes where they are at hand. */
  postPicture(tileId: string, id: string): void {
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
  { originalId, keyColour, historyId, isFinished }: SheetPicture,
  document: vscode.Uri | undefined,
): Draft {
  const call = { args: formArgs(form), prompt, interactive: true, document };
  return { call, model, gateway, originalId, keyColour, historyId, isFinished };
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
