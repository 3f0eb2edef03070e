import { l10n } from 'vscode';
import type { ReferencesStrings } from '../../protocol/references.ts';

/** Everything that the page says about reference pictures, in the person's language. */
export function referencesStrings(): ReferencesStrings {
  return {
    references: l10n.t('References'),
    hint: l10n.t('References: drop, paste, or choose'),
    add: l10n.t('Add reference'),
    addHint: l10n.t('Add a reference. Hold Shift to drop one from the explorer.'),
    chooseFiles: l10n.t('Choose Files…'),
    paste: l10n.t('Paste Image'),
    reference: l10n.t('{0}, reference {2} of {3}'),
    referenceWithRole: l10n.t('{0}, {1}, reference {2} of {3}'),
    menuOf: l10n.t('Reference {0}'),
    none: l10n.t('No role'),
    subject: l10n.t('Subject'),
    style: l10n.t('Style'),
    composition: l10n.t('Composition'),
    background: l10n.t('Background'),
    role: l10n.t('Role'),
    moveLeft: l10n.t('Move Left'),
    moveRight: l10n.t('Move Right'),
    remove: l10n.t('Remove'),
    dropHere: l10n.t('Drop to add as reference'),
    holdShift: l10n.t('Hold Shift to drop here'),
    added: l10n.t('{0} is a reference now.'),
    removed: l10n.t('{0} is no reference any more.'),
    moved: l10n.t('{0} is reference {1} of {2}.'),
    roleSet: l10n.t('{0}: {1}.'),
    roleCleared: l10n.t('{0} has no role.'),
    tooLarge: l10n.t('{0} is larger than 64 MiB.'),
    tooMany: l10n.t('At most {0} references go along.'),
    nothingToPaste: l10n.t('The clipboard holds no image.'),
    pasteRefused: l10n.t('The clipboard could not be read. Click into the prompt and paste there.'),
    pastedName: l10n.t('Pasted image'),
  };
}
