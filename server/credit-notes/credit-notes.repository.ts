import type { Db } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import type { CreditNoteTable } from './credit-notes.table.ts';

/** Oldest first. */
export const findCreditNotesOfInvoice = (db: Db, scope: CustomerScope, invoiceId: string): Promise<CreditNoteTable[]> =>
  db
    .selectFrom('credit_note')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('invoice_id', '=', invoiceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
