import type { ErrorBody, ErrorCode, ErrorDetail } from '#contract/errors.ts';

/** The server's codes, those for which no usable answer came, and those of a page that gives no usable session. */
export type ApiErrorCode =
  | ErrorCode
  | 'offline'
  | 'network_error'
  | 'timeout'
  | 'response_invalid'
  | 'fetch_session_failed'
  | 'session_source_missing'
  | 'frame_unreachable';

/** The one failure of a call. Branch on `code`; quote `requestId` to support. */
export class ApiError extends Error {
  readonly code!: ApiErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status!: number;
  readonly requestId!: string | null;
  /** The same call may succeed later. */
  readonly retryable!: boolean;
  /** How long the server asks to wait before the same call is made again; 0 when it asks for nothing. */
  readonly retryAfterMs!: number;
  /** Why, for a program: for example how a session ended. */
  readonly reason!: string | null;
  /** One entry a refused field. */
  readonly detail!: readonly ErrorDetail[];

  constructor(
    code: ApiErrorCode,
    message: string,
    facts: Partial<
      Pick<ApiError, 'status' | 'requestId' | 'retryable' | 'retryAfterMs' | 'reason' | 'detail' | 'cause'>
    > = {},
  ) {
    super(message);
    const unknown = { status: 0, requestId: null, retryable: false, retryAfterMs: 0, reason: null, detail: [] };
    Object.assign(this, unknown, facts, { code, name: 'ApiError' });
  }
}

/** The error of an answer that is not a success; `body` is whatever came, since a proxy may have written it. */
export function errorOfResponse(response: Response, body: unknown): ApiError {
  const { status } = response;
  const retryAfterMs = Number(response.headers.get('retry-after')) * 1000 || 0;
  if (isErrorBody(body)) {
    return new ApiError(body.code, body.message, {
      status,
      requestId: body.request_id,
      retryable: body.retryable,
      retryAfterMs,
      reason: body.reason ?? null,
      detail: body.detail ?? [],
    });
  }
  return new ApiError('response_invalid', `The server answered ${status}`, {
    status,
    requestId: response.headers.get('x-request-id'),
    retryAfterMs,
    retryable: status >= 500 || status === 429,
  });
}

/** The error of a request that got no answer. */
export function errorOfFailedFetch(error: unknown): ApiError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new ApiError('timeout', 'The server took too long to answer', { retryable: true, cause: error });
  }
  return navigator.onLine
    ? new ApiError('network_error', 'The server could not be reached', { retryable: true, cause: error })
    : new ApiError('offline', 'This device is offline', { retryable: true, cause: error });
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  typeof body.code === 'string' &&
  'message' in body &&
  'request_id' in body;
