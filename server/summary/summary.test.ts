import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment } from '../testing/builders/payments.ts';
import { openConsole } from '../testing/console-session.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

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

describe('GET /portal/{organisation}/summary', () => {
  it('answers 401 without a credential', async () => {
    const { status } = await server.request('GET', `/portal/${organisation.id}/summary`);
    expect(status).toBe(401);
  });

  it('answers 403 to a session without the invoices section', async () => {
    const customerId = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, customerId, { sections: ['payments'] });
    expect((await portal.get('/summary')).body['code']).toBe('scope_insufficient');
  });

  it('answers 422 to a query parameter', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get('/summary?currency=USD')).status).toBe(422);
  });

  it('is empty for a new customer', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get('/summary')).body).toEqual({ currencies: [] });
  });

  it('is an answer also when the sum is more than numbers can say', async () => {
    const { scope, portal } = await newCustomer();
    const largest = 999_999_999_999_900;
    for (let count = 0; count < 10; count += 1) {
      await addInvoice(server, scope, { amount_due: largest, due_date: '2026-10-01T00:00:00.000Z' });
    }
    const { status, body, text } = await portal.get('/summary');
    expect(status, text).toBe(200);
    expect(body['currencies']).toMatchObject([
      { amount_due: Number.MAX_SAFE_INTEGER, open_count: 10, overdue_amount: Number.MAX_SAFE_INTEGER },
    ]);
    const { get } = await openConsole(server, organisation.id);
    const listed = await get('/customers?limit=100');
    expect(listed.status, listed.text).toBe(200);
    expect(listed.text).toContain(`"amount_due":${Number.MAX_SAFE_INTEGER}`);
  });

  it('adds up each currency by itself, those with money owed first', async () => {
    const { scope, portal } = await newCustomer();
    const due = (due_date: string, values = {}) => addInvoice(server, scope, { due_date, ...values });
    await due('2026-11-22T00:00:00.000Z', { amount_due: 1_000 });
    await due('2026-10-01T00:00:00.000Z', { amount_due: 200, status: 'partially_paid' });
    const today = await due('2026-11-23T00:00:00.000Z', { amount_due: 30, invoice_number: 'INV-TODAY' });
    await due('2026-11-24T00:00:00.000Z', { amount_due: 4 });
    await due('2026-10-01T00:00:00.000Z', { amount_due: 90_000, status: 'draft' });
    await due('2026-11-23T00:00:00.000Z', { amount_due: 90_000, status: 'upcoming' });
    await due('2026-10-01T00:00:00.000Z', { amount_due: 0, status: 'paid', currency: 'EUR' });
    await addInvoice(server, scope, { amount_due: 77, due_date: null, currency: 'KWD' });
    await addInvoice(server, scope, { status: 'draft', currency: 'CHF' });
    const paid = await addPayment(server, scope, {
      timestamp: '2026-11-10T10:00:00.000Z',
      amount: 500,
      payment_method_details: '{"brand":"visa","last4":"4242"}',
    });
    const later = '2026-11-20T10:00:00.000Z';
    for (const status of ['failed', 'voided', 'canceled', 'in_progress', 'requires_action', 'created'] as const) {
      await addPayment(server, scope, { timestamp: later, status });
    }
    await addPayment(server, scope, { timestamp: later, type: 'refund' });
    await addPayment(server, scope, { currency_code: 'AUD', status: 'failed' });
    const stranger = await newCustomer();
    await addInvoice(server, stranger.scope, { currency: 'NOK' });
    await addPayment(server, stranger.scope, { currency_code: 'NOK', timestamp: later });

    const nothing = { amount_due: 0, open_count: 0, overdue_amount: 0, overdue_count: 0, next_due: null };
    expect((await portal.get('/summary')).body).toEqual({
      currencies: [
        { ...nothing, currency: 'KWD', amount_due: 77, open_count: 1, last_payment: null },
        {
          currency: 'USD',
          amount_due: 1_234,
          open_count: 4,
          overdue_amount: 1_200,
          overdue_count: 2,
          next_due: {
            invoice_id: today.id,
            invoice_number: 'INV-TODAY',
            due_date: '2026-11-23T00:00:00.000Z',
            amount_due: 30,
          },
          last_payment: {
            id: paid.id,
            amount: 500,
            timestamp: '2026-11-10T10:00:00.000Z',
            payment_method: 'card',
            payment_method_details: { brand: 'visa', last4: '4242' },
          },
        },
        { ...nothing, currency: 'AUD', last_payment: null },
        { ...nothing, currency: 'EUR', last_payment: null },
      ],
    });
  });

  it('counts days in the billing time zone', async () => {
    const { scope, portal } = await newCustomer({ time_zone: 'Pacific/Kiritimati' });
    const invoice = await addInvoice(server, scope, { due_date: '2026-11-23T09:59:59.999Z' });
    expect((await portal.get('/summary')).body).toMatchObject({
      currencies: [{ overdue_count: 1, overdue_amount: invoice.amount_due, next_due: null }],
    });
  });
});
