import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { h, setText } from '../dom.ts';
import { createMaskControls } from './maskControls.ts';
import { listenToKeys, type MaskKeyActions } from './maskKeys.ts';
import { MaskSession } from './maskSession.ts';
import { markedWords } from './maskWords.ts';
import { createSpeaker } from './speaker.ts';

/** What the editor tells. */
export interface MaskEditorActions {
  /** Other strokes than before count; whether none of the picture is marked now. */
  readonly changed: (isEmpty: boolean) => void;
  /** Escape, where there was nothing to drop. */
  readonly cancel: () => void;
}

/** The mask editor. It fills the width that it is given; the prompt box and the buttons are the caller's. */
export interface MaskEditor {
  readonly element: HTMLElement;
  /**
   * Begins anew with a picture.
   * @param picture PNG, JPEG, WebP or AVIF
   * @param width pixels of the picture, as its strokes count them; 1 or more
   * @param strokes what is marked already
   * @returns once the picture can be painted, or never will be
   */
  readonly show: (
    picture: Blob,
    width: number,
    height: number,
    strokes?: readonly MaskStroke[],
  ) => Promise<void>;
  /** What is marked, in pixels of the picture: ready for the wire, within what the host draws. */
  readonly strokes: () => MaskStroke[];
  /** Whether no part of the picture is marked, also where everything was erased again. */
  readonly isEmpty: () => boolean;
  /** Puts the focus on the canvas. */
  readonly focus: () => void;
  /** Gives the memory back; `show` may come again. */
  readonly dispose: () => void;
}

let editors = 0;

/** A place for the stage, with a description that is read out after its name. */
function createFrame(strings: MaskEditorStrings) {
  const id = `mask-help-${++editors}`;
  const help = h('p', { id, class: 'heard' }, strings.canvasHelp);
  const place = h('div', { class: 'mask-place' });
  const status = h('p', { class: 'mask-status' });
  return {
    elements: [place, help, status] as const,
    status,
    hold: (stage: HTMLElement) => {
      stage.tabIndex = 0;
      // Arrow keys are the canvas's own, not the screen reader's.
      stage.setAttribute('role', 'application');
      stage.setAttribute('aria-label', strings.canvas);
      stage.setAttribute('aria-describedby', id);
      place.replaceChildren(stage);
    },
    empty: () => place.replaceChildren(),
  };
}

/** Makes the editor, without a picture. */
export function createMaskEditor(strings: MaskEditorStrings, actions: MaskEditorActions): MaskEditor {
  let session: MaskSession | undefined;
  const speaker = createSpeaker();
  const frame = createFrame(strings);
  const controls = createMaskControls(strings, {
    choose: (tool) => session?.choose(tool),
    resize: (sizeIndex) => session?.resizeTo(sizeIndex),
    run: (command) => session?.run(command),
  });
  const element = h(
    'section',
    { class: 'mask-editor', 'aria-label': strings.editor },
    ...[controls.element, ...frame.elements, speaker.element],
  );
  const render = () => {
    if (!session) return;
    controls.render(session.state());
    setText(frame.status, markedWords(strings, session.share()));
  };
  const isEmpty = () => (session?.share() ?? 0) === 0;
  const dispose = () => {
    session?.dispose();
    session = undefined;
    speaker.dispose();
    frame.empty();
  };
  listenToKeys(
    element,
    (target) => target === session?.element,
    keyActions(() => session, actions.cancel),
  );
  return {
    element,
    show: (picture, width, height, strokes = []) => {
      dispose();
      session = new MaskSession(picture, { width, height }, strokes, strings, {
        render,
        changed: () => {
          render();
          actions.changed(isEmpty());
        },
        say: speaker.say,
        failed: () => speaker.say(strings.pictureFailed, 'now'),
      });
      frame.hold(session.element);
      render();
      return session.ready;
    },
    strokes: () => [...(session?.strokes() ?? [])],
    isEmpty,
    focus: () => session?.element.focus(),
    dispose,
  };
}

function keyActions(session: () => MaskSession | undefined, cancel: () => void): MaskKeyActions {
  return {
    choose: (tool) => session()?.choose(tool),
    resizeBy: (steps) => session()?.resizeBy(steps),
    run: (command) => session()?.run(command),
    move: (dx, dy, isFar) => session()?.move(dx, dy, isFar),
    press: () => session()?.press(),
    escape: () => {
      if (session()?.drop() !== true) cancel();
    },
  };
}
