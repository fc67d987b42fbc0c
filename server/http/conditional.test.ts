import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';
import { isKnown } from './conditional.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;
let portal: PortalClient;
let invoiceId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation('Northwind Cloud', 'America/New_York');
  customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id, customerId };
  invoiceId = (await addInvoice(server, scope, { due_date: '2026-11-23T17:00:00.000Z', amount_due: 5_000 })).id;
  portal = await openPortal(server, organisation, customerId);
});
afterAll(() => server.close());

const again = (path: string, etag: string, headers = portal.headers): Promise<Answer> =>
  server.request('GET', `/portal/${organisation.id}${path}`, { headers: { ...headers, 'if-none-match': etag } });

const etagOf = (answer: Answer): string => answer.headers.get('etag') ?? '';

describe('what a customer reads', () => {
  const paths = () => ['/invoices', `/invoices/${invoiceId}`, '/payments', '/entitlements', '/summary', '/profile'];

  it('is not sent again to a caller who has it', async () => {
    for (const path of paths()) {
      const first = await portal.get(path);
      const second = await again(path, etagOf(first));
      expect([path, first.status, second.status, second.text]).toEqual([path, 200, 304, '']);
      expect(etagOf(second)).toBe(etagOf(first));
      expect(second.headers.get('content-type')).toBeNull();
      for (const name of ['cache-control', 'vary', 'access-control-allow-origin', 'access-control-expose-headers']) {
        expect(second.headers.get(name)).toBe(first.headers.get(name));
      }
      // Nothing of it may be left in the browser of a shared computer when the session is over.
      expect(first.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('has another name for another query, another customer and another organisation', async () => {
    const other = await server.addOrganisation();
    const names = [
      etagOf(await portal.get('/invoices')),
      etagOf(await portal.get('/invoices?limit=25')),
      etagOf(
        await (await openPortal(server, organisation, await addCustomer(server, organisation.id))).get('/invoices'),
      ),
      etagOf(await (await openPortal(server, other, await addCustomer(server, other.id))).get('/invoices')),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('is refused to a caller without a session, whatever they know', async () => {
    const { headers } = await portal.get('/invoices');
    const stranger = await again('/invoices', headers.get('etag') ?? '', { origin: merchantOrigin });
    expect(stranger.status).toBe(401);
  });

  it('is not found when it is not there, whatever they know', async () => {
    const answer = await again(`/invoices/${customerId}`, '*');
    expect(answer.status).toBe(404);
  });

  it('may be asked for by a merchant’s page with If-None-Match, and its ETag read', async () => {
    const preflight = await server.request('OPTIONS', `/portal/${organisation.id}/invoices`, {
      headers: { origin: merchantOrigin, 'access-control-request-headers': 'authorization,if-none-match' },
    });
    expect(preflight.headers.get('access-control-allow-headers')?.split(', ')).toContain('If-None-Match');
    expect((await portal.get('/invoices')).headers.get('access-control-expose-headers')).toContain('ETag');
  });

  it('changes at midnight in the billing time zone, when an invoice becomes overdue', async () => {
    const midnight = Date.parse('2026-11-24T05:00:00.000Z');
    server.clock.advance(midnight - 1 - server.clock.now());
    const late = await openPortal(server, organisation, customerId);
    const first = await late.get('/invoices');
    expect(first.body).toMatchObject({ results: [{ is_overdue: false, days_overdue: null }] });
    expect((await again('/invoices', etagOf(first), late.headers)).status).toBe(304);
    server.clock.advance(1);
    const second = await again('/invoices', etagOf(first), late.headers);
    expect([second.status, second.body]).toMatchObject([200, { results: [{ is_overdue: true, days_overdue: 1 }] }]);
  });

  it('changes with the merchant’s next change', async () => {
    const fresh = await openPortal(server, organisation, customerId);
    const first = await fresh.get('/invoices');
    expect((await again('/invoices', etagOf(first), fresh.headers)).status).toBe(304);
    const { status } = await merchantClient(server, organisation).patch(`/invoices/${invoiceId}`, {
      notes: 'Thank you',
    });
    expect(status).toBe(200);
    expect((await again('/invoices', etagOf(first), fresh.headers)).status).toBe(200);
    const detail = await again(`/invoices/${invoiceId}`, etagOf(first), fresh.headers);
    expect([detail.status, detail.body['notes']]).toEqual([200, 'Thank you']);
  });
});

describe('If-None-Match', () => {
  it.each([
    ['W/"a"', 'W/"a"', true],
    ['"a"', 'W/"a"', true],
    ['W/"a"', '"a"', true],
    ['"b", W/"a"', 'W/"a"', true],
    ['"b"', 'W/"a"', false],
    ['*', 'W/"a"', false],
    ['', 'W/"a"', false],
    ['a', 'W/"a"', false],
    ['W/"A"', 'W/"a"', false],
  ])('%s names %s: %s', (header, etag, isNamed) => {
    expect(isKnown(header, etag)).toBe(isNamed);
  });

  it('that is absent names nothing', () => {
    expect(isKnown(undefined, '"a"')).toBe(false);
  });
});

describe.runIf(process.env['TEST_DATABASE'] !== 'postgres')('after a backup has been restored', () => {
  it('is sent anew when as many changes have been made since, but others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'restored-'));
    const environment = { SIGNING_SECRETS: `test:${randomBytes(32).toString('base64url')}` };
    const lost = await startTestServer({ environment });
    const northwind = await lost.addOrganisation();
    const customer = await addCustomer(lost, northwind.id, { customer_name: 'Before' });
    const session = await openPortal(lost, northwind, customer);
    const backup = join(folder, 'backup.sqlite');
    await sql`vacuum into ${backup}`.execute(lost.db);
    const restored = await startTestServer({ environment: { ...environment, DATABASE_URL: `sqlite:${backup}` } });
    try {
      for (const [server, name] of [
        [lost, 'Lost'],
        [restored, 'Restored'],
      ] as const) {
        await merchantClient(server, northwind).patch(`/customers/${customer}`, { customer_name: name });
      }
      const path = `/portal/${northwind.id}/invoices`;
      const seen = await lost.request('GET', path, { headers: session.headers });
      const answer = await restored.request('GET', path, {
        headers: { ...session.headers, 'if-none-match': etagOf(seen) },
      });
      expect([seen.status, answer.status]).toEqual([200, 200]);
    } finally {
      await restored.close();
      await lost.close();
      await rm(folder, { recursive: true });
    }
  });
});
