import { expressionBuilder } from 'kysely';
import type { CustomerAddressesQuery } from '#contract/addresses.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import type { AddressTable } from './customers.table.ts';

const eb = expressionBuilder<Tables, 'address'>();

const columns: FilterColumns<CustomerAddressesQuery['conditions'][number]['field']> = {
  id: eb.ref('address.id'),
  is_default_billing: eb.ref('address.is_default_billing'),
  is_default_shipping: eb.ref('address.is_default_shipping'),
  country_code: eb.ref('address.country_code'),
};

const ordering: Ordering<'created_at'> = {
  list: 'merchant_addresses',
  isAudited: true,
  id: eb.ref('address.id'),
  by: { created_at: () => eb.ref('address.created_at') },
};

const selectAddresses = (db: Db, { organisationId, customerId }: CustomerScope) =>
  db
    .selectFrom('address')
    .selectAll('address')
    .where('address.organisation_id', '=', organisationId)
    .where('address.customer_id', '=', customerId);

/** @throws HttpError 422 `cursor_invalid` */
export const findAddressPage = (
  db: Db,
  scope: CustomerScope,
  { conditions, ...page }: CustomerAddressesQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<AddressTable>> =>
  listPage(scope, filtered(selectAddresses(db, scope), columns, conditions), ordering, page, signingKeys);

export const findAddress = (db: Db, scope: CustomerScope, id: string): Promise<AddressTable | undefined> =>
  selectAddresses(db, scope).where('address.id', '=', id).executeTakeFirst();

/** From now on no address of the customer is this default. */
export const clearDefault = async (
  trx: Trx,
  { organisationId, customerId }: CustomerScope,
  flag: 'is_default_billing' | 'is_default_shipping',
  now: string,
): Promise<void> => {
  await trx
    .updateTable('address')
    .set({ [flag]: 0, updated_at: now })
    .where('organisation_id', '=', organisationId)
    .where('customer_id', '=', customerId)
    .where(flag, '=', 1)
    .execute();
};
