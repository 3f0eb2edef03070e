import * as vscode from 'vscode';
import type { FinishedImage, SavedImage } from '../../core/events.ts';
import { ImageGatewayError } from '../../core/failure.ts';
import { asItCame } from '../../core/finishing.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import type { Drafts } from '../drafts.ts';
import type { Platform } from '../platform/platform.ts';
import type { EditedPicture } from './editTrack.ts';
import type { PanelSheets, SheetPorts } from './panelSheets.ts';
import { readSaved } from './readSaved.ts';
import { draftPicture, picturesOf, type SheetPicture, withPicture } from './sheet.ts';

export interface SheetEditsParts {
  readonly drafts: Drafts;
  readonly platform: Platform;
  readonly sheets: Pick<PanelSheets, 'bytesOf' | 'finished' | 'postPicture'>;
}

/** Gives pictures of the sheet to an edit, and takes what became of them. */
export class SheetEdits {
  private readonly parts: SheetEditsParts;
  private readonly ports: SheetPorts;

  constructor(parts: SheetEditsParts, ports: SheetPorts) {
    this.parts = parts;
    this.ports = ports;
  }

  /**
   * A picture as it is now, and how it was made.
   * @throws saveFailed where it can no longer be read; untrusted, invalidArguments of files that may not be sent
   */
  async editable(pictureId: string): Promise<EditedPicture> {
    const sheet = this.ports.get();
    const tile = sheet.tiles.find(({ pictures }) => pictures.some(({ id }) => id === pictureId));
    const picture = tile?.pictures.find(({ id }) => id === pictureId);
    const uri = picture?.saved && vscode.Uri.parse(picture.saved.uri);
    // Of a file what it is now, whatever it was when it was made.
    const bytes =
      uri === undefined
        ? await this.parts.sheets.bytesOf(pictureId)
        : await readSaved(uri, this.parts.platform);
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

  /** Shows what stands in a file's place now; nothing where the sheet is another. */
  replaced(pictureId: string, image: FinishedImage, saved: SavedImage): void {
    const old = this.find(pictureId);
    if (old?.state !== 'kept') return;
    const { mediaType, width, height, byteLength } = saved;
    this.exchange(old, { ...old, mediaType, width, height, byteLength, saved }, image);
  }

  /** Shows a file's pictures as it is now; it was given back what it was. Rejects as `readSaved` does. */
  async restored(uri: vscode.Uri): Promise<void> {
    const ofFile = () => picturesOf(this.ports.get()).filter(({ saved }) => saved?.uri === uri.toString());
    if (ofFile().length === 0) return;
    const bytes = await readSaved(uri, this.parts.platform);
    const facts = bytes && inspectImage(bytes);
    if (bytes === undefined || facts === undefined) return;
    const sha256 = await sha256Hex(bytes);
    for (const old of ofFile()) {
      const { saved } = old;
      if (saved === undefined || saved.sha256 === sha256) continue;
      const { width, height } = facts;
      const now = { mediaType: `image/${facts.format}`, width, height, byteLength: bytes.length };
      this.exchange(old, { ...old, ...now, saved: { ...saved, ...now, sha256 } }, asItCame({ bytes, facts }));
    }
  }

  /**
   * Takes a draft in the place of another, which is put aside. It is kept as it stands: made anew from what came, it
   * would be without its mask and its original.
   * @throws saveFailed where the other is no draft any more
   */
  async redrafted(edited: EditedPicture, image: FinishedImage): Promise<void> {
    const { prompt, model, gateway } = edited;
    const originalId = await this.parts.drafts.keepAccepted(image, { prompt, model, gateway });
    const old = this.find(edited.id);
    if (old?.state !== 'draft')
      throw new ImageGatewayError('saveFailed', 'The draft is gone or was kept meanwhile; edit its file.');
    const historyId = image.received.originalId;
    const { originalId: _received, keyColour: _keyColour, ...next } = draftPicture(old.id, image, old.alt);
    this.exchange(
      old,
      {
        ...{ ...next, isFinished: true },
        ...(originalId !== undefined && { originalId }),
        ...(historyId !== undefined && { historyId }),
      },
      image,
    );
    await this.parts.drafts.discard(old, true);
  }

  private find(pictureId: string): SheetPicture | undefined {
    return picturesOf(this.ports.get()).find(({ id }) => id === pictureId);
  }

  /** Shows a picture in the place of another, under an id of its own: the page takes it for new. */
  private exchange(old: SheetPicture, next: SheetPicture, image: FinishedImage): void {
    const picture = { ...next, id: crypto.randomUUID() };
    const sheet = this.ports.get();
    const tile = sheet.tiles.find(({ pictures }) => pictures.some(({ id }) => id === old.id));
    const { sheets } = this.parts;
    sheets.finished.delete(old.id);
    sheets.finished.set(picture.id, image);
    this.ports.set(
      withPicture(sheet, old.id, () => picture),
      true,
    );
    if (tile !== undefined) sheets.postPicture(tile.id, picture.id);
    this.ports.postState();
  }
}
