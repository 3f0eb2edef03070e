import { l10n } from 'vscode';
import type { ComparisonStrings, EditStrings, MaskEditorStrings } from '../../protocol/editStrings.ts';

/** What the mask editor and the comparison say, in the person's language. */
export function editStrings(): EditStrings {
  return { mask: maskEditorStrings(), comparison: comparisonStrings() };
}

function maskEditorStrings(): MaskEditorStrings {
  return {
    editor: l10n.t('Mask editor'),
    canvas: l10n.t('Picture to paint on'),
    canvasHelp: l10n.t(
      'Arrow keys move the cursor, with Shift further. Space or Enter begins and ends a stroke or a rectangle. Brackets change the size, Escape leaves.',
    ),
    pictureAlt: l10n.t('The picture that is edited'),
    pictureFailed: l10n.t('The picture could not be shown.'),
    tools: l10n.t('Tools'),
    brush: l10n.t('Brush'),
    eraser: l10n.t('Eraser'),
    rectangle: l10n.t('Rectangle'),
    hand: l10n.t('Move the view'),
    brushSize: l10n.t('Brush size'),
    pixelsShort: l10n.t('{0} px'),
    brushIs: l10n.t('Brush {0} pixels'),
    eraserIs: l10n.t('Eraser {0} pixels'),
    undo: l10n.t('Undo'),
    redo: l10n.t('Redo'),
    clear: l10n.t('Clear'),
    zoomIn: l10n.t('Zoom In'),
    zoomOut: l10n.t('Zoom Out'),
    zoomFit: l10n.t('Fit'),
    zoomIs: l10n.t('Zoom {0} %'),
    marked: l10n.t('Marked {0} % of the picture'),
    nothingMarked: l10n.t('Paint over what is to change'),
    undone: l10n.t('Undone.'),
    redone: l10n.t('Redone.'),
    cleared: l10n.t('Cleared.'),
    painting: l10n.t('The arrow keys paint now. Space ends the stroke, Escape drops it.'),
    cornerSet: l10n.t('First corner set. Move to the opposite corner and press Space.'),
    dropped: l10n.t('Dropped.'),
    cursorAt: l10n.t('{0} from the left, {1} from the top'),
    full: l10n.t('The mask holds no more strokes. Use a larger brush or a rectangle.'),
    withKey: l10n.t('{0} ({1})'),
  };
}

function comparisonStrings(): ComparisonStrings {
  return {
    comparison: l10n.t('Before and after'),
    original: l10n.t('Original'),
    edited: l10n.t('Edited'),
    slider: l10n.t('How much of the edited picture is shown'),
    shown: l10n.t('{0} % of the edited picture shown'),
    holdOriginal: l10n.t('Hold to See the Original'),
    pictureFailed: l10n.t('The picture could not be shown.'),
  };
}
