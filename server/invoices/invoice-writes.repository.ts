import { compileOnce, slot } from '../database/compile-once.ts';
import { rowInserter } from '../database/insert-rows.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceLineItemTable, InvoiceTable } from './invoices.table.ts';

const columns = [
  'organisation_id',
  'customer_id',
  'created_at',
  'id',
  'external_id',
  'invoice_number',
  'status',
  'currency',
  'invoice_total',
  'net_invoice_total',
  'subtotal',
  'discount_total',
  'tax_total',
  'paid_amount',
  'amount_due',
  'due_date',
  'promise_due_date',
  'period_begin',
  'period_end_exclusive',
  'contract_id',
  'notes',
  'custom_data',
  'approved_at',
  'sent_at',
  'paid_at',
  'updated_at',
  'applied_balance',
  'invoice_url',
  'payment_url',
  'charged_at',
  'created_by',
] as const satisfies (keyof InvoiceTable)[];

export const insertInvoices = rowInserter<InvoiceTable>('invoice', columns);

export const insertLineItems = rowInserter<InvoiceLineItemTable>('invoice_line_item', [
  'organisation_id',
  'invoice_id',
  'position',
  'id',
  'product_id',
  'name',
  'description',
  'quantity',
  'unit',
  'unit_price',
  'subtotal',
  'discount',
  'tax_rate',
  'tax',
  'total',
  'period_begin',
  'period_end_exclusive',
  'is_proration',
]);

const update = compileOnce((db) =>
  db
    .updateTable('invoice')
    .set(Object.fromEntries(columns.map((column) => [column, slot<never>(column)])))
    .where('organisation_id', '=', slot<string>('organisation_id'))
    .where('id', '=', slot<string>('id')),
);

/** Stores every column of the invoice anew. */
export const updateInvoice = async (trx: Trx, invoice: InvoiceTable): Promise<void> => {
  await update(trx, { ...invoice });
};

export const deleteLineItems = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  invoiceIds: readonly string[],
): Promise<void> => {
  await trx
    .deleteFrom('invoice_line_item')
    .where('organisation_id', '=', organisationId)
    .where('invoice_id', 'in', invoiceIds)
    .execute();
};

export const findInvoicesByExternalId = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  externalIds: readonly string[],
): Promise<InvoiceTable[]> =>
  trx
    .selectFrom('invoice')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds)
    .execute();

export const findInvoiceById = (
  db: Db,
  { organisationId }: OrganisationScope,
  id: string,
): Promise<InvoiceTable | undefined> =>
  db
    .selectFrom('invoice')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
