import { chatChunk, chatImage } from '../gatewayReply.ts';
import { chatPath, type Fault } from './fault.ts';

/** Faults 22 to 29: streams. */
export const streamFaults = {
  streamWithoutDone: {
    number: 24,
    always: { [chatPath]: { sse: [chatChunk({ images: [chatImage()] }, 'stop')] } },
  },
} satisfies Record<string, Fault>;
