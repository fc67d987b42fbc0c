import type { OpenedSession } from '#contract/sessions.ts';
import { send } from '../../../widget/src/api/send.ts';
import { preload, randomNonce } from '../../../widget/src/session/session-source.ts';

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
