import { expressionBuilder, sql } from 'kysely';
import type { InvoiceStatus } from '#contract/invoices.ts';
import type { PaymentOrderField, PaymentStatus, PaymentType } from '#contract/payments.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { compileOnce, slot } from '../database/compile-once.ts';
import type { Bound } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { byDialect } from '../database/dialect.ts';
import { compiledListPage, eachPage, isEmpty, listPage } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import type { CustomerScope } from '../scope.ts';
import type { PaymentTable } from './payments.table.ts';
import { receivedStatuses } from './received.ts';

const eb = expressionBuilder<Tables, 'payment'>();

const ordering: Ordering<PaymentOrderField> = {
  list: 'payments',
  id: eb.ref('payment.id'),
  by: {
    timestamp: () => eb.ref('payment.timestamp'),
    type: () => eb.ref('payment.type'),
    status: () => eb.ref('payment.status'),
    payment_method: () => eb.ref('payment.payment_method'),
    amount: () => eb.ref('payment.amount'),
  },
};

/** The range is from inclusive, to exclusive. */
export interface PaymentFilter {
  search?: string | undefined;
  types?: readonly PaymentType[] | undefined;
  statuses?: readonly PaymentStatus[] | undefined;
  from?: string | undefined;
  before?: string | undefined;
}

export interface PaymentListRow extends PaymentTable {
  parent_receipt_number: string | null;
}

/**
 * SQLite reads the tables of a cross join in the order in which they stand: from the few allocations to what each is
 * about. Of itself it would begin with all that the customer has.
 */
const isAppliedTo = (invoiceNumber: string, invoiceStatuses: readonly InvoiceStatus[]) =>
  eb.exists(
    eb
      .selectFrom('payment_allocation')
      .crossJoin('invoice')
      .select('payment_allocation.invoice_id')
      .whereRef('payment_allocation.organisation_id', '=', 'payment.organisation_id')
      .whereRef('payment_allocation.payment_id', '=', 'payment.id')
      .whereRef('invoice.organisation_id', '=', 'payment_allocation.organisation_id')
      .whereRef('invoice.id', '=', 'payment_allocation.invoice_id')
      .whereRef('invoice.customer_id', '=', 'payment.customer_id')
      .where('invoice.status', 'in', invoiceStatuses)
      .where((invoice) => contains(invoice.ref('invoice.invoice_number'), invoiceNumber)),
  );

interface PaymentListRequest<Page> {
  filter: PaymentFilter;
  page: Page;
  /** Of the invoices that the viewer may know of. */
  invoiceStatuses: readonly InvoiceStatus[];
}

const selectPayments = (db: Db, scope: Record<keyof CustomerScope, Bound>) =>
  db
    .selectFrom('payment')
    .leftJoin('payment as parent', (join) =>
      join
        .onRef('parent.organisation_id', '=', 'payment.organisation_id')
        .onRef('parent.id', '=', 'payment.parent_id')
        .onRef('parent.customer_id', '=', 'payment.customer_id'),
    )
    .selectAll('payment')
    .select('parent.receipt_number as parent_receipt_number')
    .where('payment.organisation_id', '=', scope.organisationId)
    .where('payment.customer_id', '=', scope.customerId);

const selectFiltered = (
  db: Db,
  scope: CustomerScope,
  { filter, invoiceStatuses }: Omit<PaymentListRequest<never>, 'page'>,
) => {
  const { search, types, statuses, from, before } = filter;
  let query = selectPayments(db, scope);
  if (search) {
    query = query.where(
      eb.or([contains(eb.ref('payment.receipt_number'), search), isAppliedTo(search, invoiceStatuses)]),
    );
  }
  if (types !== undefined) {
    query = query.where('payment.type', 'in', types);
  }
  if (statuses !== undefined) {
    query = query.where('payment.status', 'in', statuses);
  }
  if (from !== undefined) {
    query = query.where('payment.timestamp', '>=', from);
  }
  if (before !== undefined) {
    query = query.where('payment.timestamp', '<', before);
  }
  return query;
};

const unfilteredPage = compiledListPage(
  (db) =>
    selectPayments(db, { organisationId: slot<string>('organisationId'), customerId: slot<string>('customerId') }),
  ordering,
);

