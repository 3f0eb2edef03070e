import { type Fault, imagesPath } from './fault.ts';

/** Faults 30 to 40: what answers hold. */
export const payloadFaults = {
  emptyData: { number: 31, always: { [imagesPath]: { json: { created: 1, data: [] } } } },
} satisfies Record<string, Fault>;
