import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { addAddress, addCustomer } from '../testing/builders/customers.ts';
import { addInvoice, addLineItem } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { readPdf } from '../testing/read-pdf.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let other: TestOrganisation;
let customerId: string;
let portal: PortalClient;
let console: ConsoleClient;
let merchant: Record<string, string>;

const unknown = '0199a000-0000-7000-8000-000000000000';

interface File {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

const download = async (path: string, headers: Record<string, string>): Promise<File> => {
  const response = await fetch(`${server.address}${path}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

const codeOf = ({ bytes }: File): unknown => (JSON.parse(bytes.toString()) as { code: unknown }).code;

const pageText = async ({ bytes }: File): Promise<string> => (await readPdf(bytes)).pages.join(' ');

const scope = () => ({ organisationId: organisation.id, customerId });

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  other = await server.addOrganisation('Somebody Else');
  merchant = { organisation: organisation.id, 'x-api-key': organisation.apiKey };
  customerId = await addCustomer(server, organisation.id, {
    tax_info: JSON.stringify([{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB999' }]),
  });
  await addAddress(server, scope(), { is_default_billing: 1 });
  portal = await openPortal(server, organisation, customerId);
  console = await openConsole(server, organisation.id);
});

afterAll(async () => {
  await server.close();
});

describe('an invoice as PDF', () => {
  const paths = (id: string) => [
    [`/portal/${organisation.id}/invoices/${id}/pdf`, portal.headers] as const,
    [`/console/api/customers/${customerId}/invoices/${id}/pdf`, console.headers] as const,
    [`/invoices/${id}/download_invoice`, merchant] as const,
  ];

  it('takes a credential', async () => {
    const invoice = await addInvoice(server, scope());
    for (const [path] of paths(invoice.id)) {
      expect((await download(path, {})).status).toBe(401);
    }
  });

  it('comes for the customer, the staff and the backend, to be saved', async () => {
    const invoice = await addInvoice(server, scope(), { invoice_number: 'INV/2026 №7', currency: 'JPY' });
    await addLineItem(server, invoice, { name: 'Compute' });
    for (const [path, headers] of paths(invoice.id)) {
      const file = await download(path, headers);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toBe('application/pdf');
      expect(file.headers.get('cache-control')).toBe('no-store');
      expect(file.headers.get('content-disposition')).toBe('attachment; filename=invoice-INV-2026-7.pdf');
      const text = await pageText(file);
      expect(text).toContain("Bill to O'Hara & Sons 1 Pier Road Bristol, BS1 4DJ United Kingdom GB VAT GB999");
      expect(text).toContain('Compute 1 ¥100 ¥10,000');
    }
  });

  it('is there of a draft for staff and backend only', async () => {
    const invoice = await addInvoice(server, scope(), { status: 'draft' });
    const [ofPortal, ofConsole, ofMerchant] = await Promise.all(
      paths(invoice.id).map(([path, headers]) => download(path, headers)),
    );
    expect([ofPortal?.status, ofConsole?.status, ofMerchant?.status]).toEqual([404, 200, 200]);
    expect(await pageText(ofMerchant as File)).toContain('Invoice DRAFT');
  });

  it('stays for the backend when the customer is deleted', async () => {
    const gone = await addCustomer(server, organisation.id, { customer_name: 'Gone & Sons' });
    const owner = { organisationId: organisation.id, customerId: gone };
    const [invoice, payment] = [await addInvoice(server, owner), await addPayment(server, owner)];
    await server.request('DELETE', `/customers/${gone}`, { headers: merchant });
    for (const path of [`/invoices/${invoice.id}/download_invoice`, `/payments/${payment.id}/download_receipt`]) {
      const file = await download(path, merchant);
      expect(file.status).toBe(200);
      expect(await pageText(file)).toContain('Gone & Sons');
    }
    const ofStaff = await download(`/console/api/customers/${gone}/invoices/${invoice.id}/pdf`, console.headers);
    expect([ofStaff.status, codeOf(ofStaff)]).toEqual([404, 'customer_not_found']);
  });

  it('is not there for anybody else, nor without an invoice', async () => {
    const stranger = await addCustomer(server, organisation.id);
    const foreign = await addInvoice(server, { organisationId: organisation.id, customerId: stranger });
    const otherCustomer = await addCustomer(server, other.id);
    const elsewhere = await addInvoice(server, { organisationId: other.id, customerId: otherCustomer });
    for (const id of [foreign.id, elsewhere.id, unknown]) {
      for (const [path, headers] of paths(id).slice(0, id === foreign.id ? 2 : 3)) {
        const file = await download(path, headers);
        expect(file.status).toBe(404);
        expect(codeOf(file)).toBe('invoice_not_found');
      }
    }
  });

  it('refuses what is no id, and a session without invoices', async () => {
    expect((await download('/invoices/seven/download_invoice', merchant)).status).toBe(422);
    const invoice = await addInvoice(server, scope());
    const narrow = await openPortal(server, organisation, customerId, { sections: ['payments'] });
    const file = await download(`/portal/${organisation.id}/invoices/${invoice.id}/pdf`, narrow.headers);
    expect(file.status).toBe(403);
  });

  it('names no more of the organisation than it has, and does without a logo that cannot be fetched', async () => {
    const id = await transact(server.db, (trx) =>
      createOrganisation(trx, server.clock, {
        name: 'شركة',
        allowedOrigins: [],
        branding: { logo_url: 'http://127.0.0.1/logo.png', accent: '#fff' },
      }),
    );
    const own = { organisationId: id, customerId: await addCustomer(server, id) };
    const invoice = await addInvoice(server, own);
    const staff = await openConsole(server, id, { email: 'someone@elsewhere.example' });
    const file = await download(`/console/api/customers/${own.customerId}/invoices/${invoice.id}/pdf`, staff.headers);
    expect(file.status).toBe(200);
    const text = await pageText(file);
    expect(text).not.toContain('null');
    expect(text).not.toContain('Northwind');
  });
});

describe('a receipt as PDF', () => {
  const paths = (id: string) => [
    [`/portal/${organisation.id}/payments/${id}/receipt`, portal.headers] as const,
    [`/console/api/customers/${customerId}/payments/${id}/receipt`, console.headers] as const,
    [`/payments/${id}/download_receipt`, merchant] as const,
  ];

  it('says what was paid, how, and for which invoices', async () => {
    const invoice = await addInvoice(server, scope(), { invoice_number: 'INV-11' });
    const payment = await addPayment(server, scope(), {
      receipt_number: 'RCT-9',
      status: 'partially_refunded',
      amount_refunded: 1_500,
      payment_method_details: JSON.stringify({ brand: 'visa', last4: '4242' }),
    });
    await allocate(server, payment, invoice, 6_000);
    for (const [path, headers] of paths(payment.id)) {
      const file = await download(path, headers);
      expect(file.headers.get('content-disposition')).toBe('attachment; filename=receipt-RCT-9.pdf');
      const text = await pageText(file);
      for (const fact of [
        'Receipt PARTIALLY REFUNDED Receipt number RCT-9 Date paid Nov 10, 2026',
        'Payment method Visa ending in 4242',
        "Received from O'Hara & Sons",
        '$100.00 USD paid on Nov 10, 2026',
        'INV-11 $60.00 Not applied to an invoice $40.00',
        'Amount paid $100.00 USD Refunded since -$15.00 Kept $85.00 USD',
      ]) {
        expect(text).toContain(fact);
      }
    }
  });

  it('is there of a refund, and names the payment that was returned', async () => {
    const payment = await addPayment(server, scope(), { receipt_number: 'RCT-20', status: 'refunded' });
    const refund = await addPayment(server, scope(), {
      type: 'refund',
      parent_id: payment.id,
      receipt_number: 'RCT-21',
      currency_code: 'KWD',
    });
    const text = await pageText(await download(`/payments/${refund.id}/download_receipt`, merchant));
    expect(text).toContain('Refund receipt Receipt number RCT-21');
    expect(text).toContain('Refund of RCT-20');
    expect(text).toContain('KWD 10.000 refunded on Nov 10, 2026');
  });

  it('is not available before the money has moved', async () => {
    for (const values of [{ status: 'failed' }, { status: 'in_progress' }, { type: 'authorization' }] as const) {
      const payment = await addPayment(server, scope(), values);
      for (const [path, headers] of paths(payment.id)) {
        const file = await download(path, headers);
        expect(file.status).toBe(404);
        expect(codeOf(file)).toBe('receipt_not_available');
      }
    }
  });

  it('is not there for anybody else', async () => {
    const stranger = await addCustomer(server, organisation.id);
    const foreign = await addPayment(server, { organisationId: organisation.id, customerId: stranger });
    for (const [path, headers] of paths(foreign.id).slice(0, 2)) {
      const file = await download(path, headers);
      expect([file.status, codeOf(file)]).toEqual([404, 'payment_not_found']);
    }
    const headers = { organisation: other.id, 'x-api-key': other.apiKey };
    const file = await download(`/payments/${foreign.id}/download_receipt`, headers);
    expect([file.status, codeOf(file)]).toEqual([404, 'payment_not_found']);
  });
});

describe('a statement as PDF', () => {
  it('balances, each currency on its own', async () => {
    const own = { organisationId: organisation.id, customerId: await addCustomer(server, organisation.id) };
    const invoice = await addInvoice(server, own, {
      invoice_number: 'INV-31',
      amount_due: 4_000,
      paid_amount: 6_000,
      status: 'partially_paid',
      due_date: '2026-11-05T00:00:00.000Z',
    });
    await allocate(server, await addPayment(server, own, { amount: 6_000, receipt_number: 'RCT-31' }), invoice, 6_000);
    await addInvoice(server, own, { currency: 'JPY', invoice_number: 'INV-32' });
    const file = await download(`/customers/${own.customerId}/statement?from=2026-11-01&to=2026-11-23`, merchant);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    const content = await readPdf(file.bytes);
    expect(content).toMatchObject({ title: 'Statement of account, Nov 1, 2026 to Nov 23, 2026', isTagged: true });
    const text = content.pages.join(' ');
    for (const fact of [
      'Period Nov 1, 2026 – Nov 23, 2026',
      '$40.00 USD owed on Nov 23, 2026',
      'Opening balance Nov 1, 2026 $0.00',
      'Invoice INV-31 Due Nov 5, 2026 Nov 1, 2026 $100.00 $100.00',
      'Payment for INV-31 (Card) RCT-31 Nov 10, 2026 $60.00 $40.00',
      'Closing balance Nov 23, 2026 $100.00 $60.00 $40.00',
      'Overdue by 1 to 30 days $40.00',
      '¥10,000 JPY owed on Nov 23, 2026',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('says so when there is nothing', async () => {
    const idle = await addCustomer(server, organisation.id);
    const file = await download(`/customers/${idle}/statement?from=2026-11-01&to=2026-11-23`, merchant);
    expect(await pageText(file)).toContain('Nothing was owed, and nothing was paid, on these days.');
  });
});
