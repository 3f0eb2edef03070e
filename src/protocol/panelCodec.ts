import {
  booleanOf,
  bytesOf,
  countOf,
  decode,
  listOf,
  maxIdLength,
  type Members,
  membersOf,
  numberOf,
  oneOf,
  refuse,
  stringOf,
} from './decoding.ts';
import { fromEdit, toEdit } from './editCodec.ts';
import { fromHistory, toHistory } from './historyCodec.ts';
import {
  formControls,
  type FromWebviewMessage,
  type PanelForm,
  type PanelPicture,
  type PanelSheet,
  type PanelState,
  type PanelStrings,
  type PanelTile,
  pictureActions,
  pictureStates,
  tileStatuses,
  type ToWebviewMessage,
} from './panel.ts';

import { receiptRowOf } from './receiptCodec.ts';

/** Longest prompt that travels between host and page; the host cuts before it sends. */
export const maxPromptLength = 32_000;
const maxTextLength = 2 ** 21;
/** Pictures of one model. */
const maxCount = 10;

function pictureOf(value: unknown): PanelPicture {
  const picture = membersOf(value);
  return {
    id: stringOf(picture['id'], maxIdLength),
    state: oneOf(picture['state'], pictureStates),
    ...(picture['bytes'] === undefined ? {} : { bytes: bytesOf(picture['bytes']) }),
    mediaType: stringOf(picture['mediaType'], maxIdLength),
    width: countOf(picture['width']),
    height: countOf(picture['height']),
    byteLength: countOf(picture['byteLength']),
    hasAlpha: booleanOf(picture['hasAlpha']),
    alt: stringOf(picture['alt'], maxPromptLength),
    path: stringOf(picture['path']),
  };
}

function formOf(value: unknown): PanelForm {
  const form = membersOf(value);
  const count = countOf(form['count']);
  if (count < 1 || count > maxCount) refuse();
  const text = (name: keyof PanelForm) => stringOf(form[name], maxIdLength);
  return {
    ...{ shape: text('shape'), quality: text('quality'), background: text('background') },
    ...{ format: text('format'), seed: text('seed'), count },
  };
}

function tileOf(value: unknown): PanelTile {
  const tile = membersOf(value);
  return {
    id: stringOf(tile['id'], maxIdLength),
    model: stringOf(tile['model']),
    status: oneOf(tile['status'], tileStatuses),
    startedAt: countOf(tile['startedAt']),
    waitLine: stringOf(tile['waitLine']),
    text: stringOf(tile['text'], maxTextLength),
    failure: stringOf(tile['failure']),
    costLine: stringOf(tile['costLine']),
    notices: listOf(tile['notices'], (notice) => stringOf(notice)),
    receipt: listOf(tile['receipt'], receiptRowOf),
    pictures: listOf(tile['pictures'], pictureOf),
  };
}

function sheetOf(value: unknown): PanelSheet {
  const sheet = membersOf(value);
  const ratio = sheet['ratio'];
  if (typeof ratio !== 'number' || !(ratio >= 0.1 && ratio <= 10)) return refuse();
  return {
    prompt: stringOf(sheet['prompt'], maxPromptLength),
    startedAt: countOf(sheet['startedAt']),
    ratio,
    tiles: listOf(sheet['tiles'], tileOf),
  };
}

function stateOf(value: unknown): PanelState {
  const state = membersOf(value);
  const absent = membersOf(state['absent']);
  return {
    prompt: stringOf(state['prompt'], maxPromptLength),
    form: formOf(state['form']),
    maxCount: numberOf(countOf(state['maxCount']), 1, maxCount),
    absent: Object.fromEntries(
      formControls.flatMap((name) => (absent[name] === undefined ? [] : [[name, stringOf(absent[name])]])),
    ),
    gatewayName: stringOf(state['gatewayName']),
    modelName: stringOf(state['modelName']),
    moreModels: listOf(state['moreModels'], (model) => stringOf(model)),
    priceLine: stringOf(state['priceLine']),
    sessionLine: stringOf(state['sessionLine']),
    agentsLine: stringOf(state['agentsLine']),
    sheet: sheetOf(state['sheet']),
  };
}

