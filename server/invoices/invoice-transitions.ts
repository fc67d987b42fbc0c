import type { InvoiceDetail } from '#contract/merchant-invoices.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { HttpError } from '../http/errors.ts';
import { toMajor } from '../money.ts';
import type { OrganisationScope } from '../scope.ts';
import { readInvoiceDetail } from './invoice-detail.ts';
import { emitInvoiceEvents } from './invoice-events.ts';
import type { InvoiceEventType } from './invoice-events.ts';
import { approved, isEditable } from './invoice-state.ts';
import { updateInvoice } from './invoice-writes.repository.ts';
import type { InvoiceTable } from './invoices.table.ts';
import { amountDueOf, getInvoiceSums, isIssued } from './settlement.ts';
import type { Sums } from './settlement.ts';

type Step = 'approve' | 'void' | 'discard';

const refused = (message: string): HttpError => new HttpError(409, 'invoice_state_invalid', message);

const requireSettled = ({ currency }: InvoiceTable, sums: Sums): void => {
  const due = amountDueOf(sums);
  if (due > 0) {
    throw refused(`${toMajor(due, currency)} ${currency} is owed on the invoice: credit it first`);
  }
  const held = sums.appliedBalance + sums.paid - sums.creditsReturned;
  if (held > 0) {
    throw refused(`${toMajor(held, currency)} ${currency} has been paid on the invoice: credit or refund it first`);
  }
};

/** What the step makes of the invoice: the invoice itself where it has been taken already. */
const after = (step: Step, invoice: InvoiceTable, sums: Sums, now: string): InvoiceTable => {
  const { status } = invoice;
  switch (step) {
    case 'approve':
      if (isEditable(status)) {
        return approved(invoice, now);
      }
      if (isIssued(status) && status !== 'void') {
        return invoice;
      }
      throw refused(`The invoice is ${status} and cannot be approved: create a new one`);
    case 'void':
      if (status === 'void') {
        return invoice;
      }
      if (!isIssued(status)) {
        throw refused(`The invoice is ${status}: only an approved invoice can be voided; discard a draft instead`);
      }
      requireSettled(invoice, sums);
      return { ...invoice, status: 'void', amount_due: 0, paid_at: null };
    case 'discard':
      if (status === 'discarded' || isEditable(status)) {
        return status === 'discarded' ? invoice : { ...invoice, status: 'discarded' };
      }
      throw refused(`The invoice is ${status}: only a draft can be discarded; credit this one instead`);
  }
};

const words = { approve: 'invoice.approved', void: 'invoice.voided', discard: 'invoice.discarded' } as const;

const eventsOf = (step: Step, { status }: InvoiceTable): InvoiceEventType[] => {
  switch (step) {
    case 'approve':
      return status === 'paid' ? ['invoice.approved', 'invoice.paid'] : ['invoice.approved'];
    case 'void':
      return ['invoice.voided'];
    case 'discard':
      return ['invoice.updated'];
  }
};

/**
 * Takes an invoice a step further; one that has taken it already is answered as it is.
 * @throws HttpError 404 `invoice_not_found`, 409 `invoice_state_invalid`
 */
export const moveInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  id: string,
  step: Step,
): Promise<InvoiceDetail> => {
  const { invoice, sums } = await getInvoiceSums(trx, scope, id);
  const now = timestamp(clock.now());
  const moved = after(step, invoice, sums, now);
  if (moved !== invoice) {
    await updateInvoice(trx, { ...moved, updated_at: now });
    await emitInvoiceEvents(trx, clock, scope, id, eventsOf(step, moved));
    const { customer_id: customerId, invoice_number, invoice_total: amount, currency } = moved;
    const detail = { id, invoice_number, amount, currency };
    await audit(trx, clock, scope, { ...author, action: words[step], customerId, detail });
  }
  return readInvoiceDetail(trx, scope, id);
};
