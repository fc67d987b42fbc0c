import type {
  Customer,
  CustomerInput,
  CustomerList,
  CustomerListItem,
  CustomerPatch,
  CustomersQuery,
} from '#contract/customers.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { endSessions } from '../sessions/sessions.service.ts';
import { applyChange, changeOf } from './customer-change.ts';
import { announceCustomer } from './customer-events.ts';
import { blankParts, getParts, saveParts, stale, withParts } from './customer-parts.ts';
import type { CustomerParts } from './customer-parts.ts';
import { presentCustomer } from './customers.present.ts';
import { findCustomerReferences } from './customers.service.ts';
import { versionOf } from '../http/if-match.ts';
import { findCustomerPage } from './merchant-customers.repository.ts';

/** A customer and the version that its ETag names. */
export interface VersionedCustomer {
  customer: Customer;
  version: number;
}

const versioned = (parts: CustomerParts): VersionedCustomer => ({
  customer: presentCustomer(parts),
  version: parts.customer.version,
});

const presentListed = (parts: CustomerParts, expand: CustomersQuery['expand']): CustomerListItem => {
  const { contacts, default_payment_method: paymentMethod, ...item } = presentCustomer(parts);
  return {
    ...item,
    ...(expand?.includes('contacts') ? { contacts } : {}),
    ...(expand?.includes('default_payment_method') ? { default_payment_method: paymentMethod } : {}),
  };
};

/** @throws HttpError 422 `cursor_invalid` */
export const listCustomers = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: CustomersQuery,
): Promise<CustomerList> => {
  const page = await findCustomerPage(db, scope, query, config.signingKeys);
  const found = await withParts(db, scope, page.results);
  return { ...page, results: found.map((parts) => presentListed(parts, query.expand)) };
};

/** @throws HttpError 404 `customer_not_found` */
export const readCustomer = async (db: Db, scope: CustomerScope): Promise<VersionedCustomer> =>
  versioned(await getParts(db, scope));

/** @throws HttpError 409 `external_id_taken` */
export const createCustomer = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  input: CustomerInput,
): Promise<Customer> => {
  await requireFreeExternalId(input.external_id, (ids) => findCustomerReferences(trx, scope, ids));
  const { parts } = applyChange(clock, blankParts(clock, scope), changeOf(input));
  await saveParts(trx, scope, [{ before: undefined, after: parts }]);
  const { id: customerId, customer_name, external_id } = parts.customer;
  await audit(trx, clock, scope, {
    ...author,
    action: 'customer.created',
    customerId,
    detail: { customer_name, external_id },
  });
  await announceCustomer(trx, clock, 'customer.created', parts);
  return presentCustomer(parts);
};

/**
 * Changes what is given. A patch that changes nothing keeps the version.
 * @throws HttpError 404 `customer_not_found`, 409 `external_id_taken`, 412 `precondition_failed` when `If-Match` names
 * another version
 */
export const changeCustomer = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  { patch, ifMatch }: { patch: CustomerPatch; ifMatch: string | undefined },
): Promise<VersionedCustomer> => {
  const before = await getParts(trx, scope);
  if (ifMatch !== undefined && ifMatch.trim() !== '*' && versionOf(ifMatch) !== before.customer.version) {
    throw stale();
  }
  const { parts, fields } = applyChange(clock, before, changeOf(patch));
  if (fields.length === 0) {
    return versioned(before);
  }
  if (fields.includes('external_id')) {
    await requireFreeExternalId(patch.external_id, (ids) => findCustomerReferences(trx, scope, ids));
  }
  await saveParts(trx, scope, [{ before, after: parts }]);
  const { customerId } = scope;
  await audit(trx, clock, scope, { ...author, action: 'customer.updated', customerId, detail: { fields } });
  await announceCustomer(trx, clock, 'customer.updated', parts);
  return versioned(parts);
};

/**
 * Ends what the customer's people have open, and takes the customer out of every list. Its books stay.
 * @throws HttpError 404 `customer_not_found`
 */
export const deleteCustomer = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  { actor, requestId }: Author,
): Promise<void> => {
  const before = await getParts(trx, scope);
  const { customer } = before;
  const now = timestamp(clock.now());
  const deleted = { ...customer, external_id: null, deleted_at: now, updated_at: now, version: customer.version + 1 };
  await saveParts(trx, scope, [{ before, after: { ...before, customer: deleted } }]);
  const sessions = await endSessions(trx, clock, scope, { customer_id: scope.customerId }, 'customer_deleted');
  await audit(trx, clock, scope, {
    actor,
    action: 'customer.deleted',
    customerId: scope.customerId,
    detail: { customer_name: customer.customer_name, external_id: customer.external_id, sessions_ended: sessions },
    requestId,
  });
  await announceCustomer(trx, clock, 'customer.deleted', before);
};
