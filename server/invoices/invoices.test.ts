import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvoiceOrderField, InvoiceStatus } from '#contract/invoices.ts';
import { addCreditNote } from '../testing/builders/credit-notes.ts';
import { addAddress, addCustomer } from '../testing/builders/customers.ts';
import { addInvoice, addLineItem } from '../testing/builders/invoices.ts';
import { noteChange } from '../testing/builders/note-change.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import type { InvoiceTable } from './invoices.table.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId) };
};

const list = async (portal: PortalClient, query = '') => {
  const { status, body } = await portal.get(`/invoices?limit=100${query}`);
  expect(status).toBe(200);
  return body as unknown as { results: Record<string, unknown>[]; total_count: number };
};

const numbers = async (portal: PortalClient, query = '') =>
  (await list(portal, query)).results.map((invoice) => invoice['invoice_number']);

describe('GET /portal/{organisation}/invoices', () => {
  it('answers 401 without a credential', async () => {
    const { status, body } = await server.request('GET', `/portal/${organisation.id}/invoices`);
    expect(status).toBe(401);
    expect(body['code']).toBe('access_token_invalid');
  });

  it('answers 401 on the path of another organisation', async () => {
    const { portal } = await newCustomer();
    const other = await server.addOrganisation('Other');
    const { status } = await server.request('GET', `/portal/${other.id}/invoices`, { headers: portal.headers });
    expect(status).toBe(401);
  });

  it('answers 403 to a session without the section', async () => {
    const customerId = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, customerId, { sections: ['payments'] });
    const { status, body } = await portal.get('/invoices');
    expect(status).toBe(403);
    expect(body['code']).toBe('scope_insufficient');
  });

  it.each([
    ['an unknown parameter', 'colour=red', ['query', 'colour']],
    ['a limit of no number', 'limit=ten', ['query', 'limit']],
    ['a limit beyond the largest', 'limit=101', ['query', 'limit']],
    ['an unknown order', 'order=notes', ['query', 'order']],
    ['a status that customers never see', 'status__in=draft', ['query', 'status__in', 0]],
    ['a day that does not exist', 'due_date__gte=2026-02-30', ['query', 'due_date__gte']],
    ['a boolean of another spelling', 'is_overdue=1', ['query', 'is_overdue']],
    ['an order given twice', 'order=status&order=status', ['query', 'order']],
    ['a search that SQLite would end at once, and find all', 'search=%00', ['query', 'search']],
  ])('answers 422 to %s', async (_, query, loc) => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.get(`/invoices?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'request_invalid', detail: [{ loc }] });
  });

  it('answers the wire fields and no others', async () => {
    const { scope, portal } = await newCustomer();
    await addInvoice(server, scope, {
      id: '019aaaaa-0000-7000-8000-000000000001',
      invoice_number: 'INV-1',
      invoice_total: 12_000,
      net_invoice_total: 11_000,
      amount_due: 11_000,
      due_date: null,
      promise_due_date: '2026-11-20T00:00:00.000Z',
      period_begin: '2026-10-01T00:00:00.000Z',
      period_end_exclusive: '2026-11-01T00:00:00.000Z',
      notes: 'secret note',
      external_id: 'ext-1',
      custom_data: '{"internal":true}',
    });
    const { body, headers } = await portal.get('/invoices');
    expect(body).toEqual({
      results: [
        {
          id: '019aaaaa-0000-7000-8000-000000000001',
          invoice_number: 'INV-1',
          status: 'approved',
          currency: 'USD',
          invoice_total: 11_000,
          amount_due: 11_000,
          due_date: '2026-11-20T00:00:00.000Z',
          invoice_period: {
            begin_date: '2026-10-01T00:00:00.000Z',
            end_date_exclusive: '2026-11-01T00:00:00.000Z',
          },
          created_at: '2026-11-01T00:00:00.000Z',
          is_overdue: true,
          days_overdue: 3,
        },
      ],
      next: null,
      previous: null,
      total_count: 1,
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is empty for a new customer', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get('/invoices')).body).toEqual({ results: [], next: null, previous: null, total_count: 0 });
  });

  it("leaves out drafts, edited and discarded ones, other customers' and other organisations'", async () => {
    const { scope, portal } = await newCustomer();
    for (const status of InvoiceStatus.options) {
      await addInvoice(server, scope, { invoice_number: status, status });
    }
    const stranger = await newCustomer();
    await addInvoice(server, stranger.scope, { invoice_number: 'stranger' });
    const other = await server.addOrganisation('Other');
    await addCustomer(server, other.id, { id: scope.customerId });
    await addInvoice(server, { organisationId: other.id, customerId: scope.customerId }, { invoice_number: 'other' });

    const { results, total_count } = await list(portal, '&order=invoice_number');
    expect(results.map((invoice) => invoice['invoice_number'])).toEqual([
      'approved',
      'paid',
      'partially_paid',
      'upcoming',
      'void',
    ]);
    expect(total_count).toBe(5);
    expect((await portal.get('/invoices?limit=2')).body['total_count']).toBe(5);
  });

  it.each(['JPY', 'KWD'])('passes minor units of %s through as they are', async (currency) => {
    const { scope, portal } = await newCustomer();
    await addInvoice(server, scope, { currency, invoice_total: 1_234_567, amount_due: 1 });
    expect((await list(portal)).results).toMatchObject([{ currency, invoice_total: 1_234_567, amount_due: 1 }]);
  });
});

describe('filters of the invoice list', () => {
  let portal: PortalClient;

  beforeAll(async () => {
    const customer = await newCustomer();
    portal = customer.portal;
    const add = (invoice_number: string, values: Partial<InvoiceTable>) =>
      addInvoice(server, customer.scope, { invoice_number, ...values });
    await add("O'Hara-100%", { due_date: '2026-11-22T23:59:59.999Z', created_at: '2026-10-01T00:00:00.000Z' });
    await add('due_today', { due_date: '2026-11-23T00:00:00.000Z', created_at: '2026-10-02T12:00:00.000Z' });
    await add('part', {
      status: 'partially_paid',
      due_date: '2026-11-01T00:00:00.000Z',
      created_at: '2026-10-03T23:59:59.999Z',
    });
    await add('paid', {
      status: 'paid',
      amount_due: 0,
      due_date: '2026-11-01T00:00:00.000Z',
      created_at: '2026-10-04T00:00:00.000Z',
    });
    await add('back\\slash', { due_date: null, created_at: '2026-10-05T00:00:00.000Z' });
    await add('upcoming', { status: 'upcoming', due_date: '2026-11-01T00:00:00.000Z' });
    await add('void', { status: 'void', amount_due: 0, due_date: '2026-11-01T00:00:00.000Z' });
  });

  it.each([
    ['search=HARA', ["O'Hara-100%"]],
    ["search=o'h", ["O'Hara-100%"]],
    ['search=%25', ["O'Hara-100%"]],
    ['search=_', ['due_today']],
    ['search=%5C', ['back\\slash']],
    ['search=', 7],
    ['search=%20paid%20', ['paid']],
    ['search=nothing', []],
    ['status__in=paid', ['paid']],
    ['status__in=paid,void', ['paid', 'void']],
    ['status__in=paid&status__in=void', ['paid', 'void']],
    ['is_overdue=true', ["O'Hara-100%", 'part']],
    ['is_overdue=false', ['back\\slash', 'due_today', 'paid', 'upcoming', 'void']],
    ['status__in=paid&is_overdue=true', ["O'Hara-100%", 'paid', 'part']],
    ['status__in=approved&is_overdue=false', ['back\\slash', 'due_today']],
    ['due_date__lte=2026-11-22&due_date__gte=2026-11-22', ["O'Hara-100%"]],
    ['due_date__gte=2026-11-23', ['due_today']],
    ['due_date__lte=2026-11-22T23:59:59.998Z&status__in=approved', []],
    ['due_date__lte=2026-11-22T23:59:59.999Z&status__in=approved', ["O'Hara-100%"]],
    ['created_at__gte=2026-10-02&created_at__lte=2026-10-03', ['due_today', 'part']],
    ['created_at__gte=2026-10-02T14:00:00%2B02:00&created_at__lte=2026-10-02T12:00:00', ['due_today']],
    ['created_at__gte=2026-10-04&created_at__lte=2026-10-01', []],
  ])('%s', async (query, expected) => {
    const found = await numbers(portal, `&order=invoice_number&${query}`);
    expect(typeof expected === 'number' ? found.length : found).toEqual(expected);
  });

  it('counts what matches on all pages', async () => {
    const { body } = await portal.get('/invoices?limit=1&status__in=approved');
    expect(body).toMatchObject({ total_count: 3, previous: null, next: expect.any(String) });
  });

  it('counts days in the billing time zone of the customer', async () => {
    const customer = await newCustomer({ time_zone: 'America/New_York' });
    const add = (invoice_number: string, due_date: string) =>
      addInvoice(server, customer.scope, { invoice_number, due_date, created_at: due_date });
    await add('yesterday', '2026-11-23T04:59:59.999Z');
    await add('today', '2026-11-23T05:00:00.000Z');
    expect(await numbers(customer.portal, '&is_overdue=true')).toEqual(['yesterday']);
    expect(await numbers(customer.portal, '&due_date__gte=2026-11-23')).toEqual(['today']);
    expect(await numbers(customer.portal, '&created_at__lte=2026-11-22')).toEqual(['yesterday']);
    expect((await list(customer.portal)).results).toMatchObject([
      { is_overdue: false, days_overdue: null },
      { is_overdue: true, days_overdue: 1 },
    ]);
  });
});

describe('pages of the invoice list', () => {
  let portal: PortalClient;
  const rows: InvoiceTable[] = [];

  const keys: Record<InvoiceOrderField, (row: InvoiceTable) => string | number | null> = {
    invoice_number: (row) => row.invoice_number,
    status: (row) => row.status,
    invoice_total: (row) => row.net_invoice_total ?? row.invoice_total,
    due_date: (row) => row.due_date ?? row.promise_due_date,
    amount_due: (row) => row.amount_due,
    invoice_period: (row) => row.period_begin,
    created_at: (row) => row.created_at,
  };

  const sorted = (field: InvoiceOrderField, isDescending: boolean): string[] => {
    const key = keys[field];
    const sign = isDescending ? -1 : 1;
    const compare = <Value extends string | number>(one: Value, other: Value) =>
      one === other ? 0 : one < other ? -sign : sign;
    return rows
      .toSorted((a, b) => {
        const [one, other] = [key(a), key(b)];
        if (one === null || other === null) {
          return Number(one === null) - Number(other === null) || compare(a.id, b.id);
        }
        return compare(one, other) || compare(a.id, b.id);
      })
      .map(({ id }) => id);
  };

  beforeAll(async () => {
    const customer = await newCustomer();
    portal = customer.portal;
    const statuses = ['approved', 'paid', 'partially_paid', 'void', 'upcoming'] as const;
    for (let index = 0; index < 37; index += 1) {
      const day = String((index % 9) + 1).padStart(2, '0');
      rows.push(
        await addInvoice(server, customer.scope, {
          invoice_number: `INV-${(index * 7) % 20}`,
          status: statuses[index % 5] ?? 'approved',
          invoice_total: (index % 4) * 1_000,
          net_invoice_total: index % 3 === 0 ? (index % 5) * 900 : null,
          amount_due: (index % 6) * 500,
          created_at: `2026-10-${day}T00:00:00.000Z`,
          due_date: index % 4 === 0 ? null : `2026-12-${day}T00:00:00.000Z`,
          promise_due_date: index % 8 === 0 ? `2026-12-0${(index % 3) + 1}T00:00:00.000Z` : null,
          period_begin: index % 5 === 0 ? null : `2026-09-${day}T00:00:00.000Z`,
          period_end_exclusive: index % 5 === 0 ? null : `2026-10-${day}T00:00:00.000Z`,
        }),
      );
    }
  });

  it.each(InvoiceOrderField.options.flatMap((field) => [field, `-${field}`]))(
    'walks to the end and back in order %s',
    async (order) => {
      const expected = sorted(order.replace('-', '') as InvoiceOrderField, order.startsWith('-'));
      const walk = await walkPages(portal, `/invoices?limit=5&order=${order}`);
      expect(walk.forwards).toEqual(expected);
      expect(walk.backwards).toEqual(expected);
      expect(walk.totals).toEqual([37]);
      expect(walk.isFirstAgain).toBe(true);
    },
  );

  it('neither repeats nor skips a row when another comes in between', async () => {
    const customer = await newCustomer();
    for (const day of ['01', '02', '03', '04']) {
      await addInvoice(server, customer.scope, { invoice_number: day, created_at: `2026-10-${day}T00:00:00.000Z` });
    }
    const first = await customer.portal.get('/invoices?limit=2');
    await addInvoice(server, customer.scope, { invoice_number: 'new', created_at: '2026-10-09T00:00:00.000Z' });
    await noteChange(server, customer.scope);
    const second = await customer.portal.get(`/invoices?limit=2&cursor=${String(first.body['next'])}`);
    expect(second.body).toMatchObject({
      results: [{ invoice_number: '02' }, { invoice_number: '01' }],
      next: null,
      total_count: 5,
    });
  });

  describe('a cursor', () => {
    const cursor = async () => String((await portal.get('/invoices?limit=5')).body['next']);
    const refusal = { code: 'cursor_invalid', detail: [{ loc: ['query', 'cursor'] }] };

    it.each([
      ['another order', (text: string) => `order=created_at&cursor=${text}`],
      ['a changed last character', (text: string) => `cursor=${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`],
      ['a changed first character', (text: string) => `cursor=X${text.slice(1)}`],
      ['something after it', (text: string) => `cursor=${text}.x`],
      ['no signature', (text: string) => `cursor=${text.split('.')[0] ?? ''}`],
      ['nonsense', () => 'cursor=nonsense'],
    ])('is refused with %s', async (_, query) => {
      const { status, body } = await portal.get(`/invoices?${query(await cursor())}`);
      expect(status).toBe(422);
      expect(body).toMatchObject(refusal);
    });

    it('is refused by another list', async () => {
      const created = String((await portal.get('/invoices?limit=5&order=status')).body['next']);
      const { status, body } = await portal.get(`/payments?order=status&cursor=${created}`);
      expect(status).toBe(422);
      expect(body).toMatchObject(refusal);
    });
  });
});

describe('GET /portal/{organisation}/invoices/{invoice}', () => {
  const missing = '019aaaaa-0000-7000-8000-0000000000ff';
  const withoutRequestId = (body: Record<string, unknown>) => ({ ...body, request_id: '' });

  it('answers 401 without a credential', async () => {
    const { status } = await server.request('GET', `/portal/${organisation.id}/invoices/${missing}`);
    expect(status).toBe(401);
  });

  it('answers 422 to an id of another form', async () => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.get("/invoices/'%20or%201=1");
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: ['path', 'invoice_id'] }] });
  });

  it('answers 422 to a query parameter', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get(`/invoices/${missing}?expand=all`)).status).toBe(422);
  });

  it("answers the same 404 for a missing, a hidden, another customer's and another organisation's invoice", async () => {
    const { scope, portal } = await newCustomer();
    const stranger = await newCustomer();
    const other = await server.addOrganisation('Other');
    const abroad = { organisationId: other.id, customerId: await addCustomer(server, other.id) };
    const refused = [
      await addInvoice(server, scope, { status: 'draft' }),
      await addInvoice(server, scope, { status: 'edited' }),
      await addInvoice(server, scope, { status: 'discarded' }),
      await addInvoice(server, stranger.scope),
      await addInvoice(server, abroad),
    ];
    const reference = await portal.get(`/invoices/${missing}`);
    expect(reference.status).toBe(404);
    expect(reference.body['code']).toBe('invoice_not_found');
    for (const { id } of refused) {
      const { status, body } = await portal.get(`/invoices/${id}`);
      expect(status).toBe(404);
      expect(withoutRequestId(body)).toEqual(withoutRequestId(reference.body));
    }
  });

  it('answers the whole invoice', async () => {
    const { scope, portal } = await newCustomer({ customer_name: "O'Hara", email: 'billing@ohara.example' });
    await addAddress(server, scope, { is_default_billing: 1, line1: '1 Pier Road' });
    await addAddress(server, scope, { is_default_shipping: 1, line1: '2 Dock Lane' });
    await addAddress(server, scope, { line1: '3 Former Street' });
    const invoice = await addInvoice(server, scope, {
      status: 'partially_paid',
      paid_amount: 4_000,
      amount_due: 5_000,
      notes: 'Thank you',
      custom_data: '{"internal":true}',
    });
    await addLineItem(server, invoice, { position: 1, name: 'Support', is_proration: 1 });
    await addLineItem(server, invoice, {
      position: 0,
      name: 'Seats',
      quantity: 2.5,
      unit: 'seats',
      unit_price: '0.0025',
      tax_rate: '8.25',
      period_begin: '2026-10-01T00:00:00.000Z',
      period_end_exclusive: '2026-11-01T00:00:00.000Z',
    });
    const payment = await addPayment(server, scope, {
      amount: 9_000,
      amount_refunded: 500,
      status: 'partially_refunded',
      receipt_number: 'R-1',
      payment_method_details: '{"brand":"visa","last4":"4242","fingerprint":"f00"}',
    });
    const refund = await addPayment(server, scope, {
      type: 'refund',
      amount: 500,
      parent_id: payment.id,
      timestamp: '2026-11-15T10:00:00.000Z',
    });
    await allocate(server, payment, invoice, 4_500);
    await allocate(server, refund, invoice, 500);
    await addCreditNote(server, invoice, { amount: 1_000, status: 'issued', reason: 'Outage' });
    await addCreditNote(server, invoice, { amount: 300, status: 'paid' });
    await addCreditNote(server, invoice, { amount: 70, status: 'void' });
    await addCreditNote(server, invoice, { amount: 7, status: 'in_progress' });

    const { status, body, text } = await portal.get(`/invoices/${invoice.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: invoice.id,
      paid_amount: 4_000,
      credited_amount: 1_300,
      notes: 'Thank you',
      contract: null,
      from: { name: 'Northwind Cloud' },
      customer: {
        id: scope.customerId,
        customer_name: "O'Hara",
        email: 'billing@ohara.example',
        address: { line1: '1 Pier Road', zipCode: 'BS1 4DJ' },
        ship_to_address: { line1: '2 Dock Lane' },
      },
      line_items: [
        {
          name: 'Seats',
          quantity: 2.5,
          unit: 'seats',
          unit_price: '0.0025',
          tax_rate: '8.25',
          period: { begin_date: '2026-10-01T00:00:00.000Z', end_date_exclusive: '2026-11-01T00:00:00.000Z' },
          is_proration: false,
        },
        { name: 'Support', period: null, tax_rate: null, is_proration: true },
      ],
      payments: [
        {
          id: payment.id,
          type: 'payment',
          amount: 4_500,
          receipt_number: 'R-1',
          payment_method_details: { brand: 'visa', last4: '4242' },
        },
        { id: refund.id, type: 'refund', amount: 500 },
      ],
      credit_notes: [
        { amount: 1_000, status: 'issued', reason: 'Outage' },
        { amount: 300 },
        { amount: 70 },
        { amount: 7 },
      ],
    });
    for (const secret of ['internal', 'fingerprint', 'organisation_id', 'Former Street', 'keyset']) {
      expect(text).not.toContain(secret);
    }
  });
});
