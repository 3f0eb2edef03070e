import { refusalOf, withoutQuery } from './target.ts';

/** What a document's `<base href>` makes of its relative targets: they stand behind a prefix, or on some server. */
export type DocumentBase = { readonly prefix: string } | 'remote';

/**
 * What a `<base href>` means (https://html.spec.whatwg.org/multipage/semantics.html#the-base-element).
 * @param href entities undone
 * @returns a prefix that ends with `/`; undefined where it changes nothing, or where something else fills it in
 */
export function documentBase(href: string): DocumentBase | undefined {
  const url = href.trim().replace(/[\t\r\n]/g, '');
  const refusal = refusalOf(url);
  if (refusal === 'remote' || refusal === 'scheme') return 'remote';
  // A base may well name a page, which is no image.
  if (refusal !== undefined && refusal !== 'notAnImage' && refusal !== 'svg') return undefined;
  const path = withoutQuery(url);
  const prefix = /(?:^|\/)\.\.?$/.test(path) ? `${path}/` : path.slice(0, path.lastIndexOf('/') + 1);
  return prefix === '' ? undefined : { prefix };
}
