import type {
  CreditNoteInput,
  CreditNotesQuery,
  MerchantCreditNote,
  MerchantCreditNoteList,
} from '#contract/merchant-credit-notes.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, notFound } from '../http/errors.ts';
import { getInvoiceSums } from '../invoices/settlement.ts';
import { currencyDecimals, fitsDecimals, toMinor } from '../money.ts';
import type { OrganisationScope } from '../scope.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { findMerchantCreditNote, findMerchantCreditNotePage } from './merchant-credit-notes.repository.ts';
import type { MerchantCreditNoteRow } from './merchant-credit-notes.repository.ts';

const present = (row: MerchantCreditNoteRow): MerchantCreditNote => ({
  id: row.id,
  credit_note_number: row.credit_note_number,
  amount: row.amount,
  currency: row.currency,
  customer_id: row.customer_id,
  status: row.status,
  repayment_method: row.repayment_method,
  invoice_id: row.invoice_id,
  credits_returned: row.credits_returned,
  reason: row.reason,
  custom_data: row.custom_data === null ? null : (JSON.parse(row.custom_data) as MerchantCreditNote['custom_data']),
  created_at: row.created_at,
  customer: { id: row.customer_id, external_id: row.customer_external_id, customer_name: row.customer_name },
  invoice: { id: row.invoice_id, external_id: row.invoice_external_id, invoice_number: row.invoice_number },
});

/**
 * One page of the organisation's credit notes.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listMerchantCreditNotes = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: CreditNotesQuery,
): Promise<MerchantCreditNoteList> => {
  const page = await findMerchantCreditNotePage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(present) };
};

/** @throws HttpError 404 `credit_note_not_found` */
export const getMerchantCreditNote = async (
  db: Db,
  scope: OrganisationScope,
  id: string,
): Promise<MerchantCreditNote> => {
  const creditNote = await findMerchantCreditNote(db, scope, id);
  if (creditNote === undefined) {
    throw notFound('credit_note_not_found', 'There is no such credit note');
  }
  return present(creditNote);
};

const minorAmountOf = (text: string, currency: string): number => {
  const decimals = currencyDecimals(currency);
  if (!fitsDecimals(text, decimals)) {
    const msg = decimals === 0 ? `${currency} has no decimals` : `${currency} has ${decimals} decimals`;
    throw invalid([{ loc: ['body', 'credit_note_amount'], msg, type: 'decimals_too_many' }]);
  }
  return toMinor(text, decimals);
};

/**
 * Credits an invoice, as the merchant asks for it in major units.
 * @throws HttpError 404 `invoice_not_found`, 409 `invoice_state_invalid`, 422 for an amount that is not possible
 */
export const creditInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  invoiceId: string,
  input: CreditNoteInput,
): Promise<MerchantCreditNote> => {
  const { invoice } = await getInvoiceSums(trx, scope, invoiceId);
  const id = await issueCreditNote(trx, clock, scope, {
    invoiceId,
    amountMinor: minorAmountOf(input.credit_note_amount, invoice.currency),
    reason: input.reason ?? null,
    number: input.credit_note_number,
    customData: input.custom_data ?? null,
  });
  const creditNote = await getMerchantCreditNote(trx, scope, id);
  await audit(trx, clock, scope, {
    ...author,
    action: 'credit_note.issued',
    customerId: invoice.customer_id,
    detail: {
      credit_note_number: creditNote.credit_note_number,
      invoice_number: invoice.invoice_number,
      amount: creditNote.amount,
      currency: creditNote.currency,
    },
  });
  return creditNote;
};
