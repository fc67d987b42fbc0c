import { expressionBuilder } from 'kysely';
import type { CustomerPaymentMethodsQuery } from '#contract/payment-methods.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import type { PaymentMethodTable } from './customers.table.ts';

const eb = expressionBuilder<Tables, 'payment_method'>();

const columns: FilterColumns<CustomerPaymentMethodsQuery['conditions'][number]['field']> = {
  id: eb.ref('payment_method.id'),
  external_id: eb.ref('payment_method.external_id'),
  is_default: eb.ref('payment_method.is_default'),
  type: eb.ref('payment_method.type'),
  connector_name: eb.ref('payment_method.connector_name'),
};

const ordering: Ordering<'created_at'> = {
  list: 'merchant_payment_methods',
  id: eb.ref('payment_method.id'),
  by: { created_at: () => eb.ref('payment_method.created_at') },
};

const selectPaymentMethods = (db: Db, { organisationId, customerId }: CustomerScope) =>
  db
    .selectFrom('payment_method')
    .selectAll('payment_method')
    .where('payment_method.organisation_id', '=', organisationId)
    .where('payment_method.customer_id', '=', customerId);

/** @throws HttpError 422 `cursor_invalid` */
export const findPaymentMethodPage = (
  db: Db,
  scope: CustomerScope,
  { conditions, ...page }: CustomerPaymentMethodsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<PaymentMethodTable>> =>
  listPage(scope, filtered(selectPaymentMethods(db, scope), columns, conditions), ordering, page, signingKeys);

export const findPaymentMethodByExternalId = (
  db: Db,
  scope: CustomerScope,
  externalId: string,
): Promise<PaymentMethodTable | undefined> =>
  selectPaymentMethods(db, scope).where('payment_method.external_id', '=', externalId).executeTakeFirst();

/** Inserts a payment method, or replaces the one with its id. */
export const upsertPaymentMethod = async (trx: Trx, { organisation_id, id, ...method }: PaymentMethodTable) => {
  await trx
    .insertInto('payment_method')
    .values({ organisation_id, id, ...method })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doUpdateSet(method))
    .execute();
};

/** From now on the customer has no default. */
export const clearDefaultPaymentMethod = async (
  trx: Trx,
  { organisationId, customerId }: CustomerScope,
): Promise<void> => {
  await trx
    .updateTable('payment_method')
    .set({ is_default: 0 })
    .where('organisation_id', '=', organisationId)
    .where('customer_id', '=', customerId)
    .where('is_default', '=', 1)
    .execute();
};

/** Answers what was there, if it was. */
export const deletePaymentMethod = (
  trx: Trx,
  { organisationId, customerId }: CustomerScope,
  id: string,
): Promise<PaymentMethodTable | undefined> =>
  trx
    .deleteFrom('payment_method')
    .where('organisation_id', '=', organisationId)
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
