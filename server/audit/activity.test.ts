import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditActions } from '#contract/audit.ts';
import type { AuditAction, AuditEvent } from '#contract/audit.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { testClock } from '../testing/test-clock.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import { audit } from './audit.service.ts';
import type { Actor } from './audit.service.ts';

const minute = 60_000;
const backend: Actor = { type: 'api_key', id: '0199f8b9-0000-7000-8000-000000000001', name: 'Zoë’s backend' };
const clerk: Actor = { type: 'staff', id: '0199f8b9-0000-7000-8000-000000000002', name: 'Tam Reed' };

let server: TestServer;
let staff: ConsoleClient;
let stranger: ConsoleClient;
let customerId: string;

const eventsOf = ({ body }: Answer): AuditEvent[] => body['results'] as AuditEvent[];
const read = async (query: string): Promise<AuditEvent[]> => eventsOf(await staff.get(`/activity?limit=100&${query}`));

beforeAll(async () => {
  server = await startTestServer({ clock: testClock('2026-11-23T14:50:00.000Z') });
  // Its day begins at 15:00 UTC the day before.
  const organisation = await server.addOrganisation('Northwind Cloud', 'Asia/Tokyo');
  const other = await server.addOrganisation('Contoso');
  staff = await openConsole(server, organisation.id);
  stranger = await openConsole(server, other.id, { email: 'max@contoso.example' });
  customerId = await addCustomer(server, organisation.id, { customer_name: 'Alder & Co' });
  const write = (actor: Actor, action: AuditAction, more: { customerId?: string; requestId?: string } = {}) =>
    transact(server.db, (trx) =>
      audit(trx, server.clock, { organisationId: organisation.id }, { actor, action, ...more }),
    );
  for (const action of Object.values(auditActions).flat()) {
    await write(backend, action, action === 'invoice.created' ? { customerId, requestId: 'req-7' } : {});
  }
  server.clock.advance(5 * minute);
  await write(clerk, 'payment.refunded', { customerId });
  server.clock.advance(10 * minute);
  await write(clerk, 'payment.deleted');
});
afterAll(() => server.close());

describe('GET /console/api/activity', () => {
  it('answers everything that is known of an entry', async () => {
    const [event] = await read('search=req-7');
    expect(event).toEqual({
      id: expect.any(String),
      sequence: expect.any(Number),
      created_at: '2026-11-23T14:50:00.000Z',
      actor_type: 'api_key',
      actor_id: backend.id,
      actor_name: backend.name,
      action: 'invoice.created',
      customer: { id: customerId, customer_name: 'Alder & Co' },
      detail: null,
      request_id: 'req-7',
    });
  });

  it('keeps the order in which things were done, also within a millisecond, on every page and in both directions', async () => {
    const all = (await read('')).map(({ sequence }) => sequence);
    expect(all).toEqual(all.map((_, index) => all.length - index));
    const ids = (await read('order=created_at')).map(({ id }) => id);
    const walked = await walkPages(staff, '/activity?order=created_at&limit=7');
    expect(walked).toEqual({ forwards: ids, backwards: ids, totals: [ids.length], isFirstAgain: true });
  });

  it.each(Object.entries(auditActions))('narrows to what is about %s', async (group, actions) => {
    const found = await read(`group__in=${group}`);
    expect(new Set(found.map(({ action }) => action))).toEqual(new Set(actions));
  });

  it.each([
    ['group__in=payments&actor_type__in=staff', ['payment.deleted', 'payment.refunded']],
    ['actor_type__in=staff&search=tam', ['payment.deleted', 'payment.refunded']],
    ['actor_type__in=customer', []],
    [
      'search=ZOË’S&group__in=webhooks&group__in=contracts',
      [...auditActions.contracts, ...auditActions.webhooks].toReversed(),
    ],
    ['search=req-7', ['invoice.created']],
    ['search=req-', []],
    ['search=%25', []],
    ['created_at__gte=2026-11-24', ['payment.deleted']],
    ['created_at__gte=2026-11-23T14:51:00Z&created_at__lte=2026-11-23', ['payment.refunded']],
    ['created_at__gte=2026-11-24&created_at__lte=2026-11-23', []],
  ])('%s', async (query, actions) => {
    expect((await read(query)).map(({ action }) => action)).toEqual(actions);
  });

  it('narrows to a customer, and to none of another organisation', async () => {
    expect((await read(`customer_id=${customerId}`)).map(({ action }) => action)).toEqual([
      'payment.refunded',
      'invoice.created',
    ]);
    expect((await stranger.get(`/activity?customer_id=${customerId}`)).body['total_count']).toBe(0);
    expect((await stranger.get('/activity?search=req-7')).body['total_count']).toBe(0);
  });

  it.each([
    'group__in=shoes',
    'actor_type__in=robot',
    'customer_id=7',
    'created_at__gte=yesterday',
    'order=action',
    'colour=red',
  ])('refuses %s', async (query) => {
    expect((await staff.get(`/activity?${query}`)).status).toBe(422);
  });
});
