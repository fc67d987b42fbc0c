import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvoiceStatus } from '#contract/invoices.ts';
import { addCreditNote } from '../testing/builders/credit-notes.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import type { InvoiceTable } from '../invoices/invoices.table.ts';

const missing = '019aaaaa-0000-7000-8000-00000000dead';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let scope: { organisationId: string; customerId: string };

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  scope = { organisationId: organisation.id, customerId: await addCustomer(server, organisation.id) };
});
afterAll(() => server.close());

/** An invoice of 100.00 on which so much was paid already. */
const paidInvoice = async (paid: number, values: Partial<InvoiceTable> = {}) => {
  const due = 10_000 - paid;
  const status = paid === 0 ? 'approved' : due === 0 ? 'paid' : 'partially_paid';
  const invoice = await addInvoice(server, scope, { status, paid_amount: paid, amount_due: due, ...values });
  if (paid > 0) {
    await allocate(server, await addPayment(server, scope, { amount: paid }), invoice, paid);
  }
  return invoice;
};

const credit = (id: string, amount: unknown, values: Record<string, unknown> = {}) =>
  merchant.post(`/invoices/${id}/credit_note`, { credit_note_amount: amount, ...values });

const stateOf = async (id: string) => (await merchant.get(`/invoices/${id}`)).body;

