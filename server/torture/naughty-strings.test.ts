import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBulk } from '../testing/bulk-stream.ts';
import { addFigure } from '../testing/figures.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { naughtyStrings } from '../testing/naughty-strings.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { readPdf } from '../testing/read-pdf.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
});
afterAll(() => server.close());

/** The rules that the reference states: one line without control characters, or text that may have breaks and tabs. */
const line = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text.trim());
const lines = (text: string): boolean => line(text.replaceAll(/[\n\r\t]/g, ' '));
const filled = (text: string): boolean => line(text) && text.trim() !== '';
interface Kind {
  /** The collection, and below it `bulk` and each record. */
  path: string;
  /** What is sent for a text. */
  body: (text: string) => Record<string, unknown>;
  /** Which text each field takes, by its place in the request. */
  rules: Record<string, (text: string) => boolean>;
  /** The fields of the answer in which the whole text stands. */
  whole: readonly string[];
  /** Asks for all of a record. */
  query?: string;
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], value);

let customerId: string;

const address = (text: string) => ({ line1: text, line2: text, city: text, state: text, zipCode: text.slice(0, 32) });

const kinds: Record<string, Kind> = {
  customers: {
    path: '/customers',
    body: (text) => ({
      customer_name: text,
      phone_number: text.slice(0, 64),
      address: address(text),
      tax_info: [{ country_code: 'DE', tax_code: 'eu_vat', tax_id: text.slice(0, 64) }],
      contacts: [{ email: 'naughty@example.com', first_name: text, last_name: text }],
      custom_data: { text },
    }),
    rules: {
      customer_name: filled,
      phone_number: line,
      'address.line1': line,
      'address.line2': line,
      'address.city': line,
      'address.state': line,
      'address.zipCode': line,
      'tax_info.0.tax_id': filled,
      'contacts.0.first_name': line,
      'contacts.0.last_name': line,
    },
    whole: ['customer_name', 'address.line1', 'contacts.0.first_name'],
  },
  entitlements: {
    path: '/entitlements',
    body: (text) => ({ name: text, description: text, units: text.slice(0, 64), entitlement_type: 'Quantity' }),
    rules: { name: filled, description: lines, units: filled },
    whole: ['name', 'description'],
  },
  invoices: {
    path: '/invoices',
    body: (text) => ({
      customer_id: customerId,
      currency: 'USD',
      created_by: text,
      notes: text,
      invoice_number: text.slice(0, 64),
      line_items: [{ name: text, description: text, unit: text.slice(0, 64), unit_price: 1 }],
    }),
    rules: {
      created_by: line,
      notes: lines,
      invoice_number: filled,
      'line_items.0.name': filled,
      'line_items.0.description': lines,
      'line_items.0.unit': line,
    },
    query: '?include_line_items=true',
    whole: ['created_by', 'notes', 'line_items.0.name', 'line_items.0.description'],
  },
  payments: {
    path: '/payments',
    body: (text) => ({
      customer_id: customerId,
      currency_code: 'USD',
      amount: 100,
      receipt_number: text,
      description: text,
      connector_name: text,
    }),
    rules: { receipt_number: filled, description: lines, connector_name: filled },
    whole: ['receipt_number', 'description', 'connector_name'],
  },
};

const product: Kind = {
  path: '/products',
  body: (text) => ({ name: text }),
  rules: { name: filled },
  whole: ['name'],
};

/** The fields that ought to be refused. */
const refusalsOf = ({ body, rules }: Kind, text: string): string[] =>
  Object.entries(rules)
    .filter(([path, isTaken]) => !isTaken(String(valueAt(body(text), path))))
    .map(([path]) => path)
    .sort();

const fieldsOf = (detail: unknown): string[] =>
  ((detail ?? []) as { loc: (string | number)[] }[]).map(({ loc }) => loc.slice(1).join('.')).sort();

