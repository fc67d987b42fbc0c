import { z } from 'zod';

export const ErrorCode = z
  .enum([
    'access_token_expired',
    'access_token_invalid',
    'address_not_found',
    'api_key_invalid',
    'api_version_unknown',
    'browser_call_forbidden',
    'contact_not_found',
    'contract_in_use',
    'contract_not_found',
    'credit_note_not_found',
    'cursor_invalid',
    'customer_entitlement_not_found',
    'customer_not_found',
    'database_busy',
    'database_unavailable',
    'entitlement_in_use',
    'entitlement_not_found',
    'external_id_taken',
    'idempotency_answer_lost',
    'idempotency_key_reused',
    'internal_error',
    'invoice_not_found',
    'invoice_state_invalid',
    'json_malformed',
    'line_malformed',
    'line_too_long',
    'login_failed',
    'media_type_unsupported',
    'not_found',
    'origin_not_allowed',
    'payload_too_large',
    'payment_link_not_available',
    'payment_method_not_found',
    'payment_not_found',
    'payment_state_invalid',
    'precondition_failed',
    'precondition_required',
    'product_not_found',
    'rate_limited',
    'read_only_session',
    'receipt_not_available',
    'request_invalid',
    'scope_insufficient',
    'session_conflict',
    'session_ended',
    'session_not_found',
    'session_token_invalid',
    'staff_login_required',
    'storage_full',
    'webhook_delivery_not_found',
    'webhook_endpoint_not_found',
    'webhook_endpoint_state_invalid',
  ])
  .meta({ id: 'ErrorCode' });
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Where and why a request was refused; one entry a field, in the dialect's form. */
export const ErrorDetail = z
  .object({
    loc: z.array(z.union([z.string(), z.int()])),
    msg: z.string(),
    type: z.string(),
  })
  .meta({ id: 'ErrorDetail' });
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** Every error answer has this body. Branch on `code`; `message` is for people. Quote `request_id` to support. */
export const ErrorBody = z
  .object({
    code: ErrorCode,
    message: z.string(),
    request_id: z.string(),
    retryable: z.boolean(),
    reason: z.string().optional(),
    detail: z.array(ErrorDetail).optional(),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.infer<typeof ErrorBody>;
