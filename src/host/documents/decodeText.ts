import * as vscode from 'vscode';

/** What stands in a text for bytes that are no text in its encoding (U+FFFD). */
const replacement = '\ufffd';

/**
 * The text of a file: UTF-16 where it begins so, else UTF-8; where it is neither, in the encoding that the person's
 * settings have for it. Almost every file is UTF-8, and the editor is asked about no such file.
 * @throws where the editor takes it for no text
 */
export async function decodeText(bytes: Uint8Array, uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return vscode.workspace.decode(bytes, { uri });
  }
}

/** Whether something has bytes in it that could not be decoded: the editor replaces what its encoding does not have. */
export function isDamaged(text: string): boolean {
  return text.includes(replacement);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
