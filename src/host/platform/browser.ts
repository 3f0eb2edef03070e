import type { Platform } from './platform.ts';

/** The browser (web worker) extension host: no environment, no real paths, no name look-ups. */
export const platform: Platform = { host: 'browser', environment: () => undefined };
