import type { Db } from '../database/transaction.ts';
import { notFound } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { findCustomer, findCustomerByExternalId, listCustomerReferences } from './customers.repository.ts';
import type { CustomerReference, CustomerRow } from './customers.repository.ts';
import type { CustomerView } from './customer-view.ts';

export type { CustomerReference, CustomerRow } from './customers.repository.ts';

export const customerNotFound = (): HttpError => notFound('customer_not_found', 'There is no such customer');

/** Finds a customer by our id or, without one, by the merchant's. A deleted customer is not found. */
export const findCustomerByReference = async (
  db: Db,
  scope: OrganisationScope,
  { id, externalId }: { id?: string | undefined; externalId?: string | undefined },
): Promise<CustomerRow | undefined> => {
  if (id !== undefined) {
    return findCustomer(db, { ...scope, customerId: id });
  }
  return externalId === undefined ? undefined : findCustomerByExternalId(db, scope, externalId);
};

/**
 * Of these customers, those that are there, each with its billing time zone: for many references in one query. With the
 * deleted ones, whose books stay.
 */
export const findPastAndPresentCustomers = listCustomerReferences;

/** The same without the deleted ones. */
export const findCustomerReferences = async (
  db: Db,
  scope: OrganisationScope,
  references: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<CustomerReference[]> =>
  (await listCustomerReferences(db, scope, references)).filter((customer) => customer.deleted_at === null);

/**
 * The billing time zone of a customer that some record belongs to, deleted or not.
 * @throws HttpError 404 `customer_not_found`
 */
export const getTimeZone = async (db: Db, { customerId, ...scope }: CustomerScope): Promise<string> => {
  const [customer] = await listCustomerReferences(db, scope, { ids: [customerId], externalIds: [] });
  if (customer === undefined) {
    throw customerNotFound();
  }
  return customer.time_zone;
};

/** @throws HttpError 404 `customer_not_found` */
export const getCustomer = async (db: Db, scope: CustomerScope): Promise<CustomerRow> => {
  const customer = await findCustomer(db, scope);
  if (customer === undefined) {
    throw customerNotFound();
  }
  return customer;
};

/**
 * What staff see of a customer: pass it to the list functions of the other slices.
 * @throws HttpError 404 `customer_not_found`
 */
export const getStaffView = async (db: Db, scope: CustomerScope): Promise<CustomerView> => {
  const { time_zone: timeZone } = await getCustomer(db, scope);
  return { scope, timeZone, audience: 'staff' };
};

/** What is in the books of a customer, deleted or not. */
export const getBooksView = async (db: Db, scope: CustomerScope): Promise<CustomerView> => ({
  scope,
  timeZone: await getTimeZone(db, scope),
  audience: 'staff',
});
