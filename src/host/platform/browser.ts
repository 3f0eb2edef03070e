import { createLateImageEngine } from './lateImageEngine.ts';
import type { CreateImageEngine, Platform } from './platform.ts';

/** The browser (web worker) extension host: no environment, no real paths, no name look-ups. */
export const platform: Platform = { host: 'browser', environment: () => undefined };

/** Pictures on the host's own thread: there is no other. */
export const createImageEngine: CreateImageEngine = createLateImageEngine;