describe('POST /invoices/{id}/credit_note', () => {
  it('answers 401 without a key', async () => {
    const { id } = await paidInvoice(0);
    const body = { credit_note_amount: 1 };
    expect((await server.request('POST', `/invoices/${id}/credit_note`, { body })).status).toBe(401);
  });

  it('takes major units, and answers the credit note', async () => {
    const invoice = await paidInvoice(0);
    const values = { reason: "O'Hara's outage", custom_data: { ticket: 9 } };
    const { status, body, text } = await credit(invoice.id, 12.5, values);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      amount: 1_250,
      currency: 'USD',
      customer_id: scope.customerId,
      status: 'issued',
      repayment_method: 'invoice_adjusted',
      invoice_id: invoice.id,
      credits_returned: 0,
      ...values,
      created_at: '2026-11-23T12:00:00.000Z',
      customer: { id: scope.customerId, customer_name: "O'Hara & Sons" },
      invoice: { id: invoice.id, invoice_number: invoice.invoice_number },
    });
    expect(text).not.toContain('organisation_id');
    expect(await stateOf(invoice.id)).toMatchObject({ status: 'approved', amount_due: 8_750, credited_amount: 1_250 });
  });

  it.each<[number, number, Record<string, unknown>, Record<string, unknown>]>([
    [0, 40, { repayment_method: 'invoice_adjusted', credits_returned: 0 }, { status: 'approved', amount_due: 6_000 }],
    [0, 100, { repayment_method: 'invoice_adjusted', credits_returned: 0 }, { status: 'void', amount_due: 0 }],
    [6_000, 30, { credits_returned: 0 }, { status: 'partially_paid', amount_due: 1_000 }],
    [6_000, 40, { repayment_method: 'invoice_adjusted', credits_returned: 0 }, { status: 'paid', amount_due: 0 }],
    [6_000, 70, { repayment_method: 'credits', credits_returned: 3_000 }, { status: 'paid', amount_due: 0 }],
    [6_000, 100, { repayment_method: 'credits', credits_returned: 6_000 }, { status: 'void', amount_due: 0 }],
    [10_000, 0.01, { repayment_method: 'credits', credits_returned: 1 }, { status: 'paid', amount_due: 0 }],
    [10_000, 100, { repayment_method: 'credits', credits_returned: 10_000 }, { status: 'void', amount_due: 0 }],
  ])('with %d paid of 10000, a credit of %d is %j and leaves %j', async (paid, amount, note, state) => {
    const { id } = await paidInvoice(paid);
    expect((await credit(id, amount)).body).toMatchObject(note);
    expect(await stateOf(id)).toMatchObject({ ...state, paid_amount: paid });
  });

  it('adds up over several credit notes, and voids the invoice with the last', async () => {
    const { id } = await paidInvoice(5_000);
    const returned: unknown[] = [];
    for (const amount of ['30', '30.00', 40]) {
      returned.push((await credit(id, amount)).body['credits_returned']);
    }
    expect(returned).toEqual([0, 1_000, 4_000]);
    expect(await stateOf(id)).toMatchObject({ status: 'void', credited_amount: 10_000, amount_due: 0 });
    expect((await merchant.patch(`/invoices/${id}/void`)).body['status']).toBe('void');
    expect((await credit(id, 1)).body['code']).toBe('invoice_state_invalid');
  });

  it.each([
    ['USD', '0.29', 29],
    ['USD', 1.1, 110],
    ['JPY', 980, 980],
    ['JPY', '980.0', 980],
    ['KWD', '1.235', 1_235],
  ])('counts %s %s as %d', async (currency, amount, minor) => {
    const { id } = await paidInvoice(0, { currency });
    expect((await credit(id, amount)).body).toMatchObject({ amount: minor, currency });
  });

  it.each<[string, string, unknown, string]>([
    ['nothing', 'USD', 0, 'left to credit'],
    ['less than nothing', 'USD', -1, 'Expected an amount'],
    ['more than the total', 'USD', '100.01', 'at most 100.00 USD'],
    ['half a cent', 'USD', '0.005', 'USD has 2 decimals'],
    ['half a yen', 'JPY', 0.5, 'JPY has no decimals'],
    ['a fourth decimal of a dinar', 'KWD', '1.2345', 'KWD has 3 decimals'],
    ['more than the total in yen', 'JPY', 10_001, 'at most 10000 JPY'],
    ['words', 'USD', 'ten', 'Expected an amount'],
    ['an exponent', 'USD', '1e1', 'Expected an amount'],
    ['no amount', 'USD', undefined, 'Expected an amount'],
  ])('answers 422 to %s', async (_, currency, amount, msg) => {
    const { id } = await paidInvoice(0, { currency });
    const { status, body, text } = await credit(id, amount);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: ['body', 'credit_note_amount'] }] });
    expect(text.toLowerCase()).toContain(msg.toLowerCase());
    expect(await stateOf(id)).toMatchObject({ amount_due: 10_000, credited_amount: 0 });
  });

  it('credits no more than what earlier credit notes have left', async () => {
    const { id } = await paidInvoice(0);
    await credit(id, 70);
    expect((await credit(id, 30.01)).status).toBe(422);
    expect((await credit(id, 30)).status).toBe(200);
  });

  it.each<InvoiceStatus>(['draft', 'edited', 'upcoming', 'discarded', 'void'])(
    'answers 409 for an invoice that is %s',
    async (status) => {
      const { id } = await addInvoice(server, scope, { status });
      const answer = await credit(id, 1);
      expect(answer.status).toBe(409);
      expect(answer.body['code']).toBe('invoice_state_invalid');
    },
  );

  it("answers the same 404 to a missing invoice as to another organisation's", async () => {
    const other = await server.addOrganisation('Other');
    const owner = { organisationId: other.id, customerId: await addCustomer(server, other.id) };
    const abroad = await addInvoice(server, owner);
    for (const id of [missing, abroad.id]) {
      const { status, body } = await credit(id, 1);
      expect(status).toBe(404);
      expect(body['code']).toBe('invoice_not_found');
    }
  });

  it('numbers credit notes that come without a number', async () => {
    const { id } = await paidInvoice(0);
    const given = await credit(id, 1, { credit_note_number: 'G-1' });
    expect(given.body['credit_note_number']).toBe('G-1');
    const first = String((await credit(id, 1)).body['credit_note_number']);
    const second = String((await credit(id, 1)).body['credit_note_number']);
    expect(first).toMatch(/^CN-\d{6}$/);
    expect(Number(second.slice(3))).toBe(Number(first.slice(3)) + 1);
  });

  it('credits once for one Idempotency-Key, and writes down who did', async () => {
    const { id, invoice_number: number } = await paidInvoice(0);
    const body = { credit_note_amount: '60' };
    for (const _ of [1, 2]) {
      await merchant.post(`/invoices/${id}/credit_note`, body, { 'idempotency-key': 'credit-once' });
    }
    expect(await stateOf(id)).toMatchObject({ amount_due: 4_000 });
    const entries = await server.db.selectFrom('audit_event').selectAll().execute();
    const own = entries.filter(({ detail }) => detail?.includes(`"${number}"`));
    expect(own).toMatchObject([{ action: 'credit_note.issued', actor_type: 'api_key' }]);
  });

  it('is shown to the customer', async () => {
    const invoice = await paidInvoice(10_000);
    await credit(invoice.id, 25, { reason: 'Outage' });
    const portal = await openPortal(server, organisation, scope.customerId);
    const { body } = await portal.get(`/invoices/${invoice.id}`);
    expect(body).toMatchObject({
      status: 'paid',
      credited_amount: 2_500,
      credit_notes: [{ amount: 2_500, repayment_method: 'credits', reason: 'Outage' }],
    });
  });
});

