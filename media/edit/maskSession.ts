import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { fill } from '../words.ts';
import { createMarkModel, type MarkModel } from './markModel.ts';
import { MaskBrush } from './maskBrush.ts';
import { MaskCursor, stageSource } from './maskCursor.ts';
import type { ControlState, MaskCommand, MaskTool } from './maskControls.ts';
import { createStagedPicture } from './maskPicture.ts';
import { MaskStage } from './maskStage.ts';
import { markedWords } from './maskWords.ts';
import { type PointerActions, PointerInput } from './pointerInput.ts';
import { type Size, type StagePoint, toPicture, toStage } from './viewport.ts';
import { listenToWheel } from './wheelInput.ts';

/** What a session tells. */
export interface SessionActions {
  /** What the controls show may be different. */
  readonly render: () => void;
  /** Other strokes than before count. */
  readonly changed: () => void;
  /** `later`: only when nothing else is said for a moment. */
  readonly say: (words: string, when: 'now' | 'later') => void;
  /** The picture cannot be shown. */
  readonly failed: () => void;
}

/** CSS pixels that an arrow key moves the cursor, and the view, by; with Shift, five times as many. */
const cursorStep = 8;
const panStep = 40;
const far = 5;
const zoomStep = 1.25;
/** A stroke is kept to half a pixel: of the picture, or of the screen where the picture's are smaller. */
const tolerance = 0.5;

/** The work on the mask of one picture: what hands and keys do, and what comes of it. */
export class MaskSession {
  /** Resolves once the picture can be painted, or never will be. */
  readonly ready: Promise<void>;
  readonly #strings: MaskEditorStrings;
  readonly #actions: SessionActions;
  readonly #model: MarkModel;
  readonly #stage: MaskStage;
  readonly #brush: MaskBrush;
  readonly #cursor: MaskCursor;
  readonly #pan = (dx: number, dy: number) => this.#stage.pan(dx, dy);
  readonly #zoom = (factor: number, at: StagePoint) => this.#stage.zoom(factor, at);

