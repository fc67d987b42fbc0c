import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { insertAuditEvent } from './audit.repository.ts';
import type { AuditEventTable } from './audit.table.ts';

/** Who did something. */
export interface Actor {
  type: AuditEventTable['actor_type'];
  id: string | null;
  name: string;
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
