import { expressionBuilder, sql } from 'kysely';
import type { InvoiceStatus } from '#contract/invoices.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { never } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Bound } from '../database/compile-once.ts';
import type { Db } from '../database/transaction.ts';
import { openStatuses, visibleStatuses } from './invoice-statuses.ts';

const eb = expressionBuilder<Tables, 'invoice'>();

export const invoiceTotal = eb.fn.coalesce('invoice.net_invoice_total', 'invoice.invoice_total');

export const dueDate = eb.fn.coalesce('invoice.due_date', 'invoice.promise_due_date');

export const dueDateOr = (missing: string) =>
  eb.fn.coalesce('invoice.due_date', 'invoice.promise_due_date', sql.lit(missing));

/** Spelled out: the database puts statuses that are bound into a list of its own for each row that it writes. */
const oneOf = (statuses: readonly InvoiceStatus[]) =>
  sql<InvoiceStatus>`(${sql.join(statuses.map((status) => sql.lit(status)))})`;

export const isOpen = eb.and([
  eb('invoice.amount_due', '>', eb.lit(0)),
  eb('invoice.status', 'in', oneOf(openStatuses)),
]);

/** True or false and never null, so that it can be negated. */
export const isOverdue = (startOfToday: Bound) => eb.and([isOpen, eb(dueDateOr(never), '<', startOfToday)]);

/** Half of a period is shown as none. */
export const hasPeriod = eb.and([
  eb('invoice.period_begin', 'is not', null),
  eb('invoice.period_end_exclusive', 'is not', null),
]);

export interface InvoiceSelection {
  organisationId: Bound;
  customerId: Bound;
  startOfToday: Bound;
  statuses: readonly InvoiceStatus[];
}

export const selectionOf = (view: CustomerView, startOfToday: string) => ({
  ...view.scope,
  startOfToday,
  statuses: visibleStatuses(view),
});

export const fromInvoices = (db: Db, { organisationId, customerId, statuses }: InvoiceSelection) =>
  db
    .selectFrom('invoice')
    .where('invoice.organisation_id', '=', organisationId)
    .where('invoice.customer_id', '=', customerId)
    .where('invoice.status', 'in', oneOf(statuses));

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

export const selectInvoices = (db: Db, selection: InvoiceSelection) =>
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
