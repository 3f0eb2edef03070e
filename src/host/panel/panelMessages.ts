import type { ToWebviewMessage } from '../../protocol/panel.ts';
import type { ToPromptsMessage } from '../../protocol/prompts.ts';
import type { ToReferencesMessage } from '../../protocol/references.ts';
import type { Paced } from './pacedPost.ts';

/** Everything that the page of the panel is told. */
export type PanelMessage = ToWebviewMessage | ToReferencesMessage | ToPromptsMessage;

/** A message for the way to the page. A whole snapshot is not paced: it comes once. */
export function paced(message: PanelMessage): Paced<PanelMessage> {
  switch (message.type) {
    case 'pictureChanged':
      return { message, byteLength: message.picture.bytes?.length ?? 0 };
    case 'partialImage':
      return { message, byteLength: message.bytes.length, supersedes: message.tileId };
    case 'edit': {
      const { message: edit } = message;
      if (edit.type === 'partial') return { message, byteLength: edit.bytes.length, supersedes: 'edit' };
      return { message, byteLength: edit.type === 'picture' ? edit.picture.bytes.length : 0 };
    }
    default:
      return { message, byteLength: 0 };
  }
}
