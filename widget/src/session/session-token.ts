import { ApiError } from '../api/api-error.ts';
import { withTimeLimit } from '../api/time-limit.ts';
import type { FetchSession } from './session-source.ts';

/**
 * `{organisation}_{customer}_{secret}`. The secret may itself contain `_`: fixed offsets only. Anything else would only
 * be refused, by an answer that the browser keeps from the page.
 */
const tokenForm = /^[\da-f-]{36}_[\da-f-]{36}_[\w-]{43}$/;
const fetchTimeoutMs = 10_000;

export const isSessionToken = (token: unknown): token is string => typeof token === 'string' && tokenForm.test(token);

export const organisationOf = (token: string): string => token.slice(0, 36);

/**
 * A new token from the merchant's page.
 * @throws ApiError `fetch_session_failed`, retryable where the network failed or it took too long
 */
export async function fetchToken(fetchSession: FetchSession, signal: AbortSignal): Promise<string> {
  try {
    const answer = await withTimeLimit(fetchTimeoutMs, signal, (limit) =>
      Promise.race([fetchSession({ signal: limit }), rejection(limit)]),
    );
    if (isSessionToken(answer?.session_token)) return answer.session_token;
  } catch (cause) {
    signal.throwIfAborted();
    const retryable = cause instanceof Error && ['TypeError', 'TimeoutError'].includes(cause.name);
    throw new ApiError('fetch_session_failed', 'fetchSession failed', { cause, retryable });
  }
  throw new ApiError('fetch_session_failed', 'fetchSession gave no session_token');
}

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
