import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from './builders/customers.ts';
import { merchantClient } from './merchant-client.ts';
import type { MerchantClient } from './merchant-client.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const runs = 300;
const stepsALife = 8;
const total = 10_000;

let server: TestServer;
let merchant: MerchantClient;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer();
  const organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  customerId = await addCustomer(server, organisation.id);
});
afterAll(() => server.close());

/** The same numbers for the same seed (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed;
  return (most: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % (most + 1);
  };
};

type Random = ReturnType<typeof randomOf>;

const newInvoice = async (): Promise<string> => {
  const { status, body, text } = await merchant.post('/invoices', {
    customer_id: customerId,
    currency: 'USD',
    line_items: [{ name: 'Seat', unit_price: '100' }],
  });
  expect(status, text).toBe(200);
  return String(body['id']);
};

/** One invoice and the payments that were made for it. */
interface Life {
  invoiceId: string;
  paymentIds: string[];
  random: Random;
}

const anyPayment = ({ paymentIds, random }: Life): string => paymentIds[random(paymentIds.length - 1)] ?? '';

/** What is owed, one more, all, or anything: rules break at their edges. */
const anyPart = async ({ invoiceId, random }: Life): Promise<number> => {
  const { amount_due: due } = await server.db
    .selectFrom('invoice')
    .select('amount_due')
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow();
  return Math.max(1, [due, due + 1, total, 1 + random(total / 2)][random(3)] ?? due);
};

type Step = (life: Life) => Promise<{ status: number; text: string }>;

const pay: Step = async (life) => {
  const { invoiceId, paymentIds, random } = life;
  const part = await anyPart(life);
  const answer = await merchant.post('/payments', {
    customer_id: customerId,
    amount: part + (random(1) === 0 ? 0 : random(2_000)),
    currency_code: 'USD',
    status: ['success', 'success', 'success', 'in_progress', 'failed'][random(4)],
    payment_parts: [{ invoice_id: invoiceId, amount: part }],
  });
  if (answer.status === 200) {
    paymentIds.push(String(answer.body['id']));
  }
  return answer;
};

const refund: Step = (life) =>
  merchant.post(`/payments/${anyPayment(life)}/refund`, {
    ...(life.random(3) === 0 ? {} : { refund_amount: 1 + life.random(4_000) }),
    refund_destination: ['credits', 'original_payment_method', 'external'][life.random(2)],
    writeoff_invoices: life.random(1) === 0,
  });

const steps: Record<string, Step> = {
  pay,
  payAgain: pay,
  refund,
  refundAgain: refund,
  status: (life) =>
    merchant.patch(`/payments/${anyPayment(life)}`, {
      status: ['success', 'failed', 'voided', 'in_progress'][life.random(3)],
    }),
  allocate: async (life) =>
    merchant.patch(`/payments/${anyPayment(life)}`, {
      payment_parts: [{ invoice_id: life.invoiceId, amount: await anyPart(life) }],
    }),
  unallocate: (life) => merchant.patch(`/payments/${anyPayment(life)}`, { payment_parts: [] }),
  delete: (life) => merchant.delete(`/payments/${anyPayment(life)}`),
  credit: ({ invoiceId, random }) =>
    merchant.post(`/invoices/${invoiceId}/credit_note`, {
      credit_note_amount: random(3) === 0 ? 100 : (1 + random(4_000)) / 100,
    }),
  void: ({ invoiceId }) => merchant.patch(`/invoices/${invoiceId}/void`),
};

const sumOf = <Row>(rows: readonly Row[], amount: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + amount(row), 0);

/** Works everything out anew from what is stored, and compares. */
const expectConsistent = async ({ invoiceId, paymentIds }: Life): Promise<void> => {
  const { db } = server;
  const invoice = await db.selectFrom('invoice').selectAll().where('id', '=', invoiceId).executeTakeFirstOrThrow();
  const payments = await db.selectFrom('payment').selectAll().where('id', 'in', paymentIds).execute();
  const refunds = await db.selectFrom('payment').selectAll().where('parent_id', 'in', paymentIds).execute();
  const allocations = await db
    .selectFrom('payment_allocation')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .execute();
  const notes = await db.selectFrom('credit_note').selectAll().where('invoice_id', '=', invoiceId).execute();

  const received = new Set(['success', 'partially_refunded', 'refunded']);
  const receivedIds = new Set(payments.filter(({ status }) => received.has(status)).map(({ id }) => id));
  const paid = sumOf(
    allocations.filter((row) => receivedIds.has(row.payment_id)),
    (row) => row.amount - row.amount_refunded,
  );
  const credited = sumOf(notes, (note) => note.amount);
  const returned = sumOf(notes, (note) => note.credits_returned);
  const open = total - paid - (credited - returned);
  const isVoid = invoice.status === 'void';

  expect(invoice.paid_amount).toBe(paid);
  expect(credited).toBeLessThanOrEqual(total);
  expect(isVoid || open >= 0).toBe(true);
  expect(invoice.amount_due).toBe(isVoid ? 0 : open);
  expect(invoice.status).toBe(isVoid ? 'void' : open === 0 ? 'paid' : paid > 0 ? 'partially_paid' : 'approved');
  expect(isVoid || credited < total).toBe(true);
  expect(invoice.paid_at !== null).toBe(invoice.status === 'paid');

  for (const payment of payments) {
    const own = refunds.filter((refund) => refund.parent_id === payment.id);
    const part = allocations.find((row) => row.payment_id === payment.id);
    const ownIds = new Set(own.map(({ id }) => id));
    const returnedOfPart = sumOf(
      allocations.filter((row) => ownIds.has(row.payment_id)),
      (row) => row.amount,
    );
    expect(part?.amount ?? 0).toBeLessThanOrEqual(payment.amount);
    expect(part?.amount_refunded ?? 0).toBe(returnedOfPart);
    if (payment.amount_refunded > 0) {
      expect(payment.status).toBe(payment.amount_refunded === payment.amount ? 'refunded' : 'partially_refunded');
    }
  }
};

it(`keeps every sum through ${runs} random lives of an invoice`, { timeout: 300_000 }, async () => {
  const names = Object.keys(steps);
  const succeeded = new Set<string>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const random = randomOf(seed);
    const life: Life = { invoiceId: await newInvoice(), paymentIds: [], random };
    const taken: string[] = [];
    for (let step = 0; step < stepsALife; step += 1) {
      const name = life.paymentIds.length === 0 ? 'pay' : (names[random(names.length - 1)] ?? 'pay');
      const { status, text } = await (steps[name] ?? pay)(life);
      taken.push(`${name} ${status}`);
      expect([200, 404, 409, 422], text).toContain(status);
      if (status === 200) {
        succeeded.add(name);
      }
      await expectConsistent(life).catch((error: unknown) => {
        throw new Error(`Seed ${seed}: ${taken.join(', ')}`, { cause: error });
      });
    }
  }
  expect([...succeeded].toSorted()).toEqual(names.toSorted());
});
