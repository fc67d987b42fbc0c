import { expressionBuilder, sql } from 'kysely';
import type { ListOf } from '#contract/primitives.ts';
import { compileOnce, slot } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { byDialect } from '../database/dialect.ts';
import { rowInserter } from '../database/insert-rows.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { AuditEventTable, AuditHeadTable } from './audit.table.ts';

const insertEvents = rowInserter<AuditEventTable>('audit_event', [
  'organisation_id',
  'sequence',
  'id',
  'created_at',
  'actor_type',
  'actor_id',
  'actor_name',
  'action',
  'customer_id',
  'detail',
  'request_id',
  'previous_hash',
  'hash',
]);

/** The database moves the organisation's head with it. */
export const insertAuditEvent = (trx: Trx, event: AuditEventTable): Promise<void> => insertEvents(trx, [event]);

const headOf = compileOnce((db) =>
  db.selectFrom('audit_head').selectAll().where('organisation_id', '=', slot<string>('organisation_id')),
);

export const findAuditHead = async (db: Db, scope: OrganisationScope): Promise<AuditHeadTable | undefined> =>
  (await headOf(db, { organisation_id: scope.organisationId }))[0];

/** Entries behind one, in the order of the chain. */
export const findAuditEventsAfter = (
  db: Db,
  scope: OrganisationScope,
  sequence: number,
  limit: number,
): Promise<AuditEventTable[]> =>
  db
    .selectFrom('audit_event')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
    .execute();

const eb = expressionBuilder<Tables, 'audit_event'>();

/** In the order in which they were written: entries of one millisecond have no other. */
const ordering: Ordering<'created_at'> = {
  list: 'audit_events',
  id: eb.ref('audit_event.id'),
  by: { created_at: () => eb.ref('audit_event.sequence') },
};

/**
 * The plus hides the column from SQLite's planner: by its index it would find all entries of some years first, and sort
 * them for one page, where they are stored in the order of the page.
 */
const writtenAt = byDialect({
  sqlite: sql<string>`+${eb.ref('audit_event.created_at')}`,
  postgres: sql<string>`${eb.ref('audit_event.created_at')}`,
});

/** The range is from inclusive, to exclusive. */
export interface AuditFilter {
  search?: string | undefined;
  actions?: readonly string[] | undefined;
  actorTypes?: readonly AuditEventTable['actor_type'][] | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  before?: string | undefined;
}

export interface AuditEventRow extends AuditEventTable {
  customer_name: string | null;
}

/** @throws HttpError 422 `cursor_invalid` */
export const findAuditEventPage = (
  db: Db,
  scope: OrganisationScope,
  { search, actions, actorTypes, customerId, from, before }: AuditFilter,
  page: PageQuery<'created_at'>,
  signingKeys: SigningKeys,
): Promise<ListOf<AuditEventRow>> => {
  let query = db
    .selectFrom('audit_event')
    .selectAll('audit_event')
    .select(
      // Not joined, lest counting look at the customer of every entry.
      eb
        .selectFrom('customer')
        .select('customer.customer_name')
        .whereRef('customer.organisation_id', '=', 'audit_event.organisation_id')
        .whereRef('customer.id', '=', 'audit_event.customer_id')
        .as('customer_name'),
    )
    .where('audit_event.organisation_id', '=', scope.organisationId);
  if (search) {
    query = query.where(
      eb.or([
        contains(eb.ref('audit_event.actor_name'), search),
        eb('audit_event.request_id', '=', search.toLowerCase()),
      ]),
    );
  }
  if (actions !== undefined) {
    query = query.where('audit_event.action', 'in', actions);
  }
  if (actorTypes !== undefined) {
    query = query.where('audit_event.actor_type', 'in', actorTypes);
  }
  if (customerId !== undefined) {
    query = query.where('audit_event.customer_id', '=', customerId);
  }
  if (from !== undefined) {
    query = query.where(writtenAt, '>=', from);
  }
  if (before !== undefined) {
    query = query.where(writtenAt, '<', before);
  }
  return listPage(scope, query, ordering, page, signingKeys);
};
