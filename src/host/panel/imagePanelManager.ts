import * as vscode from 'vscode';
import { panelViewType } from '../../protocol/panel.ts';
import { ImagePanel, type ImagePanelParts } from './imagePanel.ts';

/** Opens the one image panel, or brings it back after the window was reloaded. */
export class ImagePanelManager implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly parts: ImagePanelParts;
  private readonly serializer: vscode.Disposable;
  private current: ImagePanel | undefined;

  constructor(parts: ImagePanelParts) {
    this.parts = parts;
    this.serializer = vscode.window.registerWebviewPanelSerializer(panelViewType, this);
  }

  /** Shows the panel beside the editor. @param prompt fills the prompt box */
  open(prompt?: string): void {
    if (this.current === undefined) {
      const panel = vscode.window.createWebviewPanel(panelViewType, vscode.l10n.t('Images'), {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: false,
      });
      this.adopt(panel);
    }
    this.current?.reveal(prompt);
  }

  /** Called by VS Code after a reload. The page's own state is not trusted and not needed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.current === undefined) this.adopt(panel);
    else panel.dispose();
    return Promise.resolve();
  }

  /** The gateway or model was chosen anew. */
  refresh(): void {
    this.current?.postState();
  }

  dispose(): void {
    this.serializer.dispose();
    this.current?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const view = new ImagePanel(panel, this.parts);
    this.current = view;
    panel.onDidDispose(() => {
      view.dispose();
      if (this.current === view) this.current = undefined;
    });
  }
}
