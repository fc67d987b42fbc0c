import type { OpenedSession } from '#contract/sessions.ts';
import { ApiError } from '../api/api-error.ts';
import type { PortalApi } from '../api/portal-api.ts';
import { send } from '../api/send.ts';
import { initialInvoicesState } from '../invoices/invoices-state.ts';
import { backOff } from './back-off.ts';
import { fetchToken, isSessionToken, organisationOf } from './session-token.ts';

/** How a page gets a session. An embed redeems a token; the hosted page brings a source of its own. */
export interface SessionSource {
  /**
   * Opens a session, or finds the one that the page still has. Called at the start, when a session cannot be renewed,
   * and when the customer asks to go on.
   * @throws ApiError; `session_ended` and `session_token_invalid` mean that only the merchant's page can help
   */
  open(signal: AbortSignal): Promise<OpenedSession>;
  /** What the session is about, where no server is: for previews. */
  readonly api?: PortalApi;
}

/** What a merchant's page gives: asks its own backend for a new one-time session token. */
export type FetchSession = (options: { signal: AbortSignal }) => Promise<{ session_token: string }>;

/** Every opening asks for what the first tab shows. */
export const preload = { limit: initialInvoicesState.size };

const redeemTimeoutMs = 8_000;
const redeemAttempts = 3;
const longestWaitMs = 10_000;

/**
 * Redeems the one-time token that stands in the page, if there is one, and after that those which `fetchSession` brings.
 * A page with only a token has to be loaded again when its session ends.
 */
export function embedSource(given: {
  readonly apiUrl: string;
  readonly sessionToken: string;
  /** Asked for when it is needed. */
  readonly fetchSession: FetchSession | null;
}): SessionSource {
  const { apiUrl } = given;
  let { sessionToken } = given;
  const nonce = randomNonce();

  const openWithToken = async (signal: AbortSignal): Promise<OpenedSession | null> => {
    if (!isSessionToken(sessionToken)) return null;
    try {
      const opened = await redeem(apiUrl, sessionToken, nonce, signal);
      sessionToken = '';
      return opened;
    } catch (error) {
      const isUsedUp = error instanceof ApiError && error.code === 'session_token_invalid';
      if (isUsedUp) sessionToken = '';
      if (isUsedUp && given.fetchSession) return null;
      throw error;
    }
  };

  return {
    open: async (signal) => {
      const opened = await openWithToken(signal);
      if (opened) return opened;
      const { fetchSession } = given;
      if (!fetchSession) throw new ApiError('session_ended', 'The session token was used, or is none');
      return redeem(apiUrl, await fetchToken(fetchSession, signal), randomNonce(), signal);
    },
  };
}

/**
 * One redemption. An answer that got lost is asked for again with the same nonce, which the server takes for the same
 * redemption; a new nonce would be a second use and end the session.
 */
async function redeem(
  apiUrl: string,
  sessionToken: string,
  nonce: string,
  signal: AbortSignal,
): Promise<OpenedSession> {
  const organisationId = organisationOf(sessionToken);
  for (let attempt = 1; ; attempt++) {
    try {
      const { body } = await send<OpenedSession>({
        method: 'POST',
        url: `${apiUrl}/portal/${encodeURIComponent(organisationId)}/session/redeem`,
        body: { session_token: sessionToken, redeem_nonce: nonce, preload },
        // Spares the browser from asking first whether it may: another website may send this.
        headers: { 'content-type': 'text/plain;charset=UTF-8' },
        signal,
        timeoutMs: redeemTimeoutMs,
      });
      if (body?.session) return body;
      throw new ApiError('response_invalid', 'No portal answers at api-url');
    } catch (error) {
      const mayRetry = error instanceof ApiError && error.retryable && error.code !== 'offline';
      if (!mayRetry || attempt === redeemAttempts || error.retryAfterMs > longestWaitMs) throw error;
      await backOff(attempt, error.retryAfterMs, signal);
    }
  }
}

/** 24 random bytes, base64url. */
export const randomNonce = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
