import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listApiKeys, revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A request that keeps the end of its body back. */
const holdBack = (method: string, path: string, headers: Record<string, string>, body: unknown) => {
  const text = JSON.stringify(body);
  const held = request(`${server.address}${path}`, {
    method,
    agent: false,
    headers: { 'content-type': 'application/json', 'content-length': text.length, ...headers },
  });
  held.write(text.slice(0, 1));
  return async (): Promise<[number | undefined, unknown]> => {
    held.end(text.slice(1));
    const [response] = (await once(held, 'response')) as [IncomingMessage];
    return [response.statusCode, ((await json(response)) as { code?: unknown }).code];
  };
};

const newCustomer = async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  return { organisation, customerId, scope: { organisationId: organisation.id } };
};

/** The moment at which a session or a key was last seen: it moves when the head of a request has been judged. */
const hasMoved = (read: () => Promise<unknown>, before: unknown): Promise<void> =>
  vi.waitFor(async () => {
    expect(await read()).not.toBe(before);
  });

const sessionsOf = (organisationId: string) =>
  server.db.selectFrom('portal_session').selectAll().where('organisation_id', '=', organisationId).execute();

describe('a request that was let in, and whose body comes after the end of its credential', () => {
  it.each(['/customer/session', '/customers/session'])('opens no session by a revoked key, %s', async (path) => {
    const { organisation, customerId, scope } = await newCustomer();
    const { headers } = merchantClient(server, organisation);
    const finish = holdBack('POST', path, headers, { customer_id: customerId, return_url: 'https://shop.example/' });
    const readKey = async () => (await listApiKeys(server.db, scope))[0];
    await hasMoved(async () => (await readKey())?.last_used_at, null);
    const id = (await readKey())?.id ?? '';
    expect(await transact(server.db, (trx) => revokeApiKey(trx, server.clock, scope, id))).toBe(true);
    expect(await finish()).toEqual([401, 'api_key_invalid']);
    expect(await sessionsOf(organisation.id)).toEqual([]);
  });

  it('changes nothing by a revoked key, and keeps nothing under its Idempotency-Key', async () => {
    const { organisation, scope } = await newCustomer();
    const { headers } = merchantClient(server, organisation);
    const finish = holdBack('POST', '/customers', { ...headers, 'idempotency-key': 'k' }, { customer_name: 'Late' });
    const readKey = async () => (await listApiKeys(server.db, scope))[0];
    await hasMoved(async () => (await readKey())?.last_used_at, null);
    const id = (await readKey())?.id ?? '';
    await transact(server.db, (trx) => revokeApiKey(trx, server.clock, scope, id));
    expect(await finish()).toEqual([401, 'api_key_invalid']);
    const left = await Promise.all([
      server.db.selectFrom('customer').select('customer_name').where('customer_name', '=', 'Late').execute(),
      server.db.selectFrom('idempotency_key').select('key').where('organisation_id', '=', organisation.id).execute(),
    ]);
    expect(left).toEqual([[], []]);
  });

  it('changes no profile in a session that was ended', async () => {
    const { organisation, customerId } = await newCustomer();
    const portal = await openPortal(server, organisation, customerId);
    const etag = (await portal.get('/profile')).headers.get('etag') ?? '';
    const lastActive = async () => (await sessionsOf(organisation.id))[0]?.last_active_at;
    const before = await lastActive();
    server.clock.advance(60_000);
    const path = `/portal/${organisation.id}/profile`;
    const finish = holdBack('PATCH', path, { ...portal.headers, 'if-match': etag }, { customer_name: 'Late' });
    await hasMoved(lastActive, before);
    await merchantClient(server, organisation).delete(`/customer/session/${portal.sessionId}`);
    expect(await finish()).toEqual([401, 'session_ended']);
    const { body } = await merchantClient(server, organisation).get(`/customers/${customerId}`);
    expect(body['customer_name']).not.toBe('Late');
  });

  it.each(['portal_view', 'portal_link'])('gives no %s to a member who has logged out', async (way) => {
    const { organisation, customerId } = await newCustomer();
    const staff = await openConsole(server, organisation.id, { email: `${customerId}@northwind.example` });
    const headers = { ...staff.headers, origin: server.origin };
    const lastActive = async () =>
      (
        await server.db
          .selectFrom('staff_session')
          .select('last_active_at')
          .where('organisation_id', '=', organisation.id)
          .executeTakeFirstOrThrow()
      ).last_active_at;
    const before = await lastActive();
    server.clock.advance(120_000);
    const finish = holdBack('POST', `/console/api/customers/${customerId}/${way}`, headers, {});
    await hasMoved(lastActive, before);
    expect((await staff.post('/logout')).status).toBe(200);
    expect(await finish()).toEqual([401, 'staff_login_required']);
    expect(await sessionsOf(organisation.id)).toEqual([]);
  });
});
