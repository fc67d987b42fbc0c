import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { consoleApi } from '#contract/console-api.ts';
import { merchantApi } from '#contract/merchant-api.ts';
import { portalApi } from '#contract/portal-api.ts';
import { attemptsOf, nonsense } from '../testing/canaries/attempts.ts';
import { columnsWithoutMark, learnColumns, readTextColumns, staleExemptions } from '../testing/canaries/columns.ts';
import type { Mark, Owner } from '../testing/canaries/marks.ts';
import type { PlannedOrganisation } from '../testing/canaries/planned-organisation.ts';
import { comparable, textsOfBody } from '../testing/canaries/read-answer.ts';
import type { RawAnswer } from '../testing/canaries/read-answer.ts';
import { publicOrigin, startStage } from '../testing/canaries/stage.ts';
import type { Stage } from '../testing/canaries/stage.ts';
import { readsOf } from '../testing/canaries/visits.ts';
import { jsonOf, leaksIn, marksSeen } from '../testing/canaries/visitor.ts';
import type { Visitor } from '../testing/canaries/visitor.ts';
import { addFigure } from '../testing/figures.ts';

let stage: Stage;
let leakedBytes = 0;
let searched = 0;

const mayCustomerSee = (owner: Owner): boolean => owner === 'A' || owner === 'A1';
const mayStaffSee = (owner: Owner): boolean => owner.startsWith('A');

const note = (leaks: readonly Mark[]): void => {
  leakedBytes += leaks.reduce((sum, { value }) => sum + value.length, 0);
};

/** Searches all that a visitor was answered, and says which marks of its own were in it. */
const search = async (visitor: Visitor, maySee: (owner: Owner) => boolean): Promise<string[]> => {
  const seen = await marksSeen(visitor, stage.marks);
  const found = leaksIn(seen, maySee);
  const unread = visitor.answers.filter(({ answer: { status } }) => status === 429 || status >= 500);
  expect(unread.map(({ request }) => request)).toEqual([]);
  searched += visitor.answers.length;
  note(found);
  expect(found.map((mark) => ({ ...mark, request: seen.get(mark) }))).toEqual([]);
  return [...seen.keys()].map(({ place }) => place);
};

/** A trial of its own looks for every word in the portal. */
const someOf = (words: string[]): string[] => words.filter((_, index) => index % 8 === 0);

/** What customer A1 reads: every address of the portal API, with its own ids and everybody else's. */
const portalReads = (): string[] => {
  const { a, b, marks } = stage;
  const attempts = attemptsOf(
    a.customers[0],
    [a.customers[1], ...b.customers],
    someOf(marks.words((owner) => !mayCustomerSee(owner))),
  );
  return readsOf(portalApi, { ...attempts, params: { ...attempts.params, organisation_id: [a.id, b.id] } });
};

const readAll = async (visitor: Visitor, paths: readonly string[]): Promise<Map<string, RawAnswer>> => {
  const answers = new Map<string, RawAnswer>();
  for (const path of paths) {
    answers.set(path, await visitor.ask('GET', path));
  }
  return answers;
};

/** A merchant's and its staff's writes: rows of the tables that only requests fill. */
const livelyDay = async (organisation: PlannedOrganisation): Promise<string> => {
  const { marks, receiver } = stage;
  const { staffOwner } = organisation;
  const [customer] = organisation.customers;
  const merchant = stage.merchant(organisation);
  const word = (place: string): string => marks.word(staffOwner, place);
  const endpoint = jsonOf(
    await merchant.ask('POST', '/webhook_endpoints', {
      body: {
        url: `${receiver.url}/${word('webhook_endpoint.url')}`,
        description: word('webhook_endpoint.description'),
      },
    }),
  );
  const endpointId = String(endpoint['id']);
  marks.learn({ owner: staffOwner, place: 'webhook secret', value: String(endpoint['secret']) });
  const rotated = jsonOf(await merchant.ask('POST', `/webhook_endpoints/${endpointId}/rotate_secret`, { body: {} }));
  marks.learn({ owner: staffOwner, place: 'new webhook secret', value: String(rotated['secret']) });
  await merchant.ask('POST', '/products', {
    headers: { 'idempotency-key': word('idempotency_key.key') },
    body: { name: word('product.name of a day') },
  });
  await merchant.ask('PATCH', `/customers/${customer.id}`, {
    body: { business_entity_id: marks.word(`${organisation.owner}1`, 'customer.business_entity_id of a day') },
  });
  await merchant.ask('POST', '/invoices', {
    body: { customer_id: customer.id, currency: 'USD', invoice_total: marks.amount(staffOwner, 'invoice of a day') },
  });
  const staff = await stage.openConsole(organisation);
  jsonOf(await staff.ask('POST', `/console/api/customers/${customer.id}/portal_view`, { body: {} }));
  const hosted = await stage.stranger({ origin: publicOrigin }).ask('POST', '/session/redeem', {
    body: { session_token: await stage.newLink(organisation, customer), redeem_nonce: word('nonce of a day') },
  });
  const cookie = hosted.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? '';
  marks.learn({ owner: `${organisation.owner}1`, place: 'portal cookie', value: cookie });
  return endpointId;
};

