import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toMajor } from '../money.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  merchant = merchantClient(server, await server.addOrganisation());
});
afterAll(() => server.close());

/** The same numbers each run. */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

type Row = Record<'Type' | 'Balance', string>;

const closingOf = async (customerId: string): Promise<string> => {
  const { status, text } = await merchant.get(
    `/customers/${customerId}/statement?from=2026-01-01&to=2026-12-31&format=csv`,
  );
  expect(status, text).toBe(200);
  const rows: Row[] = parse(text, { columns: true, record_delimiter: '\r\n' });
  expect(rows.filter((row) => row.Type === 'Adjustment')).toEqual([]);
  return rows.find((row) => row.Type === 'Closing balance')?.Balance ?? '0.00';
};

interface Invoice {
  id: string;
  amount_due: number;
}
interface Payment {
  id: string;
  type: string;
  status: string;
  amount: number;
  amount_refunded: number;
  invoices: { amount: number; amount_refunded: number }[];
}

const listOf = async <Item>(path: string): Promise<Item[]> =>
  (await merchant.get(`${path}&limit=100`)).body['results'] as Item[];

const moved = new Set(['success', 'partially_refunded', 'refunded']);

/** By the merchant's own lists: what the invoices owe, less the money that none of them has. */
const expectedOf = async (customerId: string): Promise<string> => {
  const invoices = await listOf<Invoice>(`/invoices?customer_id=${customerId}&status__in=approved,partially_paid`);
  const payments = await listOf<Payment>(`/payments?customer_id=${customerId}`);
  const due = invoices.reduce((sum, invoice) => sum + invoice.amount_due, 0);
  const unallocated = payments
    .filter(({ type, status }) => type === 'payment' && moved.has(status))
    .reduce(
      (sum, payment) =>
        sum +
        payment.amount -
        payment.amount_refunded -
        payment.invoices.reduce((held, part) => held + part.amount - part.amount_refunded, 0),
      0,
    );
  return toMajor(due - unallocated, 'USD');
};

it.each([1, 7, 42])(
  'closes with what is owed after each thing a merchant does, in whatever order (%i)',
  async (seed) => {
    const random = randomOf(seed);
    const { body: customer } = await merchant.post('/customers', { customer_name: "O'Hara & Sons" });
    const customerId = String(customer['id']);
    const done: string[] = [];
    const act = async (): Promise<string> => {
      const invoices = await listOf<Invoice>(`/invoices?customer_id=${customerId}`);
      const payments = await listOf<Payment>(`/payments?customer_id=${customerId}&type=payment`);
      const invoice = invoices[random(invoices.length)];
      const payment = payments[random(payments.length)];
      const amount = 100 * (1 + random(80));
      const answer = await [
        () =>
          merchant.post('/invoices', {
            customer_id: customerId,
            currency: 'USD',
            invoice_total: 10_000,
            status: (['approved', 'draft', 'upcoming'] as const)[random(3)],
          }),
        () => merchant.post('/payments', { customer_id: customerId, amount, currency_code: 'USD' }),
        () =>
          merchant.post('/payments', {
            customer_id: customerId,
            amount,
            currency_code: 'USD',
            payment_parts: [{ invoice_id: invoice?.id, amount: Math.ceil(amount / (1 + random(2))) }],
          }),
        () =>
          merchant.post(`/invoices/${invoice?.id}/credit_note`, { credit_note_amount: amount / 100, reason: 'Sorry' }),
        () =>
          merchant.post(`/payments/${payment?.id}/refund`, {
            refund_destination: (['credits', 'original_payment_method', 'external'] as const)[random(3)],
            writeoff_invoices: random(2) === 0,
            ...(random(2) === 0 ? {} : { refund_amount: Math.ceil(amount / 4) }),
          }),
        () => merchant.patch(`/invoices/${invoice?.id}/approve`),
        () => merchant.patch(`/payments/${payment?.id}`, { status: 'failed' }),
      ][random(7)]?.();
      return `${answer?.status} ${answer?.status === 200 ? '' : String(answer?.body['code'])}`;
    };
    for (let step = 0; step < 60; step += 1) {
      server.clock.advance(60_000);
      done.push(await act());
      expect(await closingOf(customerId), `step ${step}: ${done.at(-1)}`).toBe(await expectedOf(customerId));
    }
    expect(done.filter((outcome) => outcome.startsWith('200')).length).toBeGreaterThan(20);
  },
);
