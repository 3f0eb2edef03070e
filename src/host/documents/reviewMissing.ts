import * as vscode from 'vscode';
import { outsideWords, withoutIcons } from '../../core/outsideText.ts';
import { pixelWords } from '../../core/imageWords.ts';
import type { Gateways } from '../gateways.ts';
import { outlookOf } from '../panel/outlook.ts';
import { pathLabel } from '../pathLabel.ts';
import { type AskedPrompt, askReferencePrompt, firstPrompt } from './askReferencePrompt.ts';
import type { MissingFile } from './foundOnce.ts';
import { nameToBe } from './missingCall.ts';
import type { MissingImage } from './missingImage.ts';
import { fileOfDocument } from './placeOfDocument.ts';
import { pictureKey } from './variants.ts';

/** A missing image that the person wants, and what is sent for it. */
export interface WantedImage extends MissingFile {
  readonly asked: AskedPrompt;
}

/** Of the list: more than these nobody reviews. The others are found the next time. */
const mostRows = 1000;

/** No document says more in an image’s words. */
const mostDetail = 1000;

interface Row extends vscode.QuickPickItem, MissingFile {
  asked: AskedPrompt;
  /** Whether a row above is the same picture in another size or format. */
  readonly isVariant: boolean;
}

/** What the list is left for. */
type Answer = { readonly edit: Row } | { readonly open: Row } | { readonly wanted: readonly Row[] };

/** The list of missing images, which fills while the search goes on: what, where, in which size, for how much. */
export class MissingReview {
  private readonly gateways: Gateways;
  private readonly rows: Row[] = [];
  private readonly chosen = new Set<Row>();
  /** Of those with several sizes and formats, the pictures of which one was chosen when it came. */
  private readonly pictures = new Set<string>();
  private list: vscode.QuickPick<Row> | undefined;
  private isSearching = true;
  private isIncomplete = false;
  /** Whether there is more than the list takes. */
  private isCut = false;
  private lookedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Rows of which the list has told that they are chosen. */
  private readonly told = new Set<Row>();

  constructor(gateways: Gateways) {
    this.gateways = gateways;
  }

  /**
   * Adds a row, chosen but where the document would have to be changed, and where it is another size or format of a
   * picture that is: a request of its own would make another picture of it.
   * @returns whether there was room for it
   */
  add({ missing, alsoNamed }: MissingFile): boolean {
    // What stands around the image goes along only where the person has seen it: in the box of the pencil.
    const asked = { ...firstPrompt(missing), isAlong: false };
    if (this.rows.length === mostRows) {
      this.isCut = true;
      return false;
    }
    const picture = pictureKey(missing);
    const isVariant = picture !== undefined && this.pictures.has(picture);
    const row: Row = {
      ...words(missing, asked, isVariant),
      missing,
      alsoNamed,
      asked,
      isVariant,
      buttons: [editButton(), openButton()],
    };
    this.rows.push(row);
    if (missing.format.can === 'write' && !isVariant) {
      this.chosen.add(row);
      if (picture !== undefined) this.pictures.add(picture);
    }
    this.refreshSoon();
    return true;
  }

  /** Takes how many files were looked at. */
  readonly progress = ({ files }: { readonly files: number }): void => {
    this.lookedAt = files;
    // What else the list shows is none of it.
    if (this.isEmpty) this.refreshSoon();
  };

  /** Not everything could be looked at. */
  tellIncomplete(): void {
    this.isIncomplete = true;
    this.refreshSoon();
  }

  /** Nothing more comes; an empty list goes away. */
  end(): void {
    this.isSearching = false;
    if (this.isEmpty) this.list?.hide();
    else this.refreshSoon();
  }

  /** The files of all rows, chosen or not. */
  get files(): readonly vscode.Uri[] {
    return this.rows.map(({ missing }) => missing.file);
  }

  /** Whether nothing was found. */
  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  /** Whether the search is over. */
  get isDone(): boolean {
    return !this.isSearching;
  }

  /** Shows the list until the person has decided. @returns undefined where they left */
  async ask(): Promise<readonly WantedImage[] | undefined> {
    for (;;) {
      const answer = await this.show();
      if (answer === undefined) return undefined;
      if ('wanted' in answer)
        return answer.wanted.map(({ missing, alsoNamed, asked }) => ({ missing, alsoNamed, asked }));
      if ('open' in answer) {
        await openAt(answer.open.missing);
        return undefined;
      }
      const { edit } = answer;
      const { name } = this.gateways.find(undefined);
      const asked = await askReferencePrompt(edit.missing, name, edit.asked);
      if (asked !== undefined) Object.assign(edit, words(edit.missing, asked, edit.isVariant), { asked });
    }
  }

