import { unauthorized } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import type { SessionRow } from './sessions.repository.ts';

/**
 * How often activity is written down: a session may end a sixtieth of its idle timeout early, half a minute at most,
 * and never late; in return reading costs no write.
 */
export const activityGranularityMs = (idleTimeoutS: number): number => Math.min(30_000, (idleTimeoutS * 1000) / 60);

type SessionLife = Pick<
  SessionRow,
  'ended_at' | 'end_reason' | 'customer_deleted_at' | 'last_active_at' | 'expires_at' | 'idle_timeout_s'
>;

/** Why a session is over, or undefined while it lives. */
export const endOfSession = (row: SessionLife, nowMs: number): string | undefined => {
  if (row.ended_at !== null) {
    return row.end_reason ?? 'revoked';
  }
  if (row.customer_deleted_at !== null) {
    return 'customer_deleted';
  }
  if (row.last_active_at === null || row.expires_at === null) {
    return 'not_opened';
  }
  if (nowMs >= Date.parse(row.expires_at)) {
    return 'expired';
  }
  return nowMs >= Date.parse(row.last_active_at) + row.idle_timeout_s * 1000 ? 'idle' : undefined;
};

export const sessionEnded = (reason: string): HttpError =>
  unauthorized('session_ended', 'The session has ended; open the portal again', { reason });
