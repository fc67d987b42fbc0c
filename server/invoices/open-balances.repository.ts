import { expressionBuilder } from 'kysely';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import { dueDate, isOpen, isOverdue } from './invoice-selection.repository.ts';
import { visibleStatuses } from './invoice-statuses.ts';

const eb = expressionBuilder<Tables, 'invoice'>();

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
