import { expressionBuilder } from 'kysely';
import type { ListOf } from '#contract/primitives.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { AuditEventTable } from './audit.table.ts';

export const insertAuditEvent = async (trx: Trx, event: AuditEventTable): Promise<void> => {
  await trx.insertInto('audit_event').values(event).execute();
};

const eb = expressionBuilder<Tables, 'audit_event'>();

const ordering: Ordering<'created_at'> = {
  list: 'audit_events',
  id: eb.ref('audit_event.id'),
  by: { created_at: () => eb.ref('audit_event.created_at') },
};

export interface AuditEventRow extends AuditEventTable {
  customer_name: string | null;
}

/** @throws HttpError 422 `cursor_invalid` */
export const findAuditEventPage = (
  db: Db,
  scope: OrganisationScope,
  page: PageQuery<'created_at'>,
  signingKeys: SigningKeys,
): Promise<ListOf<AuditEventRow>> => {
  const query = db
    .selectFrom('audit_event')
    .leftJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'audit_event.organisation_id')
        .onRef('customer.id', '=', 'audit_event.customer_id'),
    )
    .selectAll('audit_event')
    .select('customer.customer_name')
    .where('audit_event.organisation_id', '=', scope.organisationId);
  return listPage(query, ordering, page, signingKeys);
};
