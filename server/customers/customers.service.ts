import type { Db } from '../database/transaction.ts';
import { notFound } from '../http/errors.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { findCustomer, findCustomerByExternalId, listCustomerIds } from './customers.repository.ts';
import type { CustomerRow } from './customers.repository.ts';
import type { CustomerView } from './customer-view.ts';

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
 * Which of these references are customers, in one query for all of them. `ids` holds every customer that was found, by
 * either reference; `byExternalId` leads from the merchant's id to ours. Deleted customers are not found.
 */
export const findCustomerIds = async (
  db: Db,
  scope: OrganisationScope,
  { ids, externalIds }: { ids: Iterable<string>; externalIds: Iterable<string> },
): Promise<{ ids: ReadonlySet<string>; byExternalId: ReadonlyMap<string, string> }> => {
  const found = await listCustomerIds(db, scope, {
    ids: [...new Set(ids)],
    externalIds: [...new Set(externalIds)],
  });
  return {
    ids: new Set(found.map((customer) => customer.id)),
    byExternalId: new Map(
      found.flatMap(({ id, external_id: externalId }) => (externalId === null ? [] : [[externalId, id]])),
    ),
  };
};

/** @throws HttpError 404 `customer_not_found` */
export const getCustomer = async (db: Db, scope: CustomerScope): Promise<CustomerRow> => {
  const customer = await findCustomer(db, scope);
  if (customer === undefined) {
    throw notFound('customer_not_found', 'There is no such customer');
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
