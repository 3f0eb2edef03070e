/** A request that the offline gateway refuses, in OpenAI's words: status and `{error: {…}}`. */
export class OfflineFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | null;

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }

  /** The failure as it goes over the wire. */
  toResponse(): Response {
    const { message, code, param } = this;
    return Response.json(
      { error: { message, type: 'invalid_request_error', code, param } },
      { status: this.status },
    );
  }
}

/** A member of the request that cannot be used. */
export function invalidValue(param: string, message: string): OfflineFailure {
  return new OfflineFailure(400, 'invalid_value', message, param);
}
