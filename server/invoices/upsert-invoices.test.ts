import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvoiceRecord } from '#contract/merchant-invoice-input.ts';
import type { Author } from '../audit/audit.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { upsertInvoices } from './upsert-invoices.ts';

const author: Author = { actor: { type: 'api_key', id: null, name: 'Backend' }, requestId: 'one' };

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  await addCustomer(server, organisation.id, { external_id: 'cus_1' });
  await addCustomer(server, organisation.id, { external_id: 'cus_2' });
});
afterAll(() => server.close());

const record = (externalId: string, values: Record<string, unknown> = {}) => ({
  external_id: externalId,
  customer_external_id: 'cus_1',
  currency: 'USD',
  line_items: [{ name: "O'Hara's seats", quantity: 2, unit_price: '12.50', tax_rate: '8' }],
  ...values,
});

const upsert = (records: readonly Record<string, unknown>[], organisationId = organisation.id) =>
  transact(server.db, (trx) =>
    upsertInvoices(
      trx,
      server.clock,
      { organisationId },
      author,
      records.map((values) => InvoiceRecord.parse(values)),
    ),
  );

const get = async (externalId: string) =>
  (await merchant.get(`/invoices/external_id/${externalId}?include_line_items=true`)).body;

const refusal = (code: string, ...loc: (string | number)[]) => ({
  refusal: { code, detail: [{ loc: ['body', ...loc] }] },
});

