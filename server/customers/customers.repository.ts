import type { Db, Trx } from '../database/transaction.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { AddressTable, CustomerTable } from './customers.table.ts';

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

/** Changes the customer if its version is still the one that was read; answers whether it was. */
export const updateCustomer = async (
  trx: Trx,
  scope: CustomerScope,
  version: number,
  change: Partial<CustomerTable>,
): Promise<boolean> => {
  const result = await trx
    .updateTable('customer')
    .set({ ...change, version: version + 1 })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', scope.customerId)
    .where('version', '=', version)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

const defaultAddress = (db: Db, scope: CustomerScope) =>
  db
    .selectFrom('address')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId);

export const findBillingAddress = (db: Db, scope: CustomerScope): Promise<AddressTable | undefined> =>
  defaultAddress(db, scope).where('is_default_billing', '=', 1).executeTakeFirst();

/** The default shipping address, unless that is the billing address. */
export const findShippingAddress = (db: Db, scope: CustomerScope): Promise<AddressTable | undefined> =>
  defaultAddress(db, scope).where('is_default_shipping', '=', 1).where('is_default_billing', '=', 0).executeTakeFirst();

export const insertAddress = async (trx: Trx, address: AddressTable): Promise<void> => {
  await trx.insertInto('address').values(address).execute();
};

export const updateAddress = async (
  trx: Trx,
  scope: CustomerScope,
  id: string,
  change: Partial<AddressTable>,
): Promise<void> => {
  await trx
    .updateTable('address')
    .set(change)
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('id', '=', id)
    .execute();
};

export const deleteAddress = async (trx: Trx, scope: CustomerScope, id: string): Promise<void> => {
  await trx
    .deleteFrom('address')
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('id', '=', id)
    .execute();
};

/** From now on no address is the default for shipping. */
export const clearDefaultShipping = async (trx: Trx, scope: CustomerScope): Promise<void> => {
  await trx
    .updateTable('address')
    .set({ is_default_shipping: 0 })
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('is_default_shipping', '=', 1)
    .execute();
};
