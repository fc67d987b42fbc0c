import { isDeepStrictEqual } from 'node:util';
import type {
  AttachPaymentMethod,
  CustomerPaymentMethod,
  CustomerPaymentMethodList,
  CustomerPaymentMethodsQuery,
} from '#contract/payment-methods.ts';
import { Id } from '#contract/primitives.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { CustomerScope } from '../scope.ts';
import { changingCustomer } from './changing-customer.ts';
import { presentPaymentMethod } from './customers.present.ts';
import { getCustomer } from './customers.service.ts';
import type { PaymentMethodTable } from './customers.table.ts';
import {
  clearDefaultPaymentMethod,
  deletePaymentMethod,
  findPaymentMethodByExternalId,
  findPaymentMethodPage,
  upsertPaymentMethod,
} from './payment-methods.repository.ts';

/** @throws HttpError 404 `customer_not_found`, 422 `cursor_invalid` */
export const listPaymentMethods = async (
  { db, config }: Dependencies,
  scope: CustomerScope,
  query: CustomerPaymentMethodsQuery,
): Promise<CustomerPaymentMethodList> => {
  await getCustomer(db, scope);
  const page = await findPaymentMethodPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentPaymentMethod) };
};

const newPaymentMethod = (clock: Clock, scope: CustomerScope, externalId: string): PaymentMethodTable => ({
  organisation_id: scope.organisationId,
  id: newId(clock),
  customer_id: scope.customerId,
  external_id: externalId,
  connector_id: null,
  connector_name: '',
  type: 'other',
  details: null,
  country: null,
  status: 'active',
  is_default: 0,
  created_at: timestamp(clock.now()),
});

/** @throws HttpError 404 `customer_not_found` */
export const attachPaymentMethod = (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  {
    payment_method_id: externalId,
    connector,
    set_as_default: setAsDefault,
    type,
    details,
    country,
  }: AttachPaymentMethod,
): Promise<CustomerPaymentMethod> =>
  changingCustomer(trx, clock, scope, async ({ paymentMethod: current }) => {
    const stored = await findPaymentMethodByExternalId(trx, scope, externalId);
    const base = stored ?? newPaymentMethod(clock, scope, externalId);
    const isDefault = setAsDefault === true || current === undefined || current.id === base.id;
    const attached: PaymentMethodTable = {
      ...base,
      connector_id: Id.safeParse(connector).data ?? null,
      connector_name: connector,
      type: type ?? base.type,
      details: details === undefined ? base.details : JSON.stringify(details),
      country: country === undefined ? base.country : country,
      is_default: isDefault ? 1 : 0,
    };
    if (isDefault && current !== undefined && current.id !== base.id) {
      await clearDefaultPaymentMethod(trx, scope);
    }
    if (isDeepStrictEqual(attached, stored)) {
      return presentPaymentMethod(attached);
    }
    await upsertPaymentMethod(trx, attached);
    await audit(trx, clock, scope, {
      ...author,
      action: 'payment_method.attached',
      customerId: scope.customerId,
      detail: { external_id: externalId, connector_name: connector, is_default: isDefault },
    });
    return presentPaymentMethod(attached);
  });

/** @throws HttpError 404 `customer_not_found`, `payment_method_not_found` */
export const detachPaymentMethod = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  id: string,
  { actor, requestId }: Author,
): Promise<void> => {
  const detached = await changingCustomer(trx, clock, scope, () => deletePaymentMethod(trx, scope, id));
  if (detached === undefined) {
    throw notFound('payment_method_not_found', 'The customer has no such payment method');
  }
  await audit(trx, clock, scope, {
    actor,
    action: 'payment_method.detached',
    customerId: scope.customerId,
    detail: { external_id: detached.external_id, connector_name: detached.connector_name },
    requestId,
  });
};
