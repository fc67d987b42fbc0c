import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentOrderField } from '#contract/payments.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import type { PaymentTable } from './payments.table.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const newCustomer = async () => {
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId) };
};

const receipts = async (portal: PortalClient, query: string) => {
  const { status, body } = await portal.get(`/payments?limit=100&${query}`);
  expect(status).toBe(200);
  return (body['results'] as { receipt_number: string }[]).map((payment) => payment.receipt_number);
};

describe('GET /portal/{organisation}/payments', () => {
  it('answers 401 without a credential', async () => {
    const { status, body } = await server.request('GET', `/portal/${organisation.id}/payments`);
    expect(status).toBe(401);
    expect(body['code']).toBe('access_token_invalid');
  });

  it('answers 403 to a session without the section', async () => {
    const customerId = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, customerId, { sections: ['invoices'] });
    expect((await portal.get('/payments')).body['code']).toBe('scope_insufficient');
  });

  it.each([
    ['an unknown parameter', 'invoice_id=1', ['query', 'invoice_id']],
    ['an unknown type', 'type__in=gift', ['query', 'type__in', 0]],
    ['an unknown status', 'status__in=success,lost', ['query', 'status__in', 1]],
    ['an unknown order', 'order=receipt_number', ['query', 'order']],
    ['unix seconds', 'timestamp__gte=1700000000', ['query', 'timestamp__gte']],
    ['a broken cursor', 'cursor=e30.e30', ['query', 'cursor']],
  ])('answers 422 to %s', async (_, query, loc) => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.get(`/payments?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it('is empty for a new customer', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get('/payments')).body).toEqual({ results: [], next: null, previous: null, total_count: 0 });
  });

  it('answers payments and refunds with their invoices, and no others', async () => {
    const { scope, portal } = await newCustomer();
    const first = await addInvoice(server, scope, { invoice_number: 'INV-1', created_at: '2026-01-01T00:00:00.000Z' });
    const second = await addInvoice(server, scope, { invoice_number: 'INV-2', created_at: '2026-02-01T00:00:00.000Z' });
    const hidden = await addInvoice(server, scope, { invoice_number: 'INV-DRAFT', status: 'draft' });
    const payment = await addPayment(server, scope, {
      status: 'partially_refunded',
      amount: 900,
      amount_refunded: 100,
      currency_code: 'JPY',
      external_id: 'pi_secret',
      receipt_number: 'R-1',
      payment_method_details: '{"brand":"visa","last4":"4242","fingerprint":"f00"}',
    });
    await allocate(server, payment, second, 300);
    await allocate(server, payment, first, 500);
    await allocate(server, payment, hidden, 100);
    const refund = await addPayment(server, scope, {
      type: 'refund',
      amount: 100,
      currency_code: 'JPY',
      parent_id: payment.id,
      timestamp: '2026-11-12T10:00:00.000Z',
    });
    const stranger = await newCustomer();
    await addPayment(server, stranger.scope);
    const other = await server.addOrganisation('Other');
    await addCustomer(server, other.id, { id: scope.customerId });
    await addPayment(server, { organisationId: other.id, customerId: scope.customerId });

    const { body } = await portal.get('/payments');
    expect(body).toEqual({
      results: [
        {
          id: refund.id,
          type: 'refund',
          status: 'success',
          amount: 100,
          amount_refunded: 0,
          currency_code: 'JPY',
          payment_method: 'card',
          payment_method_details: null,
          timestamp: '2026-11-12T10:00:00.000Z',
          receipt_number: null,
          failure_message: null,
          parent: { id: payment.id, receipt_number: 'R-1' },
          invoices: [],
        },
        {
          id: payment.id,
          type: 'payment',
          status: 'partially_refunded',
          amount: 900,
          amount_refunded: 100,
          currency_code: 'JPY',
          payment_method: 'card',
          payment_method_details: { brand: 'visa', last4: '4242' },
          timestamp: '2026-11-10T10:00:00.000Z',
          receipt_number: 'R-1',
          failure_message: null,
          parent: null,
          invoices: [
            { invoice_id: first.id, invoice_number: 'INV-1', amount: 500 },
            { invoice_id: second.id, invoice_number: 'INV-2', amount: 300 },
          ],
        },
      ],
      next: null,
      previous: null,
      total_count: 2,
    });
  });

  it('lists failed and voided payments too', async () => {
    const { scope, portal } = await newCustomer();
    await addPayment(server, scope, { receipt_number: 'F', status: 'failed', failure_message: 'Card declined' });
    await addPayment(server, scope, { receipt_number: 'V', status: 'voided' });
    const { body } = await portal.get('/payments?order=status');
    expect(body['results']).toMatchObject([{ failure_message: 'Card declined' }, { status: 'voided' }]);
  });
});

describe('filters of the payment list', () => {
  let portal: PortalClient;

  beforeAll(async () => {
    const customer = await newCustomer();
    portal = customer.portal;
    const add = (receipt_number: string, values: Partial<PaymentTable>) =>
      addPayment(server, customer.scope, { receipt_number, ...values });
    const invoice = await addInvoice(server, customer.scope, { invoice_number: 'INV_77%' });
    const draft = await addInvoice(server, customer.scope, { invoice_number: 'INV-HIDDEN', status: 'draft' });
    const a = await add("a'1", { timestamp: '2026-10-01T00:00:00.000Z' });
    await allocate(server, a, invoice, 100);
    await allocate(server, a, draft, 100);
    await add('b', { timestamp: '2026-10-02T23:59:59.999Z', type: 'refund' });
    await add('c', { timestamp: '2026-10-03T00:00:00.000Z', status: 'failed' });
    await add('INV_77', { timestamp: '2026-10-04T00:00:00.000Z', type: 'tax_withheld' });
  });

  it.each([
    ["search=A'1", ["a'1"]],
    ['search=inv_77', ["a'1", 'INV_77']],
    ['search=%25', ["a'1"]],
    ['search=_', ["a'1", 'INV_77']],
    ['search=HIDDEN', []],
    ['type__in=refund,tax_withheld', ['b', 'INV_77']],
    ['status__in=failed', ['c']],
    ['status__in=success&type__in=payment', ["a'1"]],
    ['timestamp__gte=2026-10-02&timestamp__lte=2026-10-02', ['b']],
    ['timestamp__gte=2026-10-03T00:00:00Z', ['c', 'INV_77']],
  ])('%s', async (query, expected) => {
    expect(await receipts(portal, `order=timestamp&${query}`)).toEqual(expected);
  });
});

describe('pages of the payment list', () => {
  let portal: PortalClient;
  const rows: PaymentTable[] = [];

  beforeAll(async () => {
    const customer = await newCustomer();
    portal = customer.portal;
    const types = ['payment', 'refund', 'tax_withheld'] as const;
    const statuses = ['success', 'failed', 'voided', 'created'] as const;
    const methods = ['card', 'upi', 'check'] as const;
    for (let index = 0; index < 23; index += 1) {
      rows.push(
        await addPayment(server, customer.scope, {
          timestamp: `2026-10-0${(index % 7) + 1}T00:00:00.000Z`,
          type: types[index % 3] ?? 'payment',
          status: statuses[index % 4] ?? 'success',
          payment_method: methods[(index * 2) % 3] ?? 'card',
          amount: (index % 5) * 100,
        }),
      );
    }
  });

  it.each(PaymentOrderField.options.flatMap((field) => [field, `-${field}`]))(
    'walks to the end and back in order %s',
    async (order) => {
      const field = order.replace('-', '') as PaymentOrderField;
      const sign = order.startsWith('-') ? -1 : 1;
      const compare = (a: PaymentTable, b: PaymentTable) =>
        a[field] === b[field] ? (a.id < b.id ? -sign : sign) : a[field] < b[field] ? -sign : sign;
      const expected = rows.toSorted(compare).map(({ id }) => id);
      const walk = await walkPages(portal, `/payments?limit=4&order=${order}`);
      expect(walk.forwards).toEqual(expected);
      expect(walk.backwards).toEqual(expected);
      expect(walk.totals).toEqual([23]);
      expect(walk.isFirstAgain).toBe(true);
    },
  );
});
