import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentList } from '#contract/merchant-payments.ts';
import { MerchantPaymentOrderField } from '#contract/merchant-payments.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let foreign: MerchantClient;
const id: Record<'ohara' | 'sakura' | 'cheque' | 'refund' | 'failed' | 'yen' | 'invoice' | 'theirs', string> = {
  ohara: '',
  sakura: '',
  cheque: '',
  refund: '',
  failed: '',
  yen: '',
  invoice: '',
  theirs: '',
};

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  id.ohara = await addCustomer(server, organisation.id, { external_id: "o'hara", email: 'ap@ohara.example' });
  id.sakura = await addCustomer(server, organisation.id, { external_id: 'sakura', customer_name: 'Sakura' });
  const ohara = { organisationId: organisation.id, customerId: id.ohara };
  const sakura = { organisationId: organisation.id, customerId: id.sakura };
  const invoice = await addInvoice(server, ohara, { external_id: 'inv-1' });
  const cheque = await addPayment(server, ohara, {
    external_id: 'cheque-1',
    payment_method: 'check',
    status: 'partially_refunded',
    amount_refunded: 2_500,
    receipt_number: 'RCT-100',
    timestamp: '2026-11-10T00:00:00.000Z',
  });
  await allocate(server, cheque, invoice, 9_000);
  const refund = await addPayment(server, ohara, {
    type: 'refund',
    parent_id: cheque.id,
    amount: 2_500,
    receipt_number: 'RCT-101',
    timestamp: '2026-11-11T00:00:00.000Z',
    created_at: '2026-11-11T09:30:00.000Z',
  });
  await allocate(server, refund, invoice, 2_500);
  const failed = await addPayment(server, ohara, { status: 'failed', timestamp: '2026-11-09T00:00:00.000Z' });
  await allocate(server, failed, invoice, 9_000);
  const yen = await addPayment(server, sakura, {
    external_id: 'yen_1',
    amount: 5,
    currency_code: 'JPY',
    timestamp: '2026-11-12T00:00:00.000Z',
  });
  Object.assign(id, { cheque: cheque.id, refund: refund.id, failed: failed.id, yen: yen.id, invoice: invoice.id });

  const other = await server.addOrganisation('Southwind');
  foreign = merchantClient(server, other);
  const scope = {
    organisationId: other.id,
    customerId: await addCustomer(server, other.id, { external_id: "o'hara" }),
  };
  const theirs = await addPayment(server, scope, { external_id: 'cheque-1' });
  await allocate(server, theirs, await addInvoice(server, scope, { external_id: 'inv-1' }), 10_000);
  id.theirs = theirs.id;
});
afterAll(() => server.close());

const namesOf = ({ results }: PaymentList) =>
  results.map((payment) => Object.entries(id).find(([, value]) => value === payment.id)?.[0]);

const list = async (query: string, client = merchant) => {
  const { status, body, text } = await client.get(`/payments?${query}`);
  expect(status, text).toBe(200);
  return namesOf(body as unknown as PaymentList);
};

const seconds = (moment: string) => Date.parse(moment) / 1000;

