import type { InvoicePayment } from '#contract/invoices.ts';
import type { PortalPayment, PortalPaymentList, PortalPaymentsQuery } from '#contract/payments.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import { rangeEndExclusive, rangeStart } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Db } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import type { CustomerScope } from '../scope.ts';
import {
  findAllocations,
  findEachPayment,
  findLatestPayments,
  findPayment,
  findPaymentPage,
  findPaymentsOfInvoice,
} from './payments.repository.ts';
import type { PaymentListRow } from './payments.repository.ts';
import { presentInvoicePayment, presentLastPayment, presentPayment } from './payments.present.ts';

type PaymentListQuery = Omit<PortalPaymentsQuery, 'cursor' | 'limit'>;

const requestOf = <Page>(query: PaymentListQuery, view: CustomerView, page: Page) => ({
  filter: {
    search: query.search,
    types: query.type__in,
    statuses: query.status__in,
    from: query.timestamp__gte === undefined ? undefined : rangeStart(query.timestamp__gte, view.timeZone),
    before: query.timestamp__lte === undefined ? undefined : rangeEndExclusive(query.timestamp__lte, view.timeZone),
  },
  page,
  invoiceStatuses: visibleStatuses(view),
});

const withInvoices = async (db: Db, view: CustomerView, rows: readonly PaymentListRow[]): Promise<PortalPayment[]> => {
  const ids = rows.map(({ id }) => id);
  const found = await findAllocations(db, view, ids);
  const allocations = Map.groupBy(found, ({ payment_id: paymentId }) => paymentId);
  return rows.map((row) => presentPayment(row, allocations.get(row.id) ?? []));
};

/**
 * One page of a customer's payments and refunds, with the invoices that each was applied to.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listPayments = async (
  { db, config }: Dependencies,
  view: CustomerView,
  query: PortalPaymentsQuery,
): Promise<PortalPaymentList> => {
  const page = await findPaymentPage(db, view.scope, requestOf(query, view, query), config.signingKeys);
  return { ...page, results: await withInvoices(db, view, page.results) };
};

/** @throws HttpError 404 `payment_not_found` when it is missing or somebody else's */
export const getPayment = async ({ db }: Dependencies, view: CustomerView, id: string): Promise<PortalPayment> => {
  const row = await findPayment(db, view.scope, id, visibleStatuses(view));
  const [payment] = await withInvoices(db, view, row === undefined ? [] : [row]);
  if (payment === undefined) {
    throw notFound('payment_not_found', 'There is no such payment');
  }
  return payment;
};

/** The whole list, page by page. */
export async function* eachPayment(
  { db }: Dependencies,
  view: CustomerView,
  { query, pageSize }: { query: PaymentListQuery; pageSize: number },
): AsyncGenerator<PortalPayment[]> {
  const request = requestOf(query, view, { order: query.order, limit: pageSize });
  for await (const rows of findEachPayment(db, view.scope, request)) {
    yield await withInvoices(db, view, rows);
  }
}

/** What payments and refunds did to one invoice, oldest first. */
export const listPaymentsOfInvoice = async (
  db: Db,
  scope: CustomerScope,
  invoiceId: string,
): Promise<InvoicePayment[]> => (await findPaymentsOfInvoice(db, scope, invoiceId)).map(presentInvoicePayment);

/** The latest money received, in each currency that a payment was ever made in. */
export const listLastPayments = async (
  db: Db,
  scope: CustomerScope,
): Promise<Pick<CurrencySummary, 'currency' | 'last_payment'>[]> =>
  (await findLatestPayments(db, scope)).map(({ currency, payment }) => ({
    currency,
    last_payment: payment === undefined ? null : presentLastPayment(payment),
  }));
