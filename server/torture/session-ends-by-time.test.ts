import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { at, everywhere, openVisitor, operations, outcomesOf, redeemHosted, resume } from './session-ends-visitor.ts';
import type { Operation, Visitor } from './session-ends-visitor.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('a session', () => {
  const renewed = async (visitor: Visitor): Promise<Visitor | undefined> => {
    const { status, body } = await at('POST', () => '/session/renew')(visitor);
    const headers = { ...visitor.headers, authorization: `Bearer ${String(body['access_token'])}` };
    return status === 200 ? { ...visitor, headers } : undefined;
  };

  it.each([1, 60, 900, 3600, 43_200])(
    'ends a session that only renews after its idle timeout of %i s',
    async (idleTimeoutS) => {
      let visitor = await openVisitor(server, 'embed', { idle_timeout: idleTimeoutS, max_age: 604_800 });
      const stepS = Math.max(0.25, Math.min(200, idleTimeoutS / 4));
      const startedAt = server.clock.now();
      for (;;) {
        server.clock.advance(stepS * 1000);
        const next = await renewed(visitor);
        if (next === undefined) break;
        visitor = next;
        expect(server.clock.now() - startedAt).toBeLessThan(idleTimeoutS * 1000);
      }
      expect(server.clock.now() - startedAt).toBeLessThan(idleTimeoutS * 1000 + stepS * 1000);
    },
  );

  const activities = [
    ...Object.entries(operations).filter(([name]) => name !== 'renew'),
    ['the cookie', resume] as [string, Operation],
  ];

  it.each(activities)('goes on from each use: %s', async (_, operation) => {
    let visitor = await openVisitor(server, 'hosted', { idle_timeout: 600 });
    const renewTwice = async (): Promise<void> => {
      for (const _time of [1, 2]) {
        server.clock.advance(250_000);
        visitor = (await renewed(visitor)) ?? visitor;
      }
    };
    for (const _time of [1, 2, 3]) {
      await renewTwice();
      expect((await operation(visitor)).status).toBe(200);
    }
    await renewTwice();
    server.clock.advance(100_000);
    expect((await at('POST', () => '/session/renew')(visitor)).body).toMatchObject({ reason: 'idle' });
  });

  it('never moves the absolute end, whatever is called', async () => {
    let visitor = await openVisitor(server, 'hosted', { idle_timeout: 3600, max_age: 2000 });
    const row = () =>
      server.db
        .selectFrom('portal_session')
        .select('expires_at')
        .where('id', '=', visitor.sessionId)
        .executeTakeFirstOrThrow();
    const { expires_at: end } = await row();
    expect(Date.parse(String(end)) - server.clock.now()).toBe(2_000_000);
    for (let leftS = 2000 - 200; leftS > 0; leftS -= 200) {
      server.clock.advance(200_000);
      const { body } = await at('POST', () => '/session/renew')(visitor);
      expect(body).toMatchObject({ session_expires_in: leftS, expires_in: Math.min(300, leftS) });
      visitor = (await renewed(visitor)) ?? visitor;
      expect(await outcomesOf('hosted', visitor)).toEqual(everywhere('hosted', 200));
      expect((await resume(visitor)).body).toMatchObject({ session_expires_in: leftS });
      expect((await row()).expires_at).toBe(end);
    }
    server.clock.advance(200_000);
    expect((await resume(visitor)).body).toMatchObject({ code: 'session_ended', reason: 'expired' });
    expect((await at('GET', () => '/invoices')(visitor)).body['code']).toBe('access_token_expired');
  });

  it.each([
    ['idle_timeout', 0],
    ['idle_timeout', -1],
    ['idle_timeout', 604_801],
    ['idle_timeout', 1.5],
    ['idle_timeout', '60'],
    ['idle_timeout', null],
    ['max_age', 0],
    ['max_age', 604_801],
    ['max_age', -1],
    ['link_ttl', 29],
    ['link_ttl', 601],
    ['link_ttl', 30.5],
  ])('has bounds: %s of %j is refused', async (field, value) => {
    const organisation = await server.addOrganisation();
    const { status, body } = await createSession(server, organisation, {
      customer_id: await addCustomer(server, organisation.id),
      [field]: value,
    });
    expect([status, body['detail']]).toMatchObject([422, [{ loc: ['body', field] }]]);
  });

  it('ends a link at its last moment, not before', async () => {
    const organisation = await server.addOrganisation();
    const customerId = await addCustomer(server, organisation.id);
    for (const linkTtlS of [30, 600]) {
      const [first, second] = [1, 2].map(() =>
        createSession(server, organisation, { customer_id: customerId, link_ttl: linkTtlS }),
      );
      const tokens = [
        String((await first)?.body['session_token']),
        String((await second)?.body['session_token']),
      ] as const;
      server.clock.advance(linkTtlS * 1000 - 1);
      expect((await redeem(server, organisation.id, tokens[0])).status).toBe(200);
      server.clock.advance(1);
      expect((await redeem(server, organisation.id, tokens[1])).body['code']).toBe('session_token_invalid');
    }
  });

  it('takes the same nonce for a retry for thirty seconds, and for a thief after', async () => {
    const portal = await openVisitor(server, 'embed');
    server.clock.advance(30_000);
    expect((await redeem(server, portal.organisation.id, portal.sessionToken)).status).toBe(200);
    server.clock.advance(1);
    expect((await redeem(server, portal.organisation.id, portal.sessionToken)).status).toBe(401);
    expect((await at('GET', () => '/invoices')(portal)).body).toMatchObject({ reason: 'token_reused' });
  });
});

it('the retry of a redemption from another place is no retry', async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const portal = await openPortal(server, organisation, customerId);
  const created = await createSession(server, organisation, { customer_id: customerId });
  const token = String(created.body['session_token']);
  const nonce = 'nonce-of-one-redemption';
  const first = await redeem(server, organisation.id, token, { nonce });
  expect((await redeemHosted(server, token, nonce)).body['code']).toBe('session_token_invalid');
  const headers = { origin: merchantOrigin, authorization: `Bearer ${String(first.body['access_token'])}` };
  const looked = await server.request('GET', `/portal/${organisation.id}/invoices`, { headers });
  expect(looked.body).toMatchObject({ code: 'session_ended', reason: 'token_reused' });
  expect((await portal.get('/invoices')).status).toBe(200);
});
