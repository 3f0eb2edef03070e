/** XMP packets of other programs. */

/** A packet around descriptions, with a prefix of its own for RDF. */
export const foreign = (description: string) =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
  `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</r:RDF></x:xmpmeta><?xpacket end="w"?>`;
export const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const iptc = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
/** A packet with one description. */
export const xmp = (attributes: string, content = '') =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description rdf:about="" ` +
  `xmlns:I="${iptc}" xmlns:dc="http://purl.org/dc/elements/1.1/" ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;
