import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { getCustomer } from '../customers/customers.service.ts';
import { acrossOrganisations } from '../database/organisation-context.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { emitSessionsEnded } from './session-events.ts';
import { endOfSession, sessionEnded } from './session-life.ts';
import { findSession, findSessionByCookie, findSessionToken, updateSessionsEnded } from './sessions.repository.ts';
import type { SessionRow, SessionSelection } from './sessions.repository.ts';

export { endOfSession, sessionEnded } from './session-life.ts';
export type { SessionRow } from './sessions.repository.ts';

/** The session behind a link, and whether the link can still be redeemed. Changes nothing. */
export const findLink = async (
  { db, clock }: Dependencies,
  scope: OrganisationScope,
  token: string,
): Promise<{ session: SessionRow; isRedeemable: boolean } | undefined> => {
  const link = await findSessionToken(db, scope, hashSecret(token));
  const session = link && (await findSession(db, scope, link.session_id));
  if (link === undefined || session === undefined) {
    return undefined;
  }
  const isRedeemable =
    link.redeemed_at === null &&
    link.expires_at > timestamp(clock.now()) &&
    session.ended_at === null &&
    session.customer_deleted_at === null;
  return { session, isRedeemable };
};

/** Whether a session waits for its link to be used. */
export const isUnopened = async (
  { db, clock }: Dependencies,
  scope: OrganisationScope,
  id: string,
): Promise<boolean> => {
  const session = await findSession(db, scope, id);
  return session !== undefined && endOfSession(session, clock.now()) === 'not_opened';
};

export const findSessionByCookieValue = (db: Db, value: string): Promise<SessionRow | undefined> =>
  acrossOrganisations(() => findSessionByCookie(db, hashSecret(value)));

/** Ends sessions within the caller's transaction; answers how many were still going or not yet opened. */
export const endSessions = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  selection: SessionSelection,
  reason: string,
): Promise<number> => {
  const ended = await updateSessionsEnded(trx, scope, selection, { at: timestamp(clock.now()), reason });
  await emitSessionsEnded(trx, clock, scope, ended);
  return ended.length;
};

export const endSessionsOfApiKey = (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  apiKeyId: string,
): Promise<number> => endSessions(trx, clock, scope, { api_key_id: apiKeyId }, 'key_revoked');

/**
 * For a write: the session may have been ended while the body was on its way.
 * @throws HttpError 401 `session_ended`
 */
export const requireLiveSession = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  id: string,
): Promise<void> => {
  const row = await findSession(trx, scope, id);
  const end = row === undefined ? 'unknown' : endOfSession(row, clock.now());
  if (end !== undefined) {
    throw sessionEnded(end);
  }
};

/** Ends what a staff member is looking at. The links made for customers go on. */
export const endStaffViews = (trx: Trx, clock: Clock, scope: OrganisationScope, staffId: string): Promise<number> =>
  endSessions(trx, clock, scope, { staff_id: staffId, is_staff_view: 1 }, 'signed_out');

/**
 * Ends one session. Ending it again is harmless.
 * @throws HttpError 404 `session_not_found`
 */
export const endSession = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { actor, requestId }: Author,
  { id, reason }: { id: string; reason: string },
): Promise<void> => {
  const row = await findSession(trx, scope, id);
  if (row === undefined) {
    throw notFound('session_not_found', 'There is no such session');
  }
  if ((await endSessions(trx, clock, scope, { id }, reason)) > 0) {
    await audit(trx, clock, scope, {
      actor,
      action: 'session.ended',
      customerId: row.customer_id,
      detail: { session_id: id, reason },
      requestId,
    });
  }
};

/**
 * Ends every session of a customer, and every link that has not been opened yet.
 * @throws HttpError 404 `customer_not_found`
 */
export const revokeCustomerSessions = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  { actor, requestId }: Author,
): Promise<number> => {
  await getCustomer(trx, scope);
  const revoked = await endSessions(trx, clock, scope, { customer_id: scope.customerId }, 'revoked');
  if (revoked > 0) {
    await audit(trx, clock, scope, {
      actor,
      action: 'sessions.revoked',
      customerId: scope.customerId,
      detail: { revoked },
      requestId,
    });
  }
  return revoked;
};
