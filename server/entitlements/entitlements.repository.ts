import { expressionBuilder } from 'kysely';
import type { EntitlementOrderField, EntitlementStatus, EntitlementType } from '#contract/entitlements.ts';
import type { InvoiceStatus } from '#contract/invoices.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { slot } from '../database/compile-once.ts';
import type { Bound } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { compiledListPage, eachPage, isEmpty, listPage, never } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Db } from '../database/transaction.ts';
import type { Tables } from '../database/tables.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import type { CustomerScope } from '../scope.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';
import { selectGranted, statusAt } from './granted.repository.ts';
import type { BoundScope } from './granted.repository.ts';

interface Grant extends Tables {
  granted: CustomerEntitlementTable;
  entitlement: EntitlementTable;
}

const eb = expressionBuilder<Grant, 'granted' | 'entitlement'>();

const unlimited = Number.MAX_VALUE;
const isUsedUp = eb('granted.quantity_used', '>=', eb.ref('granted.quantity'));

const remaining = eb
  .case()
  .when('granted.quantity', 'is', null)
  .then(eb.val(unlimited))
  .when(isUsedUp)
  .then(eb.val(0))
  .else(eb('granted.quantity', '-', eb.ref('granted.quantity_used')))
  .end()
  .$castTo<number>();

/** What never runs out or ends sorts as more than anything that does. */
const ordering: Ordering<EntitlementOrderField> = {
  list: 'entitlements',
  id: eb.ref('granted.id'),
  by: {
    name: () => eb.fn<string>('lower', ['entitlement.name']),
    type: () => eb.ref('entitlement.entitlement_type'),
    active_from: () => eb.ref('granted.active_from'),
    expiry_at: () => eb.fn.coalesce('granted.expiry_at', eb.val(never)),
    quantity_remaining: () => remaining,
  },
};

export interface EntitlementFilter {
  search?: string | undefined;
  statuses?: readonly EntitlementStatus[] | undefined;
  types?: readonly EntitlementType[] | undefined;
}

export interface EntitlementListRow extends CustomerEntitlementTable {
  name: string;
  description: string | null;
  entitlement_type: EntitlementType;
  units: string | null;
  status: EntitlementStatus;
  contract_name: string | null;
  product_name: string | null;
  invoice_number: string | null;
}

const selectEntitlements = (db: Db, scope: BoundScope, now: Bound, invoiceStatuses: readonly InvoiceStatus[]) =>
  selectGranted(db, scope, now)
    .leftJoin('invoice', (join) =>
      join
        .onRef('invoice.organisation_id', '=', 'granted.organisation_id')
        .onRef('invoice.id', '=', 'granted.invoice_id')
        .onRef('invoice.customer_id', '=', 'granted.customer_id')
        .on('invoice.status', 'in', invoiceStatuses),
    )
    .select([
      'entitlement.name',
      'entitlement.description',
      'entitlement.entitlement_type',
      'entitlement.units',
      'invoice.invoice_number',
    ]);

interface EntitlementListRequest<Page> {
  now: string;
  filter: EntitlementFilter;
  page: Page;
  /** Of the invoices that the viewer may know of. */
  invoiceStatuses: readonly InvoiceStatus[];
}

const selectFiltered = (
  db: Db,
  scope: CustomerScope,
  { now, filter, invoiceStatuses }: Omit<EntitlementListRequest<never>, 'page'>,
) => {
  const { search, statuses, types } = filter;
  let query = selectEntitlements(db, scope, now, invoiceStatuses);
  if (search) {
    query = query.where(
      eb.or([contains(eb.ref('entitlement.name'), search), contains(eb.ref('entitlement.description'), search)]),
    );
  }
  if (statuses !== undefined) {
    query = query.where(eb(statusAt(now), 'in', statuses));
  }
  if (types !== undefined) {
    query = query.where('entitlement.entitlement_type', 'in', types);
  }
  return query;
};

const unfilteredPage = (audience: CustomerView['audience']) => {
  const scope = { organisationId: slot<string>('organisationId'), customerId: slot<string>('customerId') };
  const statuses = visibleStatuses({ audience });
  return compiledListPage((db) => selectEntitlements(db, scope, slot<string>('now'), statuses), ordering);
};

const unfilteredPages = { customer: unfilteredPage('customer'), staff: unfilteredPage('staff') };

/** @throws HttpError 422 `cursor_invalid` */
export const findEntitlementPage = (
  db: Db,
  { scope, audience }: CustomerView,
  { now, filter, page }: Omit<EntitlementListRequest<PageQuery<EntitlementOrderField>>, 'invoiceStatuses'>,
  signingKeys: SigningKeys,
): Promise<ListOf<EntitlementListRow>> => {
  if (isEmpty(filter)) {
    return unfilteredPages[audience](db, { scope, values: { ...scope, now }, page }, signingKeys);
  }
  const request = { now, filter, invoiceStatuses: visibleStatuses({ audience }) };
  return listPage(scope, selectFiltered(db, scope, request), ordering, page, signingKeys);
};

/** The whole list, page by page. */
export const findEachEntitlement = (
  db: Db,
  scope: CustomerScope,
  request: EntitlementListRequest<Omit<PageQuery<EntitlementOrderField>, 'cursor'>>,
): AsyncGenerator<EntitlementListRow[]> => eachPage(selectFiltered(db, scope, request), ordering, request.page);
