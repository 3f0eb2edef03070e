import { isMap, isScalar, isSeq, parseDocument, Scalar } from 'yaml';
import { mostFieldDepth, type Field, type FieldMap } from './frontMatterFields.ts';

/**
 * The fields of YAML, as far as it can be read. Anchors and aliases are not followed: they could multiply.
 * @param base the offset of the source in its document
 * @returns undefined where it is no map
 */
export function parseYamlFields(source: string, base: number): FieldMap | undefined {
  const root = parseQuietly(source);
  const field = root === undefined ? undefined : fieldOf(root, base, 0);
  return field?.type === 'map' ? field : undefined;
}

function parseQuietly(source: string): unknown {
  try {
    return parseDocument(source, { logLevel: 'silent', strict: false, uniqueKeys: false }).contents;
  } catch {
    // Brackets within brackets, thousands deep, are more than its stack holds.
    return undefined;
  }
}

function fieldOf(node: unknown, base: number, depth: number): Field | undefined {
  if (depth > mostFieldDepth * 2) return undefined;
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }): [string, Field][] => {
      const field = fieldOf(value, base, depth + 1);
      return field && isScalar(key) ? [[String(key.value), field]] : [];
    });
    return { type: 'map', entries };
  }
  if (isSeq(node))
    return { type: 'list', items: node.items.flatMap((item) => fieldOf(item, base, depth + 1) ?? []) };
  return isScalar(node) ? textOf(node, base) : undefined;
}

function textOf(node: Scalar, base: number): Field | undefined {
  const { value, range, type } = node;
  if (typeof value === 'number') return { type: 'text', value: String(value) };
  if (typeof value !== 'string') return undefined;
  const isBlock = type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;
  if (!range || isBlock || /\s{2}|[\r\n]/.test(value)) return { type: 'text', value };
  const quote = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE ? 1 : 0;
  const start = base + range[0] + quote;
  const end = Math.max(start, base + range[1] - quote);
  return { type: 'text', value, range: { start, end } };
}