describe('GET /credit_notes', () => {
  let client: MerchantClient;
  let invoice: InvoiceTable;
  let foreignId: string;

  beforeAll(async () => {
    const own = await server.addOrganisation('Notes');
    client = merchantClient(server, own);
    const ohara = await addCustomer(server, own.id, { external_id: 'cus_1' });
    const other = await addCustomer(server, own.id, { external_id: 'cus_2', customer_name: 'Polaris' });
    invoice = await addInvoice(server, { organisationId: own.id, customerId: ohara }, { external_id: 'inv_1' });
    const second = await addInvoice(server, { organisationId: own.id, customerId: other }, { currency: 'JPY' });
    await addCreditNote(server, invoice, { credit_note_number: 'CN-1', amount: 100 });
    await addCreditNote(server, invoice, { credit_note_number: 'CN-2', amount: 200, status: 'void' });
    await addCreditNote(server, second, { credit_note_number: 'CN-3', amount: 300, repayment_method: 'credits' });
    foreignId = (await addCreditNote(server, await paidInvoice(0), { credit_note_number: 'FOREIGN' })).id;
  });

  it.each<[string, string[]]>([
    ['', ['CN-1', 'CN-2', 'CN-3']],
    ['customer__external_id=cus_1', ['CN-1', 'CN-2']],
    ['customer__customer_name__ilike=polaris', ['CN-3']],
    ['invoice__external_id=inv_1', ['CN-1', 'CN-2']],
    ['status=void', ['CN-2']],
    ['status__in=issued,paid', ['CN-1', 'CN-3']],
    ['repayment_method=credits', ['CN-3']],
    ['amount__gte=200', ['CN-2', 'CN-3']],
    ['currency=JPY', ['CN-3']],
    ['credit_note_number__like=CN-2', ['CN-2']],
  ])('filters by %s', async (query, expected) => {
    const { body } = await client.get(`/credit_notes?order=amount&${query}`);
    expect((body['results'] as Record<string, unknown>[]).map((row) => row['credit_note_number'])).toEqual(expected);
  });

  it('filters by ids, walks its pages, and refuses what it does not know', async () => {
    expect((await client.get(`/credit_notes?invoice_id=${invoice.id}`)).body['total_count']).toBe(2);
    expect((await client.get(`/credit_notes?customer_id=${invoice.customer_id}`)).body['total_count']).toBe(2);
    const { forwards, backwards } = await walkPages(client, '/credit_notes?limit=1');
    expect(new Set(forwards).size).toBe(3);
    expect(backwards).toEqual(forwards);
    expect((await client.get('/credit_notes?colour=red')).status).toBe(422);
  });

  it("answers one, and the same 404 to a missing one as to another organisation's", async () => {
    const { body: list } = await client.get('/credit_notes?credit_note_number=CN-1');
    const [first] = list['results'] as Record<string, unknown>[];
    const one = await client.get(`/credit_notes/${String(first?.['id'])}`);
    expect(one.body).toEqual(first);
    for (const id of [missing, foreignId]) {
      const { status, body } = await client.get(`/credit_notes/${id}`);
      expect(status).toBe(404);
      expect(body['code']).toBe('credit_note_not_found');
    }
  });
});
