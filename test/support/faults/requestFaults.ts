import { errorReply } from '../gatewayReply.ts';
import { type Fault, imagesPath } from './fault.ts';

/** Faults 41 to 43: what gateways take differently. */
export const requestFaults = {
  sizeNotSupported: {
    number: 43,
    once: { [imagesPath]: [errorReply(400, 'Argument not supported: size', null, 'invalid_request_error')] },
  },
} satisfies Record<string, Fault>;
