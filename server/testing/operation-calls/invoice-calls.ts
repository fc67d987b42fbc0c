import type { OperationKey } from '#contract/api.ts';
import type { MakeCall } from './operation-call.ts';
import { make, newContract, newInvoice, newProduct, newReference } from './world.ts';

const ofInvoice: MakeCall = async (world) => ({ params: { invoice_id: await newInvoice(world) } });

const ofDraft: MakeCall = async (world) => ({
  params: { invoice_id: await newInvoice(world, { status: 'draft' }) },
  body: {},
});

const ofList: MakeCall = (world) => ({ query: { customer_id: world.customer.customerId, limit: '1' } });

export const invoiceCalls = {
  'GET /invoices': ofList,
  'GET /invoices/internal': ofList,
  'POST /invoices': async (world) => ({
    body: {
      customer_id: world.customer.customerId,
      contract_id: await newContract(world),
      external_id: newReference(),
      currency: 'USD',
      line_items: [{ name: 'Subscription', unit_price: 100, product_id: await newProduct(world) }],
    },
  }),
  'GET /invoices/external_id/:external_id': async (world) => {
    const externalId = newReference();
    await newInvoice(world, { external_id: externalId });
    return { params: { external_id: externalId } };
  },
  'GET /invoices/:invoice_id': async (world) => ({
    ...(await ofInvoice(world)),
    query: { include_line_items: 'true' },
  }),
  'PATCH /invoices/:invoice_id': async (world) => ({ ...(await ofInvoice(world)), body: { notes: 'Thank you' } }),
  'GET /invoices/:invoice_id/line_items': ofInvoice,
  'GET /invoices/:invoice_id/summary': ofInvoice,
  'GET /invoices/:invoice_id/payments': ofInvoice,
  'GET /invoices/:invoice_id/payment_link': async (world) => ({
    params: { invoice_id: await newInvoice(world, { payment_url: 'https://shop.example/pay' }) },
  }),
  'PATCH /invoices/:invoice_id/approve': ofDraft,
  'PATCH /invoices/:invoice_id/void': async (world) => ({
    params: { invoice_id: await newInvoice(world, { line_items: [{ name: 'Trial', unit_price: 0 }] }) },
    body: {},
  }),
  'PATCH /invoices/:invoice_id/discard': ofDraft,
  'GET /invoices/:invoice_id/download_invoice': ofInvoice,

  'POST /invoices/:invoice_id/credit_note': async (world) => ({
    ...(await ofInvoice(world)),
    body: { credit_note_amount: 10 },
  }),
  'GET /credit_notes': (world) => ({ query: { customer_id: world.customer.customerId } }),
  'GET /credit_notes/:credit_note_id': async (world) => {
    const { id } = await make(world, `/invoices/${await newInvoice(world)}/credit_note`, { credit_note_amount: 10 });
    return { params: { credit_note_id: id } };
  },
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
