import { chatPath, type Fault, imagesPath } from './fault.ts';

const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const html = { status: 502, headers: { 'content-type': 'text/html' }, body: page };

/** Faults 11 to 21: status codes, and the shapes of errors. */
export const statusFaults = {
  htmlErrorPage: { number: 11, always: { [chatPath]: html, [imagesPath]: html } },
} satisfies Record<string, Fault>;
