import { ApiError } from '../api/api-error.ts';
import type { ApiErrorCode } from '../api/api-error.ts';

/** What the API client throws, with a request id to quote. */
export const failure = (code: ApiErrorCode = 'internal_error'): ApiError =>
  new ApiError(code, 'It failed', { status: 500, requestId: 'req_4f8a21c09d' });
