import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id, {
    external_id: 'cust-1',
    customer_name: "O'Hara & Sons",
  });
});
afterAll(() => server.close());

const freshToken = async (settings: Record<string, unknown> = {}): Promise<string> => {
  const created = await createSession(server, organisation, { customer_id: customerId, ...settings });
  expect(created.status).toBe(200);
  return String(created.body['session_token']);
};

describe.each(['/customer/session', '/customers/session'])('POST %s', (path) => {
  it('answers a redirect URL of the documented form, the token and when it expires', async () => {
    const { status, body } = await server.request('POST', path, {
      headers: { organisation: organisation.id, 'x-api-key': organisation.apiKey },
      body: { customer_id: customerId, return_url: 'https://zenskar.com', idle_timeout: 86400 },
    });
    expect(status).toBe(200);
    const token = String(body['session_token']);
    expect(token).toMatch(new RegExp(`^${organisation.id}_${customerId}_[A-Za-z0-9_-]{43}$`));
    expect(body).toEqual({
      redirect_url: `${server.origin}/session/${token}?return_url=https%3A%2F%2Fzenskar.com`,
      session_token: token,
      is_guest_session: false,
      session_id: expect.any(String),
      expires_at: '2026-11-23T12:05:00.000Z',
    });
  });
});

describe('creating a session', () => {
  it('finds the customer by the external id', async () => {
    const { status, body } = await createSession(server, organisation, { external_customer_id: 'cust-1' });
    expect(status).toBe(200);
    expect(String(body['session_token'])).toContain(customerId);
  });

  it('refuses a body without customer, with both references, or with an unknown field, naming the field', async () => {
    for (const [body, field] of [
      [{}, 'customer_id'],
      [{ customer_id: customerId, external_customer_id: 'cust-1' }, 'customer_id'],
      [{ customer_id: customerId, colour: 'red' }, 'colour'],
      [{ customer_id: 'seven' }, 'customer_id'],
      [{ customer_id: customerId, idle_timeout: '3600' }, 'idle_timeout'],
      [{ customer_id: customerId, is_guest_session: true }, 'is_guest_session'],
      [{ customer_id: customerId, locale: 'not a locale' }, 'locale'],
      [{ customer_id: customerId, session_key: 'a\u0000b' }, 'session_key'],
      [{ customer_id: customerId, origin: 'https://elsewhere.example' }, 'origin'],
    ] as const) {
      const answer = await createSession(server, organisation, body);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'request_invalid', detail: [{ loc: ['body', field] }] });
    }
  });

  it("answers the same 404 for another organisation's customer as for none", async () => {
    const other = await server.addOrganisation('Other');
    const foreign = await addCustomer(server, other.id);
    const answers = await Promise.all(
      [foreign, '063f8b97-f795-4f0b-89b4-88b114c83f44'].map((id) =>
        createSession(server, organisation, { customer_id: id }),
      ),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect({ ...body, request_id: '' }).toEqual({
        code: 'customer_not_found',
        message: 'There is no such customer',
        request_id: '',
        retryable: false,
      });
    }
  });

  it('answers every kind of bad key with one and the same 401', async () => {
    const other = await server.addOrganisation('Second');
    const key = organisation.apiKey;
    const bodies = [];
    for (const headers of [
      {},
      { organisation: organisation.id },
      { organisation: organisation.id, 'x-api-key': 'zsk_short' },
      { organisation: organisation.id, 'x-api-key': `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}` },
      { organisation: organisation.id, 'x-api-key': other.apiKey },
      { organisation: 'x', 'x-api-key': key },
    ]) {
      const answer = await server.request('POST', '/customer/session', {
        headers: headers as Record<string, string>,
        body: { customer_id: customerId, return_url: 'https://shop.example' },
      });
      expect(answer.status).toBe(401);
      bodies.push({ ...answer.body, request_id: '' });
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ code: 'api_key_invalid' });
  });

  it('refuses a browser, and tells the organisation in its audit', async () => {
    const answer = await createSession(server, organisation, { customer_id: customerId }, { origin: merchantOrigin });
    expect(answer.status).toBe(403);
    expect(answer.body['code']).toBe('browser_call_forbidden');
    const events = await server.db
      .selectFrom('audit_event')
      .selectAll()
      .where('organisation_id', '=', organisation.id)
      .where('action', '=', 'browser_call.refused')
      .execute();
    expect(events.map((event) => event.detail)).toContain(JSON.stringify({ origin: merchantOrigin }));
    expect(JSON.stringify(events)).not.toContain(organisation.apiKey);
  });

  it('knows two API versions and refuses a third', async () => {
    const versions = await Promise.all(
      ['20230501', '20240301', '20990101'].map((apiversion) =>
        createSession(server, organisation, { customer_id: customerId }, { apiversion }),
      ),
    );
    expect(versions.map((answer) => answer.status)).toEqual([200, 200, 400]);
    expect(versions[2]?.body['code']).toBe('api_version_unknown');
  });

  it('refuses malformed JSON, a body of another type and an oversized one in the one error shape', async () => {
    const headers = { organisation: organisation.id, 'x-api-key': organisation.apiKey };
    const malformed = await server.request('POST', '/customer/session', { headers, body: '{"customer_id":' });
    expect([malformed.status, malformed.body['code']]).toEqual([400, 'json_malformed']);
    const form = await server.request('POST', '/customer/session', {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'customer_id=1',
    });
    expect([form.status, form.body['code']]).toEqual([415, 'media_type_unsupported']);
    const large = await server.request('POST', '/customer/session', { headers, body: { filler: 'x'.repeat(200_000) } });
    expect([large.status, large.body['code']]).toEqual([413, 'payload_too_large']);
    const query = await server.request('POST', '/customer/session?colour=red', {
      headers,
      body: { customer_id: customerId, return_url: 'https://shop.example' },
    });
    expect([query.status, query.body['detail']]).toEqual([
      422,
      [{ loc: ['query', 'colour'], msg: 'Unknown field', type: 'extra_forbidden' }],
    ]);
  });
});

