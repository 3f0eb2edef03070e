import { l10n } from 'vscode';
import type {
  ComparisonStrings,
  EditStrings,
  EditViewStrings,
  MaskEditorStrings,
} from '../../protocol/editStrings.ts';

/** What the edit of a picture says, in the person's language. */
export function editStrings(): EditStrings {
  return { mask: maskEditorStrings(), comparison: comparisonStrings(), view: editViewStrings() };
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
    nothingMarked: l10n.t('Paint over what is to change, or let all of it change'),
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

function editViewStrings(): EditViewStrings {
  return {
    title: l10n.t('Edit {0}'),
    close: l10n.t('Close'),
    steps: l10n.t('Steps'),
    original: l10n.t('Original'),
    step: l10n.t('Step {0}: {1}'),
    prompt: l10n.t('What to change'),
    promptPlaceholder: l10n.t('Describe the change'),
    refinePrompt: l10n.t('What else to change'),
    refinePlaceholder: l10n.t('Describe what to change next'),
    generate: l10n.t('Generate'),
    generateHint: l10n.t('{0} generates'),
    cancel: l10n.t('Cancel'),
    waiting: l10n.t('Waiting for the gateway'),
    receivingFrame: l10n.t('Frame {0} received'),
    elapsedSeconds: l10n.t('{0} s'),
    partialAlt: l10n.t('Unfinished image'),
    arrived: l10n.t('The edited image is there.'),
    cancelled: l10n.t('Cancelled. The gateway may still bill the request.'),
    failed: l10n.t('That did not work.'),
    showLog: l10n.t('Show Log'),
    notice: l10n.t('Notice:'),
    modelText: l10n.t('What the model wrote'),
    reject: l10n.t('Reject'),
    rejectHint: l10n.t('Leaves the edit; the image stays as it was'),
    tryAgain: l10n.t('Try Again'),
    tryAgainHint: l10n.t('Back to what was marked and written for this image'),
    markPart: l10n.t('Mark a Part of It'),
    backToComparison: l10n.t('Before and After'),
    leaveQuestion: l10n.t('Leave the edit? Nothing of it is kept.'),
    leave: l10n.t('Leave'),
    stay: l10n.t('Stay'),
  };
}
