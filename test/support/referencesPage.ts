// The page with the real tray of references behind it.
import './vscodeStandIn.ts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { outDir } from '../../scripts/paths.ts';
import { invalidArguments } from '../../src/core/failure.ts';
import { type FoundPicture, ReferenceTray } from '../../src/host/panel/referenceTray.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import { decodeFromReferences, type PanelReference } from '../../src/protocol/references.ts';
import { emptyState } from './historyPage.ts';
import { openPage, type PageHarness, type PageMessage, type PageOptions } from './pageHarness.ts';

const { panelStrings } = await import('../../src/host/panel/panelStrings.ts');
const { referencesStrings } = await import('../../src/host/panel/referencesStrings.ts');

/** The panel's page, its host, and what was said between them. */
export class ReferencesPage {
  /** Files that a Uri of a drop, or the dialog, leads to. */
  readonly files = new Map<string, FoundPicture>();
  readonly tray: ReferenceTray;
  private harness: PageHarness | undefined;
  private shown: readonly PanelReference[] = [];
  private panelState: PanelState = emptyState;
  private post: PageHarness['post'] = () => Promise.resolve();

  private constructor() {
    this.tray = new ReferenceTray({
      sources: {
        choose: () => Promise.resolve([...this.files.values()].map((file) => () => Promise.resolve(file))),
        dropped: (uri) => () => {
          const file = this.files.get(uri);
          return file === undefined
            ? Promise.reject(
                invalidArguments('The reference image is refused: it is not inside the workspace.'),
              )
            : Promise.resolve(file);
        },
      },
      // What the page shows small is decided elsewhere; here the picture itself will do.
      makeThumbnail: (bytes) => Promise.resolve({ bytes, mediaType: 'image/png', width: 1, height: 1 }),
      post: (message) => {
        if ('references' in message) this.shown = message.references;
        void this.post(message);
      },
      strings: referencesStrings,
      logError: (_words, thrown) => {
        throw thrown as Error;
      },
    });
  }

  /** Opens the panel in a page of its own, with a tray in which nothing lies. */
  static async open(browser: Browser, options: Omit<PageOptions, 'handle'> = {}): Promise<ReferencesPage> {
    const opened = new ReferencesPage();
    opened.harness = await openPage(browser, {
      ...{ width: 760, height: 620 },
      ...options,
      handle: (message, post) => opened.hear(message, post),
    });
    return opened;
  }

  get page(): Page {
    return this.opened.page;
  }

  /** What went wrong in the page: errors, and what its policy refused. */
  get problems(): readonly string[] {
    return this.opened.problems;
  }

  /** Says something to the page. */
  tell(message: object): Promise<unknown> {
    return this.opened.post(message);
  }

  /** Lets the page show another state of the panel. */
  async show(state: Partial<PanelState>): Promise<void> {
    this.panelState = { ...this.panelState, ...state };
    await this.tell({ type: 'stateChanged', state: this.panelState });
  }

  /** What lies in the tray, as the page was told last. */
  trayItems(): readonly PanelReference[] {
    return this.shown;
  }

  /** Everything that the page said, in its order. */
  get heard(): readonly PageMessage[] {
    return this.opened.said;
  }

  /** What the page said of one kind. */
  said<T extends PageMessage['type']>(type: T): Extract<PageMessage, { readonly type: T }>[] {
    return this.opened.said.filter(
      (message): message is Extract<PageMessage, { readonly type: T }> => message.type === type,
    );
  }

  /** Writes out/screenshots/references/<name>.png. */
  async screenshot(name: string): Promise<void> {
    const folder = join(outDir, 'screenshots', 'references');
    mkdirSync(folder, { recursive: true });
    const file = `${name.toLowerCase().replaceAll(' ', '-')}.png`;
    await this.page.screenshot({ path: join(folder, file), animations: 'disabled' });
  }

  async close(): Promise<void> {
    this.tray.dispose();
    await this.opened.close();
  }

  private get opened(): PageHarness {
    if (!this.harness) throw new Error('The page has not been opened.');
    return this.harness;
  }

  private async hear(message: PageMessage, post: PageHarness['post']): Promise<void> {
    this.post = post;
    if (message.type === 'ready') {
      await post({ type: 'snapshot', state: this.panelState, strings: panelStrings() });
      this.tray.postAll();
    }
    const aboutReferences = decodeFromReferences(message);
    if (aboutReferences !== undefined) await this.tray.take(aboutReferences);
  }
}
