import type { CreditNote } from '#contract/credit-notes.ts';
import type { Db } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import { findCreditNotesOfInvoice } from './credit-notes.repository.ts';
import type { CreditNoteTable } from './credit-notes.table.ts';

const presentCreditNote = (row: CreditNoteTable): CreditNote => ({
  id: row.id,
  credit_note_number: row.credit_note_number,
  amount: row.amount,
  currency: row.currency,
  status: row.status,
  repayment_method: row.repayment_method,
  reason: row.reason,
  created_at: row.created_at,
});

/** Every credit note of an invoice, oldest first; those not issued yet and void ones too. */
export const listCreditNotesOfInvoice = async (
  db: Db,
  scope: CustomerScope,
  invoiceId: string,
): Promise<CreditNote[]> => (await findCreditNotesOfInvoice(db, scope, invoiceId)).map(presentCreditNote);
