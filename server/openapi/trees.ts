import type { OperationKey } from '#contract/api.ts';
import { consoleApi } from '#contract/console-api.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { merchantApi } from '#contract/merchant-api.ts';
import type { Operation } from '#contract/operation.ts';

/** The part of the server that an operation belongs to: each takes its own credential and no other. */
export type Tree = 'merchant' | 'portal' | 'hosted' | 'console';

export const treeOf = (key: OperationKey): Tree => {
  if (key in merchantApi) {
    return 'merchant';
  }
  if (key in consoleApi) {
    return 'console';
  }
  return key.includes(' /portal/') ? 'portal' : 'hosted';
};

/** The ways to a credential, which ask for none. */
const open: readonly OperationKey[] = [
  'POST /portal/:organisation_id/session/redeem',
  'POST /session/redeem',
  'POST /console/api/login',
];

export const needsCredential = (key: OperationKey): boolean => !open.includes(key);

/** What every operation can answer with; an address that is no operation is `not_found`. */
const commonErrors = [
  'database_busy',
  'database_unavailable',
  'internal_error',
  'rate_limited',
  'request_invalid',
  'storage_full',
] as const;

/** What every operation with a request body can answer with besides. */
const bodyErrors = ['json_malformed', 'media_type_unsupported', 'payload_too_large'] as const;

/** What the credential of each tree can be refused with. */
export const credentialErrors = {
  merchant: ['api_key_invalid', 'api_version_unknown', 'browser_call_forbidden', 'rate_limited', 'scope_insufficient'],
  portal: ['access_token_expired', 'access_token_invalid', 'origin_not_allowed', 'session_ended'],
  hosted: ['session_ended'],
  console: ['staff_login_required'],
} as const satisfies Record<Tree, readonly ErrorCode[]>;

/** What a request with an `Idempotency-Key` can be refused with. */
const idempotencyErrors = ['idempotency_answer_lost', 'idempotency_key_reused'] as const;

/** What a request that goes by a cookie is refused with when another website sends it. */
const cookieErrors = ['origin_not_allowed'] as const;

export const takesIdempotencyKey = (key: OperationKey): boolean =>
  treeOf(key) === 'merchant' && key.startsWith('POST ');

const goesByCookie = (key: OperationKey): boolean =>
  treeOf(key) === 'hosted' || (treeOf(key) === 'console' && !key.startsWith('GET '));

/** Everything that one operation can answer with instead of its answer. */
export const errorsOf = (key: OperationKey, operation: Operation): ErrorCode[] => {
  const own = operation.isStream === true ? ['media_type_unsupported' as const] : (operation.errors ?? []);
  const codes = new Set<ErrorCode>([
    ...commonErrors,
    ...(operation.body === undefined || operation.isStream === true ? [] : bodyErrors),
    ...(needsCredential(key) ? credentialErrors[treeOf(key)] : []),
    ...(takesIdempotencyKey(key) ? idempotencyErrors : []),
    ...(goesByCookie(key) ? cookieErrors : []),
    ...own,
  ]);
  return [...codes].toSorted();
};
