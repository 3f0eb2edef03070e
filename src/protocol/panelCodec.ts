import {
  imageActions,
  type FromWebviewMessage,
  type PanelImage,
  type PanelState,
  type PanelStatus,
  type PanelStrings,
  type ToWebviewMessage,
} from './panel.ts';
import {
  booleanOf,
  bytesOf,
  countOf,
  decode,
  listOf,
  type Members,
  membersOf,
  oneOf,
  stringOf,
  stringsOf as namedStringsOf,
} from './decoding.ts';
import { fromHistory, toHistory } from './historyCodec.ts';
import { receiptRowOf } from './receiptCodec.ts';

// Decoders build a new value from the members they know: what a forged message carries beside them
// (a Uri, say) does not survive. Lengths are UTF-16 units, as `maxlength` of the prompt box counts them.

/** Longest prompt that travels between host and page; the host cuts before it sends. */
export const maxPromptLength = 32_000;
const maxIdLength = 100;
const maxTextLength = 2 ** 21;

function imageOf(value: unknown): PanelImage {
  const image = membersOf(value);
  return {
    id: stringOf(image['id'], maxIdLength),
    ...(image['bytes'] === undefined ? {} : { bytes: bytesOf(image['bytes']) }),
    mediaType: stringOf(image['mediaType'], maxIdLength),
    width: countOf(image['width']),
    height: countOf(image['height']),
    byteLength: countOf(image['byteLength']),
    hasAlpha: booleanOf(image['hasAlpha']),
    alt: stringOf(image['alt'], maxPromptLength),
    path: stringOf(image['path']),
  };
}

const statuses: readonly PanelStatus[] = ['idle', 'running', 'finished', 'failed', 'cancelled'];

function stateOf(value: unknown): Omit<PanelState, 'images'> {
  const state = membersOf(value);
  return {
    prompt: stringOf(state['prompt'], maxPromptLength),
    gatewayName: stringOf(state['gatewayName']),
    modelName: stringOf(state['modelName']),
    status: oneOf(state['status'], statuses),
    requestPrompt: stringOf(state['requestPrompt'], maxPromptLength),
    startedAt: countOf(state['startedAt']),
    waitLine: stringOf(state['waitLine']),
    text: stringOf(state['text'], maxTextLength),
    failure: stringOf(state['failure']),
    costLine: stringOf(state['costLine']),
    sessionLine: stringOf(state['sessionLine']),
    notices: listOf(state['notices'], (notice) => stringOf(notice)),
    receipt: listOf(state['receipt'], receiptRowOf),
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
} satisfies Record<keyof PanelStrings, 1>) as readonly (keyof PanelStrings)[];

function stringsOf(value: unknown): PanelStrings {
  return namedStringsOf(value, stringKeys);
}

function fromWebview(message: Members): FromWebviewMessage | undefined {
  switch (message['type']) {
    case 'ready':
    case 'cancel':
    case 'selectGateway':
    case 'selectModel':
    case 'showLog':
      return { type: message['type'] };
    case 'promptChanged':
    case 'generate':
      return { type: message['type'], prompt: stringOf(message['prompt'], maxPromptLength) };
    case 'imageAction':
      return {
        type: 'imageAction',
        action: oneOf(message['action'], imageActions),
        imageId: stringOf(message['imageId'], maxIdLength),
      };
    case 'imageCopied':
      return { type: 'imageCopied', ok: booleanOf(message['ok']) };
    case 'history':
      return { type: 'history', message: fromHistory(message['message']) };
    default:
      return undefined;
  }
}

function toWebview(message: Members): ToWebviewMessage | undefined {
  switch (message['type']) {
    case 'snapshot': {
      const images = listOf(membersOf(message['state'])['images'], imageOf);
      const state = { ...stateOf(message['state']), images };
      return { type: 'snapshot', state, strings: stringsOf(message['strings']) };
    }
    case 'textAdded':
      return { type: 'textAdded', text: stringOf(message['text'], maxTextLength) };
    case 'partialImage': {
      const mediaType = stringOf(message['mediaType'], maxIdLength);
      return { type: 'partialImage', bytes: bytesOf(message['bytes']), mediaType };
    }
    case 'imageAdded':
      return { type: 'imageAdded', image: imageOf(message['image']) };
    case 'stateChanged':
      return { type: 'stateChanged', state: stateOf(message['state']) };
    case 'imageForClipboard':
      return { type: 'imageForClipboard', imageId: stringOf(message['imageId'], maxIdLength) };
    case 'focusPrompt':
      return { type: 'focusPrompt' };
    case 'history':
      return { type: 'history', message: toHistory(message['message']) };
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
