import { z } from 'zod';

export const ErrorCode = z.enum([
  'access_token_expired',
  'access_token_invalid',
  'api_key_invalid',
  'api_version_unknown',
  'browser_call_forbidden',
  'cursor_invalid',
  'customer_not_found',
  'database_busy',
  'internal_error',
  'invoice_not_found',
  'json_malformed',
  'login_failed',
  'media_type_unsupported',
  'not_found',
  'origin_not_allowed',
  'payload_too_large',
  'precondition_failed',
  'precondition_required',
  'rate_limited',
  'read_only_session',
  'request_invalid',
  'scope_insufficient',
  'session_conflict',
  'session_ended',
  'session_not_found',
  'session_token_invalid',
  'staff_login_required',
  'storage_full',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Where and why a request was refused; one entry a field, in the dialect's form. */
export const ErrorDetail = z.object({
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  type: z.string(),
});
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** Every error answer has this body. Branch on `code`; `message` is for people. Quote `request_id` to support. */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  request_id: z.string(),
  retryable: z.boolean(),
  reason: z.string().optional(),
  detail: z.array(ErrorDetail).optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
