import type { CreditNoteStatus, RepaymentMethod } from '#contract/credit-notes.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { HttpError, invalid } from '../http/errors.ts';
import { emitInvoiceEvents } from '../invoices/invoice-events.ts';
import { amountDueOf, emitStatusChange, getInvoiceSums, isIssued, updateSettlement } from '../invoices/settlement.ts';
import { toMajor } from '../money.ts';
import { numberOf } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import { insertCreditNote } from './merchant-credit-notes.repository.ts';

export interface NewCreditNote {
  invoiceId: string;
  amountMinor: number;
  reason: string | null;
  /** Default: the next of the organisation's numbers. */
  number?: string | undefined;
  /** Default: credits for what was paid already, else invoice_adjusted. */
  repaymentMethod?: RepaymentMethod;
  /** Default: issued. */
  status?: Extract<CreditNoteStatus, 'issued' | 'paid'>;
  customData?: Record<string, unknown> | null;
}

/**
 * Credits an invoice, settles it and tells who wants to know; answers the id of the credit note. What is owed is reduced
 * first, and what is beyond that comes back to the customer as credits. Money given back by a refund must have been
 * taken off the invoice before.
 * @throws HttpError 404 `invoice_not_found`, 409 `invoice_state_invalid`, 422 for nothing, or more than is left to credit
 */
export const issueCreditNote = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { invoiceId, amountMinor, reason, number, repaymentMethod, status = 'issued', customData = null }: NewCreditNote,
): Promise<string> => {
  const { invoice, sums } = await getInvoiceSums(trx, scope, invoiceId);
  if (!isIssued(invoice.status)) {
    const message = `The invoice is ${invoice.status}: only an approved invoice can be credited`;
    throw new HttpError(409, 'invoice_state_invalid', message);
  }
  const left = sums.total - sums.credited;
  if (invoice.status === 'void' || left <= 0) {
    throw new HttpError(409, 'invoice_state_invalid', 'Nothing is left to credit on the invoice');
  }
  if (amountMinor <= 0 || amountMinor > left) {
    const most = toMajor(left, invoice.currency);
    const msg = `Must be more than 0 and at most ${most} ${invoice.currency}, which is left to credit`;
    throw invalid([{ loc: ['body', 'credit_note_amount'], msg, type: 'amount_out_of_range' }]);
  }
  const creditsReturned = Math.max(0, amountMinor - amountDueOf(sums));
  const id = newId(clock);
  await insertCreditNote(trx, {
    organisation_id: scope.organisationId,
    id,
    customer_id: invoice.customer_id,
    invoice_id: invoiceId,
    credit_note_number: await numberOf(trx, scope, 'credit_note', number),
    amount: amountMinor,
    currency: invoice.currency,
    status,
    repayment_method: repaymentMethod ?? (creditsReturned > 0 ? 'credits' : 'invoice_adjusted'),
    reason,
    created_at: timestamp(clock.now()),
    custom_data: customData === null ? null : JSON.stringify(customData),
    credits_returned: creditsReturned,
  });
  const change = await updateSettlement(trx, clock, scope, invoiceId);
  await emitInvoiceEvents(trx, clock, scope, invoiceId, ['invoice.credited']);
  if (change !== undefined && change.before !== change.after) {
    await emitStatusChange(trx, clock, scope, invoiceId, change);
  }
  return id;
};
