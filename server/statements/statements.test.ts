import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerScope } from '../scope.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment } from '../testing/builders/payments.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let staff: ConsoleClient;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  staff = await openConsole(server, organisation.id);
  merchant = merchantClient(server, organisation);
});
afterAll(() => server.close());

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}, settings = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId, settings) };
};

const november = '?from=2026-11-01&to=2026-11-30&format=csv';

const rowsOf = (answer: Answer): Record<string, string>[] => {
  expect(answer.status, answer.text).toBe(200);
  return parse(answer.text, { columns: true, record_delimiter: '\r\n' });
};

const statementOf = async ({ organisationId, customerId }: CustomerScope, query = november): Promise<Answer> => {
  expect(organisationId).toBe(organisation.id);
  return merchant.get(`/customers/${customerId}/statement${query}`);
};

describe('GET /portal/{organisation}/statement', () => {
  it('answers 401 without a credential', async () => {
    expect((await server.request('GET', `/portal/${organisation.id}/statement${november}`)).status).toBe(401);
  });

  it.each(['invoices', 'payments'])('answers 403 to a session with %s alone', async (section) => {
    const { portal } = await newCustomer({}, { sections: [section] });
    const { status, body } = await portal.get(`/statement${november}`);
    expect([status, body['code']]).toEqual([403, 'scope_insufficient']);
  });

  it.each([
    ['?from=2026-11-01', 'to'],
    ['?to=2026-11-01', 'from'],
    ['?from=2026-11-02&to=2026-11-01', 'to'],
    ['?from=2026-02-30&to=2026-11-01', 'from'],
    ['?from=2026-11-01T00:00:00Z&to=2026-11-02', 'from'],
    ['?from=2026-11-24&to=2026-11-30', 'from'],
    ['?from=2026-11-01&to=2026-11-30&format=xlsx', 'format'],
    ['?from=2026-11-01&to=2026-11-30&currency=USD', 'currency'],
  ])('answers 422 to %s', async (query, field) => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.get(`/statement${query}`);
    expect(status).toBe(422);
    expect(body['detail']).toMatchObject([{ loc: ['query', field] }]);
  });

  it('counts a last day in the future as today, in the zone of the customer', async () => {
    const { portal } = await newCustomer({ time_zone: 'Pacific/Kiritimati' }, { read_only: true });
    const { status, headers, text } = await portal.get('/statement?from=2026-11-24&to=2027-12-31&format=csv');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe('attachment; filename=statement-2026-11-24-to-2026-11-24.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(text).toBe('Currency,Date,Type,Number,Description,Due date,Charge,Credit,Balance\r\n');
  });

  it('is a PDF unless CSV is asked for', async () => {
    const { scope, portal } = await newCustomer();
    await addInvoice(server, scope);
    const { status, headers, text } = await portal.get('/statement?from=2026-11-01&to=2026-11-30');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe('attachment; filename=statement-2026-11-01-to-2026-11-23.pdf');
    expect(text.slice(0, 5)).toBe('%PDF-');
  });

  it('refuses more entries as PDF than a reader would read', async () => {
    const { scope, portal } = await newCustomer();
    await server.db.transaction().execute(async (db) => {
      for (let index = 0; index < 5_001; index += 1) {
        await addPayment({ db }, scope);
      }
    });
    const { status, body } = await portal.get('/statement?from=2026-11-01&to=2026-11-30&format=pdf');
    expect(status).toBe(422);
    expect(body['message']).toContain('5000');
    expect(rowsOf(await portal.get(`/statement${november}`))).toHaveLength(5_001 + 8);
  });
});

describe('GET /customers/{customer}/statement', () => {
  it('answers 401 without a key', async () => {
    const { scope } = await newCustomer();
    expect((await server.request('GET', `/customers/${scope.customerId}/statement${november}`)).status).toBe(401);
  });

  it("answers the same 404 to another organisation's customer and to none", async () => {
    const elsewhere = await server.addOrganisation('Elsewhere');
    for (const id of [await addCustomer(server, elsewhere.id), '0199a000-0000-7000-8000-00000000dead']) {
      for (const caller of [
        () => merchant.get(`/customers/${id}/statement${november}`),
        () => staff.get(`/customers/${id}/statement${november}`),
      ]) {
        const { status, body } = await caller();
        expect([status, body['code']]).toEqual([404, 'customer_not_found']);
      }
    }
  });

  it('says the same to the merchant, to staff and to the customer', async () => {
    const { scope, portal } = await newCustomer();
    await addInvoice(server, scope);
    const answers = [
      await statementOf(scope),
      await staff.get(`/customers/${scope.customerId}/statement${november}`),
      await portal.get(`/statement${november}`),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(rowsOf(answers[0] as Answer)).toHaveLength(9);
  });
});
