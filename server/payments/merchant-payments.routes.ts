import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { changePayment } from './change-payment.ts';
import { removePayment } from './delete-payment.ts';
import { getMerchantPayment, listAllOfInvoice, listMerchantPayments } from './merchant-payments.service.ts';
import { recordPayment } from './record-payment.ts';
import { refundPayment } from './refund-payment.ts';

export const bindMerchantPaymentRoutes = (merchant: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;
  merchant.read('GET /payments', ({ query, caller }) => listMerchantPayments(dependencies, caller.scope, query));
  merchant.read('GET /payments/:payment_id', ({ params, caller }) =>
    getMerchantPayment(db, caller.scope, params.payment_id),
  );
  merchant.read('GET /payments/invoice/:invoice_id', ({ params, caller }) =>
    listAllOfInvoice(db, caller.scope, params.invoice_id, { isWithRefunds: true }),
  );
  merchant.read('GET /payments/invoice/:invoice_id/without_refunds', ({ params, caller }) =>
    listAllOfInvoice(db, caller.scope, params.invoice_id, { isWithRefunds: false }),
  );
  merchant.write('POST /payments', (trx, { body, scope, author }) => recordPayment(trx, clock, scope, author, body));
  merchant.write('PATCH /payments/:payment_id', (trx, { params, body, scope, author }) =>
    changePayment(trx, clock, scope, author, { id: params.payment_id, patch: body }),
  );
  merchant.write('DELETE /payments/:payment_id', (trx, { params, scope, author }) =>
    removePayment(trx, clock, scope, author, params.payment_id),
  );
  merchant.write('POST /payments/:payment_id/refund', (trx, { params, body, scope, author }) =>
    refundPayment(trx, clock, scope, author, { id: params.payment_id, input: body }),
  );
};