  /** @param strokes what is marked already */
  constructor(
    blob: Blob,
    picture: Size,
    strokes: readonly MaskStroke[],
    strings: MaskEditorStrings,
    actions: SessionActions,
  ) {
    this.#strings = strings;
    this.#actions = actions;
    this.#model = createMarkModel(picture);
    this.#model.put(strokes);
    this.#brush = new MaskBrush(picture);
    this.#cursor = new MaskCursor(picture);
    const staged = createStagedPicture(blob, picture, strings.pictureAlt, actions.failed);
    this.ready = staged.ready;
    this.#stage = new MaskStage(
      staged,
      picture,
      stageSource(this.#model, this.#brush, this.#cursor, () => actions.render()),
    );
    new PointerInput(this.element, this.#pointerActions());
    listenToWheel(this.element, this.#pan, this.#zoom);
    // Who comes by Tab has no pointer here.
    this.element.addEventListener('focus', () =>
      this.#showCursor(this.#cursor.hand === 'none' ? 'keys' : this.#cursor.hand),
    );
    this.element.addEventListener('blur', () => this.#showCursor('none'));
  }

  /** The place that is painted on. */
  get element(): HTMLElement {
    return this.#stage.element;
  }

  /** The finished strokes. */
  strokes(): readonly MaskStroke[] {
    return this.#model.strokes();
  }

  /** Part of the picture that is marked, 0 to 1. */
  share(): number {
    return this.#model.share();
  }

  state(): ControlState {
    return {
      tool: this.#brush.tool,
      sizeIndex: this.#brush.sizeIndex,
      sizeCount: this.#brush.sizeCount,
      diameter: this.#brush.diameter,
      canUndo: this.#model.canUndo(),
      canRedo: this.#model.canRedo(),
      canClear: this.#model.strokes().length > 0,
      zoom: this.#stage.viewport().scale * 100,
    };
  }

  choose(tool: MaskTool): void {
    this.drop();
    this.#brush.tool = tool;
    this.element.classList.toggle('hand', tool === 'hand');
    this.#stage.show('news');
    this.#actions.render();
    this.#actions.say(this.#brush.words(this.#strings), 'now');
  }

  /** Chooses a size from the slider, which says it by itself. */
  resizeTo(sizeIndex: number): void {
    this.#brush.resizeTo(sizeIndex);
    this.#stage.show('news');
    this.#actions.render();
  }

  /** One size larger or smaller, also while the tool in hand has none. */
  resizeBy(steps: 1 | -1): void {
    this.resizeTo(this.#brush.sizeIndex + steps);
    this.#actions.say(this.#brush.sizeWords(this.#strings), 'now');
  }

  run(command: MaskCommand): void {
    const { undone, redone, cleared } = this.#strings;
    if (command === 'undo') this.#change(this.#model.undo, undone);
    else if (command === 'redo') this.#change(this.#model.redo, redone);
    else if (command === 'clear') this.#change(this.#model.clear, cleared);
    else this.#zoomBy(command);
  }

  /** Moves the cursor, or the view with its tool, in a direction; what is being made follows. */
  move(dx: number, dy: number, isFar: boolean): void {
    const times = isFar ? far : 1;
    if (this.#brush.tool === 'hand') {
      this.#stage.pan(-dx * panStep * times, -dy * panStep * times);
      return;
    }
    const by = Math.max(1, Math.round(cursorStep / this.#stage.viewport().scale)) * times;
    this.#cursor.moveBy(dx * by, dy * by);
    this.#model.gesture()?.extend([this.#cursor.at]);
    this.#showCursor('keys');
    this.#stage.reveal(this.#cursor.at);
    this.#actions.say(fill(this.#strings.cursorAt, this.#cursor.at.x, this.#cursor.at.y), 'later');
  }

  /** Begins at the cursor, or ends what was begun. */
  press(): void {
    this.#showCursor('keys');
    if (this.#brush.tool === 'hand') return;
    if (this.#model.gesture()) {
      this.#keep();
      return;
    }
    this.#begin(this.#brush.tool);
    const isPath = this.#brush.tool !== 'rectangle';
    this.#actions.say(isPath ? this.#strings.painting : this.#strings.cornerSet, 'now');
  }

  /** Drops what is being made. @returns whether there was something */
  drop(): boolean {
    if (!this.#model.drop()) return false;
    this.#stage.show('all');
    this.#actions.say(this.#strings.dropped, 'now');
    return true;
  }

  dispose(): void {
    this.#stage.dispose();
  }

  #pointerActions(): PointerActions {
    const place = (at: StagePoint) => toPicture(this.#stage.viewport(), at);
    return {
      isHand: () => this.#brush.tool === 'hand',
      begin: (at, erases) => {
        this.drop();
        this.#cursor.at = place(at);
        this.#showCursor('pointer');
        if (this.#brush.tool !== 'hand') this.#begin(erases ? 'eraser' : this.#brush.tool);
      },
      extend: (points) => {
        const places = points.map(place);
        this.#cursor.at = places.at(-1) ?? this.#cursor.at;
        this.#model.gesture()?.extend(places);
        this.#stage.show('news');
      },
      end: () => this.#keep(),
      abort: () => this.drop(),
      hover: (at) => {
        if (at) this.#cursor.at = this.#model.gesture() ? this.#cursor.at : place(at);
        this.#showCursor(at ? 'pointer' : 'none');
      },
      pan: this.#pan,
      zoom: this.#zoom,
    };
  }

  #begin(tool: Exclude<MaskTool, 'hand'>): void {
    const { scale } = this.#stage.viewport();
    if (tool === 'rectangle') this.#model.beginRectangle(this.#cursor.at);
    else
      this.#model.beginPath(tool, this.#brush.diameter / 2, this.#cursor.at, tolerance / Math.min(1, scale));
    this.#stage.show('news');
  }

  #keep(): void {
    const result = this.#model.keep();
    this.#stage.show('all');
    if (result === 'full') this.#actions.say(this.#strings.full, 'now');
    if (result !== 'kept') return;
    this.#actions.changed();
    this.#actions.say(markedWords(this.#strings, this.share()), 'now');
  }

  /** Lets strokes go or come back. What is being made was done last: it is dropped instead. */
  #change(change: () => boolean, words: string): void {
    if (this.drop() || !change()) return;
    this.#stage.show('all');
    this.#actions.changed();
    this.#actions.say(`${words} ${markedWords(this.#strings, this.share())}`, 'now');
  }

  /** Zooms at the cursor where keys move it, else in the middle of the stage. */
  #zoomBy(command: 'zoomIn' | 'zoomOut' | 'zoomFit'): void {
    const { at, hand } = this.#cursor;
    const anchor = hand === 'keys' ? toStage(this.#stage.viewport(), at) : undefined;
    if (command === 'zoomFit') this.#stage.fit();
    else this.#stage.zoom(command === 'zoomIn' ? zoomStep : 1 / zoomStep, anchor);
    this.#actions.say(fill(this.#strings.zoomIs, Math.round(this.state().zoom)), 'now');
  }

  #showCursor(hand: 'pointer' | 'keys' | 'none'): void {
    this.#cursor.hand = hand;
    this.#stage.show('news');
  }
}
