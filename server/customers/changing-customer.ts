import { isDeepStrictEqual } from 'node:util';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import { announceCustomer } from './customer-events.ts';
import { getParts, saveParts } from './customer-parts.ts';
import type { CustomerParts } from './customer-parts.ts';
import { presentCustomer } from './customers.present.ts';

/**
 * Runs a change to something that belongs to a customer. Where it shows in the customer's own object, the customer has
 * changed too: it gets a new version, and webhooks are told.
 * @throws HttpError 404 `customer_not_found`
 */
export const changingCustomer = async <Result>(
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  work: (customer: CustomerParts) => Promise<Result>,
): Promise<Result> => {
  const before = await getParts(trx, scope);
  const result = await work(before);
  const after = await getParts(trx, scope);
  if (!isDeepStrictEqual(presentCustomer(before), presentCustomer(after))) {
    const { version } = after.customer;
    const customer = { ...after.customer, version: version + 1, updated_at: timestamp(clock.now()) };
    const changed = { ...after, customer };
    await saveParts(trx, scope, [{ before: after, after: changed }]);
    await announceCustomer(trx, clock, 'customer.updated', changed);
  }
  return result;
};
