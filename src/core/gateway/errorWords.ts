import { asArray, asRecord } from './json.ts';

/** What an error body says: message for people, code and type for us. */
export interface ErrorWords {
  readonly message: string;
  readonly code: string;
  /** The member of the request that it is about, where the body names one. */
  readonly param: string;
}

/**
 * Reads an error body of any shape that gateways send (wire.md 8.15): `{error:{…}}`, `{error:"…"}`,
 * `[{error:{…}}]`, `{detail:…}`, `{message}`, problem+json, HTML and plain text.
 */
export function errorWords(body: unknown): ErrorWords {
  const inner = Array.isArray(body) ? (body as unknown[])[0] : body;
  if (typeof inner === 'string') return { message: textOfPage(inner), code: '', param: '' };
  const value = asRecord(inner);
  if (value === undefined) return { message: '', code: '', param: '' };
  if (typeof value['error'] === 'object' && value['error'] !== null) return errorWords(value['error']);
  const message = firstText(
    value['message'],
    value['error_description'],
    value['error'],
    value['detail'],
    value['title'],
  );
  // OpenRouter's code is the status; what happened stands in its metadata.
  const kind = asRecord(value['metadata'])?.['error_type'];
  const code = [value['code'], value['type'], value['error'], kind]
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .join(' ');
  return { message, code, param: paramIn(value) };
}

/** OpenAI's `param`, or the last step of FastAPI's `detail[].loc`. Some gateways write the text "None". */
function paramIn(value: Readonly<Record<string, unknown>>): string {
  const [first] = asArray(value['detail']);
  const named = value['param'] ?? asArray(asRecord(first)?.['loc']).at(-1);
  return typeof named === 'string' && named !== 'None' ? named : '';
}

function firstText(...candidates: readonly unknown[]): string {
  for (const one of candidates) {
    if (typeof one === 'string' && one !== '') return one;
    if (typeof one === 'object' && one !== null) return JSON.stringify(one);
  }
  return '';
}

/** Of an HTML page its title only; of the SDK's "502 <html>…" too. */
function textOfPage(text: string): string {
  if (!/<(!doctype|html|head|body)/i.test(text)) return text.replace(/^\d{3} (status code )?/, '');
  // Bounded everywhere: a page of nothing but `<title` would be read once for each of them.
  return /<title[^>]{0,200}>([^<]{0,200})/i.exec(text)?.[1] ?? '';
}

/** Codes by which gateways say that the prompt or the picture was declined. */
export const filteredCodes =
  /moderation_blocked|content_policy|content_filter|image_generation_user_error|safety|prohibited_content|refusal/i;

/** Codes by which they say that there is no money for it. */
export const creditCodes = /insufficient_(quota|funds|credits)|billing/i;
