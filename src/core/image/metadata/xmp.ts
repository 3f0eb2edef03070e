import { packetLimit } from './imageMetadata.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xmlNames.ts';

/** The namespaces that are read and written. */
export const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  /**
   * This extension's own: Prompt, Model, Gateway, Seed, Size ("1200x630"), Quality, Background,
   * AspectRatio ("16:9"), Count; all text. A UUID names it, because no domain is owned for it.
   */
  imageGateway: 'urn:uuid:5d0f6d0c-2a3e-4c1b-9f57-6f1f3a0b8e42#',
} as const;

/** A property of an XMP packet's resource: an attribute of, or an element in, an `rdf:Description`. */
export interface XmpProperty {
  readonly namespace: string;
  readonly local: string;
  /** Its text; of an array its first item, or the default language's; empty for a structure. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

export interface XmpDescription {
  readonly element: XmlElement;
  readonly properties: readonly XmpProperty[];
}

export interface XmpPacket {
  readonly text: string;
  readonly rdf: XmlElement;
  /** What the packet is about, usually empty: the file it lies in. */
  readonly about: string;
  readonly descriptions: readonly XmpDescription[];
}

/**
 * Reads an XMP packet (ISO 16684-1: RDF/XML in UTF-8). Linear in the length, never throws.
 * @returns undefined where it is longer than `packetLimit`, not UTF-8, not well formed, declares a
 *   document type or holds no RDF
 */
export function parseXmp(bytes: Uint8Array): XmpPacket | undefined {
  if (bytes.length > packetLimit) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // Some writers end the packet as C ends a string.
  return parseXmpText(text.replace(/\0$/, ''));
}

export function parseXmpText(text: string): XmpPacket | undefined {
  const root = parseXml(text);
  if (!root) return undefined;
  const rdf = [root, ...root.children].find((each) => isRdf(each, 'RDF'));
  if (!rdf) return undefined;
  const elements = rdf.children.filter((each) => isRdf(each, 'Description'));
  return {
    text,
    rdf,
    about: elements[0]?.attributes.find(isAbout)?.value ?? '',
    descriptions: elements.map((element) => ({ element, properties: propertiesOf(element) })),
  };
}

/** The value of a packet's property, undefined where it is not there or blank. */
export function xmpValue(packet: XmpPacket, namespace: string, local: string): string | undefined {
  for (const { properties } of packet.descriptions) {
    const found = properties.find((each) => each.namespace === namespace && each.local === local);
    if (found && found.value.trim() !== '') return found.value;
  }
  return undefined;
}

function isRdf({ namespace, local }: XmlElement, name: string): boolean {
  return namespace === namespaces.rdf && local === name;
}

function isAbout({ namespace, local }: { readonly namespace: string; readonly local: string }): boolean {
  return local === 'about' && (namespace === namespaces.rdf || namespace === '');
}

function propertiesOf(description: XmlElement): XmpProperty[] {
  const attributes = description.attributes.filter(
    ({ namespace }) => namespace !== '' && namespace !== namespaces.rdf && !namespace.endsWith('/namespace'),
  );
  const elements = description.children.map((element) => {
    const { namespace, local, from, to } = element;
    return { namespace, local, value: valueOf(element), from, to };
  });
  return [...attributes, ...elements];
}

function valueOf(element: XmlElement): string {
  const resource = element.attributes.find(
    ({ namespace, local }) => namespace === namespaces.rdf && local === 'resource',
  );
  if (resource) return resource.value;
  const [array] = element.children;
  if (!array) return element.text;
  if (!['Alt', 'Seq', 'Bag'].some((name) => isRdf(array, name))) return '';
  const items = array.children.filter((each) => isRdf(each, 'li'));
  const standard = items.find(({ attributes }) =>
    attributes.some(({ local, value }) => local === 'lang' && value === 'x-default'),
  );
  return (standard ?? items[0])?.text ?? '';
}
