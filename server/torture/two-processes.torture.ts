import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../demo/random.ts';
import { freePort } from '../testing/command-line.ts';
import { addFigure } from '../testing/figures.ts';
import { newMark } from '../testing/ledger/ledger.ts';
import { sendPatiently } from '../testing/patient-client.ts';
import type { PatientAnswer } from '../testing/patient-client.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';

const rounds = 1000;
const clients = 8;

let site: Site;
let servers: [ServerProcess, ServerProcess];
let headers: Record<string, string>;
beforeAll(async () => {
  site = await makeSite();
  servers = [await site.start(), await site.start({ PORT: String(await freePort()) })];
  headers = { organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey };
});
afterAll(() => site.remove());

it('lets two servers on one file read and then write, a thousand times, as if they were one', async () => {
  const random = new Random(process.env['TORTURE_SEED'] ?? 'two');
  const [first, second] = servers;
  const setbacks: string[] = [];
  let stale = 0;

  const send = async (
    { url }: ServerProcess,
    method: string,
    path: string,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<PatientAnswer> => {
    const request = { method, path, headers: { ...headers, ...extra }, body, isRepeatable: method === 'GET' };
    const sent = await sendPatiently(() => url, request);
    setbacks.push(...sent.setbacks);
    if (sent.answer === undefined) {
      throw new Error(`${method} ${path}: the connection broke`);
    }
    return sent.answer;
  };
  const either = (): ServerProcess => random.pick(servers);

  const customer = await send(first, 'POST', '/customers', { customer_name: 'Shared', custom_data: { count: 0 } });
  const customerPath = `/customers/${String(customer.body['id'])}`;
  const invoice = await send(second, 'POST', '/invoices', {
    customer_id: customer.body['id'],
    currency: 'USD',
    line_items: [{ name: 'Shared', unit_price: 10_000 }],
  });

  /** Reads the count at one server and writes the next at the other, unless somebody was quicker. */
  const countUp = async (): Promise<void> => {
    for (;;) {
      const read = await send(either(), 'GET', customerPath);
      const { count } = read.body['custom_data'] as { count: number };
      const changed = { custom_data: { count: count + 1 } };
      const etag = { 'if-match': read.headers.get('etag') ?? '' };
      const answer = await send(either(), 'PATCH', customerPath, changed, etag);
      if (answer.status === 200) {
        return;
      }
      expect(answer.status, JSON.stringify(answer.body)).toBe(412);
      stale += 1;
    }
  };

  let paid = 0;
  const pay = async (): Promise<void> => {
    const amount = random.int(1, 9);
    const answer = await send(either(), 'POST', '/payments', {
      customer_id: customer.body['id'],
      amount,
      currency_code: 'USD',
      payment_method: 'bank_transfer',
      payment_parts: [{ invoice_id: invoice.body['id'], amount }],
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    paid += amount;
  };

  let created = 0;
  const createAtBoth = async (): Promise<void> => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { customer_name: newMark() };
    const answers = await Promise.all(servers.map((server) => send(server, 'POST', '/customers', body, key)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    created += 1;
  };

  let counted = 0;
  let round = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (round < rounds) {
        round += 1;
        const work = random.pick([countUp, pay, pay, createAtBoth]);
        counted += work === countUp ? 1 : 0;
        await work();
      }
    }),
  );

  const sqlite = site.open();
  const count = sqlite
    .prepare("select json_extract(custom_data, '$.count') from customer where version > 1")
    .pluck()
    .get();
  const invoiced = sqlite.prepare('select paid_amount, amount_due, status from invoice').get();
  const customers = sqlite.prepare('select count(*) from customer').pluck().get();
  const payments = sqlite.prepare('select sum(amount) from payment_allocation').pluck().get();
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
  expect(count).toBe(counted);
  expect(invoiced).toEqual({ paid_amount: paid, amount_due: 1_000_000 - paid, status: 'partially_paid' });
  expect(payments).toBe(paid);
  expect(customers).toBe(created + 1);
  expect(setbacks.filter((setback) => setback !== '503')).toEqual([]);
  expect(setbacks.length).toBeLessThan(rounds / 20);
  for (const server of servers) {
    expect(server.log()).toBe('');
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
  }
  addFigure('read-then-write rounds at two servers on one file', rounds);
  addFigure('rounds that read what was stale at the write (412, done again)', stale);
  addFigure('answers 503 among them, sent again', setbacks.length);
  addFigure('snapshot errors and other failures', setbacks.filter((setback) => setback !== '503').length);
});