beforeAll(async () => {
  stage = await startStage();
});
afterAll(async () => {
  addFigure('canary marks planted', stage.marks.count);
  addFigure('answers searched for canaries', searched);
  addFigure('canary bytes leaked', leakedBytes);
  await stage.close();
});

describe('two organisations with two customers each, every word of whom is a mark', { timeout: 60_000 }, () => {
  let endpoints: Map<PlannedOrganisation, string>;

  it('answers a customer the same, whether others are there or not', async () => {
    const { a, b } = stage;
    const paths = portalReads();
    const alone = await readAll(await stage.openPortal(a, a.customers[0]), paths);
    await stage.insertOthers();
    const portal = await stage.openPortal(a, a.customers[0]);
    for (const [organisation, customer] of [
      [a, a.customers[1]],
      [b, b.customers[0]],
      [b, b.customers[1]],
    ] as const) {
      const other = await stage.openPortal(organisation, customer);
      await other.ask('PATCH', `/portal/${organisation.id}/profile`, {
        headers: { 'if-match': '"1"' },
        body: { customer_name: stage.marks.word(stage.ownerOf(organisation.id, customer.id) ?? '', 'new name') },
      });
    }
    const among = await readAll(portal, paths);
    const changed = [];
    for (const path of paths) {
      const [before, after] = [alone.get(path), among.get(path)];
      if (before === undefined || after === undefined || (await comparable(before)) !== (await comparable(after))) {
        changed.push(path);
      }
    }
    expect(changed).toEqual([]);
    expect([...among.values()].filter(({ status }) => status === 200).length).toBeGreaterThan(200);

    const seen = await search(portal, mayCustomerSee);
    for (const place of [
      'customer.customer_name',
      'open invoice.notes',
      'payment.receipt_number',
      'entitlement.name',
    ]) {
      expect(seen).toContain(place);
    }
  });

  it("answers a search for another's word like a search for nonsense", async () => {
    const { a, marks } = stage;
    const portal = await stage.openPortal(a, a.customers[0]);
    const foreign = marks.words((owner) => !mayCustomerSee(owner));
    for (const list of ['invoices', 'payments', 'entitlements', 'exports/invoices', 'exports/payments']) {
      const find = async (text: string): Promise<string> =>
        comparable(await portal.ask('GET', `/portal/${a.id}/${list}?search=${text}`));
      const nothing = await find(nonsense);
      expect(nothing).not.toContain(a.customers[0].id);
      for (const word of foreign) {
        expect(await find(word)).toBe(nothing);
      }
    }
    await search(portal, mayCustomerSee);
  });

  it("keeps them out of files, and finds what is the customer's own in each", async () => {
    const { a } = stage;
    const [customer] = a.customers;
    const [invoice] = customer.invoices;
    const portal = await stage.openPortal(a, customer);
    const files = [
      `invoices/${invoice?.id ?? ''}/pdf`,
      `payments/${customer.payment.id}/receipt`,
      'statement?from=2026-01-01&to=2026-06-30',
      'statement?from=2026-01-01&to=2026-06-30&format=csv',
      'exports/invoices',
      'exports/payments?format=excel',
      'exports/entitlements',
      `exports/invoice_pdfs?id__in=${customer.invoices
        .slice(0, 2)
        .map(({ id }) => id)
        .join(',')}`,
    ];
    for (const file of files) {
      const answer = await portal.ask('GET', `/portal/${a.id}/${file}`);
      expect(answer.status).toBe(200);
      const own = (await textsOfBody(answer)).flatMap((text) => stage.marks.find(text));
      expect(
        own.map(({ owner }) => owner),
        file,
      ).toContain('A1');
    }
    await search(portal, mayCustomerSee);
  });

  it('keeps them out of refusals, conditional requests and the pages of a list', async () => {
    const { a, b } = stage;
    const portal = await stage.openPortal(a, a.customers[0]);
    const base = `/portal/${a.id}`;
    const statuses = [
      await portal.ask('PATCH', `${base}/profile`, { body: { customer_name: 'x' } }),
      await portal.ask('PATCH', `${base}/profile`, { headers: { 'if-match': '"99"' }, body: { customer_name: 'x' } }),
      await portal.ask('PATCH', `${base}/profile`, { headers: { 'if-match': '"1"' }, body: { email: 'x', a: 1 } }),
      await portal.ask('PATCH', `${base}/profile`, { headers: { 'if-match': '"1"' }, body: '{' }),
      await portal.ask('GET', `${base}/profile`, { headers: { 'if-none-match': '"1"' } }),
      await portal.ask('GET', `${base}/invoices?cursor=x`),
      await portal.ask('GET', `${base}/invoices?search=${'x'.repeat(101)}`),
      await portal.ask('GET', `${base}/nothing`),
      await portal.ask('GET', '/customers', { headers: { organisation: a.id } }),
      await portal.ask('GET', '/console/api/customers'),
      await portal.ask('POST', `/portal/${b.id}/session/renew`, { body: {} }),
      await portal.ask('POST', `${base}/session/redeem`, {
        body: { session_token: 'x', redeem_nonce: 'x'.repeat(16) },
      }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([428, 412, 422, 400, 304, 422, 422, 404, 403, 401, 401, 401]);
    for (const list of ['invoices', 'payments', 'entitlements']) {
      let cursor: unknown = null;
      do {
        const from: string = typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : '';
        cursor = jsonOf(await portal.ask('GET', `${base}/${list}?limit=1${from}`))['next'];
      } while (cursor !== null);
    }
    await search(portal, mayCustomerSee);
  });

  it('keeps them out of the hosted page', async () => {
    const { a, marks } = stage;
    const token = await stage.newLink(a, a.customers[0]);
    const visitor = stage.stranger({ origin: publicOrigin });
    await visitor.ask('GET', `/session/${token}`);
    const opened = await visitor.ask('POST', '/session/redeem', {
      body: { session_token: token, redeem_nonce: marks.word('A1', 'hosted nonce'), preload: { limit: 100 } },
    });
    expect(opened.status).toBe(200);
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await visitor.ask('POST', '/session/resume', { headers: { cookie }, body: { preload: { limit: 100 } } });
    await visitor.ask('GET', `/session/${token}`, { headers: { cookie } });
    await visitor.ask('GET', `/session/${token}`, { headers: { 'sec-fetch-dest': 'iframe' } });
    await visitor.ask('GET', '/session');
    expect(await search(visitor, mayCustomerSee)).toContain('customer.customer_name');
  });

  it('sends the webhooks of one organisation nothing of the other', async () => {
    const { a, b, receiver } = stage;
    endpoints = new Map([
      [b, await livelyDay(b)],
      [a, await livelyDay(a)],
    ]);
    const changesOf = ({ customers }: PlannedOrganisation): string[] =>
      receiver.received.map(({ body }) => body).filter((body) => body.includes(customers[0].id));
    await vi.waitFor(
      () => {
        expect(changesOf(a).length).toBeGreaterThan(0);
        expect(changesOf(b).length).toBeGreaterThan(0);
      },
      { timeout: 15_000, interval: 50 },
    );
    const owners = receiver.received.map(({ body, headers }) => {
      const marks = stage.marks.find(`${body} ${JSON.stringify(headers)}`);
      return [...new Set(marks.map(({ owner }) => owner.charAt(0)))];
    });
    searched += owners.length;
    expect(owners.filter((some) => some.length > 1)).toEqual([]);
  });

  it('gives each organisation its own answer to the same Idempotency-Key', async () => {
    const { a, b, marks } = stage;
    const key = { 'idempotency-key': 'the-same-in-both' };
    const create = async (organisation: PlannedOrganisation): Promise<[Visitor, Record<string, unknown>[]]> => {
      const merchant = stage.merchant(organisation);
      const body = { name: marks.word(organisation.staffOwner, 'product of a key') };
      const answers = [];
      for (const _ of ['first', 'again']) {
        answers.push(jsonOf(await merchant.ask('POST', '/products', { headers: key, body })));
      }
      return [merchant, answers];
    };
    const [, [first, again]] = await create(b);
    const [merchant, [other, otherAgain]] = await create(a);
    expect(first).toEqual(again);
    expect(other).toEqual(otherAgain);
    expect(other?.['id']).not.toBe(first?.['id']);
    await search(merchant, mayStaffSee);
  });

  it('shows a merchant, and its staff, nothing of another organisation', async () => {
    const { a, b, marks } = stage;
    const foreign = (owner: Owner): boolean => !mayStaffSee(owner);
    await stage.openConsole(b);
    await learnColumns(stage.db, marks, stage.ownerOf);
    const attempts = attemptsOf(a.customers[0], b.customers, someOf(marks.words(foreign)));
    const ids = { id: [a, b].map((organisation) => endpoints.get(organisation) ?? '') };

    const staff = await stage.openConsole(a);
    await readAll(staff, readsOf(consoleApi, attempts));
    expect(await search(staff, mayStaffSee)).toEqual(expect.arrayContaining(['draft invoice.notes', 'api_key.name']));

    const merchant = stage.merchant(a);
    await readAll(merchant, readsOf(merchantApi, { ...attempts, params: { ...attempts.params, ...ids } }));
    for (const [path, body] of [
      ['/payments', { customer_external_id: b.customers[0].customer.external_id, amount: 1, currency_code: 'USD' }],
      ['/contacts', { customer: b.customers[0].id, email: 'x@example.com' }],
      [`/payments/${b.customers[0].payment.id}/refund`, { refund_destination: 'external', writeoff_invoices: false }],
      [`/invoices/${b.customers[0].invoices[0]?.id ?? ''}/credit_note`, { credit_note_amount: 1 }],
      ['/customer/session', { customer_id: b.customers[0].id, return_url: a.origin }],
    ] as const) {
      expect([404, 422]).toContain((await merchant.ask('POST', path, { body })).status);
    }
    expect(await search(merchant, mayStaffSee)).toEqual(
      expect.arrayContaining(['contact.email', 'draft invoice.custom_data', 'contract.phases', 'webhook_endpoint.url']),
    );
  });

  it('does not say that another organisation has an external id', async () => {
    const { a, b } = stage;
    const { external_id: taken } = b.customers[0].customer;
    const created = await stage
      .merchant(a)
      .ask('POST', '/customers', { body: { customer_name: 'x', external_id: taken } });
    const again = await stage
      .merchant(a)
      .ask('POST', '/customers', { body: { customer_name: 'x', external_id: taken } });
    expect([created.status, again.status]).toEqual([200, 409]);
  });

  it('writes no word and no secret of anybody into the log', async () => {
    const log = stage.server.log();
    expect(log).toContain('"route":"/portal/:organisation_id/profile"');
    const found = (await textsOfBody({ bytes: Buffer.from(log) })).flatMap((text) => stage.marks.find(text));
    searched += log.split('\n').length;
    note(found);
    expect(found).toEqual([]);
  });
});

describe('the marks', () => {
  it('are in every text column that the schema has, in both organisations', async () => {
    const { a, b, db, marks } = stage;
    await learnColumns(db, marks, stage.ownerOf);
    const columns = (await readTextColumns(db)).flatMap((table) => table.columns);
    expect(columns.length).toBeGreaterThan(150);
    for (const { id, owner } of [a, b]) {
      const missing = await columnsWithoutMark(db, marks, id, (mark) => mark.owner.startsWith(owner));
      expect(missing).toEqual([]);
    }
    expect(await staleExemptions(db)).toEqual([]);
  });
});
