import { errorReply, pngBase64 } from '../gatewayReply.ts';
import { chatPath, editsPath, type Fault, imagesPath } from './fault.ts';

const picture = { json: { data: [{ b64_json: pngBase64('64x48') }] } };
const notTaken = (message: string, param: string | null = null) => ({
  status: 400,
  json: { error: { message, type: 'invalid_request_error', code: null, param } },
});

/** Faults 41 to 43: what gateways take differently. */
export const requestFaults = {
  editsAsFormOnly: {
    number: 41,
    once: { [editsPath]: [errorReply(415, 'Content-Type must be multipart/form-data'), picture] },
  },
  editsWithBracketsOnly: {
    number: 41,
    once: {
      [editsPath]: [
        errorReply(422, 'Expected multipart/form-data'),
        { status: 422, json: { detail: [{ loc: ['body', 'image[]'], msg: 'Field required' }] } },
        picture,
      ],
    },
  },
  editsAbsent: { number: 41, always: { [editsPath]: errorReply(404, 'Not Found') } },
  sizeNotSupported: { number: 43, once: { [imagesPath]: [notTaken('Argument not supported: size')] } },
  sizeOfAnotherValue: {
    number: 43,
    once: { [imagesPath]: [notTaken("Invalid size '64x48'. Supported values are: '1024x1024'.", 'size')] },
  },
  sizeLimits: {
    number: 43,
    once: {
      [imagesPath]: [
        notTaken('The image size must be at least 655,360 pixels.', 'size'),
        notTaken('Width and height must both be divisible by 16.', 'size'),
      ],
    },
  },
  qualityUnknown: {
    number: 43,
    once: { [imagesPath]: [notTaken("Unknown parameter: 'quality'.", 'quality')] },
  },
  extraInput: {
    number: 43,
    once: {
      [imagesPath]: [
        {
          status: 422,
          json: {
            detail: [
              { type: 'extra_forbidden', loc: ['body', 'background'], msg: 'Extra inputs are not permitted' },
            ],
          },
        },
      ],
    },
  },
  countRefused: { number: 43, once: { [imagesPath]: [notTaken('n must be 1 for this model')] } },
  streamRefused: {
    number: 43,
    once: { [imagesPath]: [notTaken("'stream' is not supported with this model.", 'stream')] },
  },
  imageConfigRefused: {
    number: 43,
    once: { [chatPath]: [notTaken('Unrecognized request argument supplied: image_config')] },
  },
  modalitiesRefused: {
    number: 43,
    once: {
      [chatPath]: [
        errorReply(404, 'No endpoints found that support the requested output modalities: image, text'),
      ],
    },
  },
  refusesWithoutAName: { number: 43, always: { [imagesPath]: notTaken('Bad Request') } },
} satisfies Record<string, Fault>;
