import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice, addLineItem } from '../testing/builders/invoices.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { openPortal } from '../testing/portal-session.ts';
import { readZip } from '../testing/read-zip.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let staff: ConsoleClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  staff = await openConsole(server, organisation.id);
});
afterAll(() => server.close());

const newCustomer = async (settings = {}) => {
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId, settings) };
};

const download = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(`${server.address}${path}`, { headers });
  return { status: response.status, headers: response.headers, files: readZip(Buffer.from(await response.bytes())) };
};

const path = (ids: string[]): string => `/exports/invoice_pdfs?id__in=${ids.join(',')}`;

describe('GET /portal/{organisation}/exports/invoice_pdfs', () => {
  it('answers 401 without a credential', async () => {
    const { status } = await server.request('GET', `/portal/${organisation.id}${path(['x'])}`);
    expect(status).toBe(401);
  });

  it('answers 403 to a session without invoices', async () => {
    const { scope, portal } = await newCustomer({ sections: ['payments'] });
    const { id } = await addInvoice(server, scope);
    expect((await portal.get(path([id]))).body['code']).toBe('scope_insufficient');
  });

  it('answers 422 to no invoice, to what is no id, and to more than 100', async () => {
    const { portal } = await newCustomer();
    const many = Array.from(
      { length: 101 },
      (_, index) => `0199a000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    );
    for (const query of ['/exports/invoice_pdfs', path([]), path(['INV-7']), path(many)]) {
      expect((await portal.get(query)).status).toBe(422);
    }
  });

  it("answers the same to another customer's, another organisation's, a draft and a missing invoice", async () => {
    const { scope, portal } = await newCustomer();
    const own = await addInvoice(server, scope);
    const neighbour = await newCustomer();
    const elsewhere = await server.addOrganisation('Elsewhere');
    const foreignScope = { organisationId: elsewhere.id, customerId: await addCustomer(server, elsewhere.id) };
    const hidden = [
      '0199a000-0000-7000-8000-00000000dead',
      (await addInvoice(server, neighbour.scope)).id,
      (await addInvoice(server, foreignScope)).id,
      (await addInvoice(server, scope, { status: 'draft' })).id,
    ];
    const answers = await Promise.all(hidden.map((id) => portal.get(path([own.id, id]))));
    const bodies = answers.map(({ status, headers, text }) => [
      status,
      headers.get('content-type'),
      text.replace(headers.get('x-request-id') ?? '', ''),
    ]);
    expect(bodies[0]?.[0]).toBe(404);
    expect(answers[0]?.body['code']).toBe('invoice_not_found');
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it('holds a PDF of each, under names of their own, also for a session that may only read', async () => {
    const { scope, portal } = await newCustomer({ read_only: true });
    const invoices = [];
    for (const number of ['INV-7', 'inv-7', 'INV-7', '../../etc/passwd', "O'Hara 株式会社"]) {
      const invoice = await addInvoice(server, scope, { invoice_number: number });
      await addLineItem(server, invoice);
      invoices.push(invoice.id);
    }
    const ids = [...invoices, invoices[0] ?? ''];
    const { status, headers, files } = await download(`/portal/${organisation.id}${path(ids)}`, portal.headers);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toBe('attachment; filename=invoices-2026-11-23.zip');
    expect(files.map(({ name }) => name)).toEqual([
      'invoice-INV-7.pdf',
      'invoice-inv-7 (2).pdf',
      'invoice-INV-7 (3).pdf',
      'invoice-etc-passwd.pdf',
      'invoice-O-Hara-株式会社.pdf',
    ]);
    for (const { bytes } of files) {
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.subarray(-6).toString()).toContain('%%EOF');
    }
  });
});

it('stops drawing when the caller goes away', async () => {
  const { scope, portal } = await newCustomer();
  const ids = [];
  for (let index = 0; index < 100; index += 1) {
    ids.push((await addInvoice(server, scope)).id);
  }
  const response = await fetch(`${server.address}/portal/${organisation.id}${path(ids)}`, { headers: portal.headers });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect((await portal.get('/summary')).status).toBe(200);
});

describe('GET /console/api/customers/{customer}/exports/invoice_pdfs', () => {
  it("answers 404 to another customer's invoice", async () => {
    const { scope } = await newCustomer();
    const neighbour = await newCustomer();
    const { id } = await addInvoice(server, neighbour.scope);
    const { status, body } = await staff.get(`/customers/${scope.customerId}${path([id])}`);
    expect([status, body['code']]).toEqual([404, 'invoice_not_found']);
  });

  it('holds drafts too', async () => {
    const { scope } = await newCustomer();
    const { id } = await addInvoice(server, scope, { invoice_number: 'D-1', status: 'draft' });
    const { files } = await download(`/console/api/customers/${scope.customerId}${path([id])}`, staff.headers);
    expect(files.map(({ name }) => name)).toEqual(['invoice-D-1.pdf']);
  });
});