describe('invoices in a batch', () => {
  it('are created, with outcomes in the order of the records', async () => {
    const outcomes = await upsert(Array.from({ length: 150 }, (_, index) => record(`many-${index}`)));
    expect(new Set(outcomes.map((outcome) => 'status' in outcome && outcome.status))).toEqual(new Set(['created']));
    const last = outcomes[149];
    expect(await get('many-149')).toMatchObject({
      id: last !== undefined && 'id' in last ? last.id : '',
      invoice_number: 'INV-000150',
      invoice_total: 2_700,
      line_items: [{ name: "O'Hara's seats", total: 2_700 }],
    });
  });

  it('are unchanged when they say again what is stored, however they spell it', async () => {
    await upsert([record('same', { due_date: '2026-12-01', custom_data: { a: 1 } })]);
    const before = await get('same');
    server.clock.advance(1_000);
    const again = record('same', {
      due_date: '2026-12-01T01:00:00+01:00',
      custom_data: { a: 1 },
      status: 'approved',
      line_items: [{ name: "O'Hara's seats", quantity: '2.0', unit_price: 12.5, tax_rate: 8, total: 2_700 }],
    });
    expect(await upsert([again, record('same', { line_items: undefined })])).toMatchObject([
      { status: 'unchanged' },
      { status: 'unchanged' },
    ]);
    expect(await get('same')).toEqual(before);
  });

  it('without lines are unchanged when they repeat some of their totals', async () => {
    const bare = { line_items: undefined, invoice_total: 1_100 };
    await upsert([record('bare', { ...bare, tax_total: 100 })]);
    expect(
      await upsert([
        record('bare', bare),
        record('bare', { line_items: undefined }),
        record('bare', { ...bare, line_items: [], tax_total: 100 }),
        record('bare', { ...bare, tax_total: 99 }),
      ]),
    ).toMatchObject([
      { status: 'unchanged' },
      { status: 'unchanged' },
      { status: 'unchanged' },
      { refusal: { code: 'invoice_state_invalid' } },
    ]);
    expect(await get('bare')).toMatchObject({ subtotal: 1_000, tax_total: 100, invoice_total: 1_100 });
  });

  it('see what an earlier record of the batch has done', async () => {
    const outcomes = await upsert([
      record('twice', { status: 'draft', notes: 'first' }),
      record('twice', { line_items: [{ name: 'Other', unit_price: 1 }] }),
      record('twice', { status: 'approved', customer_external_id: 'cus_2' }),
      record('twice', { customer_external_id: 'cus_2', line_items: undefined, notes: null }),
      record('twice', { customer_external_id: 'cus_1', line_items: undefined }),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'created' },
      { status: 'updated' },
      { status: 'updated' },
      { status: 'updated' },
      refusal('invoice_state_invalid', 'customer_id'),
    ]);
    expect(new Set(outcomes.slice(0, 4).map((outcome) => 'id' in outcome && outcome.id)).size).toBe(1);
    expect(await get('twice')).toMatchObject({ status: 'approved', notes: null, line_items: [{ total: 2_700 }] });
  });

  it('may change wholly while they are drafts, and be approved', async () => {
    await upsert([record('draft', { status: 'draft' })]);
    const { id } = await get('draft');
    expect(await upsert([record('draft', { currency: 'JPY', line_items: [{ name: 'A', unit_price: 5 }] })])).toEqual([
      { id, status: 'updated' },
    ]);
    expect(await get('draft')).toMatchObject({ status: 'draft', currency: 'JPY', invoice_total: 5 });
    expect(await upsert([record('draft', { currency: 'JPY', line_items: undefined, status: 'approved' })])).toEqual([
      { id, status: 'updated' },
    ]);
    expect(await get('draft')).toMatchObject({ status: 'approved', amount_due: 5, line_items: [{ name: 'A' }] });
  });

  it('keep their amounts once they are approved, and change the rest', async () => {
    await upsert([record('fixed')]);
    expect(
      await upsert([
        record('fixed', { due_date: '2026-12-24', payment_url: 'https://pay.example/1' }),
        record('fixed', { line_items: [{ name: 'Dearer', unit_price: 99 }] }),
        record('fixed', { status: 'draft' }),
        record('fixed', { invoice_number: 'other' }),
      ]),
    ).toMatchObject([
      { status: 'updated' },
      { refusal: { code: 'invoice_state_invalid' } },
      refusal('invoice_state_invalid', 'status'),
      refusal('invoice_state_invalid', 'invoice_number'),
    ]);
    expect(await get('fixed')).toMatchObject({ invoice_total: 2_700, due_date: '2026-12-24T00:00:00.000Z' });
  });

  it('are refused one by one, and leave nothing behind', async () => {
    const outcomes = await upsert([
      record('ok-1'),
      record('bad-1', { customer_external_id: 'nobody' }),
      record('bad-2', { invoice_total: 1 }),
      record('bad-3', { contract_external_id: 'none' }),
      record('ok-2', { invoice_total: 2_700 }),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'created' },
      refusal('request_invalid', 'customer_external_id'),
      refusal('request_invalid', 'invoice_total'),
      refusal('request_invalid', 'contract_external_id'),
      { status: 'created' },
    ]);
    expect((await get('bad-2'))['code']).toBe('invoice_not_found');
    const [first, second] = [await get('ok-1'), await get('ok-2')].map(({ invoice_number: number }) =>
      Number(String(number).slice(4)),
    );
    expect(second).toBe((first ?? 0) + 1);
  });

  it('of a paid invoice are unchanged', async () => {
    await upsert([record('settled')]);
    const { id, customer_id: customerId } = await get('settled');
    const paid = await merchant.post('/payments', {
      customer_id: customerId,
      amount: 2_700,
      currency_code: 'USD',
      payment_parts: [{ invoice_id: id, amount: 2_700 }],
    });
    expect(paid.status).toBe(200);
    expect(await get('settled')).toMatchObject({ status: 'paid', amount_due: 0 });
    expect(await upsert([record('settled', { status: 'approved' })])).toEqual([{ id, status: 'unchanged' }]);
  });

  it("do not touch another organisation's of the same external id", async () => {
    await upsert([record('shared')]);
    const other = await server.addOrganisation('Other');
    await addCustomer(server, other.id, { external_id: 'cus_1' });
    expect(await upsert([record('shared', { notes: 'abroad' })], other.id)).toMatchObject([{ status: 'created' }]);
    expect(await get('shared')).toMatchObject({ notes: null });
  });
});
