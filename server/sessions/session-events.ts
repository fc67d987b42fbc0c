import type { SessionFacts, WebhookEventType } from '#contract/webhooks.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { emit } from '../webhooks/outbox.ts';
import { endOfSession } from './session-life.ts';
import { parseSections } from './sessions.present.ts';
import type { PortalSessionTable } from './sessions.table.ts';

/** The longest that a link can be redeemed. */
const longestLinkMs = 600_000;

const presentFacts = (row: PortalSessionTable): SessionFacts => ({
  id: row.id,
  customer_id: row.customer_id,
  session_key: row.session_key,
  staff_view: row.is_staff_view === 1,
  read_only: row.read_only === 1,
  sections: [...parseSections(row.sections)],
  locale: row.locale,
  origin: row.origin,
  created_at: row.created_at,
  opened_at: row.opened_at,
  expires_at: row.expires_at,
  ended_at: row.ended_at,
  end_reason: row.end_reason,
});

export const emitSession = (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  type: Extract<WebhookEventType, `session.${string}`>,
  session: PortalSessionTable,
): Promise<void> => emit(trx, clock, scope, { type, data: () => presentFacts(session) });

/** Whether anybody could still have used it. Rows of sessions that ran out by themselves stay open until they are ended. */
const wasAlive = (session: PortalSessionTable, nowMs: number): boolean =>
  session.opened_at === null
    ? nowMs < Date.parse(session.created_at) + longestLinkMs
    : endOfSession({ ...session, ended_at: null, customer_deleted_at: null }, nowMs) === undefined;

export const emitSessionsEnded = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  sessions: readonly PortalSessionTable[],
): Promise<void> => {
  for (const session of sessions.filter((ended) => wasAlive(ended, clock.now()))) {
    await emitSession(trx, clock, scope, 'session.ended', session);
  }
};