describe('GET /payments', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('GET', '/payments')).body['code']).toBe('api_key_invalid');
  });

  it('lists the payments of this organisation, the latest first', async () => {
    expect(await list('')).toEqual(['yen', 'refund', 'cheque', 'failed']);
    expect(await list('', foreign)).toEqual(['theirs']);
  });

  it.each([
    ['id', () => `id=${id.cheque}`, ['cheque']],
    ['id__in', () => `id__in=${id.cheque},${id.yen},${id.theirs}`, ['yen', 'cheque']],
    ['customer', () => `customer_id=${id.sakura}`, ['yen']],
    ["the merchant's own id of a customer", () => "customer__external_id=o'hara", ['refund', 'cheque', 'failed']],
    ["the customer's name", () => 'customer__customer_name__ilike=SAKU', ['yen']],
    ['external_id', () => 'external_id=cheque-1', ['cheque']],
    ['external_id__ilike, where _ means itself', () => 'external_id__ilike=N_1', ['yen']],
    ['external_id__isnull', () => 'external_id__isnull=true', ['refund', 'failed']],
    ['payment_method', () => 'payment_method=check', ['cheque']],
    ['type', () => 'type__neq=payment', ['refund']],
    ['status', () => 'status__in=failed,partially_refunded', ['cheque', 'failed']],
    ['amount', () => 'amount__gte=5&amount__lte=2500', ['yen', 'refund']],
    ['amount_refunded', () => 'amount_refunded__gt=0', ['cheque']],
    ['currency_code__ilike', () => 'currency_code__ilike=jp', ['yen']],
    ['receipt_number__ilike', () => 'receipt_number__ilike=rct-10%25', ['refund', 'cheque']],
    ['parent_id', () => `parent_id=${id.cheque}`, ['refund']],
    ["the merchant's own id of a parent", () => 'parent__external_id=cheque-1', ['refund']],
    ['another parent, or none', () => 'parent__external_id__neq=cheque-1', ['yen', 'cheque', 'failed']],
    ['no parent with an id of the merchant', () => 'parent__external_id__isnull=true', ['yen', 'cheque', 'failed']],
    ['a parent with one', () => 'parent__external_id__isnull=false', ['refund']],
    [
      'timestamp in seconds',
      () => `timestamp__gte=${seconds('2026-11-10')}&timestamp__lte=${seconds('2026-11-11')}`,
      ['refund', 'cheque'],
    ],
    ['created_at, a whole day', () => 'created_at__gte=2026-11-11&created_at__lte=2026-11-11', ['refund']],
    ['invoice', () => `invoice__id=${id.invoice}`, ['refund', 'cheque', 'failed']],
    ["the merchant's own id of an invoice", () => 'invoice__external_id=inv-1', ['refund', 'cheque', 'failed']],
    ['no invoice', () => 'invoice__id__isnull=true', ['yen']],
    ['any invoice', () => 'invoice__id__isnull=false', ['refund', 'cheque', 'failed']],
    ['another invoice', () => `invoice__id__neq=${id.invoice}`, ['yen']],
    ['search', () => 'search=receipt_number=rct-1,customer_external_id=HARA', ['refund', 'cheque']],
    ['search with an apostrophe', () => "search=customer_name=o'h", ['refund', 'cheque', 'failed']],
    ['order', () => 'order=amount&amount__lt=10000', ['yen', 'refund']],
    ['the older order', () => 'sort_key=timestamp&sort_type=asc', ['failed', 'cheque', 'refund', 'yen']],
  ])('filters and orders by %s', async (_, query, expected) => {
    expect(await list(query())).toEqual(expected);
  });

  it("tells by invoice__external_id__isnull whether an invoice of the payment has the merchant's own id", async () => {
    const own = merchantClient(server, await server.addOrganisation());
    const scope = { organisationId: own.headers['organisation'] ?? '', customerId: '' };
    scope.customerId = await addCustomer(server, scope.organisationId);
    const payments = { named: await addPayment(server, scope), nameless: await addPayment(server, scope) };
    await allocate(server, payments.named, await addInvoice(server, scope, { external_id: 'inv-1' }), 1_000);
    await allocate(server, payments.nameless, await addInvoice(server, scope, { external_id: null }), 1_000);
    for (const [isNull, payment] of [
      [true, payments.nameless],
      [false, payments.named],
    ] as const) {
      const { body } = await own.get(`/payments?invoice__external_id__isnull=${String(isNull)}`);
      expect((body as unknown as PaymentList).results.map(({ id: found }) => found)).toEqual([payment.id]);
    }
  });

  it.each([
    ['an unknown parameter', 'invoice_id=1', 'invoice_id'],
    ['an id that is none', 'customer_id=1', 'customer_id'],
    ['a day for a timestamp', 'timestamp__gte=2026-11-11', 'timestamp__gte'],
    ['an unknown status', 'status=lost', 'status'],
    ['a search of an unknown field', 'search=amount=1', 'search'],
    ['an order by nothing known', 'order=receipt_number', 'order'],
    ['a limit beyond 100', 'limit=101', 'limit'],
    ['a broken cursor', 'cursor=e30.e30', 'cursor'],
  ])('answers 422 to %s', async (_, query, name) => {
    const { status, body } = await merchant.get(`/payments?${query}`);
    expect(status).toBe(422);
    expect((body['detail'] as { loc: string[] }[])[0]?.loc.slice(0, 2)).toEqual(['query', name]);
  });

  it.each(MerchantPaymentOrderField.options)('pages through all of them by %s and back', async (field) => {
    for (const order of [field, `-${field}`]) {
      const { forwards, backwards, totals, isFirstAgain } = await walkPages(
        merchant,
        `/payments?limit=1&order=${order}`,
      );
      expect(forwards.toSorted()).toEqual([id.cheque, id.refund, id.failed, id.yen].toSorted());
      expect([backwards, totals, isFirstAgain]).toEqual([forwards, [4], true]);
    }
  });
});

describe('GET /payments/{id}', () => {
  it('answers a refund with its parent', async () => {
    const { status, body } = await merchant.get(`/payments/${id.refund}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'refund', parent_id: id.cheque, parent_external_id: 'cheque-1' });
    expect(Object.keys(body)).not.toContain('deleted_at');
  });

  it('answers 404 to a missing one and to that of another organisation', async () => {
    for (const payment of [crypto.randomUUID(), id.theirs]) {
      const { status, body } = await merchant.get(`/payments/${payment}`);
      expect([status, body['code']]).toEqual([404, 'payment_not_found']);
    }
  });
});

describe('GET /payments/invoice/{id}', () => {
  it('lists what concerns the invoice, oldest first, with and without refunds', async () => {
    const { body } = await merchant.get(`/payments/invoice/${id.invoice}`);
    expect(namesOf(body as unknown as PaymentList)).toEqual(['failed', 'cheque', 'refund']);
    expect(body).toMatchObject({ next: null, previous: null, total_count: 3 });
    const without = await merchant.get(`/payments/invoice/${id.invoice}/without_refunds`);
    expect(namesOf(without.body as unknown as PaymentList)).toEqual(['failed', 'cheque']);
  });

  it("answers 404 to another organisation's invoice", async () => {
    for (const path of ['', '/without_refunds']) {
      const { status, body } = await foreign.get(`/payments/invoice/${id.invoice}${path}`);
      expect([status, body['code']]).toEqual([404, 'invoice_not_found']);
    }
  });
});
