import { expressionBuilder, sql } from 'kysely';
import type { Expression, SelectQueryBuilder } from 'kysely';
import { PortalInvoice } from '#contract/invoices.ts';
import type { InvoiceOrderField, InvoiceStatus } from '#contract/invoices.ts';
import { Period } from '#contract/primitives.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { slot } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { flag, object, onlyIf, text, whole, word } from '../database/json.ts';
import type { Json } from '../database/json.ts';
import { eachPage, never } from '../database/keyset.ts';
import type { PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import { compiledTextPage, textPage } from '../database/text-page.ts';
import type { TextOrdering } from '../database/text-page.ts';
import type { Db } from '../database/transaction.ts';
import type { JsonText } from '../database/json-text.ts';
import type { CustomerScope } from '../scope.ts';
import type { InvoiceLineItemTable } from './invoices.table.ts';
import { openStatuses, visibleStatuses } from './invoice-statuses.ts';

/** A value to bind now, or the slot of one that each execution brings. */
type Bound = string | Expression<string>;

const eb = expressionBuilder<Tables, 'invoice'>();

const invoiceTotal = eb.fn.coalesce('invoice.net_invoice_total', 'invoice.invoice_total');

const dueDate = eb.fn.coalesce('invoice.due_date', 'invoice.promise_due_date');

const dueDateOr = (missing: string) => eb.fn.coalesce('invoice.due_date', 'invoice.promise_due_date', sql.lit(missing));

/** Spelled out: the database puts statuses that are bound into a list of its own for each row that it writes. */
const oneOf = (statuses: readonly InvoiceStatus[]) =>
  sql<InvoiceStatus>`(${sql.join(statuses.map((status) => sql.lit(status)))})`;

const isOpen = eb.and([eb('invoice.amount_due', '>', eb.lit(0)), eb('invoice.status', 'in', oneOf(openStatuses))]);

/** True or false and never null, so that it can be negated. */
const isOverdue = (startOfToday: Bound) => eb.and([isOpen, eb(dueDateOr(never), '<', startOfToday)]);

/** Half of a period is shown as none. */
const hasPeriod = eb.and([
  eb('invoice.period_begin', 'is not', null),
  eb('invoice.period_end_exclusive', 'is not', null),
]);

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

export interface InvoiceListRow {
  id: string;
  invoice_number: string;
  status: InvoiceStatus;
  currency: string;
  invoice_total: number;
  amount_due: number;
  due_date: string | null;
  period_begin: string | null;
  period_end_exclusive: string | null;
  created_at: string;
  is_overdue: number;
}

interface InvoiceSelection {
  organisationId: Bound;
  customerId: Bound;
  startOfToday: Bound;
  statuses: readonly InvoiceStatus[];
}

const selectionOf = (view: CustomerView, startOfToday: string) => ({
  ...view.scope,
  startOfToday,
  statuses: visibleStatuses(view),
});

const fromInvoices = (db: Db, { organisationId, customerId, statuses }: InvoiceSelection) =>
  db
    .selectFrom('invoice')
    .where('invoice.organisation_id', '=', organisationId)
    .where('invoice.customer_id', '=', customerId)
    .where('invoice.status', 'in', oneOf(statuses));

const invoiceJson = (startOfToday: Bound): Json<PortalInvoice> =>
  object(PortalInvoice, {
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
    is_overdue: flag(isOverdue(startOfToday)),
    // Its days are counted where the time zones are known: `countDaysOverdue` puts the number in the place of the date.
    days_overdue: onlyIf(isOverdue(startOfToday), word(dueDate.$notNull()) as unknown as Json<number>),
  });

const selectInvoices = (db: Db, selection: InvoiceSelection) =>
  fromInvoices(db, selection).select([
    'invoice.id',
    'invoice.invoice_number',
    'invoice.status',
    'invoice.currency',
    invoiceTotal.as('invoice_total'),
    'invoice.amount_due',
    dueDate.as('due_date'),
    'invoice.period_begin',
    'invoice.period_end_exclusive',
    'invoice.created_at',
    eb.case().when(isOverdue(selection.startOfToday)).then(1).else(0).end().as('is_overdue'),
  ]);

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
  if (Object.values(filter).every((value) => value === undefined)) {
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

export type InvoiceDetailRow = NonNullable<Awaited<ReturnType<typeof findInvoice>>>;

export const findInvoice = (db: Db, view: CustomerView, id: string, startOfToday: string) =>
  selectInvoices(db, selectionOf(view, startOfToday))
    .innerJoin('organisation', 'organisation.id', 'invoice.organisation_id')
    .leftJoin('contract', (join) =>
      join
        .onRef('contract.organisation_id', '=', 'invoice.organisation_id')
        .onRef('contract.id', '=', 'invoice.contract_id'),
    )
    .select([
      'invoice.subtotal',
      'invoice.discount_total',
      'invoice.tax_total',
      'invoice.paid_amount',
      'invoice.notes',
      'invoice.paid_at',
      'contract.id as contract_id',
      'contract.name as contract_name',
      'organisation.name as organisation_name',
      'organisation.email as organisation_email',
      'organisation.address as organisation_address',
      'organisation.tax_id as organisation_tax_id',
    ])
    .where('invoice.id', '=', id)
    .executeTakeFirst();

/** In the order in which the invoice shows them. */
export const findLineItems = (db: Db, scope: CustomerScope, invoiceId: string): Promise<InvoiceLineItemTable[]> =>
  db
    .selectFrom('invoice_line_item')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('invoice_id', '=', invoiceId)
    .orderBy('position')
    .execute();

export interface OpenBalanceRow {
  currency: string;
  amount_due: number;
  open_count: number;
  overdue_amount: number;
  overdue_count: number;
}

/** One row a currency in which the viewer has any invoice, with what is open in it. */
export const findOpenBalances = (db: Db, view: CustomerView, startOfToday: string): Promise<OpenBalanceRow[]> => {
  const total = eb.fn.sum<number>('invoice.amount_due');
  const count = eb.fn.countAll<number>();
  return db
    .selectFrom('invoice')
    .select([
      'invoice.currency',
      eb.fn.coalesce(total.filterWhere(isOpen), eb.lit(0)).as('amount_due'),
      count.filterWhere(isOpen).as('open_count'),
      eb.fn.coalesce(total.filterWhere(isOverdue(startOfToday)), eb.lit(0)).as('overdue_amount'),
      count.filterWhere(isOverdue(startOfToday)).as('overdue_count'),
    ])
    .where('invoice.organisation_id', '=', view.scope.organisationId)
    .where('invoice.customer_id', '=', view.scope.customerId)
    .where('invoice.status', 'in', visibleStatuses(view))
    .groupBy('invoice.currency')
    .execute();
};

/** In each currency the open invoice that is due first, from today on. */
export const findNextDue = (db: Db, { scope }: CustomerView, startOfToday: string) =>
  db
    .with('ranked', (qb) =>
      qb
        .selectFrom('invoice')
        .select([
          'invoice.currency',
          'invoice.id as invoice_id',
          'invoice.invoice_number',
          dueDate.$notNull().as('due_date'),
          'invoice.amount_due',
          eb.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('invoice.currency').orderBy(dueDate).orderBy('invoice.id'))
            .as('rank'),
        ])
        .where('invoice.organisation_id', '=', scope.organisationId)
        .where('invoice.customer_id', '=', scope.customerId)
        .where(isOpen)
        .where(eb(dueDate, '>=', startOfToday)),
    )
    .selectFrom('ranked')
    .selectAll()
    .where('rank', '=', 1)
    .execute();
