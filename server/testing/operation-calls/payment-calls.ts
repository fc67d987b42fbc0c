import type { OperationKey } from '#contract/api.ts';
import type { MakeCall } from './operation-call.ts';
import { newInvoice, newPayment, newReference } from './world.ts';

const ofPayment: MakeCall = async (world) => ({ params: { payment_id: await newPayment(world) } });

const ofInvoice: MakeCall = async (world) => ({ params: { invoice_id: await newInvoice(world) } });

export const paymentCalls = {
  'GET /payments': (world) => ({ query: { customer_id: world.customer.customerId, limit: '1' } }),
  'GET /payments/:payment_id': ofPayment,
  'GET /payments/invoice/:invoice_id': ofInvoice,
  'GET /payments/invoice/:invoice_id/without_refunds': ofInvoice,
  'POST /payments': async (world) => ({
    body: {
      customer_id: world.customer.customerId,
      external_id: newReference(),
      amount: 10_000,
      currency_code: 'USD',
      payment_parts: [{ invoice_id: await newInvoice(world), amount: 10_000 }],
    },
  }),
  'PATCH /payments/:payment_id': async (world) => ({
    ...(await ofPayment(world)),
    body: { payment_parts: [{ invoice_id: await newInvoice(world), amount: 2_500 }] },
  }),
  'DELETE /payments/:payment_id': ofPayment,
  'POST /payments/:payment_id/refund': async (world) => ({
    ...(await ofPayment(world)),
    body: { refund_amount: 2_500, refund_destination: 'external', writeoff_invoices: false },
  }),
  'GET /payments/:payment_id/download_receipt': ofPayment,
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
