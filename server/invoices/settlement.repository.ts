import type { InvoiceStatus } from '#contract/invoices.ts';
import { statusesInEffect } from '../credit-notes/credit-note-statuses.ts';
import { compileOnce, slot } from '../database/compile-once.ts';
import type { Trx } from '../database/transaction.ts';
import { receivedStatuses, settlingTypes } from '../payments/received.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceTable } from './invoices.table.ts';
import type { Sums } from './settlement.ts';

const selectSums = compileOnce((db) =>
  db
    .selectFrom('invoice')
    .selectAll()
    .select((eb) => [
      eb.fn
        .coalesce(
          eb
            .selectFrom('payment_allocation as allocation')
            .innerJoin('payment', (join) =>
              join
                .onRef('payment.organisation_id', '=', 'allocation.organisation_id')
                .onRef('payment.id', '=', 'allocation.payment_id'),
            )
            .select((sum) =>
              sum.fn.sum<number>(sum('allocation.amount', '-', sum.ref('allocation.amount_refunded'))).as('paid'),
            )
            .whereRef('allocation.organisation_id', '=', 'invoice.organisation_id')
            .whereRef('allocation.invoice_id', '=', 'invoice.id')
            .where('payment.type', 'in', settlingTypes)
            .where('payment.status', 'in', receivedStatuses),
          eb.lit(0),
        )
        .as('paid'),
      ...(['amount', 'credits_returned'] as const).map((column) =>
        eb.fn
          .coalesce(
            eb
              .selectFrom('credit_note')
              .select((sum) => sum.fn.sum<number>(`credit_note.${column}`).as('sum'))
              .whereRef('credit_note.organisation_id', '=', 'invoice.organisation_id')
              .whereRef('credit_note.invoice_id', '=', 'invoice.id')
              .where('credit_note.status', 'in', statusesInEffect),
            eb.lit(0),
          )
          .as(column === 'amount' ? 'credited' : 'credits_returned'),
      ),
    ])
    .where('invoice.organisation_id', '=', slot<string>('organisationId'))
    .where('invoice.id', '=', slot<string>('invoiceId')),
);

/** The invoice with the sums over its payments and credit notes. */
export const findInvoiceWithSums = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  invoiceId: string,
): Promise<{ invoice: InvoiceTable; sums: Sums } | undefined> => {
  const [row] = await selectSums(trx, { organisationId, invoiceId });
  if (row === undefined) {
    return undefined;
  }
  const { paid, credited, credits_returned: creditsReturned, ...invoice } = row;
  const total = invoice.net_invoice_total ?? invoice.invoice_total;
  return { invoice, sums: { total, appliedBalance: invoice.applied_balance, paid, credited, creditsReturned } };
};

const update = compileOnce((db) =>
  db
    .updateTable('invoice')
    .set({
      status: slot<InvoiceStatus>('status'),
      paid_amount: slot<number>('paid_amount'),
      amount_due: slot<number>('amount_due'),
      paid_at: slot<string | null>('paid_at'),
      updated_at: slot<string>('updated_at'),
    })
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('id', '=', slot<string>('invoiceId')),
);

export const updateSettled = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  invoiceId: string,
  change: Pick<InvoiceTable, 'status' | 'paid_amount' | 'amount_due' | 'paid_at' | 'updated_at'>,
): Promise<void> => {
  await update(trx, { ...change, organisationId, invoiceId });
};
