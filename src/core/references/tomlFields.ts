import { parseTOML, type AST } from 'toml-eslint-parser';
import { mostFieldDepth, type Field, type FieldMap } from './frontMatterFields.ts';

/**
 * The fields of TOML.
 * @param base the offset of the source in its document
 * @returns undefined where it is broken: the parser stops at the first mistake
 */
export function parseTomlFields(source: string, base: number): FieldMap | undefined {
  const program = parseQuietly(source);
  if (!program) return undefined;
  const root: FieldMap = { type: 'map', entries: [] };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(root, node, base, 0);
    else {
      const table = mapAt(root, namesOf(node.key), node.kind === 'array');
      for (const one of node.body) if (table) addKeyValue(table, one, base, 0);
    }
  }
  return root;
}

function parseQuietly(source: string): AST.TOMLProgram | undefined {
  try {
    return parseTOML(source);
  } catch {
    return undefined;
  }
}

function addKeyValue(map: FieldMap, { key, value }: AST.TOMLKeyValue, base: number, depth: number): void {
  const names = namesOf(key);
  const owner = mapAt(map, names.slice(0, -1), false);
  const field = fieldOf(value, base, depth + 1);
  if (owner && field) owner.entries.push([names.at(-1) ?? '', field]);
}

function fieldOf(node: AST.TOMLContentNode, base: number, depth: number): Field | undefined {
  if (depth > mostFieldDepth * 2) return undefined;
  if (node.type === 'TOMLArray')
    return { type: 'list', items: node.elements.flatMap((one) => fieldOf(one, base, depth + 1) ?? []) };
  if (node.type === 'TOMLInlineTable') {
    const map: FieldMap = { type: 'map', entries: [] };
    for (const one of node.body) addKeyValue(map, one, base, depth + 1);
    return map;
  }
  if (node.kind === 'integer') return { type: 'text', value: node.number };
  if (node.kind !== 'string') return undefined;
  const { value, range, multiline } = node;
  if (multiline) return { type: 'text', value };
  return { type: 'text', value, range: { start: base + range[0] + 1, end: base + range[1] - 1 } };
}

/** The map at a path, made where it is missing. @returns undefined where something else stands there, or too deep */
function mapAt(root: FieldMap, names: readonly string[], isListItem: boolean): FieldMap | undefined {
  if (names.length > mostFieldDepth) return undefined;
  let map = root;
  for (const [index, name] of names.entries()) {
    // Each `[[gallery]]` is a map of its own.
    const isNew = isListItem && index === names.length - 1;
    const found = isNew ? undefined : map.entries.findLast(([one]) => one === name)?.[1];
    if (found && found.type !== 'map') return undefined;
    const next: FieldMap = found ?? { type: 'map', entries: [] };
    if (!found) map.entries.push([name, next]);
    map = next;
  }
  return map;
}

function namesOf({ keys }: AST.TOMLKey): string[] {
  return keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}
