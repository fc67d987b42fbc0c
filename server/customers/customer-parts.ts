import type { Clock } from '../clock.ts';
import { newId, timestamp } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { HttpError } from '../http/errors.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import {
  deleteRows,
  listContactsOf,
  listCustomerRows,
  listCustomerRowsByExternalId,
  listDefaultAddresses,
  listDefaultPaymentMethods,
  upsertAddresses,
  upsertContacts,
  upsertCustomers,
} from './customer-parts.repository.ts';
import { customerNotFound } from './customers.service.ts';
import type { AddressTable, ContactTable, CustomerTable, PaymentMethodTable } from './customers.table.ts';

/** A customer with everything that its object in the merchant API shows. */
export interface CustomerParts {
  customer: CustomerTable;
  /** The default address for billing. */
  billing: AddressTable | undefined;
  /** The default address for shipping, unless that is the one for billing. */
  shipping: AddressTable | undefined;
  contacts: readonly ContactTable[];
  /** The default one. */
  paymentMethod: PaymentMethodTable | undefined;
}

/** The parts of these customers, in their order: a query a kind of part, however many there are. */
export const withParts = async (
  db: Db,
  scope: OrganisationScope,
  customers: readonly CustomerTable[],
): Promise<CustomerParts[]> => {
  if (customers.length === 0) {
    return [];
  }
  const ids = customers.map((customer) => customer.id);
  const addresses = await listDefaultAddresses(db, scope, ids);
  const billings = new Map(
    addresses.filter((row) => row.is_default_billing === 1).map((row) => [row.customer_id, row]),
  );
  const shippings = new Map(
    addresses.filter((row) => row.is_default_billing === 0).map((row) => [row.customer_id, row]),
  );
  const contacts = Map.groupBy(await listContactsOf(db, scope, ids), (row) => row.customer_id);
  const paymentMethods = new Map(
    (await listDefaultPaymentMethods(db, scope, ids)).map((row) => [row.customer_id, row]),
  );
  return customers.map((customer) => ({
    customer,
    billing: billings.get(customer.id),
    shipping: shippings.get(customer.id),
    contacts: contacts.get(customer.id) ?? [],
    paymentMethod: paymentMethods.get(customer.id),
  }));
};

/**
 * Those of a customer that may have been deleted since.
 * @throws HttpError 404 `customer_not_found`
 */
export const getPastOrPresentParts = async (
  db: Db,
  { customerId, ...scope }: CustomerScope,
): Promise<CustomerParts> => {
  const [parts] = await withParts(db, scope, await listCustomerRows(db, scope, [customerId]));
  if (parts === undefined) {
    throw customerNotFound();
  }
  return parts;
};

/** @throws HttpError 404 `customer_not_found` */
export const getParts = async (db: Db, scope: CustomerScope): Promise<CustomerParts> => {
  const parts = await getPastOrPresentParts(db, scope);
  if (parts.customer.deleted_at !== null) {
    throw customerNotFound();
  }
  return parts;
};

/** Those of the customers that are there, by the merchant's ids. */
export const findParts = async (
  db: Db,
  scope: OrganisationScope,
  externalIds: Iterable<string>,
): Promise<ReadonlyMap<string, CustomerParts>> => {
  const rows = await listCustomerRowsByExternalId(db, scope, [...new Set(externalIds)]);
  const found = await withParts(db, scope, rows);
  return new Map(found.map((parts) => [parts.customer.external_id ?? '', parts]));
};

/** A customer that nothing is known of yet. */
export const blankParts = (clock: Clock, scope: OrganisationScope): CustomerParts => {
  const now = timestamp(clock.now());
  const customer: CustomerTable = {
    organisation_id: scope.organisationId,
    id: newId(clock),
    external_id: null,
    customer_name: '',
    email: null,
    phone_number: null,
    tax_info: '[]',
    custom_data: null,
    custom_attributes: null,
    business_entity_id: null,
    communications_enabled: 1,
    auto_charge_enabled: 1,
    time_zone: null,
    locale: null,
    version: 0,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  };
  return { customer, billing: undefined, shipping: undefined, contacts: [], paymentMethod: undefined };
};

export interface PartsChange {
  /** Undefined: a new customer. */
  before: CustomerParts | undefined;
  after: CustomerParts;
}

const addressesOf = (parts: CustomerParts | undefined): AddressTable[] =>
  [parts?.billing, parts?.shipping].filter((row) => row !== undefined);

/** What a change takes away and what it writes: rows that are no longer the same object. */
const differenceOf = <Row extends { id: string }>(
  changes: readonly PartsChange[],
  rowsOf: (parts: CustomerParts | undefined) => readonly Row[],
): { gone: string[]; written: Row[] } => {
  const gone: string[] = [];
  const written: Row[] = [];
  for (const { before, after } of changes) {
    const earlier = new Map(rowsOf(before).map((row) => [row.id, row]));
    for (const row of rowsOf(after)) {
      if (earlier.get(row.id) !== row) {
        written.push(row);
      }
      earlier.delete(row.id);
    }
    gone.push(...earlier.keys());
  }
  return { gone, written };
};

export const stale = (): HttpError =>
  new HttpError(412, 'precondition_failed', 'The customer has been changed since it was read; read it again');

/**
 * Stores changed customers in a few statements, however many there are. Payment methods are not touched.
 * @throws HttpError 412 `precondition_failed` when another change came first
 */
export const saveParts = async (trx: Trx, scope: OrganisationScope, changes: readonly PartsChange[]): Promise<void> => {
  const written = await upsertCustomers(
    trx,
    changes.map(({ after }) => after.customer),
  );
  if (written !== changes.length) {
    throw stale();
  }
  const addresses = differenceOf(changes, addressesOf);
  await deleteRows(trx, scope, 'address', addresses.gone);
  await upsertAddresses(trx, addresses.written);
  const contacts = differenceOf(changes, (parts) => parts?.contacts ?? []);
  await deleteRows(trx, scope, 'contact', contacts.gone);
  await upsertContacts(trx, contacts.written);
};