  private show(): Promise<Answer | undefined> {
    const list = vscode.window.createQuickPick<Row>();
    this.list = list;
    list.canSelectMany = true;
    list.ignoreFocusOut = true;
    list.matchOnDescription = true;
    list.matchOnDetail = true;
    // What a row's own button does, for those who have no pointer.
    list.buttons = [{ ...editButton(), tooltip: vscode.l10n.t('Edit the Prompt of the Focused Image') }];
    list.placeholder = vscode.l10n.t('Missing images to generate; the pencil changes a prompt');
    this.refresh();
    return new Promise<Answer | undefined>((resolve) => {
      if (this.isEmpty && this.isDone) resolve(undefined);
      list.onDidChangeSelection((selected) => this.takeSelection(new Set(selected)));
      list.onDidTriggerButton(() => {
        // Before an arrow key is pressed none has the focus.
        const edit = list.activeItems[0] ?? list.items[0];
        if (edit !== undefined) resolve({ edit });
      });
      list.onDidTriggerItemButton(({ item, button }) =>
        resolve(button.tooltip === openButton().tooltip ? { open: item } : { edit: item }),
      );
      list.onDidAccept(() => {
        const wanted = this.seen();
        if (wanted.length > 0) resolve({ wanted });
      });
      list.onDidHide(() => resolve(undefined));
      list.show();
    }).finally(() => {
      this.list = undefined;
      list.dispose();
    });
  }

  /** The list tells of a selection some time after it was filled: rows that it has not told of yet are as they were. */
  private takeSelection(selected: ReadonlySet<Row>): void {
    for (const row of this.chosen) if (this.told.has(row) && !selected.has(row)) this.chosen.delete(row);
    for (const row of selected) {
      this.chosen.add(row);
      this.told.add(row);
    }
    if (this.list !== undefined) this.list.title = this.title();
  }

  /** The first row at once, the others a few times a second: each time the whole list is drawn anew. */
  private refreshSoon(): void {
    if (this.list?.items.length === 0) this.refresh();
    else this.timer ??= setTimeout(() => this.refresh(), 150);
  }

  private refresh(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { list } = this;
    if (list === undefined) return;
    list.keepScrollPosition = true;
    const { activeItems } = list;
    list.items = [...this.rows];
    // Filling it puts the focus onto the first.
    if (activeItems.length > 0) list.activeItems = activeItems;
    list.selectedItems = this.rows.filter((row) => this.chosen.has(row));
    list.busy = this.isSearching;
    list.title = this.title();
  }

  /** Those chosen that the list shows: what was found since it was drawn last, nobody has seen. */
  private seen(): readonly Row[] {
    return (this.list?.items ?? []).filter((row) => this.chosen.has(row));
  }

  private title(): string {
    const count = this.seen().length;
    const shown = this.list?.items.length ?? 0;
    const name = vscode.l10n.t('Generate Missing Images');
    if (shown === 0 && this.isSearching)
      return vscode.l10n.t('{0}: {1} files looked at', name, this.lookedAt);
    const { priceLine } = outlookOf(this.gateways, [this.gateways.wantedModel()], count);
    const total = this.isCut ? vscode.l10n.t('the first {0}', shown) : String(shown);
    const chosen = vscode.l10n.t('{0} of {1} chosen', count, total);
    const incomplete = vscode.l10n.t('not everything could be looked at, see the log');
    return [
      `${name}: ${chosen}`,
      ...(count === 0 || priceLine === '' ? [] : [priceLine]),
      ...(this.isIncomplete ? [incomplete] : []),
    ].join(' · ');
  }
}

function words(
  missing: MissingImage,
  asked: AskedPrompt,
  isVariant: boolean,
): Pick<Row, 'label' | 'description' | 'detail'> {
  const { file, size, document } = missing;
  const name = withoutIcons(outsideWords(file.path.split('/').pop() ?? '', [], 80));
  const toBe = nameToBe(missing);
  const label =
    toBe === file.path.split('/').pop() ? name : `${name} → ${withoutIcons(outsideWords(toBe, [], 80))}`;
  const place = pathLabel(fileOfDocument(document));
  const variant = isVariant ? vscode.l10n.t('another size or format of a picture above') : '';
  const details = [variant, size && pixelWords(size), pathLabel(vscode.Uri.joinPath(file, '..')), place];
  return {
    label,
    description: details.filter((one) => one !== undefined && one !== '').join(' · '),
    // All of it: it is what is sent.
    detail: withoutIcons(outsideWords(asked.words, [], mostDetail)),
  };
}

async function openAt({ document, reference }: MissingImage): Promise<void> {
  const opened = await vscode.workspace.openTextDocument(document);
  const { start, end } = reference.range;
  const selection = new vscode.Range(opened.positionAt(start), opened.positionAt(end));
  await vscode.window.showTextDocument(opened, { selection });
}

function editButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Edit Prompt') };
}

function openButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Go to the Document') };
}
