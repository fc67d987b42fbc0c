import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { cookieOf, openConsole } from '../testing/console-session.ts';
import { addFigure } from '../testing/figures.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { redeem } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import {
  at,
  everywhere,
  openVisitor,
  operations,
  operationsOn,
  outcomesOf,
  redeemHosted,
} from './session-ends-visitor.ts';
import type { Surface, Visitor } from './session-ends-visitor.ts';

let server: TestServer;
let endings = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  addFigure('operations refused right after a session ended', endings);
});

/** Ways of ending, and the reason that is then given. */
const ways: [string, (visitor: Visitor) => Promise<unknown>, string][] = [
  ['signing out', at('POST', () => '/session/end'), 'signed_out'],
  [
    'the merchant, by its id',
    ({ organisation, sessionId }) => merchantClient(server, organisation).delete(`/customer/session/${sessionId}`),
    'revoked',
  ],
  [
    'the merchant, all of the customer',
    ({ organisation, customerId }) =>
      merchantClient(server, organisation).post(`/customers/${customerId}/sessions/revoke`),
    'revoked',
  ],
  [
    'a staff member',
    async ({ organisation, customerId }) =>
      (await openConsole(server, organisation.id, { email: `${customerId}@northwind.example` })).post(
        `/customers/${customerId}/sessions/revoke`,
      ),
    'revoked',
  ],
  [
    'revoking the key that made it',
    async ({ organisation }) => {
      const scope = { organisationId: organisation.id };
      const { id } = await server.db
        .selectFrom('api_key')
        .select('id')
        .where('organisation_id', '=', organisation.id)
        .executeTakeFirstOrThrow();
      expect(await transact(server.db, (trx) => revokeApiKey(trx, server.clock, scope, id))).toBe(true);
    },
    'key_revoked',
  ],
  [
    'deleting the customer',
    ({ organisation, customerId }) => merchantClient(server, organisation).delete(`/customers/${customerId}`),
    'customer_deleted',
  ],
  [
    'a second use of its link in a page',
    ({ organisation, sessionToken }) =>
      redeem(server, organisation.id, sessionToken, { nonce: 'nonce-of-somebody-else' }),
    'token_reused',
  ],
  [
    'a second use of its link on our page',
    ({ sessionToken }) => redeemHosted(server, sessionToken, 'nonce-of-somebody-else'),
    'token_reused',
  ],
];

describe.each<Surface>(['embed', 'hosted'])('a session of the %s', (surface) => {
  it.each(ways)('is over at the very next request after %s', async (_, end, reason) => {
    const [visitor, bystander] = [await openVisitor(server, surface), await openVisitor(server, surface)];
    expect(await outcomesOf(surface, visitor)).toEqual(everywhere(surface, 200));
    await end(visitor);
    endings += operationsOn(surface).length;
    expect(await outcomesOf(surface, visitor)).toEqual(everywhere(surface, [401, 'session_ended', reason]));
    expect(await outcomesOf(surface, bystander)).toEqual(everywhere(surface, 200));
  });

  it.each(Object.keys(operations))('is over by idling when the next request is %s', async (name) => {
    const visitor = await openVisitor(server, surface, { idle_timeout: 120 });
    server.clock.advance(120_000 - 1);
    expect((await operations['renew']?.(visitor))?.status).toBe(200);
    server.clock.advance(1);
    expect((await operations[name]?.(visitor))?.body).toMatchObject({ code: 'session_ended', reason: 'idle' });
  });

  it('cannot be brought back once it is over, not even by the retry of its own redemption', async () => {
    const visitor = await openVisitor(server, surface);
    await at('POST', () => '/session/end')(visitor);
    const again =
      surface === 'embed'
        ? await redeem(server, visitor.organisation.id, visitor.sessionToken)
        : await redeemHosted(server, visitor.sessionToken);
    expect([again.status, again.body['code']]).toEqual([401, 'session_token_invalid']);
    expect(await outcomesOf(surface, visitor)).toEqual(everywhere(surface, [401, 'session_ended', 'signed_out']));
  });
});

describe('a website that is no longer one of the organisation', () => {
  it('shows nothing from the very next request on, and again once it is back', async () => {
    const visitor = await openVisitor(server, 'embed');
    const origin = { organisation_id: visitor.organisation.id, origin: merchantOrigin };
    await server.db.deleteFrom('allowed_origin').where('organisation_id', '=', visitor.organisation.id).execute();
    expect(await outcomesOf('embed', visitor)).toEqual(everywhere('embed', [403, 'origin_not_allowed', undefined]));
    await server.db.insertInto('allowed_origin').values(origin).execute();
    expect(await outcomesOf('embed', visitor)).toEqual(everywhere('embed', 200));
  });
});

describe('a staff view', () => {
  it('is over when the staff member logs out, while links for customers and other members go on', async () => {
    const { organisation, customerId, invoiceId } = await openVisitor(server, 'embed');
    const [priya, sam] = [
      await openConsole(server, organisation.id, { email: 'priya@views.example' }),
      await openConsole(server, organisation.id, { email: 'sam@views.example', name: 'Sam' }),
    ];
    const view = async (console: typeof priya, purpose: string): Promise<Visitor> => {
      const { body } = await console.post(`/customers/${customerId}/${purpose}`);
      const sessionToken = new URL(String(body['redirect_url'])).pathname.slice('/session/'.length);
      const opened = await redeemHosted(server, sessionToken);
      return {
        server,
        organisation,
        customerId,
        invoiceId,
        sessionId: '',
        sessionToken,
        headers: { origin: server.origin, authorization: `Bearer ${String(opened.body['access_token'])}` },
        cookie: cookieOf(opened),
      };
    };
    const [own, linked, others] = [
      await view(priya, 'portal_view'),
      await view(priya, 'portal_link'),
      await view(sam, 'portal_view'),
    ];
    const readOnly = { ...everywhere('hosted', 200), 'a change': [403, 'read_only_session', undefined] };
    expect(await outcomesOf('hosted', own)).toEqual(readOnly);
    await priya.post('/logout');
    expect(await outcomesOf('hosted', own)).toEqual(everywhere('hosted', [401, 'session_ended', 'signed_out']));
    expect(await outcomesOf('hosted', linked)).toEqual(everywhere('hosted', 200));
    expect(await outcomesOf('hosted', others)).toEqual(readOnly);
  });
});

describe('a signing key that is dropped', () => {
  it('takes its access tokens along at once, and the hosted page comes back by its cookie', async () => {
    const visitor = await openVisitor(server, 'hosted');
    const rotated = await startTestServer({
      environment: {
        DATABASE_URL: server.dependencies.config.databaseUrl,
        SIGNING_SECRETS: `next:${randomBytes(32).toString('base64url')}`,
      },
      clock: server.clock,
    });
    const path = `/portal/${visitor.organisation.id}/invoices`;
    const refused = await rotated.request('GET', path, { headers: visitor.headers });
    expect([refused.status, refused.body['code']]).toEqual([401, 'access_token_invalid']);
    const resumed = await rotated.request('POST', '/session/resume', {
      headers: { origin: server.origin, cookie: visitor.cookie },
      body: { session_id: visitor.sessionId },
    });
    const headers = { origin: server.origin, authorization: `Bearer ${String(resumed.body['access_token'])}` };
    expect((await rotated.request('GET', path, { headers })).status).toBe(200);
    await rotated.close();
  });
});
