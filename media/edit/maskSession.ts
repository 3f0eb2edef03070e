import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { fill } from '../words.ts';
import { brushSizes, firstBrushSize } from './brushSizes.ts';
import { createMarkModel, type MarkModel } from './markModel.ts';
import type { ControlState, MaskCommand, MaskTool } from './maskControls.ts';
import { createStagedPicture } from './maskPicture.ts';
import { createMaskStage, type MaskStage, type StageSource } from './maskStage.ts';
import { markedWords, toolWords } from './maskWords.ts';
import { listenToPointers, type PointerActions } from './pointerInput.ts';
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

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** The work on the mask of one picture: what hands and keys do, and what comes of it. */
export class MaskSession {
  readonly #strings: MaskEditorStrings;
  readonly #actions: SessionActions;
  readonly #picture: Size;
  readonly #model: MarkModel;
  readonly #stage: MaskStage;
  readonly #sizes: readonly number[];
  #sizeIndex: number;
  #tool: MaskTool = 'brush';
  #cursor: PicturePoint;
  /** Whose cursor is shown: that of a pointer that has left is not. */
  #hand: 'pointer' | 'keys' | 'none' = 'none';

  constructor(blob: Blob, picture: Size, strings: MaskEditorStrings, actions: SessionActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#picture = picture;
    this.#model = createMarkModel(picture);
    this.#sizes = brushSizes(picture);
    this.#sizeIndex = firstBrushSize(this.#sizes, picture);
    this.#cursor = { x: Math.round(picture.width / 2), y: Math.round(picture.height / 2) };
    const staged = createStagedPicture(blob, picture, strings.pictureAlt, actions.failed);
    this.#stage = createMaskStage(staged, picture, this.#source());
    listenToPointers(this.element, this.#pointerActions());
    listenToWheel(this.element, this.#stage.pan, this.#stage.zoom);
    // Who comes by Tab has no pointer here.
    this.element.addEventListener('focus', () =>
      this.#showCursor(this.#hand === 'none' ? 'keys' : this.#hand),
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
      tool: this.#tool,
      sizeIndex: this.#sizeIndex,
      sizeCount: this.#sizes.length,
      diameter: this.#diameter(),
      canUndo: this.#model.canUndo(),
      canRedo: this.#model.canRedo(),
      canClear: this.#model.strokes().length > 0,
      zoom: this.#stage.viewport().scale * 100,
    };
  }

  choose(tool: MaskTool): void {
    this.drop();
    this.#tool = tool;
    this.element.classList.toggle('hand', tool === 'hand');
    this.#stage.show('news');
    this.#actions.render();
    this.#actions.say(toolWords(this.#strings, tool, this.#diameter()), 'now');
  }

  /** Chooses a size from the slider, which says it by itself. */
  resizeTo(sizeIndex: number): void {
    this.#sizeIndex = clamp(sizeIndex, this.#sizes.length - 1);
    this.#stage.show('news');
    this.#actions.render();
  }

  resizeBy(steps: 1 | -1): void {
    this.resizeTo(this.#sizeIndex + steps);
    const tool = this.#tool === 'eraser' ? 'eraser' : 'brush';
    this.#actions.say(toolWords(this.#strings, tool, this.#diameter()), 'now');
  }

  run(command: MaskCommand): void {
    switch (command) {
      case 'undo':
        // What is being made is what was done last.
        if (this.drop()) return;
        {
          this.#tell(this.#model.undo(), this.#strings.undone);
          return;
        }
      case 'redo': {
        this.#tell(!this.drop() && this.#model.redo(), this.#strings.redone);
        return;
      }
      case 'clear':
        this.drop();
        {
          this.#tell(this.#model.clear(), this.#strings.cleared);
          return;
        }
      case 'zoomFit':
        this.#stage.fit();
        {
          this.#tellZoom();
          return;
        }
      case 'zoomIn':
      case 'zoomOut':
        this.#stage.zoom(command === 'zoomIn' ? zoomStep : 1 / zoomStep, this.#anchor());
        {
          this.#tellZoom();
          return;
        }
    }
  }

  /** Moves the cursor, or the view with its tool, in a direction; what is being made follows. */
  move(dx: number, dy: number, isFar: boolean): void {
    const times = isFar ? far : 1;
    if (this.#tool === 'hand') {
      this.#stage.pan(-dx * panStep * times, -dy * panStep * times);
      return;
    }
    const by = Math.max(1, Math.round(cursorStep / this.#stage.viewport().scale)) * times;
    const { width, height } = this.#picture;
    this.#cursor = {
      x: clamp(Math.round(this.#cursor.x) + dx * by, width),
      y: clamp(Math.round(this.#cursor.y) + dy * by, height),
    };
    this.#model.gesture()?.extend([this.#cursor]);
    this.#showCursor('keys');
    this.#stage.reveal(this.#cursor);
    this.#actions.say(fill(this.#strings.cursorAt, this.#cursor.x, this.#cursor.y), 'later');
  }

  /** Begins at the cursor, or ends what was begun. */
  press(): void {
    this.#showCursor('keys');
    if (this.#tool === 'hand') return;
    if (this.#model.gesture()) {
      this.#keep();
      return;
    }
    this.#begin(this.#tool);
    const isPath = this.#tool !== 'rectangle';
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

  #source(): StageSource {
    const gesture = () => this.#model.gesture();
    return {
      strokes: () => {
        const made = gesture();
        // A rectangle is outlined until it is one.
        return made && !made.box() ? [...this.#model.strokes(), ...made.strokes()] : this.#model.strokes();
      },
      takeNews: () => gesture()?.takeNews(),
      box: () => gesture()?.box(),
      cursor: () => {
        if (this.#hand === 'none' || this.#tool === 'hand') return undefined;
        const ring = this.#tool === 'rectangle' ? {} : { radius: this.#diameter() / 2 };
        return { at: this.#cursor, hasCross: this.#hand === 'keys', ...ring };
      },
      viewChanged: () => this.#actions.render(),
    };
  }

  #pointerActions(): PointerActions {
    const place = (at: StagePoint) => toPicture(this.#stage.viewport(), at);
    return {
      isHand: () => this.#tool === 'hand',
      begin: (at, erases) => {
        this.drop();
        this.#cursor = place(at);
        this.#showCursor('pointer');
        if (this.#tool !== 'hand') this.#begin(erases ? 'eraser' : this.#tool);
      },
      extend: (points) => {
        const places = points.map(place);
        this.#cursor = places.at(-1) ?? this.#cursor;
        this.#model.gesture()?.extend(places);
        this.#stage.show('news');
      },
      end: () => this.#keep(),
      abort: () => this.drop(),
      hover: (at) => {
        if (at) this.#cursor = this.#model.gesture() ? this.#cursor : place(at);
        this.#showCursor(at ? 'pointer' : 'none');
      },
      pan: this.#stage.pan,
      zoom: this.#stage.zoom,
    };
  }

  #begin(tool: Exclude<MaskTool, 'hand'>): void {
    const { scale } = this.#stage.viewport();
    if (tool === 'rectangle') this.#model.beginRectangle(this.#cursor);
    else this.#model.beginPath(tool, this.#diameter() / 2, this.#cursor, tolerance / Math.min(1, scale));
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

  /** Tells that strokes went or came back. */
  #tell(did: boolean, words: string): void {
    if (!did) return;
    this.#stage.show('all');
    this.#actions.changed();
    this.#actions.say(`${words} ${markedWords(this.#strings, this.share())}`, 'now');
  }

  #tellZoom(): void {
    this.#actions.say(fill(this.#strings.zoomIs, Math.round(this.state().zoom)), 'now');
  }

  /** Where buttons and keys zoom at: at the cursor that keys move, else in the middle of the stage. */
  #anchor(): StagePoint | undefined {
    return this.#hand === 'keys' ? toStage(this.#stage.viewport(), this.#cursor) : undefined;
  }

  #showCursor(hand: 'pointer' | 'keys' | 'none'): void {
    this.#hand = hand;
    this.#stage.show('news');
  }

  #diameter(): number {
    return this.#sizes[this.#sizeIndex] ?? 1;
  }
}
