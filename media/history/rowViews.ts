import type { HistoryStrings } from '../../src/protocol/history.ts';
import { createRowView, type RowActions, type RowView } from './rowView.ts';

interface Shown {
  readonly view: RowView;
  /** Of the generation that it shows. */
  readonly id: string;
}

/** The rows that are on the page, by their place in the list. Those that leave show others later. */
export class RowViews {
  private readonly list: HTMLElement;
  private readonly strings: HistoryStrings;
  private readonly actions: RowActions;
  private readonly shown = new Map<number, Shown>();
  private readonly spare: RowView[] = [];

  constructor(list: HTMLElement, strings: HistoryStrings, actions: RowActions) {
    this.list = list;
    this.strings = strings;
    this.actions = actions;
  }

  at(index: number): RowView | undefined {
    return this.shown.get(index)?.view;
  }

  idAt(index: number): string | undefined {
    return this.shown.get(index)?.id;
  }

  /** The row in which something is. */
  indexOf(target: EventTarget | null): number | undefined {
    if (!(target instanceof Node)) return undefined;
    return [...this.shown].find(([, { view }]) => view.element.contains(target))?.[0];
  }

  /** Puts the rows of these places on the page, in their order, and takes the others off. */
  place(indices: readonly number[], idOf: (index: number) => string): void {
    const wanted = new Set(indices);
    for (const [index, { view }] of this.shown) {
      if (wanted.has(index)) continue;
      this.shown.delete(index);
      this.takeOff(view);
    }
    // A row that stays is not moved: it may have the focus.
    let before = this.list.firstElementChild;
    for (const index of indices) {
      const view = this.at(index) ?? this.spare.pop() ?? createRowView(this.strings, this.actions);
      this.shown.set(index, { view, id: idOf(index) });
      if (view.element === before) before = before.nextElementSibling;
      else this.list.insertBefore(view.element, before);
    }
  }

  /** Lets each go on showing its generation, wherever that is now. */
  follow(indexOf: ReadonlyMap<string, number>): void {
    const before = [...this.shown.values()];
    this.shown.clear();
    for (const one of before) {
      const index = indexOf.get(one.id);
      if (index === undefined) this.takeOff(one.view);
      else this.shown.set(index, one);
    }
  }

  private takeOff(view: RowView): void {
    view.element.remove();
    this.spare.push(view);
  }
}
