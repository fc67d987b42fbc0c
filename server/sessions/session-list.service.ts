import type { ConsolePageQuery, ConsolePortalSession, ConsolePortalSessionList } from '#contract/console.ts';
import { timestamp } from '../clock.ts';
import type { Dependencies } from '../dependencies.ts';
import type { CustomerScope } from '../scope.ts';
import { endOfSession } from './session-life.ts';
import { findSessionPage } from './sessions.repository.ts';
import type { SessionListRow } from './sessions.repository.ts';

type Standing = Pick<ConsolePortalSession, 'status' | 'end_reason'>;

const standingOf = (row: SessionListRow, nowMs: number): Standing => {
  if (row.ended_at !== null) {
    return { status: 'ended', end_reason: row.end_reason };
  }
  if (row.opened_at === null) {
    return row.token_expires_at !== null && row.token_expires_at > timestamp(nowMs)
      ? { status: 'pending', end_reason: null }
      : { status: 'expired', end_reason: 'not_opened' };
  }
  const reason = endOfSession({ ...row, customer_deleted_at: null }, nowMs);
  return reason === undefined ? { status: 'active', end_reason: null } : { status: 'expired', end_reason: reason };
};

const present = (row: SessionListRow, nowMs: number): ConsolePortalSession => ({
  id: row.id,
  created_at: row.created_at,
  created_by: row.api_key_name ?? row.staff_name ?? '',
  opened_at: row.opened_at,
  last_active_at: row.last_active_at,
  read_only: row.read_only === 1,
  origin: row.origin,
  session_key: row.session_key,
  ...standingOf(row, nowMs),
});

/**
 * One page of a customer's sessions for staff, with how each stands now.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listCustomerSessions = async (
  { db, clock, config }: Dependencies,
  scope: CustomerScope,
  query: ConsolePageQuery,
): Promise<ConsolePortalSessionList> => {
  const page = await findSessionPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map((row) => present(row, clock.now())) };
};
