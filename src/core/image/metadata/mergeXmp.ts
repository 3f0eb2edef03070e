import { isSynthetic, trainedAlgorithmicMedia } from './digitalSource.ts';
import { packetLimit } from './imageMetadata.ts';
import type { MetadataRefusal, MetadataToWrite } from './imageMetadata.ts';
import { namespaces, parseXmp, parseXmpText, xmpValue } from './xmp.ts';
import type { XmpDescription, XmpPacket, XmpProperty } from './xmp.ts';
import { copiesOf, describe, fieldsOf } from './xmpFields.ts';

/** A packet that says nothing yet. The id is the specification's; the BOM says that it is UTF-8. */
const emptyPacket = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Image Gateway">
 <rdf:RDF xmlns:rdf="${namespaces.rdf}">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;

/**
 * Makes the XMP packet of a file (ISO 16684-1) from the one that it has. What others wrote stays as it is,
 * to the character; what this extension wrote before gives way. A synthetic digital source type, a
 * description or a prompt of others is kept; another digital source type would be untrue and goes.
 * Merging twice gives what merging once gave.
 * @returns the packet in UTF-8, at most `packetLimit` bytes, or why there can be none (`c2pa`: the packet
 *   names a manifest that lies elsewhere)
 */
export function mergeXmp(
  existing: Uint8Array | undefined,
  metadata: MetadataToWrite,
): Uint8Array<ArrayBuffer> | MetadataRefusal {
  const packet = existing ? parseXmp(existing) : parseXmpText(emptyPacket);
  if (packet?.rdf.close === undefined) return 'existingMetadata';
  if (xmpValue(packet, namespaces.dcterms, 'provenance') !== undefined) return 'c2pa';
  const bytes = new TextEncoder().encode(mergedText(packet, packet.rdf.close, metadata));
  if (bytes.length > packetLimit) return 'tooLarge';
  // What nobody could read back is not written: the bounds of the reader hold for the whole, too.
  return parseXmp(bytes) ? bytes : 'existingMetadata';
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** @param close where the end tag of the RDF begins */
function mergedText(packet: XmpPacket, close: number, metadata: MetadataToWrite): string {
  const isOwnCopy = ownCopies(packet);
  const parts = packet.descriptions.map((each) => divide(each, isOwnCopy));
  const kept = new Set(parts.flatMap(({ kept: each }) => each.map(nameOf)));
  const fields = fieldsOf(metadata).filter(
    ([prefix, local]) => !kept.has(nameOf({ namespace: namespaces[prefix], local })),
  );
  const { text } = packet;
  let result = '';
  let read = 0;
  for (const { from, to } of parts.flatMap(({ cut }) => cut)) {
    result += text.slice(read, beforeSpace(text, from));
    read = to;
  }
  const end = beforeSpace(text, close);
  return `${result}${text.slice(read, end)}${describe(packet.about, fields)}${text.slice(end)}`;
}

/** What of a description goes, in order, and what stays. */
function divide(
  { element, properties }: XmpDescription,
  isOwnCopy: (property: XmpProperty) => boolean,
): { readonly cut: readonly Range[]; readonly kept: readonly XmpProperty[] } {
  const isOwn = ({ namespace }: XmpProperty) => namespace === namespaces.imageGateway;
  if (properties.some(isOwn) && properties.every((each) => isOwn(each) || isOwnCopy(each)))
    return { cut: [element], kept: [] };
  const goes = (each: XmpProperty) => isOwn(each) || isUntrue(each);
  return { cut: properties.filter(goes), kept: properties.filter((each) => !goes(each)) };
}

/** Tells whether a property of another namespace is one that this extension wrote beside its own. */
function ownCopies(packet: XmpPacket): (property: XmpProperty) => boolean {
  const [prompt, model] = ['Prompt', 'Model'].map((local) =>
    xmpValue(packet, namespaces.imageGateway, local),
  );
  const copies = new Map(
    copiesOf(prompt, model).map(([prefix, local, value]) => [
      nameOf({ namespace: namespaces[prefix], local }),
      value,
    ]),
  );
  copies.set(sourceName, trainedAlgorithmicMedia);
  return (property) => copies.get(nameOf(property)) === property.value;
}

const sourceName = nameOf({ namespace: namespaces.Iptc4xmpExt, local: 'DigitalSourceType' });

function isUntrue(property: XmpProperty): boolean {
  return nameOf(property) === sourceName && !isSynthetic(property.value);
}

function nameOf({ namespace, local }: { readonly namespace: string; readonly local: string }): string {
  return `${namespace} ${local}`;
}

/** The offset at which the white space begins that ends at `at`. */
function beforeSpace(text: string, at: number): number {
  let start = at;
  while (start > 0 && /[ \t\r\n]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}
