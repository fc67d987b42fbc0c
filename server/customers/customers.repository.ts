import { expressionBuilder } from 'kysely';
import { compileOnce, slot } from '../database/compile-once.ts';
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

const selectCustomers = (db: Db) =>
  db
    .selectFrom('customer')
    .innerJoin('organisation', 'organisation.id', 'customer.organisation_id')
    .selectAll('customer')
    .select(billingTimeZone)
    .where('customer.organisation_id', '=', slot<string>('organisationId'))
    .where('customer.deleted_at', 'is', null);

const findById = compileOnce((db) => selectCustomers(db).where('customer.id', '=', slot<string>('customerId')));

export const findCustomer = async (
  db: Db,
  { organisationId, customerId }: CustomerScope,
): Promise<CustomerRow | undefined> => (await findById(db, { organisationId, customerId }))[0];

const findByExternalId = compileOnce((db) =>
  selectCustomers(db).where('customer.external_id', '=', slot<string>('externalId')),
);

export const findCustomerByExternalId = async (
  db: Db,
  { organisationId }: OrganisationScope,
  externalId: string,
): Promise<CustomerRow | undefined> => (await findByExternalId(db, { organisationId, externalId }))[0];

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
