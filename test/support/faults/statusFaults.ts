import { chatChunk, errorReply, pngBase64, type Reply } from '../gatewayReply.ts';
import { chatPath, type Fault, imagesPath } from './fault.ts';

const both = (reply: Reply) => ({ [chatPath]: reply, [imagesPath]: reply });
const html = (status: number, title: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><a href="https://evil.example">log in</a></body></html>`,
});
const as = (number: number, reply: Reply): Fault => ({ number, always: both(reply) });

/** Faults 11 to 21: status codes, and the shapes of errors. */
export const statusFaults = {
  htmlErrorPage: as(11, html(502, '502 Bad Gateway')),
  htmlInPlaceOfAnAnswer: as(12, html(200, 'Sign in')),
  textInPlaceOfAnAnswer: as(12, { headers: { 'content-type': 'text/plain' }, body: 'All good!' }),
  jsonCalledText: {
    number: 12,
    always: {
      [imagesPath]: {
        headers: { 'content-type': 'text/plain' },
        body: `{"created":1,"data":[{"b64_json":"${pngBase64('64x48')}"}]}`,
      },
    },
  },
  errorUnderStatus200: as(13, {
    json: { error: { message: 'No such thing.', code: 'invalid_request_error' } },
  }),
  refusalUnderStatus200: as(13, {
    json: { error: { message: 'Not this.', code: 'content_policy_violation' } },
  }),
  jsonErrorOnAStream: {
    number: 14,
    always: { [chatPath]: { json: { error: { message: 'Out of capacity.', code: 'overloaded' } } } },
  },
  errorDetailList: as(15, {
    status: 422,
    json: { detail: [{ loc: ['body', 'prompt'], msg: 'bad prompt' }] },
  }),
  errorInAList: as(15, {
    status: 400,
    json: [{ error: { code: 400, message: 'Invalid JSON payload', status: 'INVALID_ARGUMENT' } }],
  }),
  errorIsAString: as(15, { status: 400, json: { error: 'prompt required' } }),
  errorIsAMessage: as(15, { status: 403, json: { message: 'Forbidden by WAF' } }),
  errorWithDescription: as(15, {
    status: 401,
    json: { error: 'invalid_token', error_description: 'The token expired.', message: 'Unauthorized' },
  }),
  errorIsAProblem: as(15, {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: '{"title":"Bad","status":400,"detail":"prompt unreadable"}',
  }),
  errorIsEmpty: as(15, { status: 500, body: '' }),
  paymentRequired: as(16, errorReply(402, 'Insufficient credits')),
  contentTooLarge: as(16, errorReply(413, 'Request entity too large')),
  failedDependency: as(16, errorReply(424, 'The provider failed', null, 'failed_dependency')),
  overloaded: as(16, errorReply(529, 'Overloaded')),
  quotaUnderStatus429: as(16, {
    ...errorReply(429, 'You exceeded your quota', 'insufficient_quota'),
    headers: { 'retry-after': '1' },
  }),
  codeIsANumber: as(17, { status: 402, json: { error: { code: 402, message: 'Insufficient credits' } } }),
  typeIsTheWordNone: as(17, {
    status: 500,
    json: { error: { message: 'boom', type: 'None', param: 'None', code: '500' } },
  }),
  codeIsNull: as(17, {
    status: 404,
    json: { error: { message: 'model "x" not found', type: 'api_error', param: null, code: null } },
  }),
  moderationBlocked: as(18, {
    status: 400,
    json: {
      error: {
        message: 'Your request was rejected as a result of our safety system.',
        ...{ type: 'image_generation_user_error', param: null, code: 'moderation_blocked' },
      },
    },
  }),
  contentPolicyViolation: as(18, {
    status: 403,
    json: { error: { code: 403, message: 'Declined', metadata: { error_type: 'content_policy_violation' } } },
  }),
  noContent: as(19, { status: 204 }),
  emptyBody: as(19, { headers: { 'content-type': 'application/json' }, body: '' }),
  languageModel: {
    number: 20,
    once: {
      [imagesPath]: [
        errorReply(
          400,
          "Model 'acme/painter' is a language model, not an image model. Use the language generation API instead.",
          null,
          'invalid_request_error',
        ),
      ],
    },
  },
  imageModel: {
    number: 20,
    once: { [chatPath]: [errorReply(400, "Model 'acme/chatty' is an image model, not a language model.")] },
  },
  customerVerification: as(
    21,
    errorReply(403, 'A credit card on file is required.', null, 'customer_verification_required'),
  ),
  freeTier: as(
    21,
    errorReply(403, 'This model is not available on the free tier.', null, 'free_tier_model_not_available'),
  ),
  stringsAsStreamError: {
    number: 17,
    always: {
      [chatPath]: {
        sse: [
          chatChunk({ content: 'A ' }),
          { data: { error: { message: 'late boom', type: 'None', param: 'None', code: '500' } } },
        ],
      },
    },
  },
} satisfies Record<string, Fault>;
