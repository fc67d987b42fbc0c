import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

let server: TestServer;
let staff: ConsoleClient;

interface Known {
  id: string;
  name: string;
  email: string | null;
  externalId: string | null;
  createdAt: string;
  /** In thousandths of a major unit. */
  figure: number;
  lastInvoiceAt: string | null;
}
const known: Known[] = [];

const names = ["O'Hara & Søns", '100% Cotton', 'under_score', 'Zebra', 'alpha', 'Beta', 'beta', 'Émile', 'back\\slash'];
const owed = [
  { currency: 'USD', perMajor: 100 },
  { currency: 'JPY', perMajor: 1 },
  { currency: 'KWD', perMajor: 1000 },
];

beforeAll(async () => {
  server = await startTestServer();
  const organisation = await server.addOrganisation();
  staff = await openConsole(server, organisation.id);
  for (let index = 0; index < 27; index += 1) {
    const name = names[index % names.length] ?? '';
    const email = index % 4 === 0 ? null : `Mail${index % 6}@x.example`;
    const externalId = index % 3 === 0 ? null : `ext-${index}`;
    const createdAt = `2026-0${1 + (index % 5)}-01T00:00:00.000Z`;
    const id = await addCustomer(server, organisation.id, {
      customer_name: name,
      email,
      external_id: externalId,
      created_at: createdAt,
    });
    const scope = { organisationId: organisation.id, customerId: id };
    let figure = 0;
    let lastInvoiceAt: string | null = null;
    for (let invoice = 0; invoice < index % 4; invoice += 1) {
      const { currency, perMajor } = owed[(index + invoice) % owed.length] ?? { currency: 'USD', perMajor: 100 };
      const amount = 1_000 * (1 + ((index * 7 + invoice) % 5));
      lastInvoiceAt = `2026-10-0${1 + (index % 6)}T0${invoice}:00:00.000Z`;
      await addInvoice(server, scope, { currency, amount_due: amount, created_at: lastInvoiceAt });
      figure = Math.max(figure, (amount * 1000) / perMajor);
    }
    await addInvoice(server, scope, { status: 'paid', amount_due: 0, created_at: '2026-09-01T00:00:00.000Z' });
    await addInvoice(server, scope, { status: 'draft', amount_due: 9_999_999, created_at: '2026-11-22T00:00:00.000Z' });
    lastInvoiceAt ??= '2026-09-01T00:00:00.000Z';
    known.push({ id, name, email, externalId, createdAt, figure, lastInvoiceAt });
  }
  await addCustomer(server, organisation.id, { customer_name: 'Deleted', deleted_at: '2026-11-01T00:00:00.000Z' });
});

afterAll(() => server.close());

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const textOf = (value: string | null, isDescending: boolean): string =>
  value === null ? (isDescending ? '' : '\u{10ffff}') : lower(value);

const sortedBy: Record<string, (customer: Known, isDescending: boolean) => string | number> = {
  customer_name: ({ name }) => lower(name),
  email: ({ email }, isDescending) => textOf(email, isDescending),
  external_id: ({ externalId }, isDescending) => textOf(externalId, isDescending),
  amount_due: ({ figure }) => figure,
  last_invoice_at: ({ lastInvoiceAt }) => lastInvoiceAt ?? '',
  created_at: ({ createdAt }) => createdAt,
};

const reference = (field: string, isDescending: boolean): string[] => {
  const valueOf = sortedBy[field] ?? (() => '');
  const keyed = known.map((customer) => ({ id: customer.id, value: valueOf(customer, isDescending) }));
  const bytes = (text: string): Buffer => Buffer.from(text);
  keyed.sort((one, other) => {
    const order =
      typeof one.value === 'number' && typeof other.value === 'number'
        ? one.value - other.value
        : Buffer.compare(bytes(String(one.value)), bytes(String(other.value)));
    return order || (one.id < other.id ? -1 : 1);
  });
  const ids = keyed.map(({ id }) => id);
  return isDescending ? ids.reverse() : ids;
};

describe('the list of customers', () => {
  it.each(Object.keys(sortedBy).flatMap((field) => [field, `-${field}`]))(
    'ordered by %s pages both ways',
    async (order) => {
      const walk = await walkPages(staff, `/customers?order=${order}&limit=4`);
      const expected = reference(order.replace('-', ''), order.startsWith('-'));
      expect(walk.forwards).toEqual(expected);
      expect(walk.backwards).toEqual(expected);
      expect(walk.totals).toEqual([known.length]);
      expect(walk.isFirstAgain).toBe(true);
    },
  );

  it.each([
    ["o'hara", "O'Hara & Søns"],
    ['100%', '100% Cotton'],
    ['r_s', 'under_score'],
    ['k\\s', 'back\\slash'],
  ])('finds %s, and takes no character for a wildcard', async (search, name) => {
    const { body } = await staff.get(`/customers?search=${encodeURIComponent(search)}&limit=100`);
    expect(body['total_count']).toBe(3);
    expect(new Set((body['results'] as { customer_name: string }[]).map((row) => row.customer_name))).toEqual(
      new Set([name]),
    );
  });

  it('finds by e-mail and by external id', async () => {
    const byExternalId = await staff.get('/customers?search=EXT-26');
    expect(byExternalId.body['results']).toMatchObject([{ external_id: 'ext-26' }]);
    const byEmail = await staff.get('/customers?search=mail5@&limit=100');
    expect(byEmail.body['total_count']).toBe(known.filter(({ email }) => email === 'Mail5@x.example').length);
  });

  it('gives what each owes by currency, without drafts', async () => {
    const { body } = await staff.get('/customers?search=ext-7');
    expect(body['results']).toEqual([
      {
        id: expect.any(String),
        customer_name: 'Émile',
        email: 'Mail1@x.example',
        external_id: 'ext-7',
        amounts_due: [
          { currency: 'JPY', amount_due: 5_000 },
          { currency: 'KWD', amount_due: 1_000 },
          { currency: 'USD', amount_due: 2_000 },
        ],
        last_invoice_at: '2026-10-02T02:00:00.000Z',
        created_at: '2026-03-01T00:00:00.000Z',
      },
    ]);
  });

  it.each(['order=name', 'limit=101', 'cursor=x', 'q=x', 'limit=ten'])('refuses %s', async (query) => {
    const { status, body } = await staff.get(`/customers?${query}`);
    expect(status).toBe(422);
    expect(JSON.stringify(body['detail'])).toContain(query.split('=')[0]);
  });

  it('refuses a cursor of another order', async () => {
    const { body } = await staff.get('/customers?order=email&limit=4');
    const answer = await staff.get(`/customers?order=-email&cursor=${encodeURIComponent(String(body['next']))}`);
    expect(answer.body['code']).toBe('cursor_invalid');
  });
});
