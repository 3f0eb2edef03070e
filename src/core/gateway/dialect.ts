import type { EditForm } from './learned.ts';

/**
 * What is known of a gateway's own way with images beforehand. Only what its replies would not teach, or would teach
 * at the price of a wrong picture: everything else is learned.
 */
export interface Dialect {
  /** Path of the images route; `/images/generations` where absent. */
  readonly imagesPath?: '/images';
  /** How sizes are written on the images route; `size: "1024x768"` where absent. */
  readonly size?: 'widthAndHeight' | 'aspectRatio';
  readonly responseFormat?: 'b64_json' | 'base64';
  /** How references travel: to `/images/edits` in the form that is tried first, or beside the prompt. */
  readonly references?: EditForm | 'inputReferences' | 'jsonImage' | 'refImages' | 'imageUrl';
}

/** Hosts whose servers differ, and how. See docs/gateways.md. */
const dialects: Readonly<Record<string, Dialect>> = {
  // Takes no size and no mask; edits are JSON with `image: {url, type}` or `images: […]`.
  'api.x.ai': { size: 'aspectRatio', references: 'jsonImage' },
  // `width` and `height`; a `size` is passed over in silence. One reference, as a URL, beside the prompt.
  'api.together.xyz': { size: 'widthAndHeight', responseFormat: 'base64', references: 'imageUrl' },
  'api.together.ai': { size: 'widthAndHeight', responseFormat: 'base64', references: 'imageUrl' },
  // The file is called `image` however many there are.
  'api.deepinfra.com': { references: 'multipartRepeated' },
};

/** What is known of a host, or nothing. @param hostname without port */
export function dialectOf(hostname: string): Dialect | undefined {
  return Object.hasOwn(dialects, hostname) ? dialects[hostname] : undefined;
}