describe('the big list of naughty strings', { timeout: 60_000 }, () => {
  let portal: PortalClient;
  let numbers: string[];

  beforeAll(async () => {
    const created = await merchant.post('/customers', { customer_name: "<script>alert('Bobby')</script>" });
    customerId = String(created.body['id']);
    portal = await openPortal(server, organisation, customerId);
  });

  it.for(Object.entries(kinds))('is kept as it is in every text of %s, or refused by name', async ([name, kind]) => {
    const records = naughtyStrings.map((text, index) => ({ external_id: `naughty-${index}`, ...kind.body(text) }));
    const results = await sendBulk(server, merchant, `${kind.path}/bulk`, records);
    let kept = 0;
    for (const [index, text] of naughtyStrings.entries()) {
      const result = results[index];
      const refusals = refusalsOf(kind, text);
      expect([result?.status, fieldsOf(result?.error?.detail)], JSON.stringify(text)).toEqual([
        refusals.length === 0 ? 'created' : 'failed',
        refusals,
      ]);
      if (result?.status === 'created') {
        kept += 1;
        const { body } = await merchant.get(`${kind.path}/${result.id ?? ''}${kind.query ?? ''}`);
        for (const path of kind.whole) {
          expect(valueAt(body, path) ?? '').toBe(text.trim());
        }
      }
    }
    expect(kept).toBeGreaterThan(450);
    addFigure(`naughty strings kept as they are, refused by name: ${name}`, `${kept}, ${naughtyStrings.length - kept}`);
  });

  it('is kept or refused one at a time too', async () => {
    for (const kind of [...Object.values(kinds), product]) {
      const some = naughtyStrings.filter((text, index) => index % 20 === 0 || refusalsOf(kind, text).length > 0);
      for (const text of some) {
        const { status, body } = await merchant.post(kind.path, kind.body(text));
        const refusals = refusalsOf(kind, text);
        expect([status, fieldsOf(body['detail'])], JSON.stringify(text)).toEqual([
          refusals.length === 0 ? 200 : 422,
          refusals,
        ]);
        for (const path of status === 200 ? kind.whole : []) {
          expect(valueAt(body, path) ?? '').toBe(text.trim());
        }
      }
    }
  });

  it('is found by its own text in the portal, as it was written', async () => {
    const rows = await server.db.selectFrom('invoice').select('invoice_number').execute();
    numbers = rows.map(({ invoice_number: number }) => number);
    expect(numbers.length).toBeGreaterThan(450);
    for (const number of numbers) {
      const { body } = await portal.get(`/invoices?limit=1&search=${encodeURIComponent(number)}`);
      const small = number.toLowerCase();
      const expected = numbers.filter((other) => other.toLowerCase().includes(small)).length;
      expect(body['total_count'], number).toBe(expected);
    }
  });

  it('comes as text in a CSV file, never as a formula', async () => {
    const { status, text } = await portal.get('/exports/invoices');
    const [, ...rows] = parse(text) as string[][];
    expect(status).toBe(200);
    const cells = rows.map(([number = '']) => number);
    expect(cells.filter((cell) => /^["'\s]*[=+\-@]/.test(cell) && !cell.startsWith("'"))).toEqual([]);
    const bare = (cell: string): string => cell.replaceAll(/(^|[;\t\r\n])'/g, '$1');
    const written = new Set(cells.map(bare));
    expect(numbers.filter((number) => !written.has(bare(number)))).toEqual([]);
    const guarded = cells.filter((cell) => cell.startsWith("'"));
    expect(guarded.length).toBeGreaterThan(10);
    addFigure('naughty strings kept from being formulas in CSV', guarded.length);
  });

  it('is drawn in a PDF, with its text', async () => {
    const texts = naughtyStrings.filter(filled);
    const created = await merchant.post('/invoices', {
      customer_id: customerId,
      currency: 'USD',
      notes: naughtyStrings
        .filter((text) => lines(text) && text.length < 60)
        .join('\n')
        .slice(0, 4000),
      line_items: texts.map((text) => ({ name: text, unit_price: 1 })),
    });
    expect(created.status).toBe(200);
    const response = await fetch(`${server.address}/invoices/${String(created.body['id'])}/download_invoice`, {
      headers: merchant.headers,
    });
    expect(response.status).toBe(200);
    const { pages, actualTexts } = await readPdf(await response.bytes());
    const drawn = [...pages, ...actualTexts].join(' ').replaceAll(/\s/g, '');
    const ascii = texts.filter((text) => /^[\x20-\x7e]+$/.test(text));
    expect(ascii.length).toBeGreaterThan(250);
    expect(ascii.filter((text) => !drawn.includes(text.replaceAll(/\s/g, '')))).toEqual([]);
  });
});
