import type { FailureCode } from '../../../src/core/failure.ts';
import type { FaultName } from './faults.ts';

/** What each fault comes to, on both routes, and what its sentence says. */
export const statusOutcomes: readonly (readonly [FaultName, FailureCode, RegExp])[] = [
  ['htmlErrorPage', 'serverError', /“502 Bad Gateway” \(HTTP 502\)/],
  ['htmlInPlaceOfAnAnswer', 'malformedResponse', /“Sign in”/],
  ['textInPlaceOfAnAnswer', 'malformedResponse', /baseUrl/],
  ['errorUnderStatus200', 'badRequest', /No such thing/],
  ['refusalUnderStatus200', 'contentFiltered', /Not this/],
  ['errorDetailList', 'badRequest', /bad prompt/],
  ['errorInAList', 'badRequest', /Invalid JSON payload/],
  ['errorIsAString', 'badRequest', /prompt required/],
  ['errorIsAMessage', 'forbidden', /Forbidden by WAF/],
  ['errorWithDescription', 'unauthorized', /Set API Key/],
  ['errorIsAProblem', 'badRequest', /prompt unreadable/],
  ['errorIsEmpty', 'serverError', /HTTP 500/],
  ['paymentRequired', 'insufficientCredits', /top up/],
  ['contentTooLarge', 'badRequest', /too large/],
  ['failedDependency', 'serverError', /The provider failed/],
  ['overloaded', 'serverError', /Overloaded/],
  ['quotaUnderStatus429', 'insufficientCredits', /exceeded your quota/],
  ['codeIsANumber', 'insufficientCredits', /Insufficient credits/],
  ['typeIsTheWordNone', 'serverError', /boom/],
  ['codeIsNull', 'modelNotFound', /Select Model/],
  ['moderationBlocked', 'contentFiltered', /safety system/],
  ['contentPolicyViolation', 'contentFiltered', /Declined/],
  ['noContent', 'noImage', /without an image/],
  ['emptyBody', 'noImage', /without an image/],
  ['customerVerification', 'forbidden', /A credit card on file is required/],
  ['freeTier', 'forbidden', /not available on the free tier/],
];
