import { type Uri, workspace, type WorkspaceEdit } from './vscodeWithFiles.ts';

/** The one document of the stand-in's workspace, whichever is opened: its text is edited as the editor would. */
export class OneDocument {
  text = '';
  readonly languageId: string;

  constructor(languageId: string) {
    this.languageId = languageId;
  }

  /** Gives the stand-in what opens and edits documents. */
  open(): void {
    Object.assign(workspace, {
      openTextDocument: (uri: Uri) =>
        Promise.resolve({
          ...{ uri, version: 1, languageId: this.languageId },
          getText: () => this.text,
          positionAt: (offset: number) => offset,
        }),
      applyEdit: ({ replaced }: WorkspaceEdit) => {
        for (const { range, text } of replaced)
          this.text = this.text.slice(0, range.start) + text + this.text.slice(range.end);
        return Promise.resolve(true);
      },
    });
  }

  /** Takes it back. */
  close(): void {
    for (const name of ['openTextDocument', 'applyEdit']) Reflect.deleteProperty(workspace, name);
  }
}
