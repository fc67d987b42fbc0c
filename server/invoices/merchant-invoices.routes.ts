import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { moveInvoice } from './invoice-transitions.ts';
import {
  changeInvoice,
  createInvoice,
  getInvoiceLines,
  getInvoiceSummary,
  getMerchantInvoice,
  getPaymentLink,
  listInvoicePayments,
  listMerchantInvoices,
} from './merchant-invoices.service.ts';

export const bindMerchantInvoiceRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  for (const key of ['GET /invoices', 'GET /invoices/internal'] as const) {
    read(key, ({ query, caller }) => listMerchantInvoices(dependencies, caller.scope, query));
  }

  read('GET /invoices/external_id/:external_id', ({ params, query, caller }) =>
    getMerchantInvoice(db, caller.scope, { externalId: params.external_id }, query.include_line_items === true),
  );

  read('GET /invoices/:invoice_id', ({ params, query, caller }) =>
    getMerchantInvoice(db, caller.scope, { id: params.invoice_id }, query.include_line_items === true),
  );

  read('GET /invoices/:invoice_id/line_items', ({ params, caller }) =>
    getInvoiceLines(db, caller.scope, params.invoice_id),
  );

  read('GET /invoices/:invoice_id/summary', ({ params, caller }) =>
    getInvoiceSummary(db, caller.scope, params.invoice_id),
  );

  read('GET /invoices/:invoice_id/payments', ({ params, caller }) =>
    listInvoicePayments(db, caller.scope, params.invoice_id),
  );

  read('GET /invoices/:invoice_id/payment_link', ({ params, query, caller }) =>
    getPaymentLink(db, caller.scope, params.invoice_id, query.amount),
  );

  write('POST /invoices', (trx, { body, scope, author }) => createInvoice(trx, clock, scope, author, body));

  write('PATCH /invoices/:invoice_id', (trx, { params, body, scope, author }) =>
    changeInvoice(trx, clock, scope, author, { id: params.invoice_id, patch: body }),
  );

  for (const step of ['approve', 'void', 'discard'] as const) {
    write(`PATCH /invoices/:invoice_id/${step}`, (trx, { params, scope, author }) =>
      moveInvoice(trx, clock, scope, author, params.invoice_id, step),
    );
  }
};
