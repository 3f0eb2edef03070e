/**
 * What the panel's host and page say to each other about reference pictures: types and decoders. The page names a
 * picture by the id that the host issued. A Uri that was dropped is passed on as a wish, never as a name: the host
 * decides what of it is read.
 */
import {
  bytesOf,
  decode,
  listOf,
  maxIdLength,
  type Members,
  membersOf,
  oneOf,
  stringOf,
} from './decoding.ts';

/** What a picture can be for; `none` where the person did not say. */
export const panelRoles = ['none', 'subject', 'style', 'composition', 'background'] as const;
export type PanelRole = (typeof panelRoles)[number];

/** How many there may be, and how large each; the host checks both again. */
export const mostPanelReferences = 16;
export const mostPanelReferenceBytes = 64 * 1024 * 1024;

/** Longest name of a file that the page passes on; it is to be read, never to be used. */
export const maxFileNameLength = 255;
const maxUriLength = 4_096;
/** Of one drop. More than fit are passed on, so that the host can say so. */
const maxUris = 200;

/** Page to host. */
export type FromReferencesMessage =
  /** Opens the file dialog. */
  | { readonly type: 'chooseReferences' }
  /** Bytes that were pasted, or dropped from a disk. */
  | { readonly type: 'addReference'; readonly name: string; readonly bytes: Uint8Array }
  /** Uris as VS Code's explorer hands them over, or whoever else lets something drop. */
  | { readonly type: 'dropReferences'; readonly uris: readonly string[] }
  | { readonly type: 'setReferenceRole'; readonly referenceId: string; readonly role: PanelRole }
  | { readonly type: 'moveReference'; readonly referenceId: string; readonly to: 'left' | 'right' }
  | { readonly type: 'removeReference'; readonly referenceId: string };

/** A picture as the page sees it. Never a Uri. */
export interface PanelReference {
  readonly id: string;
  /** Of its file, or words for it. */
  readonly name: string;
  /** Size, format and bytes in words. */
  readonly facts: string;
  readonly role: PanelRole;
}

/** Its small picture. Absent where none could be made: the picture is there all the same. */
export interface PanelThumbnail {
  readonly referenceId: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Host to page. */
export type ToReferencesMessage =
  /** Everything, after `ready`. */
  | {
      readonly type: 'references';
      readonly references: readonly PanelReference[];
      readonly thumbnails: readonly PanelThumbnail[];
      readonly strings: ReferencesStrings;
    }
  /** Everything except the thumbnails, which the page already has or is about to be told. */
  | { readonly type: 'referencesChanged'; readonly references: readonly PanelReference[] }
  | { readonly type: 'referenceThumbnail'; readonly thumbnail: PanelThumbnail }
  /** One sentence: why something is no reference now. */
  | { readonly type: 'referenceRefused'; readonly sentence: string };

/** Everything that the page says about references; `{0}` stands for a value. */
export type ReferencesStrings = Readonly<Record<(typeof stringNames)[number], string>>;

const stringNames = [
  // The row, and what stands beside its button.
  'references',
  'hint',
  'add',
  'addHint',
  'chooseFiles',
  'paste',
  // A picture: {0} its name, {1} its role, {2} its place, {3} how many there are.
  'reference',
  'referenceWithRole',
  'menuOf',
  'none',
  'subject',
  'style',
  'composition',
  'background',
  'role',
  'moveLeft',
  'moveRight',
  'remove',
  // The drop zone.
  'dropHere',
  'holdShift',
  // What is said of what happened: {0} a name.
  'added',
  'removed',
  'moved',
  'roleSet',
  'roleCleared',
  'tooLarge',
  'tooMany',
  'nothingToPaste',
  'pasteRefused',
  'pastedName',
] as const;

function referenceOf(value: unknown): PanelReference {
  const reference = membersOf(value);
  return {
    id: stringOf(reference['id'], maxIdLength),
    name: stringOf(reference['name'], maxFileNameLength),
    facts: stringOf(reference['facts']),
    role: oneOf(reference['role'], panelRoles),
  };
}

function thumbnailOf(value: unknown): PanelThumbnail {
  const thumbnail = membersOf(value);
  return {
    referenceId: stringOf(thumbnail['referenceId'], maxIdLength),
    bytes: bytesOf(thumbnail['bytes'], mostPanelReferenceBytes),
    mediaType: stringOf(thumbnail['mediaType'], maxIdLength),
  };
}

function stringsOf(value: unknown): ReferencesStrings {
  const strings = membersOf(value);
  const entries = stringNames.map((name) => [name, stringOf(strings[name])] as const);
  return Object.fromEntries(entries) as ReferencesStrings;
}

const referencesOf = (value: unknown) => listOf(value, referenceOf, mostPanelReferences);

function fromReferences(message: Members): FromReferencesMessage | undefined {
  const referenceId = () => stringOf(message['referenceId'], maxIdLength);
  switch (message['type']) {
    case 'chooseReferences':
      return { type: 'chooseReferences' };
    case 'addReference':
      return {
        type: 'addReference',
        name: stringOf(message['name'], maxFileNameLength),
        bytes: bytesOf(message['bytes'], mostPanelReferenceBytes),
      };
    case 'dropReferences': {
      const uris = listOf(message['uris'], (uri) => stringOf(uri, maxUriLength), maxUris);
      return { type: 'dropReferences', uris };
    }
    case 'setReferenceRole':
      return {
        type: 'setReferenceRole',
        referenceId: referenceId(),
        role: oneOf(message['role'], panelRoles),
      };
    case 'moveReference':
      return {
        type: 'moveReference',
        referenceId: referenceId(),
        to: oneOf(message['to'], ['left', 'right'] as const),
      };
    case 'removeReference':
      return { type: 'removeReference', referenceId: referenceId() };
    default:
      return undefined;
  }
}

function toReferences(message: Members): ToReferencesMessage | undefined {
  switch (message['type']) {
    case 'references':
      return {
        type: 'references',
        references: referencesOf(message['references']),
        thumbnails: listOf(message['thumbnails'], thumbnailOf, mostPanelReferences),
        strings: stringsOf(message['strings']),
      };
    case 'referencesChanged':
      return { type: 'referencesChanged', references: referencesOf(message['references']) };
    case 'referenceThumbnail':
      return { type: 'referenceThumbnail', thumbnail: thumbnailOf(message['thumbnail']) };
    case 'referenceRefused':
      return { type: 'referenceRefused', sentence: stringOf(message['sentence']) };
    default:
      return undefined;
  }
}

/** What the page said about references; undefined where it is none of these messages. */
export function decodeFromReferences(value: unknown): FromReferencesMessage | undefined {
  return decode(value, fromReferences);
}

/** What the host said about references; undefined where it is none of these messages. */
export function decodeToReferences(value: unknown): ToReferencesMessage | undefined {
  return decode(value, toReferences);
}
