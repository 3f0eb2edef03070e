// What drags hold. VS Code gives its own drags (explorer, editor tabs) a list of Uris under a type of its own, because
// Chromium lets only one through as `text/uri-list`; a drag from a disk holds files. Names of types arrive in lower case.

const editorList = 'application/vnd.code.uri-list';
const editorJson = 'resourceurls';
const editorTypes: readonly string[] = [editorList, editorJson, 'codefiles', 'codeeditors'];

/** Where a drag comes from, as far as it could be pictures: the editor itself, a disk, or elsewhere. */
export type DragSource = 'editor' | 'disk' | 'elsewhere';

/** What a drag could be, from its types: its data is kept from the page until it is dropped. */
export function dragSource(types: readonly string[]): DragSource | undefined {
  if (types.some((type) => editorTypes.includes(type))) return 'editor';
  if (types.includes('Files')) return 'disk';
  return types.includes('text/uri-list') ? 'elsewhere' : undefined;
}

/** The Uris of a drop, each once, as they were written. */
export function droppedUris(getData: (type: string) => string): readonly string[] {
  const lists = [
    linesOf(getData(editorList)),
    stringsOf(getData(editorJson)),
    linesOf(getData('text/uri-list')),
  ];
  return [...new Set(lists.find((list) => list.length > 0) ?? [])];
}

/** text/uri-list as RFC 2483 has it: a line each, comments begin with a hash. */
function linesOf(text: string): readonly string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function stringsOf(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
