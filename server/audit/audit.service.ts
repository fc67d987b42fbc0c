import type { AuditEvent, AuditEventList, ConsolePageQuery } from '#contract/console.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { OrganisationScope } from '../scope.ts';
import { findAuditEventPage, insertAuditEvent } from './audit.repository.ts';
import type { AuditEventRow } from './audit.repository.ts';
import type { AuditEventTable } from './audit.table.ts';

/** Who did something. */
export interface Actor {
  type: AuditEventTable['actor_type'];
  id: string | null;
  name: string;
}

/** Who makes a change, and by which request. */
export interface Author {
  actor: Actor;
  requestId: string;
}

export interface AuditEntry {
  actor: Actor;
  /** `noun.verb`, for example `session.created`. */
  action: string;
  customerId?: string;
  /** Facts without secrets. */
  detail?: Record<string, unknown>;
  requestId?: string;
}

/** Writes down who did what, in the transaction that does it. */
export const audit = (trx: Trx, clock: Clock, scope: OrganisationScope, entry: AuditEntry): Promise<void> =>
  insertAuditEvent(trx, {
    organisation_id: scope.organisationId,
    id: newId(clock),
    created_at: timestamp(clock.now()),
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    action: entry.action,
    customer_id: entry.customerId ?? null,
    detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
    request_id: entry.requestId ?? null,
  });

const present = (row: AuditEventRow): AuditEvent => ({
  id: row.id,
  created_at: row.created_at,
  actor_type: row.actor_type,
  actor_name: row.actor_name,
  action: row.action,
  customer: row.customer_id === null ? null : { id: row.customer_id, customer_name: row.customer_name ?? '' },
  detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
});

/**
 * One page of what has been done in the organisation.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listAuditEvents = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: ConsolePageQuery,
): Promise<AuditEventList> => {
  const page = await findAuditEventPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(present) };
};
