import { auditActions } from '#contract/audit.ts';
import type { AuditAction, AuditEvent, AuditEventList, AuditEventsQuery } from '#contract/audit.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { rangeEndExclusive, rangeStart } from '../customers/billing-day.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { OrganisationScope } from '../scope.ts';
import { findAuditEventPage, findAuditHead, insertAuditEvent } from './audit.repository.ts';
import type { AuditEventRow } from './audit.repository.ts';
import type { AuditEventTable } from './audit.table.ts';
import { beginning, chained } from './chain.ts';
import { maskSecrets } from './mask.ts';

/** Who did something. */
export interface Actor {
  type: AuditEventTable['actor_type'];
  id: string | null;
  name: string;
}

/** Whoever has the machine: its commands ask for no name. */
export const commandLine: Actor = { type: 'system', id: null, name: 'Command line' };

/** Who makes a change, and by which request. */
export interface Author {
  actor: Actor;
  requestId: string;
}

export interface AuditEntry {
  actor: Actor;
  action: AuditAction;
  customerId?: string;
  /** Facts: numbers, names, which fields changed, amounts in minor units beside their currency. */
  detail?: Record<string, unknown>;
  requestId?: string;
}

/**
 * Writes down who did what, in the transaction that does it: the next entry of the organisation's chain. What looks like a
 * secret is masked.
 */
export const audit = async (trx: Trx, clock: Clock, scope: OrganisationScope, entry: AuditEntry): Promise<void> => {
  const event = {
    organisation_id: scope.organisationId,
    id: newId(clock),
    created_at: timestamp(clock.now()),
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    action: entry.action,
    customer_id: entry.customerId ?? null,
    detail: entry.detail === undefined ? null : JSON.stringify(maskSecrets(entry.detail)),
    request_id: entry.requestId ?? null,
  };
  await insertAuditEvent(trx, chained(event, (await findAuditHead(trx, scope)) ?? beginning));
};

const present = (row: AuditEventRow): AuditEvent => ({
  id: row.id,
  sequence: row.sequence,
  created_at: row.created_at,
  actor_type: row.actor_type,
  actor_id: row.actor_id,
  actor_name: row.actor_name,
  action: row.action,
  customer: row.customer_id === null ? null : { id: row.customer_id, customer_name: row.customer_name ?? '' },
  detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  request_id: row.request_id,
});

/**
 * One page of what has been done in the organisation. Days are counted in the time zone.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listAuditEvents = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  timeZone: string,
  query: AuditEventsQuery,
): Promise<AuditEventList> => {
  const { created_at__gte: from, created_at__lte: to } = query;
  const filter = {
    search: query.search,
    actions: query.group__in?.flatMap((group): readonly string[] => auditActions[group]),
    actorTypes: query.actor_type__in,
    customerId: query.customer_id,
    from: from === undefined ? undefined : rangeStart(from, timeZone),
    before: to === undefined ? undefined : rangeEndExclusive(to, timeZone),
  };
  const page = await findAuditEventPage(db, scope, filter, query, config.signingKeys);
  return { ...page, results: page.results.map(present) };
};
