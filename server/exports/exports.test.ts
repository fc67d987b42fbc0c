import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addEntitlement } from '../testing/builders/entitlements.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let staff: ConsoleClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  staff = await openConsole(server, organisation.id);
});
afterAll(() => server.close());

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}, settings = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId, settings) };
};

const rowsOf = (answer: Answer): Record<string, string>[] => {
  expect(answer.status, answer.text).toBe(200);
  return parse(answer.text, { columns: true, record_delimiter: '\r\n' });
};

const lists = ['invoices', 'payments', 'entitlements'] as const;

describe.each(lists)('GET /portal/{organisation}/exports/%s', (list) => {
  it('answers 401 without a credential', async () => {
    expect((await server.request('GET', `/portal/${organisation.id}/exports/${list}`)).status).toBe(401);
  });

  it('answers 403 to a session without the section', async () => {
    const { portal } = await newCustomer({}, { sections: lists.filter((section) => section !== list) });
    const { status, body } = await portal.get(`/exports/${list}`);
    expect([status, body['code']]).toEqual([403, 'scope_insufficient']);
  });

  it.each(['limit=10', 'cursor=x', 'format=xlsx', 'order=colour', 'status__in=green'])(
    'answers 422 to %s',
    async (query) => {
      const { portal } = await newCustomer();
      expect((await portal.get(`/exports/${list}?${query}`)).status).toBe(422);
    },
  );

  it('is a file of headings for a new customer, to be saved and not kept', async () => {
    const { portal } = await newCustomer({ time_zone: 'Pacific/Kiritimati' });
    const { status, headers, text } = await portal.get(`/exports/${list}`);
    expect(status).toBe(200);
    expect(text.split('\r\n')).toHaveLength(2);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe(`attachment; filename=${list}-2026-11-24.csv`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toBe('sandbox');
  });

  it('is there for a session that may only read', async () => {
    const { portal } = await newCustomer({}, { read_only: true });
    expect((await portal.get(`/exports/${list}`)).status).toBe(200);
  });

  it('begins with a byte order mark for Excel', async () => {
    const { portal } = await newCustomer();
    const url = `${server.address}/portal/${organisation.id}/exports/${list}?format=excel`;
    const bytes = await (await fetch(url, { headers: portal.headers })).bytes();
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('shows nothing of anybody else', async () => {
    const { scope, portal } = await newCustomer();
    const neighbour = await newCustomer();
    const elsewhere = await server.addOrganisation('Elsewhere');
    const foreign = {
      organisationId: elsewhere.id,
      customerId: await addCustomer(server, elsewhere.id, { id: scope.customerId }),
    };
    for (const other of [neighbour.scope, foreign]) {
      await addInvoice(server, other);
      await addPayment(server, other);
      await addEntitlement(server, other);
    }
    expect(rowsOf(await portal.get(`/exports/${list}`))).toEqual([]);
    expect(rowsOf(await neighbour.portal.get(`/exports/${list}`))).toHaveLength(1);
  });
});

describe('the invoices of an export', () => {
  it('are all that the list shows of them, by the days of the customer', async () => {
    const { scope, portal } = await newCustomer({ time_zone: 'America/New_York' });
    const invoice = await addInvoice(server, scope, {
      invoice_number: "=INV'7",
      status: 'partially_paid',
      currency: 'KWD',
      net_invoice_total: 1_234_567,
      amount_due: 4_005,
      due_date: '2026-11-21T05:00:00.000Z',
      period_begin: '2026-10-01T04:00:00.000Z',
      period_end_exclusive: '2026-11-01T04:00:00.000Z',
      created_at: '2026-11-02T03:59:59.000Z',
    });
    const yen = await addInvoice(server, scope, {
      currency: 'JPY',
      invoice_total: 120_500,
      amount_due: 120_500,
      due_date: null,
    });
    expect(rowsOf(await portal.get('/exports/invoices?order=-created_at'))).toEqual([
      {
        'Invoice ID': "'=INV'7",
        Status: 'Partially paid',
        'Days overdue': '2',
        Currency: 'KWD',
        'Invoice total': '1234.567',
        'Amount due': '4.005',
        'Due date': '2026-11-21',
        'Billing period from': '2026-10-01',
        'Billing period to': '2026-10-31',
        'Generated on': '2026-11-01',
        'Generated at (UTC)': '2026-11-02T03:59:59.000Z',
        ID: invoice.id,
      },
      expect.objectContaining({
        'Invoice ID': yen.invoice_number,
        Status: 'Approved',
        'Days overdue': '',
        'Invoice total': '120500',
        'Due date': '',
        'Billing period from': '',
      }),
    ]);
  });

  it('are those of the filters, in the order asked for', async () => {
    const { scope, portal } = await newCustomer();
    for (const [number, amount_due, status] of [
      ['A-1', 300, 'approved'],
      ['A-2', 100, 'approved'],
      ['A-3', 200, 'paid'],
      ['B-4', 400, 'approved'],
      ['A-5', 500, 'draft'],
      ['A-6', 600, 'discarded'],
    ] as const) {
      await addInvoice(server, scope, { invoice_number: number, amount_due, status });
    }
    const numbers = async (query: string) =>
      rowsOf(await portal.get(`/exports/invoices?${query}`)).map((row) => row['Invoice ID']);
    expect(await numbers('search=a-&status__in=approved&order=amount_due')).toEqual(['A-2', 'A-1']);
    expect(await numbers('order=-amount_due')).toEqual(['B-4', 'A-1', 'A-3', 'A-2']);
    expect(await numbers('is_overdue=true')).toEqual([]);
  });
});

describe('the payments of an export', () => {
  it('are all that the list shows of them; what went back is negative', async () => {
    const { scope, portal } = await newCustomer({ time_zone: 'Asia/Tokyo' });
    const invoice = await addInvoice(server, scope, { invoice_number: 'INV-7' });
    const draft = await addInvoice(server, scope, { invoice_number: 'SECRET', status: 'draft' });
    const payment = await addPayment(server, scope, {
      timestamp: '2026-11-10T15:00:00.000Z',
      status: 'partially_refunded',
      amount_refunded: 1_250,
      receipt_number: 'RCT-1',
      payment_method_details: '{"brand":"visa","last4":"4242"}',
    });
    await allocate(server, payment, invoice, 10_000);
    await allocate(server, payment, draft, 0);
    const refund = await addPayment(server, scope, {
      timestamp: '2026-11-12T00:00:00.000Z',
      type: 'refund',
      amount: 1_250,
      parent_id: payment.id,
      payment_method: 'bank_transfer',
    });
    const failed = await addPayment(server, scope, {
      timestamp: '2026-11-13T00:00:00.000Z',
      status: 'failed',
      currency_code: 'JPY',
      failure_message: '=Declined, "no funds";\n-1',
    });
    const answer = await portal.get('/exports/payments?order=timestamp');
    expect(answer.text).not.toContain('SECRET');
    expect(rowsOf(answer)).toEqual([
      {
        Date: '2026-11-11',
        'Time (UTC)': '2026-11-10T15:00:00.000Z',
        Description: 'Payment for INV-7',
        Type: 'Payment',
        Status: 'Partially refunded',
        Method: 'Visa ending in 4242',
        Currency: 'USD',
        Amount: '100.00',
        'Amount refunded': '12.50',
        Receipt: 'RCT-1',
        Invoices: 'INV-7',
        Failure: '',
        ID: payment.id,
        'Refunded payment ID': '',
      },
      expect.objectContaining({
        Description: 'Refund of RCT-1',
        Type: 'Refund',
        Method: 'Bank transfer',
        Amount: '-12.50',
        Receipt: '',
        ID: refund.id,
        'Refunded payment ID': payment.id,
      }),
      expect.objectContaining({
        Status: 'Failed',
        Amount: '10000',
        Failure: '\'=Declined, "no funds";\n\'-1',
        ID: failed.id,
      }),
    ]);
    expect(rowsOf(await portal.get('/exports/payments?type__in=refund')).map((row) => row['ID'])).toEqual([refund.id]);
  });
});

describe('the entitlements of an export', () => {
  it('are all that the list shows of them', async () => {
    const { scope, portal } = await newCustomer();
    const counted = await addEntitlement(
      server,
      scope,
      { name: 'API calls', description: 'Per month' },
      { quantity: 1_000_000, quantity_used: 0.0000005, expiry_at: '2027-01-01T00:00:00.000Z' },
    );
    const unlimited = await addEntitlement(
      server,
      scope,
      { name: 'Storage' },
      { quantity: null, quantity_used: 12.75 },
    );
    const feature = await addEntitlement(
      server,
      scope,
      { name: 'Single sign-on', entitlement_type: 'Feature', units: null },
      { quantity: 0, active_from: '2026-12-01T00:00:00.000Z' },
    );
    expect(rowsOf(await portal.get('/exports/entitlements'))).toEqual([
      {
        Entitlement: 'API calls',
        Description: 'Per month',
        Type: 'Quantity',
        Status: 'Active',
        Allowance: 'Limited',
        Unit: 'calls',
        Quantity: '1000000',
        Used: '0.000001',
        Remaining: '1000000',
        'Active from': '2026-01-01',
        'Expires on': '2027-01-01',
        'Renews on': '',
        Contract: '',
        Product: '',
        Invoice: '',
        ID: counted.id,
      },
      expect.objectContaining({
        Entitlement: 'Single sign-on',
        Status: 'Upcoming',
        Allowance: 'Not included',
        Quantity: '',
        ID: feature.id,
      }),
      expect.objectContaining({ Allowance: 'Unlimited', Quantity: '', Used: '12.75', Remaining: '', ID: unlimited.id }),
    ]);
    expect(rowsOf(await portal.get('/exports/entitlements?status__in=upcoming'))).toHaveLength(1);
  });
});

describe.each(lists)('GET /console/api/customers/{customer}/exports/%s', (list) => {
  it('answers 401 to who is not logged in', async () => {
    const { scope } = await newCustomer();
    const path = `/console/api/customers/${scope.customerId}/exports/${list}`;
    expect((await server.request('GET', path)).status).toBe(401);
  });

  it("answers the same 404 to another organisation's customer and to none", async () => {
    const elsewhere = await server.addOrganisation('Elsewhere');
    for (const id of [await addCustomer(server, elsewhere.id), '0199a000-0000-7000-8000-00000000dead']) {
      const { status, body } = await staff.get(`/customers/${id}/exports/${list}`);
      expect([status, body['code']]).toEqual([404, 'customer_not_found']);
    }
  });

  it('has the rows of that customer', async () => {
    const { scope } = await newCustomer();
    await addInvoice(server, scope, { status: 'draft' });
    await addPayment(server, scope);
    await addEntitlement(server, scope);
    const rows = rowsOf(await staff.get(`/customers/${scope.customerId}/exports/${list}`));
    expect(rows).toHaveLength(1);
  });
});