describe('POST /portal/{organisation}/session/redeem', () => {
  it('opens the session once and says whom it shows', async () => {
    const token = await freshToken({ sections: ['invoices', 'profile'] });
    const { status, body, headers } = await redeem(server, organisation.id, token);
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(merchantOrigin);
    expect(body).toMatchObject({
      expires_in: 300,
      session_expires_in: 12 * 3600,
      session: {
        sections: ['invoices', 'profile'],
        read_only: false,
        staff_view: null,
        return_url: 'https://shop.example/account',
        time_zone: 'UTC',
        organisation: { id: organisation.id, name: 'Northwind Cloud' },
        customer: { id: customerId, name: "O'Hara & Sons" },
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/hash|api_key|cookie/);
  });

  it('opens the same session again for the same nonce, and ends it for another', async () => {
    const token = await freshToken();
    const first = await redeem(server, organisation.id, token);
    const retried = await redeem(server, organisation.id, token);
    expect(retried.status).toBe(200);
    expect(retried.body['session']).toEqual(first.body['session']);
    const stolen = await redeem(server, organisation.id, token, { nonce: 'nonce-of-somebody-else' });
    expect([stolen.status, stolen.body['code']]).toEqual([401, 'session_token_invalid']);
    const { status, body } = await server.request('GET', `/portal/${organisation.id}/profile`, {
      headers: { authorization: `Bearer ${String(first.body['access_token'])}`, origin: merchantOrigin },
    });
    expect([status, body['code'], body['reason']]).toEqual([401, 'session_ended', 'token_reused']);
  });

  it('answers unknown, expired and foreign tokens alike, and consumes nothing for a foreign origin', async () => {
    const other = await server.addOrganisation('Third');
    const token = await freshToken({ link_ttl: 30 });
    const elsewhere = await redeem(server, organisation.id, token, { origin: 'https://evil.example' });
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([403, 'origin_not_allowed']);
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    const wrongOrganisation = await redeem(server, other.id, token);
    server.clock.advance(31_000);
    const expired = await redeem(server, organisation.id, token);
    const unknown = await redeem(server, organisation.id, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`);
    const shapeless = await redeem(server, organisation.id, 'not-a-token');
    for (const answer of [wrongOrganisation, expired, unknown, shapeless]) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, request_id: '' }).toEqual({ ...expired.body, request_id: '' });
      expect(answer.body['code']).toBe('session_token_invalid');
    }
  });

  it('holds to the one origin that the merchant named', async () => {
    await server.db
      .insertInto('allowed_origin')
      .values({ organisation_id: organisation.id, origin: 'https://second.example' })
      .execute();
    const token = await freshToken({ origin: 'https://second.example' });
    expect((await redeem(server, organisation.id, token)).body['code']).toBe('origin_not_allowed');
    expect((await redeem(server, organisation.id, token, { origin: 'https://second.example' })).status).toBe(200);
  });

  it('opens each of many tokens once when redeemed all at the same time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => freshToken()));
    const outcomes = await Promise.all(
      tokens.map(async (token) => {
        const answers = await Promise.all(
          [1, 2, 3].map((racer) => redeem(server, organisation.id, token, { nonce: `nonce-of-racer-number-${racer}` })),
        );
        return answers.filter((answer) => answer.status === 200).length;
      }),
    );
    expect(outcomes).toEqual(tokens.map(() => 1));
  });
});

describe('a session', () => {
  it('renews without being active, so that idling still ends it', async () => {
    const portal = await openPortal(server, organisation, customerId, { idle_timeout: 120 });
    server.clock.advance(100_000);
    const renewed = await portal.post('/session/renew');
    expect(renewed.status).toBe(200);
    expect(renewed.body).toMatchObject({ expires_in: 300 });
    server.clock.advance(20_000);
    const ended = await portal.post('/session/renew');
    expect([ended.status, ended.body['code'], ended.body['reason']]).toEqual([401, 'session_ended', 'idle']);
  });

  it('stays while it is used, until its absolute end, which access tokens never outlive', async () => {
    const portal = await openPortal(server, organisation, customerId, { idle_timeout: 120, max_age: 300 });
    for (const _ of [1, 2]) {
      server.clock.advance(100_000);
      expect((await portal.get('/profile')).status).toBe(200);
    }
    expect((await portal.post('/session/renew')).body).toMatchObject({ expires_in: 100, session_expires_in: 100 });
    server.clock.advance(99_000);
    expect((await portal.get('/profile')).status).toBe(200);
    server.clock.advance(1_000);
    expect((await portal.get('/profile')).body['code']).toBe('access_token_expired');
  });

  it('answers only to the origin that opened it, and only under its own organisation', async () => {
    const other = await server.addOrganisation('Fourth');
    const portal = await openPortal(server, organisation, customerId);
    const authorization = portal.headers['authorization'] ?? '';
    const elsewhere = await server.request('GET', `/portal/${organisation.id}/profile`, {
      headers: { authorization, origin: 'https://second.example' },
    });
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([403, 'origin_not_allowed']);
    const foreign = await server.request('GET', `/portal/${other.id}/profile`, { headers: portal.headers });
    expect([foreign.status, foreign.body['code']]).toEqual([401, 'access_token_invalid']);
  });

  it("stops when its website is no longer one of the organisation's, and says so where the widget can read it", async () => {
    const third = 'https://third.example';
    await server.db.insertInto('allowed_origin').values({ organisation_id: organisation.id, origin: third }).execute();
    const opened = await redeem(server, organisation.id, await freshToken(), { origin: third });
    const headers = { authorization: `Bearer ${String(opened.body['access_token'])}`, origin: third };
    const look = () => server.request('GET', `/portal/${organisation.id}/profile`, { headers });
    expect((await look()).status).toBe(200);
    await server.db.deleteFrom('allowed_origin').where('origin', '=', third).execute();
    const refused = await look();
    expect([refused.status, refused.body['code']]).toEqual([403, 'origin_not_allowed']);
    expect(refused.headers.get('access-control-allow-origin')).toBe(third);
  });

  it('ends by signing out, by the merchant, by revoking all of the customer and by revoking the key', async () => {
    const merchant = { organisation: organisation.id, 'x-api-key': organisation.apiKey };
    const key = await openPortal(server, organisation, customerId);
    const signedOut = await openPortal(server, organisation, customerId);
    const deleted = await openPortal(server, organisation, customerId);
    expect((await signedOut.post('/session/end')).body).toEqual({ session_id: signedOut.sessionId, ended: true });
    const path = `/customer/session/${deleted.sessionId}`;
    expect((await server.request('DELETE', path, { headers: merchant })).status).toBe(200);
    expect((await server.request('DELETE', path, { headers: merchant })).status).toBe(200);
    expect((await signedOut.get('/profile')).body).toMatchObject({ code: 'session_ended', reason: 'signed_out' });
    expect((await deleted.get('/profile')).body).toMatchObject({ code: 'session_ended', reason: 'revoked' });

    const pending = await freshToken();
    const revoke = await server.request('POST', `/customers/${customerId}/sessions/revoke`, { headers: merchant });
    expect(revoke.body['revoked']).toBeGreaterThanOrEqual(2);
    expect((await key.get('/profile')).body).toMatchObject({ code: 'session_ended', reason: 'revoked' });
    expect((await redeem(server, organisation.id, pending)).body['code']).toBe('session_token_invalid');

    const other = await server.addOrganisation('Fifth');
    const theirs = await openPortal(server, other, await addCustomer(server, other.id));
    const row = await server.db
      .selectFrom('api_key')
      .select('id')
      .where('organisation_id', '=', other.id)
      .executeTakeFirstOrThrow();
    await transact(server.db, (trx) => revokeApiKey(trx, server.clock, { organisationId: other.id }, row.id));
    expect((await theirs.get('/profile')).body).toMatchObject({ code: 'session_ended', reason: 'key_revoked' });
    expect((await createSession(server, other, { customer_id: customerId })).status).toBe(401);
  });

  it("cannot be ended by another organisation, whose answer is the unknown session's", async () => {
    const other = await server.addOrganisation('Sixth');
    const portal = await openPortal(server, organisation, customerId);
    const headers = { organisation: other.id, 'x-api-key': other.apiKey };
    const foreign = await server.request('DELETE', `/customer/session/${portal.sessionId}`, { headers });
    const unknown = await server.request('DELETE', `/customer/session/${customerId}`, { headers });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
    expect((await portal.get('/profile')).status).toBe(200);
  });

  it('stores no token, key or access token in clear', async () => {
    const token = await freshToken();
    const portal = await openPortal(server, organisation, customerId);
    for (const table of ['portal_session', 'session_token', 'api_key', 'audit_event'] as const) {
      const stored = JSON.stringify(await server.db.selectFrom(table).selectAll().execute());
      for (const secret of [token, token.slice(-43), organisation.apiKey, portal.accessToken]) {
        expect(stored).not.toContain(secret);
      }
    }
  });
});

describe('preloading', () => {
  const redeemWith = (token: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
    server.request('POST', `/portal/${organisation.id}/session/redeem`, {
      headers: { origin: merchantOrigin, ...headers },
      body: { session_token: token, redeem_nonce: 'nonce-of-one-redemption', ...body },
    });

  it('answers what the first tab shows along with the session, exactly as the lists would', async () => {
    const { body } = await redeemWith(await freshToken(), { preload: { limit: 25 } });
    const headers = { authorization: `Bearer ${String(body['access_token'])}`, origin: merchantOrigin };
    const base = `/portal/${organisation.id}`;
    const invoices = await server.request('GET', `${base}/invoices?limit=25`, { headers });
    const summary = await server.request('GET', `${base}/summary`, { headers });
    expect(body['preload']).toEqual({ invoices: invoices.body, summary: summary.body });
  });

  it('answers nothing when it is not asked for, or when the session has no invoices', async () => {
    expect((await redeemWith(await freshToken(), {})).body['preload']).toBeNull();
    const other = await redeemWith(await freshToken({ sections: ['profile'] }), { preload: { limit: 25 } });
    expect([other.status, other.body['preload']]).toEqual([200, null]);
  });

  it('takes the JSON as plain text too, so that a browser need not ask first, and only here', async () => {
    const headers = { 'content-type': 'text/plain;charset=UTF-8' };
    expect((await redeemWith(await freshToken(), {}, headers)).status).toBe(200);
    const created = await createSession(server, organisation, { customer_id: customerId }, headers);
    expect([created.status, created.body['code']]).toEqual([415, 'media_type_unsupported']);
  });
});
