import type {
  ConsoleInvoicesQuery,
  PortalInvoice,
  PortalInvoiceDetail,
  PortalInvoiceList,
} from '#contract/invoices.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import { listCreditNotesOfInvoice } from '../credit-notes/credit-notes.service.ts';
import { rangeEndExclusive, rangeStart, startOfBillingDay } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getPastOrPresentProfile } from '../customers/profile.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import { answeredSum } from '../money.ts';
import type { JsonText } from '../database/json-text.ts';
import { listPaymentsOfInvoice } from '../payments/payments.service.ts';
import { findEachInvoice, findInvoicePage } from './invoice-list.repository.ts';
import type { InvoiceFilter } from './invoice-list.repository.ts';
import { countDaysOverdue, presentInvoice, presentInvoiceDetail } from './invoices.present.ts';
import { findInvoice, findLineItems } from './invoices.repository.ts';
import { findNextDue, findOpenBalances } from './open-balances.repository.ts';

type InvoiceListQuery = Omit<ConsoleInvoicesQuery, 'cursor' | 'limit'>;

const filterOf = (query: InvoiceListQuery, timeZone: string): InvoiceFilter => {
  const from = (bound?: string) => (bound === undefined ? undefined : rangeStart(bound, timeZone));
  const before = (bound?: string) => (bound === undefined ? undefined : rangeEndExclusive(bound, timeZone));
  return {
    search: query.search,
    statuses: query.status__in,
    isOverdue: query.is_overdue,
    createdFrom: from(query.created_at__gte),
    createdBefore: before(query.created_at__lte),
    dueFrom: from(query.due_date__gte),
    dueBefore: before(query.due_date__lte),
  };
};

/**
 * One page of a customer's invoices, filtered and ordered; each view sees the invoices of its audience.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listInvoices = async (
  { db, clock, config }: Dependencies,
  view: CustomerView,
  query: ConsoleInvoicesQuery,
): Promise<JsonText<PortalInvoiceList>> => {
  const { timeZone } = view;
  const today = { epochMs: clock.now(), timeZone };
  const startOfToday = startOfBillingDay(today.epochMs, timeZone);
  const request = { startOfToday, filter: filterOf(query, timeZone), page: query };
  return countDaysOverdue(await findInvoicePage(db, view, request, config.signingKeys), today);
};

/** The whole list, page by page, as it is at the moment of the call as to what is overdue. */
export async function* eachInvoice(
  { db, clock }: Dependencies,
  view: CustomerView,
  { query, pageSize }: { query: InvoiceListQuery; pageSize: number },
): AsyncGenerator<PortalInvoice[]> {
  const { timeZone } = view;
  const today = { epochMs: clock.now(), timeZone };
  const startOfToday = startOfBillingDay(today.epochMs, timeZone);
  const page = { order: query.order, limit: pageSize };
  for await (const rows of findEachInvoice(db, view, { startOfToday, filter: filterOf(query, timeZone), page })) {
    yield rows.map((row) => presentInvoice(row, today));
  }
}

/** @throws HttpError 404 `invoice_not_found` when it is missing, somebody else's, or not for this audience */
export const getInvoice = async (
  { db, clock }: Dependencies,
  view: CustomerView,
  id: string,
): Promise<PortalInvoiceDetail> => {
  const { scope, timeZone } = view;
  const today = { epochMs: clock.now(), timeZone };
  const invoice = await findInvoice(db, view, id, startOfBillingDay(today.epochMs, timeZone));
  if (invoice === undefined) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  const customer = await getPastOrPresentProfile(db, scope);
  return presentInvoiceDetail(invoice, {
    today,
    customer,
    lineItems: await findLineItems(db, scope, id),
    payments: await listPaymentsOfInvoice(db, scope, id),
    creditNotes: await listCreditNotesOfInvoice(db, scope, id),
  });
};

/** What is open in each currency in which the viewer has any invoice. */
export const listBalances = async (
  { db, clock }: Dependencies,
  view: CustomerView,
): Promise<Omit<CurrencySummary, 'last_payment'>[]> => {
  const startOfToday = startOfBillingDay(clock.now(), view.timeZone);
  const balances = await findOpenBalances(db, view, startOfToday);
  const nextDue = new Map(
    (await findNextDue(db, view, startOfToday)).map((row) => [
      row.currency,
      {
        invoice_id: row.invoice_id,
        invoice_number: row.invoice_number,
        due_date: row.due_date,
        amount_due: row.amount_due,
      },
    ]),
  );
  return balances.map((balance) => ({
    ...balance,
    amount_due: answeredSum(balance.amount_due),
    overdue_amount: answeredSum(balance.overdue_amount),
    next_due: nextDue.get(balance.currency) ?? null,
  }));
};