/** @throws HttpError 422 `cursor_invalid` */
export const findPaymentPage = (
  db: Db,
  scope: CustomerScope,
  request: PaymentListRequest<PageQuery<PaymentOrderField>>,
  signingKeys: SigningKeys,
): Promise<ListOf<PaymentListRow>> =>
  isEmpty(request.filter)
    ? unfilteredPage(db, { scope, values: { ...scope }, page: request.page }, signingKeys)
    : listPage(scope, selectFiltered(db, scope, request), ordering, request.page, signingKeys);

/** A payment of this customer. */
export const findPayment = (
  db: Db,
  scope: CustomerScope,
  id: string,
  invoiceStatuses: readonly InvoiceStatus[],
): Promise<PaymentListRow | undefined> =>
  selectFiltered(db, scope, { filter: {}, invoiceStatuses }).where('payment.id', '=', id).executeTakeFirst();

/** The whole list, page by page. */
export const findEachPayment = (
  db: Db,
  scope: CustomerScope,
  request: PaymentListRequest<Omit<PageQuery<PaymentOrderField>, 'cursor'>>,
): AsyncGenerator<PaymentListRow[]> => eachPage(selectFiltered(db, scope, request), ordering, request.page);

export interface AllocationRow {
  payment_id: string;
  invoice_id: string;
  invoice_number: string;
  amount: number;
}

/** The texts of a JSON array. */
const eachOf = (json: Bound) =>
  byDialect({
    sqlite: sql<string>`(select value from json_each(${json}))`,
    postgres: sql<string>`(select jsonb_array_elements_text(cast(${json} as jsonb)))`,
  });

const allocationsOf = (audience: CustomerView['audience']) =>
  compileOnce<AllocationRow>((db) =>
    db
      .selectFrom('payment_allocation as allocation')
      .crossJoin('invoice')
      .select(['allocation.payment_id', 'allocation.invoice_id', 'invoice.invoice_number', 'allocation.amount'])
      .where('allocation.organisation_id', '=', slot<string>('organisationId'))
      .where('allocation.payment_id', 'in', eachOf(slot<string>('paymentIds')))
      .whereRef('invoice.organisation_id', '=', 'allocation.organisation_id')
      .whereRef('invoice.id', '=', 'allocation.invoice_id')
      .where('invoice.customer_id', '=', slot<string>('customerId'))
      .where('invoice.status', 'in', visibleStatuses({ audience }))
      .orderBy('invoice.created_at')
      .orderBy('invoice.id'),
  );

const allocations = { customer: allocationsOf('customer'), staff: allocationsOf('staff') };

/** The invoices that payments were applied to and that the viewer may know of, oldest invoice first. */
export const findAllocations = (
  db: Db,
  { scope, audience }: CustomerView,
  paymentIds: readonly string[],
): Promise<AllocationRow[]> => allocations[audience](db, { ...scope, paymentIds: JSON.stringify(paymentIds) });

export interface InvoicePaymentRow extends Omit<PaymentTable, 'amount'> {
  allocated_amount: number;
}

/** Oldest first. */
export const findPaymentsOfInvoice = (db: Db, scope: CustomerScope, invoiceId: string): Promise<InvoicePaymentRow[]> =>
  db
    .selectFrom('payment_allocation as allocation')
    .crossJoin('payment')
    .selectAll('payment')
    .select('allocation.amount as allocated_amount')
    .where('allocation.organisation_id', '=', scope.organisationId)
    .where('allocation.invoice_id', '=', invoiceId)
    .whereRef('payment.organisation_id', '=', 'allocation.organisation_id')
    .whereRef('payment.id', '=', 'allocation.payment_id')
    .where('payment.customer_id', '=', scope.customerId)
    .orderBy('payment.timestamp')
    .orderBy('payment.id')
    .execute();

/** In each currency that a payment was ever made in, the latest money received, if any was. */
export const findLatestPayments = async (
  db: Db,
  scope: CustomerScope,
): Promise<{ currency: string; payment: PaymentTable | undefined }[]> => {
  const currencies = await db
    .selectFrom('payment')
    .select('currency_code')
    .distinct()
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .execute();
  const found: { currency: string; payment: PaymentTable | undefined }[] = [];
  for (const { currency_code: currency } of currencies) {
    const payment = await db
      .selectFrom('payment')
      .selectAll()
      .where('organisation_id', '=', scope.organisationId)
      .where('customer_id', '=', scope.customerId)
      .where('currency_code', '=', currency)
      .where('type', '=', 'payment')
      .where('status', 'in', receivedStatuses)
      .orderBy('timestamp', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    found.push({ currency, payment });
  }
  return found;
};
