import type { OpenedSession } from '#contract/sessions.ts';
import type { ApiError } from '../api/api-error.ts';

/** Where a portal is with its session. While a ready session is renewed it stays `ready`. */
export type SessionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'ready'; readonly opened: OpenedSession }
  /** `reason` is the server's (`idle`, `expired`, `revoked` …), or `signed_out`; null when there was no telling. */
  | { readonly status: 'expired'; readonly reason: string | null }
  | { readonly status: 'failed'; readonly error: ApiError };
