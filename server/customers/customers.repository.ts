import type { Db } from '../database/transaction.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { CustomerTable } from './customers.table.ts';

/** A customer with the time zone in which its days are counted. */
export interface CustomerRow extends Omit<CustomerTable, 'time_zone'> {
  time_zone: string;
}

const selectCustomers = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('customer')
    .innerJoin('organisation', 'organisation.id', 'customer.organisation_id')
    .selectAll('customer')
    .select((eb) => eb.fn.coalesce('customer.time_zone', 'organisation.time_zone').as('time_zone'))
    .where('customer.organisation_id', '=', organisationId)
    .where('customer.deleted_at', 'is', null);

export const findCustomer = (db: Db, scope: CustomerScope): Promise<CustomerRow | undefined> =>
  selectCustomers(db, scope).where('customer.id', '=', scope.customerId).executeTakeFirst();

export const findCustomerByExternalId = (
  db: Db,
  scope: OrganisationScope,
  externalId: string,
): Promise<CustomerRow | undefined> =>
  selectCustomers(db, scope).where('customer.external_id', '=', externalId).executeTakeFirst();

/** Of these customers, those that are there and live. */
export const listCustomerIds = async (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<Pick<CustomerTable, 'id' | 'external_id'>[]> =>
  db
    .selectFrom('customer')
    .select(['id', 'external_id'])
    .where('organisation_id', '=', organisationId)
    .where('deleted_at', 'is', null)
    .where((eb) => eb.or([eb('id', 'in', ids), eb('external_id', 'in', externalIds)]))
    .execute();
