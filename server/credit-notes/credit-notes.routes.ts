import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { creditInvoice, getMerchantCreditNote, listMerchantCreditNotes } from './merchant-credit-notes.service.ts';

export const bindCreditNoteRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /credit_notes', ({ query, caller }) => listMerchantCreditNotes(dependencies, caller.scope, query));

  read('GET /credit_notes/:credit_note_id', ({ params, caller }) =>
    getMerchantCreditNote(db, caller.scope, params.credit_note_id),
  );

  write('POST /invoices/:invoice_id/credit_note', (trx, { params, body, scope, author }) =>
    creditInvoice(trx, clock, scope, author, params.invoice_id, body),
  );
};
