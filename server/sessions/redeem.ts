import { audit } from '../audit/audit.service.ts';
import type { Actor } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, unauthorized } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { emitSession } from './session-events.ts';
import { endOfSession } from './session-life.ts';
import {
  findSession,
  findSessionToken,
  redeemSessionToken,
  updateSessionCookie,
  updateSessionOpened,
} from './sessions.repository.ts';
import type { OpenedRow, SessionRow } from './sessions.repository.ts';
import { endSessions } from './sessions.service.ts';

/** How long a repeated request with the same nonce is taken for the retry of a lost response. */
const retryWindowMs = 30_000;

export interface Redemption {
  sessionToken: string;
  nonce: string;
  /** Who redeems: becomes the only origin that the session answers to. */
  origin: string;
  /** The hosted page's new cookie, hashed; null for an embed. */
  cookieHash: string | null;
  requestId: string;
}

export const sessionTokenInvalid = (): HttpError =>
  unauthorized('session_token_invalid', 'The link is unknown, was already used or has expired');

const actorOf = (row: SessionRow): Actor =>
  row.is_staff_view === 1
    ? { type: 'staff', id: row.staff_id, name: row.staff_name ?? '' }
    : { type: 'customer', id: row.customer_id, name: row.customer_name };

const openSession = async (
  trx: Trx,
  { clock }: Dependencies,
  scope: OrganisationScope,
  sessionId: string,
  redemption: Redemption,
): Promise<OpenedRow | undefined> => {
  const pending = await findSession(trx, scope, sessionId);
  if (pending === undefined || pending.ended_at !== null || pending.customer_deleted_at !== null) {
    return undefined;
  }
  if (pending.required_origin !== null && pending.required_origin !== redemption.origin) {
    throw forbidden('origin_not_allowed', `This session can be opened on ${pending.required_origin} only`);
  }
  const now = timestamp(clock.now());
  const opening = {
    opened_at: now,
    last_active_at: now,
    expires_at: timestamp(clock.now() + pending.max_age_s * 1000),
    origin: redemption.origin,
    cookie_hash: redemption.cookieHash,
  };
  await updateSessionOpened(trx, scope, sessionId, opening);
  await audit(trx, clock, scope, {
    actor: actorOf(pending),
    action: 'session.opened',
    customerId: pending.customer_id,
    detail: { session_id: sessionId, origin: redemption.origin },
    requestId: redemption.requestId,
  });
  const opened = { ...pending, ...opening };
  await emitSession(trx, clock, scope, 'session.opened', opened);
  return opened;
};

/** A second use: the retry of a lost response gets the same session; anything else ends it. */
const redeemAgain = async (
  trx: Trx,
  { clock }: Dependencies,
  scope: OrganisationScope,
  redemption: Redemption,
): Promise<OpenedRow | undefined> => {
  const token = await findSessionToken(trx, scope, hashSecret(redemption.sessionToken));
  if (token?.redeemed_at == null) {
    return undefined;
  }
  const row = await findSession(trx, scope, token.session_id);
  const isRetry =
    token.redeem_nonce_hash === hashSecret(redemption.nonce) &&
    row?.origin === redemption.origin &&
    clock.now() - Date.parse(token.redeemed_at) <= retryWindowMs;
  if (row !== undefined && isRetry && endOfSession(row, clock.now()) === undefined) {
    if (redemption.cookieHash !== null) {
      await updateSessionCookie(trx, scope, row.id, redemption.cookieHash);
    }
    return row;
  }
  const ended = await endSessions(trx, clock, scope, { id: token.session_id }, 'token_reused');
  if (ended > 0 && row !== undefined) {
    await audit(trx, clock, scope, {
      actor: { type: 'system', id: null, name: 'Session protocol' },
      action: 'session.ended',
      customerId: row.customer_id,
      detail: { session_id: row.id, reason: 'token_reused' },
      requestId: redemption.requestId,
    });
  }
  return undefined;
};

/**
 * Uses a one-time token up and opens its session, in one transaction; a token that nobody was given opens none. Undefined
 * when the token is unknown, used or expired: callers answer all three alike.
 * @throws HttpError 403 `origin_not_allowed`
 */
export const redeem = async (
  dependencies: Dependencies,
  scope: OrganisationScope,
  redemption: Redemption,
): Promise<OpenedRow | undefined> => {
  const { db, clock } = dependencies;
  const tokenHash = hashSecret(redemption.sessionToken);
  if ((await findSessionToken(db, scope, tokenHash)) === undefined) {
    return undefined;
  }
  return transact(db, async (trx) => {
    const sessionId = await redeemSessionToken(trx, scope, {
      tokenHash,
      nonceHash: hashSecret(redemption.nonce),
      now: timestamp(clock.now()),
    });
    return sessionId === undefined
      ? redeemAgain(trx, dependencies, scope, redemption)
      : openSession(trx, dependencies, scope, sessionId, redemption);
  });
};
