import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let merchant: MerchantClient;
let customer: { customer_id: unknown };

beforeAll(async () => {
  server = await startTestServer();
  merchant = merchantClient(server, await server.addOrganisation());
  customer = { customer_id: (await merchant.post('/customer', { customer_name: 'Aurora' })).body['id'] };
});
afterAll(() => server.close());

const newInvoice = async (number: Record<string, unknown> = {}) => {
  const invoice = { ...customer, currency: 'USD', invoice_total: 10_000, ...number };
  return (await merchant.post('/invoices', invoice)).body;
};

describe('a number that the merchant gives in the form of ours', () => {
  it('is not given to another invoice', async () => {
    await newInvoice({ invoice_number: 'INV-000041' });
    expect((await newInvoice())['invoice_number']).toBe('INV-000042');
    await newInvoice({ invoice_number: 'INV-000007' });
    await newInvoice({ invoice_number: 'INV-2026-000099' });
    expect((await newInvoice())['invoice_number']).toBe('INV-000043');
  });

  it('is not given to another receipt, whether of a payment or of a refund', async () => {
    const pay = async (number: Record<string, unknown> = {}) =>
      (await merchant.post('/payments', { ...customer, currency_code: 'USD', amount: 500, ...number })).body;
    const paid = await pay({ receipt_number: 'RCT-000009' });
    expect((await pay())['receipt_number']).toBe('RCT-000010');
    const refund = { refund_destination: 'external', writeoff_invoices: false, receipt_number: 'RCT-000020' };
    expect((await merchant.post(`/payments/${String(paid['id'])}/refund`, refund)).status).toBe(200);
    const later = await pay();
    expect(later['receipt_number']).toBe('RCT-000021');
    await merchant.patch(`/payments/${String(later['id'])}`, { receipt_number: 'RCT-000030' });
    expect((await pay())['receipt_number']).toBe('RCT-000031');
  });

  it('is not given to another credit note', async () => {
    const { id } = await newInvoice();
    const credit = async (number: Record<string, unknown> = {}) =>
      (await merchant.post(`/invoices/${String(id)}/credit_note`, { credit_note_amount: 1, ...number })).body;
    await credit({ credit_note_number: 'CN-000005' });
    expect((await credit())['credit_note_number']).toBe('CN-000006');
  });
});
