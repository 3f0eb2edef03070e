import * as vscode from 'vscode';
import type { PictureAction } from '../../protocol/panel.ts';
import type { Platform } from '../platform/platform.ts';
import type { MarkdownEditors } from '../workspace/markdownEditors.ts';
import type { EditDesk } from './editDesk.ts';
import { runImageAction } from './imageActions.ts';
import type { PanelSheets, SheetPorts } from './panelSheets.ts';
import { readSaved } from './readSaved.ts';
import type { ReferenceTray } from './referenceTray.ts';
import { picturesOf, type SheetPicture } from './sheet.ts';
import type { SheetEdits } from './sheetEdits.ts';

export interface PictureDeskParts {
  readonly sheets: PanelSheets;
  readonly edits: SheetEdits;
  readonly references: ReferenceTray;
  readonly edit: EditDesk;
  readonly markdownEditors: MarkdownEditors;
  readonly platform: Platform;
}

/** Does with a picture of the sheet what a button of its tile says. */
export class PictureDesk {
  private readonly parts: PictureDeskParts;
  private readonly ports: Pick<SheetPorts, 'get' | 'post'>;

  constructor(parts: PictureDeskParts, ports: Pick<SheetPorts, 'get' | 'post'>) {
    this.parts = parts;
    this.ports = ports;
  }

  /** @param pictureId an id of the page's; one that is none of the sheet does nothing @throws ImageGatewayError */
  async act(action: PictureAction, pictureId: string): Promise<void> {
    const { sheets, edits, edit, markdownEditors } = this.parts;
    const picture = picturesOf(this.ports.get()).find((one) => one.id === pictureId);
    if (picture === undefined) return;
    switch (action) {
      case 'copyImage':
        this.ports.post({ type: 'pictureForClipboard', pictureId });
        return;
      case 'keep':
        return sheets.keep(pictureId);
      case 'discard':
      case 'takeBack':
        return sheets.discard(pictureId, action === 'discard');
      case 'useAsReference':
        return this.useAsReference(picture);
      case 'edit':
        edit.begin(await edits.editable(pictureId));
        return;
      default:
        if (picture.saved !== undefined) await runImageAction(action, picture.saved, markdownEditors);
    }
  }

  private async useAsReference({ id, saved, alt }: SheetPicture): Promise<void> {
    const { sheets, references, platform } = this.parts;
    const uri = saved && vscode.Uri.parse(saved.uri);
    const bytes = uri === undefined ? await sheets.bytesOf(id) : await readSaved(uri, platform);
    if (bytes === undefined) return;
    references.add(bytes, uri === undefined ? alt : (uri.path.split('/').pop() ?? ''));
  }
}