// Spelled out so that a string added to the protocol and forgotten here is a compile error.
const stringKeys = Object.keys({
  gateway: 1,
  model: 1,
  chooseGateway: 1,
  chooseModel: 1,
  defaultModel: 1,
  prompt: 1,
  promptPlaceholder: 1,
  generate: 1,
  generateHint: 1,
  cancel: 1,
  emptyTitle: 1,
  emptyHint: 1,
  cancelledUnsent: 1,
  waiting: 1,
  receivingFrame: 1,
  elapsedSeconds: 1,
  cancelled: 1,
  failed: 1,
  showLog: 1,
  saved: 1,
  open: 1,
  reveal: 1,
  insertLink: 1,
  copyLink: 1,
  copyPath: 1,
  copyImage: 1,
  useAsReference: 1,
  moreActions: 1,
  edit: 1,
  copied: 1,
  copyFailed: 1,
  fileMissing: 1,
  partialImageAlt: 1,
  notice: 1,
  receiptSame: 1,
  receiptDiffers: 1,
  receiptAsked: 1,
  receiptCame: 1,
  receiptSaved: 1,
  receiptNothing: 1,
  receiptDiffersHere: 1,
  imageActions: 1,
  keep: 1,
  keepAll: 1,
  discard: 1,
  discardAll: 1,
  takeBack: 1,
  draft: 1,
  draftHint: 1,
  discarded: 1,
  compare: 1,
  compareHint: 1,
  removeModel: 1,
  shape: 1,
  shapeAuto: 1,
  shapeCustom: 1,
  shapePlaceholder: 1,
  count: 1,
  more: 1,
  quality: 1,
  background: 1,
  format: 1,
  seed: 1,
  auto: 1,
  low: 1,
  medium: 1,
  high: 1,
  transparent: 1,
  opaque: 1,
  asDelivered: 1,
  random: 1,
  notShown: 1,
  queued: 1,
  cancelTile: 1,
  saving: 1,
} satisfies Record<keyof PanelStrings, 1>) as readonly (keyof PanelStrings)[];

function stringsOf(value: unknown): PanelStrings {
  const strings = membersOf(value);
  const entries = stringKeys.map((key) => [key, stringOf(strings[key])] as const);
  return Object.fromEntries(entries) as Record<keyof PanelStrings, string>;
}

function fromWebview(message: Members): FromWebviewMessage | undefined {
  switch (message['type']) {
    case 'ready':
    case 'selectGateway':
    case 'selectModel':
    case 'addModel':
    case 'keepAll':
    case 'discardAll':
    case 'showLog':
      return { type: message['type'] };
    case 'cancel':
      return message['tileId'] === undefined
        ? { type: 'cancel' }
        : { type: 'cancel', tileId: stringOf(message['tileId'], maxIdLength) };
    case 'removeModel':
      return { type: 'removeModel', model: stringOf(message['model']) };
    case 'formChanged':
      return { type: 'formChanged', form: formOf(message['form']) };
    case 'promptChanged':
    case 'generate':
      return { type: message['type'], prompt: stringOf(message['prompt'], maxPromptLength) };
    case 'pictureAction':
      return {
        type: 'pictureAction',
        action: oneOf(message['action'], pictureActions),
        pictureId: stringOf(message['pictureId'], maxIdLength),
      };
    case 'history':
      return { type: 'history', message: fromHistory(message['message']) };
    case 'edit':
      return { type: 'edit', message: fromEdit(message['message']) };
    case 'pictureCopied':
      return { type: 'pictureCopied', ok: booleanOf(message['ok']) };
    default:
      return undefined;
  }
}

function toWebview(message: Members): ToWebviewMessage | undefined {
  switch (message['type']) {
    case 'snapshot':
      return { type: 'snapshot', state: stateOf(message['state']), strings: stringsOf(message['strings']) };
    case 'stateChanged':
      return { type: 'stateChanged', state: stateOf(message['state']) };
    case 'textAdded': {
      const tileId = stringOf(message['tileId'], maxIdLength);
      return { type: 'textAdded', tileId, text: stringOf(message['text'], maxTextLength) };
    }
    case 'partialImage': {
      const tileId = stringOf(message['tileId'], maxIdLength);
      const mediaType = stringOf(message['mediaType'], maxIdLength);
      return { type: 'partialImage', tileId, bytes: bytesOf(message['bytes']), mediaType };
    }
    case 'pictureChanged': {
      const tileId = stringOf(message['tileId'], maxIdLength);
      return { type: 'pictureChanged', tileId, picture: pictureOf(message['picture']) };
    }
    case 'pictureForClipboard':
      return { type: 'pictureForClipboard', pictureId: stringOf(message['pictureId'], maxIdLength) };
    case 'focusPrompt':
      return { type: 'focusPrompt' };
    case 'history':
      return { type: 'history', message: toHistory(message['message']) };
    case 'edit':
      return { type: 'edit', message: toEdit(message['message']) };
    default:
      return undefined;
  }
}

/** What the page said, or undefined when it is not a message of the protocol: drop it and log that. */
export function decodeFromWebview(value: unknown): FromWebviewMessage | undefined {
  return decode(value, fromWebview);
}

/** What the host said, or undefined when it is not a message of the protocol: drop it. */
export function decodeToWebview(value: unknown): ToWebviewMessage | undefined {
  return decode(value, toWebview);
}
