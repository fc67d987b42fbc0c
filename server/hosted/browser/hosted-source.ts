import type { OpenedSession } from '#contract/sessions.ts';
import { ApiError } from '../../../widget/src/api/api-error.ts';
import { send } from '../../../widget/src/api/send.ts';
import { preload, randomNonce } from '../../../widget/src/session/session-source.ts';
import type { FetchSession } from '../../../widget/src/session/session-source.ts';

const post = async (path: string, body: unknown, signal?: AbortSignal): Promise<OpenedSession> => {
  const answer = await send<OpenedSession>({ method: 'POST', url: path, body, credentials: 'same-origin', signal });
  return answer.body;
};

/** Redeems a link into this browser's cookie. A repeated call is a retry of the same redemption. */
export const redeemer = (sessionToken: string) => {
  const nonce = randomNonce();
  return (replace: boolean): Promise<OpenedSession> =>
    post('/session/redeem', { session_token: sessionToken, redeem_nonce: nonce, replace, preload });
};

/** Comes back to the session of the cookie, if it is still this one. */
export const resume = (sessionId: string, signal?: AbortSignal): Promise<OpenedSession> =>
  post('/session/resume', { session_id: sessionId, preload }, signal);

const answerMs = 5_000;

/**
 * Asks the page around the frame for a new link: `{ type: 'zenskar-session-request' }` goes to the organisation's
 * origins only, and only from them `{ type: 'zenskar-session', session_token }` is taken.
 */
export const askParent =
  (allowedOrigins: readonly string[]): FetchSession =>
  ({ signal }) =>
    new Promise((resolve, reject) => {
      const handleMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
        if (source !== window.parent || !allowedOrigins.includes(origin)) return;
        const answer = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
        const { type, session_token: sessionToken } = answer;
        if (type !== 'zenskar-session' || typeof sessionToken !== 'string') return;
        finish();
        resolve({ session_token: sessionToken });
      };
      const giveUp = (): void => {
        finish();
        reject(new ApiError('session_token_invalid', 'The page around the frame brought no new link'));
      };
      const timer = setTimeout(giveUp, answerMs);
      const finish = (): void => {
        clearTimeout(timer);
        removeEventListener('message', handleMessage);
        signal.removeEventListener('abort', giveUp);
      };
      addEventListener('message', handleMessage);
      signal.addEventListener('abort', giveUp);
      const parentOrigin = location.ancestorOrigins?.[0];
      for (const origin of allowedOrigins) {
        if (parentOrigin === undefined || parentOrigin === origin) {
          window.parent.postMessage({ type: 'zenskar-session-request' }, origin);
        }
      }
    });
