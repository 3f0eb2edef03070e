import { type MaskCommand, type MaskTool, maskTools, toolKeys } from './maskControls.ts';

/** What keys do. */
export interface MaskKeyActions {
  readonly choose: (tool: MaskTool) => void;
  /** One size up or down. */
  readonly resizeBy: (steps: 1 | -1) => void;
  readonly run: (command: MaskCommand) => void;
  /** Directions, -1 to 1. */
  readonly move: (dx: number, dy: number, isFar: boolean) => void;
  /** Space or Enter on the canvas. */
  readonly press: () => void;
  readonly escape: () => void;
}

const arrows: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

const zoomCommands: ReadonlyMap<string, MaskCommand> = new Map([
  ['+', 'zoomIn'],
  ['=', 'zoomIn'],
  ['-', 'zoomOut'],
  ['0', 'zoomFit'],
]);

/** Brackets need AltGr or Option on many keyboards, which may come as Ctrl and Alt. */
function bracketOf({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): 1 | -1 | undefined {
  if (metaKey || (ctrlKey && !altKey)) return undefined;
  return key === ']' ? 1 : key === '[' ? -1 : undefined;
}

function undoOf({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): MaskCommand | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined;
}

/** What a key means anywhere in the editor; undefined where it means nothing there. */
function anywhere(event: KeyboardEvent, actions: MaskKeyActions): (() => void) | undefined {
  const { key } = event;
  const bracket = bracketOf(event);
  if (bracket) return () => actions.resizeBy(bracket);
  const undo = undoOf(event);
  if (undo) return () => actions.run(undo);
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (key === 'Escape') return actions.escape;
  const tool = maskTools.find((one) => toolKeys[one] === key.toUpperCase());
  if (tool) return () => actions.choose(tool);
  const zoom = zoomCommands.get(key);
  return zoom && (() => actions.run(zoom));
}

/** What a key means on the canvas. */
function onCanvas(event: KeyboardEvent, actions: MaskKeyActions): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const arrow = arrows.get(event.key);
  if (arrow) return () => actions.move(...arrow, event.shiftKey);
  if (event.key !== ' ' && event.key !== 'Enter') return undefined;
  // A key that is held down begins one stroke, not a hundred.
  return event.repeat ? () => undefined : actions.press;
}

/**
 * Listens to the keys of the editor. What is understood goes no further: VS Code would undo in the prompt
 * box, and the page would cancel the request.
 */
export function listenToKeys(
  editor: HTMLElement,
  isCanvas: (target: EventTarget | null) => boolean,
  actions: MaskKeyActions,
): void {
  editor.addEventListener('keydown', (event) => {
    // While an input method composes, keys belong to it.
    if (event.isComposing) return;
    const meant = (isCanvas(event.target) ? onCanvas(event, actions) : undefined) ?? anywhere(event, actions);
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    meant();
  });
}
