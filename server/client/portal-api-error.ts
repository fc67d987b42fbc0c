import type { ErrorBody, ErrorCode, ErrorDetail } from '#contract/errors.ts';

/** The portal refused a call. Branch on `code`; `message` is for people. Quote `requestId` to support. */
export class PortalApiError extends Error {
  override readonly name = 'PortalApiError';
  readonly status: number;
  /** `answer_unreadable`: something between here and the portal answered instead of it. */
  readonly code: ErrorCode | 'answer_unreadable';
  readonly requestId: string | null;
  /** Which fields were refused, and why. */
  readonly detail: readonly ErrorDetail[];
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Seconds that the portal asks to wait before that; null where it does not say. */
  readonly retryAfter: number | null;

  constructor(status: number, body: Partial<ErrorBody>, retryAfter: number | null) {
    const code = body.code ?? 'answer_unreadable';
    super(`The portal answered ${status} ${code}${body.message === undefined ? '' : `: ${body.message}`}`);
    this.status = status;
    this.code = code;
    this.requestId = body.request_id ?? null;
    this.detail = body.detail ?? [];
    this.retryable = body.retryable ?? (status === 429 || status >= 502);
    this.retryAfter = retryAfter;
  }
}

/** No answer came: the portal could not be reached, or took too long. `cause` has what happened. */
export class PortalConnectionError extends Error {
  override readonly name = 'PortalConnectionError';
  readonly retryable = true;
}
