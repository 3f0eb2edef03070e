import { errorReply } from '../gatewayReply.ts';
import { chatPath, type Fault, imagesPath } from './fault.ts';

/** Faults 1 to 10: the way to the gateway and back, and repeating. */
export const transportFaults = {
  serverErrorThreeTimes: {
    number: 1,
    always: { [chatPath]: errorReply(500, 'boom'), [imagesPath]: errorReply(500, 'boom') },
  },
} satisfies Record<string, Fault>;
