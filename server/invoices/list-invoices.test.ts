import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MerchantInvoiceOrderField } from '#contract/merchant-invoices.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe.each(['/invoices', '/invoices/internal'])('GET %s', (path) => {
  let own: TestOrganisation;
  let client: MerchantClient;

  beforeAll(async () => {
    own = await server.addOrganisation('Lists');
    client = merchantClient(server, own);
    const ohara = await addCustomer(server, own.id, { customer_name: "O'Hara & Sons", external_id: 'cus_1' });
    const sakura = await addCustomer(server, own.id, { customer_name: 'サクラ', external_id: 'cus_2' });
    const at = { organisationId: own.id };
    const contract = await client.post('/contract_v2', {
      customer_id: ohara,
      name: 'Plan',
      currency: 'USD',
      start_date: '2026-01-01',
      external_id: 'plan',
    });
    await addInvoice(
      server,
      { ...at, customerId: ohara },
      {
        invoice_number: 'A-1',
        external_id: 'one',
        created_at: '2026-10-01T00:00:00.000Z',
        due_date: '2026-10-31T00:00:00.000Z',
        contract_id: String(contract.body['id']),
      },
    );
    await addInvoice(
      server,
      { ...at, customerId: ohara },
      {
        invoice_number: 'A-2',
        external_id: 'two',
        status: 'draft',
        created_at: '2026-10-31T23:30:00.000Z',
        due_date: null,
        invoice_total: 500,
        amount_due: 500,
      },
    );
    await addInvoice(
      server,
      { ...at, customerId: sakura },
      {
        invoice_number: 'B_3',
        status: 'paid',
        currency: 'JPY',
        created_at: '2026-11-01T00:00:00.000Z',
        due_date: '2026-11-30T00:00:00.000Z',
        invoice_total: 9_800,
        amount_due: 0,
        paid_amount: 9_800,
        paid_at: '2026-11-02T00:00:00.000Z',
      },
    );
  });

  const numbers = async (query: string): Promise<unknown[]> => {
    const { status, body, text } = await client.get(`${path}?order=created_at&${query}`);
    expect(text).toContain('results');
    expect(status).toBe(200);
    return (body['results'] as Record<string, unknown>[]).map((row) => row['invoice_number']);
  };

  it.each<[string, string[]]>([
    ['', ['A-1', 'A-2', 'B_3']],
    ['customer__external_id=cus_1', ['A-1', 'A-2']],
    ['customer__external_id__in=cus_2,cus_3', ['B_3']],
    ["customer__customer_name__ilike=o'hara", ['A-1', 'A-2']],
    ['customer__customer_name=%E3%82%B5%E3%82%AF%E3%83%A9', ['B_3']],
    ["customer__customer_name__ilike=' or 1=1 --", []],
    ['status=draft', ['A-2']],
    ['status__in=draft,paid', ['A-2', 'B_3']],
    ['status__in=draft&status__in=paid', ['A-2', 'B_3']],
    ['status__neq=paid', ['A-1', 'A-2']],
    ['contract__external_id=plan', ['A-1']],
    ['contract_id__isnull=true', ['A-2', 'B_3']],
    ['external_id=two', ['A-2']],
    ['external_id__isnull=true', ['B_3']],
    ['invoice_total__gte=9800', ['A-1', 'B_3']],
    ['invoice_total__lt=9800', ['A-2']],
    ['amount_due__gt=0&amount_due__lte=500', ['A-2']],
    ['due_date__lte=2026-10-31', ['A-1']],
    ['due_date__isnull=true', ['A-2']],
    ['created_at__lte=2026-10-31', ['A-1', 'A-2']],
    ['created_at__gte=2026-10-31T23:30:00Z', ['A-2', 'B_3']],
    ['created_at__gt=2026-10-31', ['B_3']],
    ['paid_at__isnull=false', ['B_3']],
    ['invoice_number__like=A-', ['A-1', 'A-2']],
    ['invoice_number__like=a-', []],
    ['invoice_number__ilike=a-%25', ['A-1', 'A-2']],
    ['invoice_number__like=B_3', ['B_3']],
    ['invoice_number__like=A_1', []],
    ['currency=JPY', ['B_3']],
  ])('filters by %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it.each([
    ['colour=red', ['query', 'colour']],
    ['status=overdue', ['query', 'status']],
    ['invoice_total__gte=12.5', ['query', 'invoice_total__gte']],
    ['customer_id=1', ['query', 'customer_id']],
    ['due_date__ilike=2026', ['query', 'due_date__ilike']],
    ['order=notes', ['query', 'order']],
    ['order=due_date&sort_key=due_date', ['query', 'sort_key']],
    ['limit=101', ['query', 'limit']],
  ])('answers 422 to %s', async (query, loc) => {
    const { status, body } = await client.get(`${path}?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'request_invalid', detail: [{ loc }] });
  });

  it('answers 401 without a key', async () => {
    expect((await server.request('GET', path)).status).toBe(401);
  });

  it('walks every order in both directions, by either spelling', async () => {
    const orders = MerchantInvoiceOrderField.options.flatMap((field) => [
      `order=${field}`,
      `order=-${field}`,
      `sort_key=${field}&sort_type=desc`,
    ]);
    for (const order of orders) {
      const { forwards, backwards, totals, isFirstAgain } = await walkPages(client, `${path}?limit=1&${order}`);
      expect(new Set(forwards).size).toBe(3);
      expect(backwards).toEqual(forwards);
      expect(totals).toEqual([3]);
      expect(isFirstAgain).toBe(true);
    }
  });

  it("lists nothing of another organisation's", async () => {
    const other = await server.addOrganisation('Other');
    const owner = { organisationId: other.id, customerId: await addCustomer(server, other.id) };
    const { id } = await addInvoice(server, owner);
    expect(await numbers(`id=${id}`)).toEqual([]);
  });

  it('answers the fields of the dialect, and not those of the detail', async () => {
    const { body } = await client.get(`${path}?external_id=one`);
    expect(body).toMatchObject({ next: null, previous: null, total_count: 1 });
    expect(Object.keys((body['results'] as object[])[0] ?? {}).toSorted()).toEqual([
      'amount_due',
      'applied_balance',
      'charged_at',
      'contract_id',
      'created_at',
      'created_by',
      'currency',
      'customer_id',
      'due_date',
      'external_id',
      'id',
      'invoice_id',
      'invoice_number',
      'invoice_period',
      'invoice_total',
      'invoice_url',
      'last_updated_at',
      'net_invoice_total',
      'payment_url',
      'promise_due_date',
      'status',
    ]);
  });
});
