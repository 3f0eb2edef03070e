import * as vscode from 'vscode';
import { altText } from '../../core/document/markdownLink.ts';
import type { FinishedImage, SavedImage } from '../../core/events.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import type { HistoryRecorder } from '../../core/history/recorder.ts';
import type { ToEdit } from '../../protocol/edit.ts';
import { commandIds } from '../ids.ts';
import type { ImageReplacer } from '../workspace/replacing.ts';
import { EditDesk, type EditDeskParts } from './editDesk.ts';
import type { EditedPicture } from './editTrack.ts';
import type { SheetEdits } from './sheetEdits.ts';

/** What desks of one window share. */
export interface EditDesks extends Omit<EditDeskParts, 'showLog'> {
  readonly recorder: HistoryRecorder;
  readonly replacer: ImageReplacer;
}

/** Makes the host's end of the edits of a panel. @param post tells the panel's page something */
export function openEditDesk(
  parts: EditDesks,
  sheets: SheetEdits,
  post: (message: ToEdit) => void,
): EditDesk {
  const showLog = async () => {
    await vscode.commands.executeCommand(commandIds.showLog);
  };
  return new EditDesk(
    { ...parts, showLog },
    {
      post,
      accept: (edited, image) => accept(parts, sheets, edited, image),
      giveUp: async (originalIds) => {
        for (const id of originalIds) await parts.recorder.discard(id);
      },
    },
  );
}

/** The one explicit replace there is: of the file that was edited, if it is still what it was; of a draft, by a draft. */
async function accept(
  { replacer, recorder }: EditDesks,
  sheets: SheetEdits,
  edited: EditedPicture,
  image: FinishedImage,
): Promise<string> {
  const { id, file, prompt } = edited;
  if (file === undefined) {
    await sheets.redrafted(edited, image);
    return vscode.l10n.t('The edited image took the draft’s place.');
  }
  const uri = vscode.Uri.parse(file.uri);
  const { bytes, facts, received } = image;
  const { sha256, previousId } = await replacer.replaceImage({ uri, expectedSha256: file.sha256, bytes });
  const saved: SavedImage = {
    ...{ uri: file.uri, mediaType: `image/${facts.format}`, width: facts.width, height: facts.height },
    ...{ byteLength: bytes.length, sha256, receivedSha256: await sha256Hex(received.bytes) },
    alt: altText(prompt),
  };
  sheets.replaced(id, image, saved);
  if (received.originalId !== undefined) await recorder.keep(received.originalId, saved);
  void offerRestore(uri, file.name, previousId);
  return vscode.l10n.t('{0} was replaced.', file.name);
}

/** @param versionId what the file was before; absent: the same */
async function offerRestore(uri: vscode.Uri, name: string, versionId: string | undefined): Promise<void> {
  const restore = vscode.l10n.t('Restore Previous Image');
  const words = vscode.l10n.t('{0} was replaced; what it was is kept.', name);
  if ((await vscode.window.showInformationMessage(words, restore)) === restore)
    await vscode.commands.executeCommand(commandIds.restorePrevious, uri, versionId);
}
