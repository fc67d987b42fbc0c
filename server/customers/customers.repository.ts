import { expressionBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { CustomerTable } from './customers.table.ts';

/** A customer with the time zone in which its days are counted. */
export interface CustomerRow extends Omit<CustomerTable, 'time_zone'> {
  time_zone: string;
}

const billingTimeZone = expressionBuilder<Tables, 'customer' | 'organisation'>()
  .fn.coalesce('customer.time_zone', 'organisation.time_zone')
  .as('time_zone');

const selectCustomers = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('customer')
    .innerJoin('organisation', 'organisation.id', 'customer.organisation_id')
    .selectAll('customer')
    .select(billingTimeZone)
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

/** What a record needs to know of the customer that it names. */
export type CustomerReference = Pick<CustomerRow, 'id' | 'external_id' | 'time_zone' | 'deleted_at'>;

/** Of these customers, those that are there, deleted ones by our id too. */
export const listCustomerReferences = (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<CustomerReference[]> =>
  db
    .selectFrom('customer')
    .innerJoin('organisation', 'organisation.id', 'customer.organisation_id')
    .select(['customer.id', 'customer.external_id', 'customer.deleted_at', billingTimeZone])
    .where('customer.organisation_id', '=', organisationId)
    .where((eb) => eb.or([eb('customer.id', 'in', ids), eb('customer.external_id', 'in', externalIds)]))
    .execute();
