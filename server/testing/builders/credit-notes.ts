import { v7 as uuidv7 } from 'uuid';
import type { CreditNoteTable } from '../../credit-notes/credit-notes.table.ts';
import type { InvoiceTable } from '../../invoices/invoices.table.ts';
import type { TestServer } from '../test-server.ts';

/** An issued credit note of 10.00 against an invoice. */
export const addCreditNote = async (
  { db }: Pick<TestServer, 'db'>,
  invoice: InvoiceTable,
  values: Partial<CreditNoteTable> = {},
): Promise<CreditNoteTable> => {
  const creditNote: CreditNoteTable = {
    organisation_id: invoice.organisation_id,
    id: uuidv7(),
    customer_id: invoice.customer_id,
    invoice_id: invoice.id,
    credit_note_number: 'CN-1',
    amount: 1_000,
    currency: invoice.currency,
    status: 'issued',
    repayment_method: 'invoice_adjusted',
    reason: null,
    created_at: '2026-11-12T00:00:00.000Z',
    custom_data: null,
    credits_returned: 0,
    ...values,
  };
  await db.insertInto('credit_note').values(creditNote).execute();
  return creditNote;
};
