import {
  bytesOf,
  countOf,
  listOf,
  maxIdLength,
  membersOf,
  numberOf,
  oneOf,
  refuse,
  stringOf,
} from './decoding.ts';
import {
  editBounds,
  type EditDraft,
  type EditPicture,
  type EditState,
  editStatuses,
  type FromEdit,
  type ToEdit,
} from './edit.ts';
import { editStringsOf } from './editStrings.ts';
import { maskStrokesOf } from './maskStrokes.ts';

/** What the page said of the edit. Ends a decoder with `refuse`. */
export function fromEdit(value: unknown): FromEdit {
  const message = membersOf(value);
  switch (message['type']) {
    case 'generate':
    case 'draft':
      return { type: message['type'], ...draftOf(message) };
    case 'goTo':
      return { type: 'goTo', step: stepOf(message['step']) };
    case 'cancel':
    case 'accept':
    case 'close':
    case 'showLog':
      return { type: message['type'] };
    default:
      return refuse();
  }
}

/** What the host said of the edit. Ends a decoder with `refuse`. */
export function toEdit(value: unknown): ToEdit {
  const message = membersOf(value);
  switch (message['type']) {
    case 'opened':
      return {
        type: 'opened',
        strings: editStringsOf(message['strings']),
        state: stateOf(message['state']),
        picture: pictureOf(message['picture']),
        ...(message['draft'] !== undefined && { draft: draftOf(message['draft']) }),
      };
    case 'state':
      return { type: 'state', state: stateOf(message['state']) };
    case 'text':
      return { type: 'text', text: stringOf(message['text'], editBounds.text) };
    case 'partial':
      return {
        type: 'partial',
        bytes: bytesOf(message['bytes'], editBounds.bytes),
        mediaType: stringOf(message['mediaType'], maxIdLength),
      };
    case 'picture':
      return { type: 'picture', step: stepOf(message['step']), picture: pictureOf(message['picture']) };
    case 'closed':
      return { type: 'closed', why: stringOf(message['why']) };
    default:
      return refuse();
  }
}

function stepOf(value: unknown): number {
  return numberOf(countOf(value), 0, editBounds.steps);
}

function draftOf(value: unknown): EditDraft {
  const draft = membersOf(value);
  return {
    prompt: stringOf(draft['prompt'], editBounds.prompt),
    strokes: maskStrokesOf(draft['strokes']),
  };
}

function stateOf(value: unknown): EditState {
  const state = membersOf(value);
  const prompts = listOf(state['prompts'], (prompt) => stringOf(prompt, editBounds.prompt), editBounds.steps);
  return {
    fileName: stringOf(state['fileName']),
    acceptLabel: stringOf(state['acceptLabel']),
    priceLine: stringOf(state['priceLine']),
    routeHint: stringOf(state['routeHint']),
    status: oneOf(state['status'], editStatuses),
    startedAt: countOf(state['startedAt']),
    waitLine: stringOf(state['waitLine']),
    text: stringOf(state['text'], editBounds.text),
    failure: stringOf(state['failure']),
    notices: listOf(state['notices'], (notice) => stringOf(notice)),
    costLine: stringOf(state['costLine']),
    step: numberOf(countOf(state['step']), 0, prompts.length),
    prompts,
  };
}

function pictureOf(value: unknown): EditPicture {
  const picture = membersOf(value);
  const sideOf = (side: unknown) => numberOf(countOf(side), 1, editBounds.side);
  return {
    bytes: bytesOf(picture['bytes'], editBounds.bytes),
    mediaType: stringOf(picture['mediaType'], maxIdLength),
    width: sideOf(picture['width']),
    height: sideOf(picture['height']),
    alt: stringOf(picture['alt'], editBounds.prompt),
  };
}
