import * as vscode from 'vscode';
import { isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import type { HistoryRecorder } from '../../core/history/recorder.ts';
import type { PixelEngine } from '../../core/image/pixelTask.ts';
import type { FromWebviewMessage, PanelForm, PanelState, ToWebviewMessage } from '../../protocol/panel.ts';
import { decodeFromWebview, maxPromptLength } from '../../protocol/panelCodec.ts';
import type { ToPromptsMessage } from '../../protocol/prompts.ts';
import { decodeFromReferences, type ToReferencesMessage } from '../../protocol/references.ts';
import type { Drafts } from '../drafts.ts';
import { commandIds } from '../ids.ts';
import type { Gateways } from '../gateways.ts';
import type { ImageService } from '../imageService.ts';
import type { Log } from '../log.ts';
import type { Remembered } from '../memory.ts';
import { queue } from '../../core/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { readRequestSettings } from '../settings.ts';
import type { MarkdownEditors } from '../workspace/markdownEditors.ts';
import type { ImageReplacer } from '../workspace/replacing.ts';
import type { EditDesk } from './editDesk.ts';
import { formOf } from './formArgs.ts';
import type { HistoryDesk, HistoryPagePort, LoadedSettings } from './historyDesk.ts';
import { openEditDesk } from './openEditDesk.ts';
import { openReferenceTray } from './openReferenceTray.ts';
import { pageRoot, panelHtml } from './panelHtml.ts';
import type { PanelModel } from './panelModel.ts';
import { panelState } from './panelState.ts';
import { panelStrings } from './panelStrings.ts';
import { PanelSheets, type SheetPorts } from './panelSheets.ts';
import { withPrompt } from './promptMemory.ts';
import { PictureDesk } from './pictureDesk.ts';
import { placesOf } from './referenceSources.ts';
import type { ReferenceTray } from './referenceTray.ts';
import { picturesOf } from './sheet.ts';
import { SheetEdits } from './sheetEdits.ts';

export interface ImagePanelParts {
  readonly service: ImageService;
  readonly drafts: Drafts;
  readonly gateways: Gateways;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  readonly markdownEditors: MarkdownEditors;
  readonly memory: Remembered<PanelModel>;
  /** The prompts of earlier requests, newest first. */
  readonly prompts: Remembered<readonly string[]>;
  readonly engine: PixelEngine;
  readonly platform: Platform;
  readonly recorder: HistoryRecorder;
  readonly replacer: ImageReplacer;
  /** Lets the person pick one more model of the gateway; undefined on Escape. */
  readonly pickModel: () => Promise<string | undefined>;
  /** Chooses a gateway and a model of it. @returns whether the next request asks that gateway */
  readonly chooseAgain: (gatewayId: string, model: string) => Promise<boolean>;
  readonly openHistory: (page: HistoryPagePort) => HistoryDesk;
  /** What this session's requests cost, in a line; empty before the first. */
  readonly sessionLine: () => string;
  readonly agentsLine: () => string;
}

/** One open panel: the host's end of the page. It owns the state; the page asks for it when it is ready. */
export class ImagePanel implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly parts: ImagePanelParts;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly references: ReferenceTray;
  private readonly history: HistoryDesk;
  private readonly edit: EditDesk;
  private readonly sheets: PanelSheets;
  private readonly pictures: PictureDesk;
  /** Loads of the history, one after the other: two would mix what they load. */
  private readonly inTurn = queue();
  private model: PanelModel;
  private focusWhenReady = false;
  private isReady = false;
  private stateTimer: ReturnType<typeof setTimeout> | undefined;
  private isDisposed = false;

  constructor(panel: vscode.WebviewPanel, parts: ImagePanelParts) {
    this.panel = panel;
    this.parts = parts;
    this.model = parts.memory.get();
    this.references = openReferenceTray(parts, (message) => this.post(message));
    this.history = parts.openHistory({
      post: (message) => this.post({ type: 'history', message }),
      load: (settings, isAgain) => this.tellFailure(this.load(settings, isAgain)),
      keepDraft: (entry, index) => this.sheets.keepEntry(entry, index),
    });
    const refreshHistory = () => void this.history.refresh();
    const ports: SheetPorts = {
      get: () => this.model.sheet,
      set: (sheet, isWorthWriting) => this.change({ ...this.model, sheet }, isWorthWriting),
      post: (message) => this.post(message),
      postState: () => this.postState(),
    };
    this.sheets = new PanelSheets(parts, ports);
    const edits = new SheetEdits({ ...parts, sheets: this.sheets }, ports);
    this.edit = openEditDesk(parts, edits, (message) => this.post({ type: 'edit', message }));
    const { sheets, references, edit } = this;
    this.pictures = new PictureDesk({ ...parts, sheets, edits, references, edit }, ports);
    panel.iconPath = new vscode.ThemeIcon('sparkle');
    panel.webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [pageRoot(parts.extensionUri)],
    };
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('imageGateway')) this.postState();
      }),
    );
    this.disposables.push(
      // Another window may have generated meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && refreshHistory()),
      panel.onDidChangeViewState(() => panel.visible && refreshHistory()),
      parts.replacer.onDidRestore((uri) => this.tellFailure(edits.restored(uri))),
    );
    panel.webview.html = panelHtml(panel.webview, parts.extensionUri);
  }

  /** Brings the panel to the front; a prompt replaces the draft and takes the focus. */
  reveal(prompt: string | undefined): void {
    this.panel.reveal(undefined, false);
    if (prompt !== undefined) {
      this.change({ ...this.model, prompt: prompt.slice(0, maxPromptLength) });
      this.postState();
    }
    this.focusWhenReady = true;
    if (this.isReady) this.focusPrompt();
  }

  /** Tells the page the state again, soon: what happens at once is told once. */
  postState(): void {
    this.stateTimer ??= setTimeout(() => this.postStateNow(), 0);
  }

  private postStateNow(): void {
    clearTimeout(this.stateTimer);
    this.stateTimer = undefined;
    this.post({ type: 'stateChanged', state: this.state(() => undefined) });
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.stateTimer);
    this.sheets.cancel();
    this.references.dispose();
    this.history.dispose();
    this.edit.dispose();
    for (const one of this.disposables) one.dispose();
  }

  private receive(value: unknown): void {
    const aboutReferences = decodeFromReferences(value);
    if (aboutReferences !== undefined) {
      void this.references.take(aboutReferences);
      return;
    }
    const message = decodeFromWebview(value);
    if (message === undefined) {
      this.parts.log.warn('The panel sent a message that is not understood; it was dropped.');
      return;
    }
    this.tellFailure(this.handle(message));
  }

  private tellFailure(doing: Promise<void>): void {
    doing.catch((thrown: unknown) => {
      if (isImageGatewayError(thrown) && thrown.code === 'cancelled') return;
      this.parts.log.error('A message of the panel could not be handled.', thrown);
      if (isImageGatewayError(thrown)) void vscode.window.showErrorMessage(sentenceOf(thrown));
    });
  }

  private async handle(message: FromWebviewMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.sendSnapshot();
        this.history.begin();
        this.edit.postAll();
        this.references.postAll();
        this.postPrompts();
        return;
      case 'promptChanged':
        this.change({ ...this.model, prompt: message.prompt });
        return;
      case 'formChanged':
        this.change({ ...this.model, form: this.capped(message.form) });
        this.postState();
        return;
      case 'generate':
        return this.generate(message.prompt.trim());
      case 'cancel':
        this.sheets.cancel(message.tileId);
        return;
      case 'selectGateway':
      case 'selectModel':
      case 'showLog':
        await vscode.commands.executeCommand(commandIds[message.type]);
        this.postState();
        return;
      case 'addModel':
        return this.addModel();
      case 'removeModel':
        this.change({
          ...this.model,
          moreModels: this.model.moreModels.filter((model) => model !== message.model),
        });
        this.postState();
        return;
      case 'keepAll':
        return this.sheets.keepAll();
      case 'discardAll':
        return this.sheets.discardAll();
      case 'pictureAction':
        return this.pictures.act(message.action, message.pictureId);
      case 'history':
        return this.history.handle(message.message);
      case 'edit':
        return this.edit.handle(message.message);
      case 'pictureCopied':
        return;
    }
  }

  /** Fills the form with the settings of an earlier generation, and generates where the same is wanted again. */
  private load(settings: LoadedSettings, isAgain: boolean): Promise<void> {
    return this.inTurn(async () => {
      const { prompt, gateway, model, parameters, notTold } = settings;
      const isChosen = await this.parts.chooseAgain(gateway, model);
      const isWhole = await this.references.replaceByFiles(placesOf(parameters.references ?? []));
      this.change({ ...this.model, form: this.capped(formOf(parameters)), moreModels: [] });
      this.reveal(prompt);
      if (!isAgain || !isChosen) return;
      if (isWhole && notTold.length === 0 && parameters.mask === undefined)
        this.tellFailure(this.generate(prompt));
      else
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'Not everything that this generation was given is at hand. What is known is in the form; nothing was sent.',
          ),
        );
    });
  }

  /** With no more pictures than the person's own setting allows. */
  private capped(form: PanelForm): PanelForm {
    return { ...form, count: Math.min(form.count, readRequestSettings().maxImages) };
  }

  private async addModel(): Promise<void> {
    const model = await this.parts.pickModel();
    if (model === undefined || this.models().includes(model)) return;
    this.change({ ...this.model, moreModels: [...this.model.moreModels, model] });
    this.postState();
  }

  private async generate(prompt: string): Promise<void> {
    if (prompt === '') return;
    const form = this.capped(this.model.form);
    this.change({ ...this.model, prompt });
    void this.parts.prompts.set(withPrompt(this.parts.prompts.get(), prompt));
    this.postPrompts();
    const pictures = this.references.pictures();
    await this.sheets.generate({ prompt, form, models: this.models(), pictures }, () => this.sendSnapshot());
  }

  /** The chosen model, which may be the gateway's own choice (empty), and those it is compared with. */
  private models(): readonly string[] {
    return [this.parts.gateways.wantedModel(), ...this.model.moreModels];
  }

  private change(model: PanelModel, isWorthWriting = true): void {
    this.model = model;
    // A closed panel ends after a new one may have begun with what was remembered.
    if (!this.isDisposed && isWorthWriting) void this.parts.memory.set(model);
  }

  private async sendSnapshot(): Promise<void> {
    const shown = picturesOf(this.model.sheet);
    const bytes = await this.sheets.readAll();
    // A picture that came meanwhile would be missing.
    if (picturesOf(this.model.sheet).length !== shown.length) return this.sendSnapshot();
    this.post({ type: 'snapshot', state: this.state((id) => bytes.get(id)), strings: panelStrings() });
    this.isReady = true;
    if (this.focusWhenReady) this.focusPrompt();
  }

  private state(bytesOf: (id: string) => Uint8Array | undefined): PanelState {
    const { gateways, sessionLine, agentsLine } = this.parts;
    const maxCount = readRequestSettings().maxImages;
    return panelState(this.model, {
      maxCount,
      gateways,
      models: this.models(),
      sessionLine: sessionLine(),
      agentsLine: agentsLine(),
      bytesOf,
    });
  }

  private focusPrompt(): void {
    this.focusWhenReady = false;
    // With the focus the page takes the prompt that the state has.
    this.postStateNow();
    this.post({ type: 'focusPrompt' });
  }

  private postPrompts(): void {
    const recalled = vscode.l10n.t('Earlier prompt {0} of {1}: {2}');
    this.post({ type: 'prompts', prompts: this.parts.prompts.get(), recalled });
  }

  private post(message: ToWebviewMessage | ToReferencesMessage | ToPromptsMessage): void {
    // A closed panel has no webview to ask. A hidden page takes nothing; it asks for a snapshot when it is back.
    if (this.isDisposed) return;
    void this.panel.webview.postMessage(message);
  }
}
