import type { CustomerView } from '../customers/customer-view.ts';
import type { Db } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import { selectInvoices, selectionOf } from './invoice-selection.repository.ts';
import type { InvoiceLineItemTable } from './invoices.table.ts';

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
