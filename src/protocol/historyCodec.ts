import {
  booleanOf,
  bytesOf,
  countOf,
  listOf,
  type Members,
  membersOf,
  oneOf,
  refuse,
  stringOf,
  stringsOf,
} from './decoding.ts';
import {
  entryActions,
  type FromHistory,
  type HistoryDetails,
  type HistoryFilter,
  type HistoryPictureView,
  type HistoryRow,
  type HistoryStrings,
  type HistoryThumbnail,
  mostListed,
  mostThumbnails,
  savedActions,
  type ToHistory,
} from './history.ts';
import { receiptRowOf } from './receiptCodec.ts';

// UTF-16 units.
const most = { id: 200, searched: 200, line: 1000, prompt: 32_000 } as const;
/** The most bytes of a thumbnail; the history keeps none that is larger. */
const mostThumbnailBytes = 2 ** 18;

const stringKeys = Object.keys({
  history: 1,
  search: 1,
  keptOnly: 1,
  model: 1,
  allModels: 1,
  empty: 1,
  nothingFound: 1,
  clearFilter: 1,
  oneFound: 1,
  manyFound: 1,
  unreadable: 1,
  tryAgain: 1,
  actionsFor: 1,
  removedRow: 1,
  removed: 1,
  restored: 1,
  undo: 1,
  fileGone: 1,
  back: 1,
  details: 1,
  loadSettings: 1,
  generateAgain: 1,
  open: 1,
  reveal: 1,
  insertLink: 1,
  keep: 1,
  remove: 1,
} satisfies Record<keyof HistoryStrings, 1>) as readonly (keyof HistoryStrings)[];

const idOf = (value: unknown) => stringOf(value, most.id);
const lineOf = (value: unknown) => stringOf(value, most.line);

/** What the page said of the history. Ends a decoder with `refuse`. */
export function fromHistory(value: unknown): FromHistory {
  const message = membersOf(value);
  switch (message['type']) {
    case 'show':
      return { type: 'show', isShown: booleanOf(message['isShown']) };
    case 'list':
      return {
        type: 'list',
        turn: countOf(message['turn']),
        filter: filterOf(message['filter']),
        ...(message['after'] !== undefined && { after: idOf(message['after']) }),
        count: atMost(countOf(message['count']), mostListed),
      };
    case 'thumbnails': {
      const pictureIds = listOf(message['pictureIds'], idOf);
      atMost(pictureIds.length, mostThumbnails);
      return { type: 'thumbnails', pictureIds };
    }
    case 'details':
      return { type: 'details', entryId: idOf(message['entryId']) };
    case 'entryAction': {
      const action = oneOf(message['action'], entryActions);
      return { type: 'entryAction', action, entryId: idOf(message['entryId']) };
    }
    case 'pictureAction': {
      const action = oneOf(message['action'], savedActions);
      return { type: 'pictureAction', action, pictureId: idOf(message['pictureId']) };
    }
    default:
      return refuse();
  }
}

/** What the host said of the history. Ends a decoder with `refuse`. */
export function toHistory(value: unknown): ToHistory {
  const message = membersOf(value);
  switch (message['type']) {
    case 'begin':
      return {
        type: 'begin',
        strings: stringsOf(message['strings'], stringKeys),
        isShown: booleanOf(message['isShown']),
      };
    case 'list':
      return pageOf(message);
    case 'listFailed':
      return { type: 'listFailed', turn: countOf(message['turn']) };
    case 'thumbnails':
      return { type: 'thumbnails', thumbnails: listOf(message['thumbnails'], thumbnailOf) };
    case 'filesGone':
      return { type: 'filesGone', pictureIds: listOf(message['pictureIds'], idOf) };
    case 'details':
      return { type: 'details', details: detailsOf(message['details']) };
    case 'rowChanged':
      return { type: 'rowChanged', row: rowOf(message['row']) };
    case 'changed':
      return { type: 'changed' };
    default:
      return refuse();
  }
}

function pageOf(message: Members): ToHistory {
  return {
    type: 'list',
    turn: countOf(message['turn']),
    rows: listOf(message['rows'], rowOf),
    total: countOf(message['total']),
    ...(message['next'] !== undefined && { next: idOf(message['next']) }),
    ...(message['models'] !== undefined && { models: listOf(message['models'], lineOf) }),
  };
}

function filterOf(value: unknown): HistoryFilter {
  const filter = membersOf(value);
  return {
    words: stringOf(filter['words'], most.searched),
    isKeptOnly: booleanOf(filter['isKeptOnly']),
    model: idOf(filter['model']),
  };
}

function rowOf(value: unknown): HistoryRow {
  const row = membersOf(value);
  return {
    id: idOf(row['id']),
    day: lineOf(row['day']),
    title: lineOf(row['title']),
    line: lineOf(row['line']),
    hint: lineOf(row['hint']),
    ...(row['cover'] !== undefined && { cover: pictureOf(row['cover']) }),
    isRemoved: booleanOf(row['isRemoved']),
  };
}

function pictureOf(value: unknown): HistoryPictureView {
  const picture = membersOf(value);
  return {
    id: idOf(picture['id']),
    line: lineOf(picture['line']),
    width: countOf(picture['width']),
    height: countOf(picture['height']),
    actions: listOf(picture['actions'], (action) => oneOf(action, savedActions)),
  };
}

function detailsOf(value: unknown): HistoryDetails {
  const details = membersOf(value);
  return {
    row: rowOf(details['row']),
    prompt: stringOf(details['prompt'], most.prompt),
    alt: lineOf(details['alt']),
    facts: listOf(details['facts'], (fact) => {
      const { name, value: words } = membersOf(fact);
      return { name: lineOf(name), value: lineOf(words) };
    }),
    receipt: listOf(details['receipt'], receiptRowOf),
    notices: listOf(details['notices'], lineOf),
    pictures: listOf(details['pictures'], pictureOf),
  };
}

function thumbnailOf(value: unknown): HistoryThumbnail {
  const thumbnail = membersOf(value);
  const bytes = thumbnail['bytes'] === undefined ? undefined : bytesOf(thumbnail['bytes']);
  atMost(bytes?.byteLength ?? 0, mostThumbnailBytes);
  return {
    pictureId: idOf(thumbnail['pictureId']),
    ...(bytes && { bytes }),
    mediaType: idOf(thumbnail['mediaType']),
  };
}

function atMost(value: number, limit: number): number {
  if (value > limit) refuse();
  return value;
}
