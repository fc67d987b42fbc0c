import type { PaymentStatus } from '#contract/payments.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceTable } from './invoices.table.ts';

const received = ['success', 'partially_refunded', 'refunded'] as const satisfies PaymentStatus[];

/** The invoice with what was paid for it (less what was given back), and what was credited on it. */
export const findInvoiceWithSums = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  invoiceId: string,
): Promise<(InvoiceTable & { paid: number; credited: number }) | undefined> =>
  trx
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
            .where('payment.type', 'in', ['payment', 'tax_withheld'])
            .where('payment.status', 'in', received),
          eb.lit(0),
        )
        .as('paid'),
      eb.fn
        .coalesce(
          eb
            .selectFrom('credit_note')
            .select((sum) => sum.fn.sum<number>('credit_note.amount').as('credited'))
            .whereRef('credit_note.organisation_id', '=', 'invoice.organisation_id')
            .whereRef('credit_note.invoice_id', '=', 'invoice.id')
            .where('credit_note.status', 'in', ['issued', 'paid']),
          eb.lit(0),
        )
        .as('credited'),
    ])
    .where('invoice.organisation_id', '=', organisationId)
    .where('invoice.id', '=', invoiceId)
    .executeTakeFirst();

export const updateSettled = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  invoiceId: string,
  change: Pick<InvoiceTable, 'status' | 'paid_amount' | 'amount_due' | 'paid_at' | 'updated_at'>,
): Promise<void> => {
  await trx
    .updateTable('invoice')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', invoiceId)
    .execute();
};
