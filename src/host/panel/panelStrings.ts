import { l10n } from 'vscode';
import type { ReceiptTopic } from '../../core/receipt.ts';
import type { PanelStrings } from '../../protocol/panel.ts';

/** Everything the page says, in the person's language. */
export function panelStrings(): PanelStrings {
  return {
    gateway: l10n.t('Gateway'),
    model: l10n.t('Model'),
    chooseGateway: l10n.t('Choose gateway'),
    chooseModel: l10n.t('Choose model'),
    defaultModel: l10n.t('Default'),
    prompt: l10n.t('Prompt'),
    promptPlaceholder: l10n.t('Describe the image'),
    generate: l10n.t('Generate'),
    generateHint: l10n.t('{0} generates'),
    cancel: l10n.t('Cancel'),
    emptyTitle: l10n.t('The image your code is missing'),
    emptyHint: l10n.t('Describe it below. It is saved into the workspace, and the link is one click away.'),
    waiting: l10n.t('Waiting for the gateway'),
    receivingFrame: l10n.t('Frame {0} received'),
    elapsedSeconds: l10n.t('{0} s'),
    cancelled: l10n.t('Cancelled. The gateway may still bill the request.'),
    cancelledUnsent: l10n.t('Cancelled. Nothing was sent.'),
    failed: l10n.t('No image was made.'),
    showLog: l10n.t('Show Log'),
    saved: l10n.t('Saved {0}.'),
    open: l10n.t('Open'),
    reveal: l10n.t('Reveal'),
    insertLink: l10n.t('Insert Link'),
    copyLink: l10n.t('Copy Link'),
    copyPath: l10n.t('Copy Path'),
    copyImage: l10n.t('Copy Image'),
    moreActions: l10n.t('More Actions…'),
    useAsReference: l10n.t('Use as Reference'),
    edit: l10n.t('Edit'),
    copied: l10n.t('The image is on the clipboard.'),
    copyFailed: l10n.t('The image could not be copied. Click into the panel and try again.'),
    fileMissing: l10n.t('The file is no longer there.'),
    partialImageAlt: l10n.t('Unfinished image'),
    notice: l10n.t('Notice:'),
    receiptSame: l10n.t('As asked'),
    receiptDiffers: l10n.t('Differs from what was asked'),
    receiptAsked: l10n.t('Asked'),
    receiptCame: l10n.t('Came'),
    receiptSaved: l10n.t('Saved'),
    receiptNothing: l10n.t('not said'),
    receiptDiffersHere: l10n.t('differs:'),
    imageActions: l10n.t('Actions for {0}'),
    ...draftStrings(),
    ...formStrings(),
  };
}

function draftStrings() {
  return {
    keep: l10n.t('Keep'),
    keepAll: l10n.t('Keep All'),
    discard: l10n.t('Discard'),
    discardAll: l10n.t('Discard All'),
    takeBack: l10n.t('Take Back'),
    draft: l10n.t('Draft'),
    draftHint: l10n.t('Drafts are not in the workspace until you keep them.'),
    discarded: l10n.t('Discarded'),
    saving: l10n.t('Saving'),
    compare: l10n.t('Compare'),
    compareHint: l10n.t('Let another model make the same image'),
    removeModel: l10n.t('Remove {0}'),
    queued: l10n.t('Waiting for its turn'),
    cancelTile: l10n.t('Cancel image {0}'),
  };
}

function formStrings() {
  return {
    shape: l10n.t('Size'),
    shapeAuto: l10n.t('Automatic'),
    shapeCustom: l10n.t('Custom…'),
    shapePlaceholder: l10n.t('1200x630 or 16:9'),
    count: l10n.t('Images'),
    more: l10n.t('More'),
    quality: l10n.t('Quality'),
    background: l10n.t('Background'),
    format: l10n.t('Format'),
    seed: l10n.t('Seed'),
    auto: l10n.t('Automatic'),
    low: l10n.t('Low'),
    medium: l10n.t('Medium'),
    high: l10n.t('High'),
    transparent: l10n.t('Transparent'),
    opaque: l10n.t('Opaque'),
    asDelivered: l10n.t('As delivered'),
    random: l10n.t('Random'),
    notShown: l10n.t('Not shown, because it would do nothing:'),
  };
}

/** What the rows of a receipt are about, in the person's language. */
export function receiptTopicNames(): Readonly<Record<ReceiptTopic, string>> {
  return {
    model: l10n.t('Model'),
    count: l10n.t('Images'),
    size: l10n.t('Size'),
    aspectRatio: l10n.t('Aspect ratio'),
    format: l10n.t('Format'),
    background: l10n.t('Background'),
    quality: l10n.t('Quality'),
  };
}
