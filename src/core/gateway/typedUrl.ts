import { type BaseUrl, isLoopbackHost, parseBaseUrl } from './baseUrl.ts';

/** What people paste after the base URL: the route of one request. */
const routeTail =
  /\/(chat\/completions|completions|responses|embeddings|models|images(\/(generations|edits|variations|models))?)$/i;

/**
 * Parses the address of a gateway as a person types or pastes it: a missing scheme is added (http for this machine,
 * https for every other), and the route of a request is cut off.
 * @returns the base URL, or a sentence fragment saying why it is refused
 */
export function parseTypedUrl(text: string): BaseUrl | { readonly problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'it is empty' };
  const url = parseBaseUrl(withScheme(trimmed));
  return 'problem' in url ? url : parseBaseUrl(url.href.replace(routeTail, ''));
}

/**
 * The base URLs that a typed address may mean, the likeliest first: many write it without its version.
 * @param url as `parseTypedUrl` gave it
 */
export function possibleBaseUrls({ href }: BaseUrl): readonly string[] {
  return /\/v\d+[a-z0-9]*$/i.test(href) ? [href] : [href, `${href}/v1`];
}

function withScheme(text: string): string {
  const host = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?(\/|$)/i.exec(text)?.[1];
  // `host:` alone could be a scheme of its own; parseBaseUrl says what is wrong with it.
  if (host === undefined || text.includes('://')) return text;
  return `${isLoopbackHost(host.toLowerCase()) ? 'http' : 'https'}://${text}`;
}
