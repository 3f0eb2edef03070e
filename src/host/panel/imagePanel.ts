import * as vscode from 'vscode';
import type { GenerationEvent } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { FromWebviewMessage, PanelImage, PanelState, ToWebviewMessage } from '../../protocol/panel.ts';
import { decodeFromWebview, maxPromptLength } from '../../protocol/panelCodec.ts';
import { commandIds } from '../ids.ts';
import type { Gateways } from '../gateways.ts';
import type { Log } from '../log.ts';
import type { Remembered } from '../memory.ts';
import { LinkPlace } from '../workspace/linkPlace.ts';
import type { MarkdownEditors } from '../workspace/markdownEditors.ts';
import type { ImageService } from '../imageService.ts';
import type { HistoryDesk, HistoryPagePort } from './historyDesk.ts';
import { runImageAction } from './imageActions.ts';
import { pageRoot, panelHtml } from './panelHtml.ts';
import { type PanelModel, reduce, type ShownImage, started } from './panelModel.ts';
import { panelStrings, receiptTopicNames } from './panelStrings.ts';

export interface ImagePanelParts {
  readonly service: ImageService;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  readonly markdownEditors: MarkdownEditors;
  readonly memory: Remembered<PanelModel>;
  /** Id and name of the gateway, and the model, that the next request would ask. */
  readonly names: Gateways['names'];
  /** What this session's requests cost, in a line; empty before the first. */
  readonly sessionLine: () => string;
  readonly openHistory: (page: HistoryPagePort) => HistoryDesk;
}

