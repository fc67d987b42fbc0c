import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addStaff, cookieOf, logIn, openConsole, staffPassword } from '../testing/console-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { hashPassword } from './password.ts';
import { changePassword } from './staff.service.ts';

const minute = 60_000;

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});

afterAll(() => server.close());

describe('logging in', () => {
  it('answers who is there, and gives a cookie that scripts and other sites cannot use', async () => {
    const id = await addStaff(server, organisation.id, { email: 'Ana@northwind.example', name: 'Ana Lima' });
    const answer = await logIn(server, { email: ' ANA@northwind.example ', password: staffPassword });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      staff: { id, name: 'Ana Lima', email: 'ana@northwind.example' },
      organisation: { id: organisation.id, name: 'Northwind Cloud', time_zone: 'UTC' },
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-zenskar_console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
  });

  it('keeps only a hash of the cookie', async () => {
    await addStaff(server, organisation.id, { email: 'hash@northwind.example' });
    const answer = await logIn(server, { email: 'hash@northwind.example', password: staffPassword });
    const stored = await server.db.selectFrom('staff_session').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(cookieOf(answer).split('=')[1]);
  });

  it('says the same of an unknown address and of a wrong password', async () => {
    await addStaff(server, organisation.id, { email: 'same@northwind.example' });
    const wrong = await logIn(server, { email: 'same@northwind.example', password: 'wrong' });
    const unknown = await logIn(server, { email: 'nobody@northwind.example', password: 'wrong' });
    const { request_id: one, ...wrongBody } = wrong.body;
    const { request_id: other, ...unknownBody } = unknown.body;
    expect(wrong.status).toBe(401);
    expect(wrongBody).toMatchObject({ code: 'login_failed', retryable: false });
    expect(unknownBody).toEqual(wrongBody);
    expect(one).not.toBe(other);
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('writes down a wrong password of a known address, without it, and nothing of an unknown address', async () => {
    const id = await addStaff(server, organisation.id, { email: 'tried@northwind.example', name: 'Tam Reed' });
    const wrong = await logIn(server, { email: 'tried@northwind.example', password: 'a guess in vain' });
    const unknown = await logIn(server, { email: 'stranger@northwind.example', password: 'a guess in vain' });
    const entriesOf = (requestId: unknown) =>
      server.db.selectFrom('audit_event').selectAll().where('request_id', '=', String(requestId)).execute();
    const entries = await entriesOf(wrong.body['request_id']);
    expect(entries).toMatchObject([
      { organisation_id: organisation.id, action: 'login.failed', actor_type: 'system', actor_id: null },
    ]);
    expect(JSON.parse(entries[0]?.detail ?? '')).toEqual({ staff_id: id, name: 'Tam Reed' });
    expect(JSON.stringify(entries)).not.toContain('guess');
    expect(await entriesOf(unknown.body['request_id'])).toEqual([]);
  });

  it('keeps nothing of a password that was typed for the address', async () => {
    const { status } = await logIn(server, { email: staffPassword, password: 'ana@northwind.example' });
    expect(status).toBe(401);
    const { rows } = await sql<{ key: string }>`select * from rate_limit where key like 'staff_login%'`.execute(
      server.db,
    );
    expect(rows).not.toEqual([]);
    expect(JSON.stringify(rows)).not.toContain(staffPassword);
  });

  it('waits after ten failures of one address, also with the right password', async () => {
    await addStaff(server, organisation.id, { email: 'guessed@northwind.example' });
    await addStaff(server, organisation.id, { email: 'spared@northwind.example' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await logIn(server, { email: 'guessed@northwind.example', password: `guess ${attempt}` });
    }
    const refused = await logIn(server, { email: 'Guessed@northwind.example', password: staffPassword });
    expect(refused.status).toBe(429);
    expect(refused.body['code']).toBe('rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await logIn(server, { email: 'spared@northwind.example', password: staffPassword })).status).toBe(200);
  });

  it('lets no more than ten guesses through when they come all at once', async () => {
    await addStaff(server, organisation.id, { email: 'rushed@northwind.example' });
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, guess) =>
        logIn(server, { email: 'rushed@northwind.example', password: `guess ${guess}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  });

  it('counts failures, not logins', async () => {
    await addStaff(server, organisation.id, { email: 'busy@northwind.example' });
    for (let login = 0; login < 12; login += 1) {
      expect((await logIn(server, { email: 'busy@northwind.example', password: staffPassword })).status).toBe(200);
    }
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['no origin', {}],
  ])('is refused from %s', async (_name, headers: Record<string, string>) => {
    const answer = await logIn(server, { email: 'ana@northwind.example', password: staffPassword }, headers);
    expect(answer.status).toBe(403);
    expect(answer.body['code']).toBe('origin_not_allowed');
  });

  it.each([
    ['nothing', {}],
    ['a number', { email: 7, password: 'x' }],
    ['an unknown field', { email: 'a@b.example', password: 'x', remember: true }],
  ])('refuses %s by field', async (_name, body) => {
    const answer = await logIn(server, body);
    expect(answer.status).toBe(422);
    expect(answer.body['code']).toBe('request_invalid');
  });
});

describe('a console session', () => {
  it('is asked who it is', async () => {
    const client = await openConsole(server, organisation.id, { email: 'me@northwind.example' });
    const { status, body } = await client.get('/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ staff: { id: client.staffId, email: 'me@northwind.example' } });
  });

  it.each([
    ['no cookie', {}],
    ['an unknown cookie', { cookie: `__Host-zenskar_console=${'x'.repeat(43)}` }],
    ['an API key', { 'x-api-key': 'zsk_x' }],
  ])('is demanded: %s', async (_name, headers: Record<string, string>) => {
    const { status, body } = await server.request('GET', '/console/api/me', { headers });
    expect(status).toBe(401);
    expect(body['code']).toBe('staff_login_required');
  });

  it('ends by logging out', async () => {
    const client = await openConsole(server, organisation.id, { email: 'out@northwind.example' });
    const answer = await client.post('/logout');
    expect(answer.body).toEqual({ ended: true });
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await client.get('/me')).status).toBe(401);
  });

  it.each(['staff.password_changed', 'staff.disabled'] as const)('ends by %s, with the staff views', async (action) => {
    const staffConsole = await openConsole(server, organisation.id, { email: `${action}@northwind.example` });
    const customerId = await addCustomer(server, organisation.id);
    const view = await staffConsole.post(`/customers/${customerId}/portal_view`, {});
    expect(view.status).toBe(200);
    const scope = { organisationId: organisation.id };
    const { id, name } = (await staffConsole.get('/me')).body['staff'] as { id: string; name: string };
    const passwordHash = await hashPassword('another one entirely');
    await transact(server.db, (trx) =>
      changePassword(trx, server.clock, scope, { id, name }, { passwordHash, action }),
    );
    expect((await staffConsole.get('/me')).status).toBe(401);
    const sessions = await server.db
      .selectFrom('portal_session')
      .select('ended_at')
      .where('staff_id', '=', id)
      .execute();
    expect(sessions).toEqual([{ ended_at: expect.any(String) }]);
  });

  it('is not ended by another site', async () => {
    const client = await openConsole(server, organisation.id, { email: 'stay@northwind.example' });
    const answer = await client.post('/logout', {}, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect((await client.get('/me')).status).toBe(200);
  });

  it('ends after 30 minutes without a call, and not while calls come', async () => {
    const client = await openConsole(server, organisation.id, { email: 'idle@northwind.example' });
    for (let call = 0; call < 3; call += 1) {
      server.clock.advance(20 * minute);
      expect((await client.get('/me')).status).toBe(200);
    }
    server.clock.advance(30 * minute);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('ends after 12 hours whatever happens', async () => {
    const client = await openConsole(server, organisation.id, { email: 'long@northwind.example' });
    for (let call = 0; call < 35; call += 1) {
      server.clock.advance(20 * minute);
      expect((await client.get('/me')).status).toBe(200);
    }
    server.clock.advance(20 * minute);
    expect((await client.get('/me')).status).toBe(401);
  });
});
