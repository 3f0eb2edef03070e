/** An element of a small XML document; offsets are into its text. */
export interface XmlElement {
  /** Its namespace's URI, empty where there is none. */
  readonly namespace: string;
  readonly local: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
  readonly from: number;
  /** Just after its end. */
  to: number;
  /** Where its end tag begins; undefined for an empty-element tag. */
  close: number | undefined;
}

export interface XmlAttribute {
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** An attribute as it was read, its name not yet resolved. */
export interface RawAttribute {
  readonly qualifiedName: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** The namespaces that a start tag declares, and those around it. */
export interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

/** The most elements of a document. */
export const mostElements = 20_000;

/** Thrown inside the reader only. */
export class MalformedXml extends Error {}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Makes an element of a start tag whose names are resolved to namespaces.
 * @throws MalformedXml for a prefix that nothing declared, and for an attribute that is there twice
 */
export function resolveNames(
  qualifiedName: string,
  raw: readonly RawAttribute[],
  outer: Scope | undefined,
  range: { readonly from: number; readonly to: number },
): { readonly element: XmlElement; readonly scope: Scope } {
  const scope = declare(raw, outer);
  const attributes = raw
    .filter(({ qualifiedName: each }) => each !== 'xmlns' && !each.startsWith('xmlns:'))
    .map(({ qualifiedName: each, value, from, to }) => ({
      ...resolve(each, scope, 'attribute'),
      value,
      from,
      to,
    }));
  const known = new Set(attributes.map(({ namespace, local }) => `${namespace} ${local}`));
  if (known.size < attributes.length) throw new MalformedXml();
  const { namespace, local } = resolve(qualifiedName, scope, 'element');
  const element = { namespace, local, attributes, children: [], text: '', close: undefined, ...range };
  return { element, scope };
}

function declare(raw: readonly RawAttribute[], outer: Scope | undefined): Scope {
  const declared = new Map<string, string>();
  for (const { qualifiedName, value } of raw) {
    if (qualifiedName !== 'xmlns' && !qualifiedName.startsWith('xmlns:')) continue;
    const prefix = qualifiedName.slice('xmlns:'.length);
    if (declared.has(prefix) || prefix === 'xmlns' || prefix === 'xml') throw new MalformedXml();
    declared.set(prefix, value);
  }
  return declared.size === 0 && outer ? outer : { declared, outer };
}

function resolve(
  qualifiedName: string,
  scope: Scope,
  kind: 'element' | 'attribute',
): { readonly namespace: string; readonly local: string } {
  const [prefix, local, more] = qualifiedName.includes(':') ? qualifiedName.split(':') : ['', qualifiedName];
  if (prefix === undefined || !local || more !== undefined) throw new MalformedXml();
  if (prefix === 'xml') return { namespace: xmlNamespace, local };
  // The default namespace does not hold for attributes.
  if (prefix === '' && kind === 'attribute') return { namespace: '', local };
  for (let each: Scope | undefined = scope; each; each = each.outer) {
    const namespace = each.declared.get(prefix);
    if (namespace !== undefined) return { namespace, local };
  }
  if (prefix !== '') throw new MalformedXml();
  return { namespace: '', local };
}

/**
 * Resolves the five entities of XML and character references; line ends become \n.
 * @throws MalformedXml for every other entity
 */
export function unescapeText(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replace(/&([^;&]{0,10})(;?)/g, (_, entity: string, end: string) => {
    const character = entities.get(entity) ?? referred(entity);
    if (end === '' || character === undefined) throw new MalformedXml();
    return character;
  });
}

function referred(entity: string): string | undefined {
  const match = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(entity);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : parseInt(match[1], 16);
  const isCharacter =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
