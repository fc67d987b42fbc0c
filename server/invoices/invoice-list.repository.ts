import { expressionBuilder } from 'kysely';
import type { SelectQueryBuilder } from 'kysely';
import { PortalInvoice } from '#contract/invoices.ts';
import type { InvoiceOrderField, InvoiceStatus } from '#contract/invoices.ts';
import { Period } from '#contract/primitives.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { slot } from '../database/compile-once.ts';
import type { Bound } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { flag, object, onlyIf, text, whole, word } from '../database/json.ts';
import type { Json } from '../database/json.ts';
import type { JsonText } from '../database/json-text.ts';
import { eachPage, isEmpty, never } from '../database/keyset.ts';
import type { PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import { compiledTextPage, textPage } from '../database/text-page.ts';
import type { TextOrdering } from '../database/text-page.ts';
import type { Db } from '../database/transaction.ts';
import {
  dueDate,
  dueDateOr,
  fromInvoices,
  hasPeriod,
  invoiceTotal,
  isOverdue,
  selectInvoices,
  selectionOf,
} from './invoice-selection.repository.ts';
import type { InvoiceListRow } from './invoice-selection.repository.ts';
import { visibleStatuses } from './invoice-statuses.ts';

const eb = expressionBuilder<Tables, 'invoice'>();

const lastPlace = (isDescending: boolean): string => (isDescending ? '' : never);

const ordering: TextOrdering<PortalInvoice, InvoiceOrderField> = {
  list: 'invoices',
  id: eb.ref('invoice.id'),
  by: {
    invoice_number: () => eb.ref('invoice.invoice_number'),
    status: () => eb.ref('invoice.status'),
    invoice_total: () => invoiceTotal,
    due_date: (isDescending) => dueDateOr(lastPlace(isDescending)),
    amount_due: () => eb.ref('invoice.amount_due'),
    invoice_period: (isDescending) =>
      eb.case().when(hasPeriod).then(eb.ref('invoice.period_begin').$notNull()).else(lastPlace(isDescending)).end(),
    created_at: () => eb.ref('invoice.created_at'),
  },
  valueOf: {
    invoice_number: ({ invoice_number: number }) => number,
    status: ({ status }) => status,
    invoice_total: ({ invoice_total: total }) => total,
    due_date: ({ due_date: date }, isDescending) => date ?? lastPlace(isDescending),
    amount_due: ({ amount_due: amount }) => amount,
    invoice_period: ({ invoice_period: period }, isDescending) => period?.begin_date ?? lastPlace(isDescending),
    created_at: ({ created_at: at }) => at,
  },
};

/** Ranges are from inclusive, to exclusive. */
export interface InvoiceFilter {
  search?: string | undefined;
  statuses?: readonly InvoiceStatus[] | undefined;
  isOverdue?: boolean | undefined;
  createdFrom?: string | undefined;
  createdBefore?: string | undefined;
  dueFrom?: string | undefined;
  dueBefore?: string | undefined;
}

const invoiceJson = (startOfToday: Bound): Json<PortalInvoice> => {
  const overdue = isOverdue(startOfToday);
  return object(PortalInvoice, {
    id: word(eb.ref('invoice.id')),
    invoice_number: text(eb.ref('invoice.invoice_number')),
    status: word(eb.ref('invoice.status')),
    currency: word(eb.ref('invoice.currency')),
    invoice_total: whole(invoiceTotal),
    amount_due: whole(eb.ref('invoice.amount_due')),
    due_date: text(dueDate),
    invoice_period: onlyIf(
      hasPeriod,
      object(Period, {
        begin_date: word(eb.ref('invoice.period_begin').$notNull()),
        end_date_exclusive: word(eb.ref('invoice.period_end_exclusive').$notNull()),
      }),
    ),
    created_at: word(eb.ref('invoice.created_at')),
    is_overdue: flag(overdue),
    // Its days are counted where the time zones are known: `countDaysOverdue` puts the number in the place of the date.
    days_overdue: onlyIf(overdue, word(dueDate.$notNull()) as unknown as Json<number>),
  });
};

const unfilteredPage = (audience: CustomerView['audience']) => {
  const slots = {
    organisationId: slot<string>('organisationId'),
    customerId: slot<string>('customerId'),
    startOfToday: slot<string>('startOfToday'),
    statuses: visibleStatuses({ audience }),
  };
  return compiledTextPage<PortalInvoice, 'invoice', InvoiceOrderField>(
    (db) => fromInvoices(db, slots),
    invoiceJson(slots.startOfToday),
    ordering,
  );
};

const unfilteredPages = { customer: unfilteredPage('customer'), staff: unfilteredPage('staff') };

const filtered = <Row>(
  all: SelectQueryBuilder<Tables, 'invoice', Row>,
  startOfToday: string,
  filter: InvoiceFilter,
): SelectQueryBuilder<Tables, 'invoice', Row> => {
  let query = all;
  const { search, statuses, createdFrom, createdBefore, dueFrom, dueBefore } = filter;
  if (search) {
    query = query.where(contains(eb.ref('invoice.invoice_number'), search));
  }
  if (statuses !== undefined || filter.isOverdue === true) {
    query = query.where(
      eb.or([
        ...(statuses === undefined ? [] : [eb('invoice.status', 'in', statuses)]),
        ...(filter.isOverdue === true ? [isOverdue(startOfToday)] : []),
      ]),
    );
  }
  if (filter.isOverdue === false) {
    query = query.where(eb.not(isOverdue(startOfToday)));
  }
  if (createdFrom !== undefined) {
    query = query.where('invoice.created_at', '>=', createdFrom);
  }
  if (createdBefore !== undefined) {
    query = query.where('invoice.created_at', '<', createdBefore);
  }
  if (dueFrom !== undefined) {
    query = query.where(eb(dueDate, '>=', dueFrom));
  }
  if (dueBefore !== undefined) {
    query = query.where(eb(dueDate, '<', dueBefore));
  }
  return query;
};

interface InvoiceListRequest<Page> {
  startOfToday: string;
  filter: InvoiceFilter;
  page: Page;
}

/** @throws HttpError 422 `cursor_invalid` */
export const findInvoicePage = (
  db: Db,
  view: CustomerView,
  { startOfToday, filter, page }: InvoiceListRequest<PageQuery<InvoiceOrderField>>,
  signingKeys: SigningKeys,
): Promise<JsonText<ListOf<PortalInvoice>>> => {
  const { scope, audience, version } = view;
  if (isEmpty(filter)) {
    const values = { ...scope, startOfToday };
    return unfilteredPages[audience](db, { scope, values, page, version }, signingKeys);
  }
  const from = filtered(fromInvoices(db, selectionOf(view, startOfToday)), startOfToday, filter);
  const query = { from, json: invoiceJson(startOfToday) };
  return textPage(db, scope, query, ordering, page, signingKeys);
};

/** The whole list, page by page. */
export const findEachInvoice = (
  db: Db,
  view: CustomerView,
  { startOfToday, filter, page }: InvoiceListRequest<Omit<PageQuery<InvoiceOrderField>, 'cursor'>>,
): AsyncGenerator<InvoiceListRow[]> =>
  eachPage(filtered(selectInvoices(db, selectionOf(view, startOfToday)), startOfToday, filter), ordering, page);