/** One open panel: the host's end of the page. It owns the state; the page asks for it when it is ready. */
export class ImagePanel implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly parts: ImagePanelParts;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly history: HistoryDesk;
  private model: PanelModel;
  /** Bytes of the pictures of this session; after a reload they are read from their files. */
  private readonly bytes = new Map<string, Uint8Array>();
  private running: AbortController | undefined;
  private focusWhenReady = false;
  private isReady = false;
  private isDisposed = false;

  constructor(panel: vscode.WebviewPanel, parts: ImagePanelParts) {
    this.panel = panel;
    this.parts = parts;
    this.model = parts.memory.get();
    panel.iconPath = new vscode.ThemeIcon('sparkle');
    panel.webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [pageRoot(parts.extensionUri)],
    };
    this.history = parts.openHistory({
      post: (message) => this.post({ type: 'history', message }),
      load: ({ prompt }) => this.reveal(prompt),
    });
    const refreshHistory = () => void this.history.refresh();
    this.disposables.push(
      // Another window may have generated meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && refreshHistory()),
      panel.onDidChangeViewState(() => panel.visible && refreshHistory()),
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('imageGateway')) this.postState();
      }),
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

  /** Tells the page the names again: the gateway or the model was chosen anew. */
  postState(): void {
    const { images: _images, ...state } = this.state([]);
    this.post({ type: 'stateChanged', state });
  }

  dispose(): void {
    this.isDisposed = true;
    this.running?.abort();
    this.history.dispose();
    for (const one of this.disposables) one.dispose();
  }

  private receive(value: unknown): void {
    const message = decodeFromWebview(value);
    if (message === undefined) {
      this.parts.log.warn('The panel sent a message that is not understood; it was dropped.');
      return;
    }
    this.handle(message).catch((thrown: unknown) =>
      this.parts.log.error('A message of the panel could not be handled.', thrown),
    );
  }

  private async handle(message: FromWebviewMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.sendSnapshot();
      case 'promptChanged':
        this.change({ ...this.model, prompt: message.prompt });
        return;
      case 'generate':
        return this.generate(message.prompt.trim());
      case 'cancel':
        this.running?.abort();
        return;
      case 'selectGateway':
      case 'selectModel':
      case 'showLog':
        await vscode.commands.executeCommand(commandIds[message.type]);
        this.postState();
        return;
      case 'imageAction': {
        const image = this.model.images.find((one) => one.id === message.imageId);
        if (image === undefined) return;
        if (message.action === 'copyImage') this.post({ type: 'imageForClipboard', imageId: image.id });
        else await runImageAction(message.action, image.saved, this.parts.markdownEditors);
        return;
      }
      case 'imageCopied':
        return;
      case 'history':
        return this.history.handle(message.message);
    }
  }

  private async generate(prompt: string): Promise<void> {
    if (this.running !== undefined || prompt === '') return;
    const controller = new AbortController();
    this.running = controller;
    this.bytes.clear();
    this.change(started({ ...this.model, prompt }, prompt, Date.now()));
    await this.sendSnapshot();
    const editor = this.parts.markdownEditors.last();
    const place = LinkPlace.at(editor);
    try {
      for await (const event of this.events(prompt, editor?.document.uri, place, controller.signal))
        this.take(event);
    } finally {
      place?.dispose();
      this.running = undefined;
    }
  }

  private async *events(
    prompt: string,
    document: vscode.Uri | undefined,
    place: LinkPlace | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent> {
    try {
      const preparing = this.parts.service.prepare({ args: {}, prompt, interactive: true, document, place });
      yield* this.parts.service.run(await untilCancelled(preparing, signal), signal);
    } catch (thrown) {
      if (!isImageGatewayError(thrown)) throw thrown;
      yield thrown.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error: thrown };
    }
  }

  private take(event: GenerationEvent): void {
    const model = reduce(this.model, event, () => crypto.randomUUID());
    // Words and frames of a running request are not worth a write each: it cannot be taken up again after a reload.
    if (event.type === 'text' || event.type === 'partialImage') this.model = model;
    else this.change(model);
    if (event.type === 'text') this.post({ type: 'textAdded', text: event.text });
    else if (event.type === 'partialImage')
      this.post({ type: 'partialImage', bytes: event.bytes.slice(), mediaType: event.mediaType });
    else if (event.type === 'saved') {
      const image = this.model.images.at(-1);
      if (image === undefined) return;
      const { bytes } = event.image;
      this.bytes.set(image.id, bytes);
      this.post({ type: 'imageAdded', image: shownTo(image, bytes) });
    } else this.postState();
  }

  private change(model: PanelModel): void {
    this.model = model;
    // A closed panel ends after a new one may have begun with what was remembered.
    if (!this.isDisposed) void this.parts.memory.set(model);
  }

  private async sendSnapshot(): Promise<void> {
    const shown = this.model.images;
    const images = await Promise.all(
      shown.map(async (one) => shownTo(one, this.bytes.get(one.id) ?? (await readFile(one)))),
    );
    // A picture that came meanwhile would be missing.
    if (this.model.images !== shown) return this.sendSnapshot();
    this.post({ type: 'snapshot', state: this.state(images), strings: panelStrings() });
    this.isReady = true;
    this.history.begin();
    if (this.focusWhenReady) this.focusPrompt();
  }

  private state(images: readonly PanelImage[]): PanelState {
    const { gateway, gatewayName, modelName } = this.parts.names();
    const { gateway: lastGateway, model, images: _shown, receipt, ...state } = this.model;
    const topics = receiptTopicNames();
    // Nothing chosen: the gateway's default, known once it was asked.
    const asked = gateway === lastGateway ? outsideWords(model, [], 80) : '';
    return {
      ...state,
      gatewayName,
      modelName: modelName === '' ? asked : modelName,
      sessionLine: this.parts.sessionLine(),
      receipt: receipt.map((row) => ({ ...row, topic: topics[row.topic] })),
      images,
    };
  }

  private focusPrompt(): void {
    this.focusWhenReady = false;
    this.post({ type: 'focusPrompt' });
  }

  private post(message: ToWebviewMessage): void {
    // A closed panel has no webview to ask. A hidden page takes nothing; it asks for a snapshot when it is back.
    if (this.isDisposed) return;
    void this.panel.webview.postMessage(message);
  }
}

/** The most bytes of a picture that the page is given. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Waits for what may be asking the person something (for a key, say). Cancelled, it takes back the question, too: it
 * would stay open, because the focus is in the panel.
 */
function untilCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = () => {
      reject(new ImageGatewayError('cancelled', 'The request was cancelled.'));
      void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    };
    signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

/** A picture as the page may know it: an id, words and bytes. A tight copy: a view would ship its whole buffer. */
function shownTo({ id, saved }: ShownImage, bytes: Uint8Array | undefined): PanelImage {
  const { mediaType, width, height, byteLength, alt, uri } = saved;
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  return {
    id,
    mediaType,
    width,
    height,
    byteLength,
    hasAlpha: (bytes && inspectImage(bytes)?.hasAlpha) ?? false,
    alt,
    path,
    ...(bytes && { bytes: new Uint8Array(bytes) }),
  };
}

async function readFile(image: ShownImage): Promise<Uint8Array | undefined> {
  const uri = vscode.Uri.parse(image.saved.uri);
  try {
    // The file may have become another since it was saved.
    const { size } = await vscode.workspace.fs.stat(uri);
    return size <= mostBytes ? await vscode.workspace.fs.readFile(uri) : undefined;
  } catch {
    return undefined;
  }
}
