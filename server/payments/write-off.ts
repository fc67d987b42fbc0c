import type { RepaymentMethod } from '#contract/credit-notes.ts';
import type { RefundDestination } from '#contract/merchant-payments.ts';
import type { Clock } from '../clock.ts';
import { issueCreditNote } from '../credit-notes/issue-credit-note.ts';
import type { Trx } from '../database/transaction.ts';
import { getInvoiceSums, isIssued, settlementOf } from '../invoices/settlement.ts';
import type { OrganisationScope } from '../scope.ts';

const repaymentMethods: Record<RefundDestination, RepaymentMethod> = {
  credits: 'credits',
  original_payment_method: 'original_payment_method',
  external: 'external_payment',
};

/** What is owed more since the invoice was settled last; less, where less is left to credit: then it becomes void. */
const owedAgain = async (trx: Trx, scope: OrganisationScope, invoiceId: string): Promise<number> => {
  const { invoice, sums } = await getInvoiceSums(trx, scope, invoiceId);
  const { amount_due: due } = settlementOf(invoice, sums, invoice.updated_at);
  return isIssued(invoice.status) ? Math.min(due - invoice.amount_due, sums.total - sums.credited) : 0;
};

/** Credits what a refund, booked but not settled yet, would let be owed again on these invoices. */
export const writeOff = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceIds: readonly string[],
  { destination, reason }: { destination: RefundDestination; reason: string | null },
): Promise<void> => {
  const repaymentMethod = repaymentMethods[destination];
  for (const invoiceId of invoiceIds) {
    const amountMinor = await owedAgain(trx, scope, invoiceId);
    if (amountMinor > 0) {
      await issueCreditNote(trx, clock, scope, { invoiceId, amountMinor, reason, repaymentMethod, status: 'paid' });
    }
  }
};
