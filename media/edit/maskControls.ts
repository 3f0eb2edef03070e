import type { MaskEditorStrings } from '../../src/protocol/editStrings.ts';
import { h, isEnabled, setEnabled, setText } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';
import { fill } from '../words.ts';

export const maskTools = ['brush', 'eraser', 'rectangle', 'hand'] as const;
export type MaskTool = (typeof maskTools)[number];

/** The key of each tool, alone. */
export const toolKeys: Readonly<Record<MaskTool, string>> = {
  brush: 'B',
  eraser: 'E',
  rectangle: 'R',
  hand: 'H',
};

const toolIcons: Readonly<Record<MaskTool, IconName>> = {
  brush: 'edit',
  eraser: 'eraser',
  rectangle: 'rectangle',
  hand: 'move',
};

export type MaskCommand = 'undo' | 'redo' | 'clear' | 'zoomIn' | 'zoomOut' | 'zoomFit';

/** What the controls show. */
export interface ControlState {
  readonly tool: MaskTool;
  /** Of the brush: which of the sizes, and their number; its diameter in pixels of the picture. */
  readonly sizeIndex: number;
  readonly sizeCount: number;
  readonly diameter: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canClear: boolean;
  /** Per cent. */
  readonly zoom: number;
}

export interface ControlActions {
  readonly choose: (tool: MaskTool) => void;
  readonly resize: (sizeIndex: number) => void;
  readonly run: (command: MaskCommand) => void;
}

export interface MaskControls {
  readonly element: HTMLElement;
  readonly render: (state: ControlState) => void;
}

let radioGroups = 0;

function createTools(strings: MaskEditorStrings, choose: (tool: MaskTool) => void) {
  const name = `mask-tool-${++radioGroups}`;
  const radios = maskTools.map((tool) => {
    const radio = h('input', {
      type: 'radio',
      name,
      value: tool,
      onchange: () => choose(tool),
    });
    const title = fill(strings.withKey, strings[tool], toolKeys[tool]);
    const words = h('span', { class: 'heard' }, strings[tool]);
    radio.setAttribute('aria-keyshortcuts', toolKeys[tool]);
    return {
      tool,
      radio,
      label: h('label', { class: 'mask-tool', title }, radio, icon(toolIcons[tool]), words),
    };
  });
  return {
    element: h(
      'div',
      { class: 'mask-tools', role: 'radiogroup', 'aria-label': strings.tools },
      ...radios.map(({ label }) => label),
    ),
    render: (chosen: MaskTool) => {
      for (const { tool, radio } of radios) radio.checked = tool === chosen;
    },
  };
}

function createSize(strings: MaskEditorStrings, resize: (sizeIndex: number) => void) {
  const title = fill(strings.withKey, strings.brushSize, '[ ]');
  const range = h('input', { type: 'range', min: '0', 'aria-label': strings.brushSize, title });
  range.addEventListener('input', () => resize(range.valueAsNumber));
  const words = h('span', { class: 'mask-number', 'aria-hidden': 'true' });
  return {
    element: h('div', { class: 'mask-size' }, range, words),
    render: ({ sizeIndex, sizeCount, diameter, tool }: ControlState) => {
      const text = fill(strings.pixelsShort, diameter);
      range.max = String(sizeCount - 1);
      range.valueAsNumber = sizeIndex;
      range.disabled = tool !== 'brush' && tool !== 'eraser';
      range.setAttribute('aria-valuetext', text);
      setText(words, text);
    },
  };
}

function createButton(name: IconName, label: string, title: string, run: () => void): HTMLButtonElement {
  const button = h(
    'button',
    { type: 'button', class: 'mask-button', 'aria-label': label, title },
    icon(name),
  );
  button.addEventListener('click', () => {
    if (isEnabled(button)) run();
  });
  return button;
}

/** Makes the controls above the picture: tools, brush size, undo and zoom. */
export function createMaskControls(strings: MaskEditorStrings, actions: ControlActions): MaskControls {
  const ctrl = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl+';
  const shiftCtrl = navigator.userAgent.includes('Mac') ? '⇧⌘' : 'Ctrl+Shift+';
  const button = (name: IconName, command: MaskCommand, key: string) => {
    const title = key === '' ? strings[command] : fill(strings.withKey, strings[command], key);
    return createButton(name, strings[command], title, () => actions.run(command));
  };
  const tools = createTools(strings, actions.choose);
  const size = createSize(strings, actions.resize);
  const undo = button('discard', 'undo', `${ctrl}Z`);
  const redo = button('redo', 'redo', `${shiftCtrl}Z`);
  const clear = button('trash', 'clear', '');
  const zoom = h('span', { class: 'mask-number mask-zoom' });
  const group = (...children: readonly HTMLElement[]) => h('div', { class: 'mask-group' }, ...children);
  return {
    element: h(
      'div',
      { class: 'mask-controls' },
      tools.element,
      size.element,
      group(undo, redo, clear),
      group(
        button('zoomOut', 'zoomOut', '-'),
        zoom,
        button('zoomIn', 'zoomIn', '+'),
        button('fit', 'zoomFit', '0'),
      ),
    ),
    render: (state) => {
      tools.render(state.tool);
      size.render(state);
      setEnabled(undo, state.canUndo);
      setEnabled(redo, state.canRedo);
      setEnabled(clear, state.canClear);
      setText(zoom, `${Math.round(state.zoom)} %`);
    },
  };
}
