import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { sendPatiently } from '../testing/patient-client.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replica, Replicas } from '../testing/replicas.ts';
import { merchantOrigin } from '../testing/test-server.ts';
import type { Answer } from '../testing/test-server.ts';

const requestsAMinute = 90;

let replicas: Replicas;
let one: Replica;
let other: Replica;

/** A merchant whose key has made no request yet, at each replica. */
const newMerchant = async (): Promise<{ keyId: string; apiKey: string; at: MerchantClient[] }> => {
  const { db, organisation, all } = replicas;
  const { id, key } = await transact(db, (trx) =>
    createApiKey(trx, one.clock, { organisationId: organisation.id }, { name: 'Backend' }),
  );
  const at = all.map((replica) => merchantClient(replica, { id: organisation.id, apiKey: key }));
  return { keyId: id, apiKey: key, at };
};

const newCustomer = (): Promise<string> => addCustomer(replicas, replicas.organisation.id);

const openAtOne = async (): Promise<{ here: PortalClient; there: PortalClient }> => {
  const here = await openPortal(one, replicas.organisation, await newCustomer());
  const base = `/portal/${replicas.organisation.id}`;
  const { headers } = here;
  const there: PortalClient = {
    ...here,
    get: (path) => other.request('GET', `${base}${path}`, { headers }),
    post: (path, body = {}) => other.request('POST', `${base}${path}`, { headers, body }),
    patch: (path, body, extra = {}) =>
      other.request('PATCH', `${base}${path}`, { headers: { ...headers, ...extra }, body }),
  };
  return { here, there };
};

const outcomes = (answers: readonly Answer[]): string[] =>
  answers.map(({ status, body }) => `${status} ${typeof body['code'] === 'string' ? body['code'] : ''}`.trim()).sort();

/** Several machines on one database: on SQLite there are processes of one machine, which the torture tests try. */
describe.runIf(isPostgres)('three servers on one PostgreSQL', () => {
  beforeAll(async () => {
    replicas = await startReplicas(3, { RATE_LIMIT_KEY: String(requestsAMinute) });
    [one, other] = replicas.all as [Replica, Replica];
  });
  afterAll(() => replicas.remove());

  it('let as many requests of a key pass as one would, and say when to come back', async () => {
    const { at } = await newMerchant();
    const startedAt = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 9 }, async (_, lane) => {
        const sent: Answer[] = [];
        for (let request = 0; request < 20; request += 1) {
          sent.push(await (at[(lane + request) % at.length] as MerchantClient).get('/customers?limit=1'));
        }
        return sent;
      }),
    );
    const refused = answers.flat().filter(({ status }) => status === 429);
    expect(answers.flat().filter(({ status }) => status === 200)).toHaveLength(requestsAMinute);
    expect(refused).toHaveLength(9 * 20 - requestsAMinute);
    for (const { headers } of refused) {
      const retryAtMs = Date.now() + Number(headers.get('retry-after')) * 1000;
      expect(retryAtMs).toBeGreaterThan(startedAt + 59_000);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    }
  });

  it('carry a request with one Idempotency-Key out once, and give the same answer', async () => {
    const { at } = await newMerchant();
    for (let round = 0; round < 5; round += 1) {
      const name = randomUUID();
      const key = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(
        at.map((merchant) => merchant.post('/customers', { customer_name: name }, key)),
      );
      expect(outcomes(answers)).toEqual(['200', '200', '200']);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      const rows = await replicas.db.selectFrom('customer').select('id').where('customer_name', '=', name).execute();
      expect(rows).toHaveLength(1);
    }
  });

  it('let one of two edits of the same version win', async () => {
    const { here, there } = await openAtOne();
    const edit = (portal: PortalClient, phone: string) =>
      portal.patch('/profile', { phone_number: phone }, { 'if-match': '"1"' });
    const answers = await Promise.all([edit(here, '+44 20 1'), edit(there, '+44 20 2')]);
    expect(outcomes(answers)).toEqual(['200', '412 precondition_failed']);
    const winner = answers.find(({ status }) => status === 200);
    expect((await there.get('/profile')).body['phone_number']).toBe(winner?.body['phone_number']);
  });

  it('number invoices without a gap or a number given twice', async () => {
    const { at } = await newMerchant();
    const customer = await newCustomer();
    const numbers = await Promise.all(
      replicas.all.flatMap(({ url }, index) =>
        Array.from({ length: 10 }, async () => {
          const { answer } = await sendPatiently(() => url, {
            method: 'POST',
            path: '/invoices',
            headers: { ...(at[index] as MerchantClient).headers, 'idempotency-key': randomUUID() },
            body: { customer_id: customer, currency: 'USD', line_items: [{ name: 'Seat', unit_price: 1 }] },
            isRepeatable: true,
          });
          expect(answer?.status).toBe(200);
          return Number(/\d+$/.exec(String(answer?.body['invoice_number']))?.[0]);
        }),
      ),
    );
    numbers.sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it('show with the next request what another has changed of the portal', async () => {
    const { at } = await newMerchant();
    const path = '/customer_portal/configuration';
    const settings = {
      branding: { logo_url: null, accent: '#0f766e', radius: 4, font_family: null, theme: 'dark' },
      allowed_origins: [merchantOrigin, 'https://new.example'],
      return_origins: [],
      sections: ['invoices', 'payments', 'entitlements', 'profile'],
    };
    expect((await (at[0] as MerchantClient).put(path, settings)).status).toBe(200);
    const created = await createSession(other, replicas.organisation, { customer_id: await newCustomer() });
    const opened = await redeem(other, replicas.organisation.id, String(created.body['session_token']), {
      origin: 'https://new.example',
    });
    expect(opened.body).toMatchObject({
      session: { organisation: { branding: { accent: '#0f766e', theme: 'dark' } } },
    });
    const narrower = { ...settings, allowed_origins: [merchantOrigin] };
    expect((await (at[1] as MerchantClient).put(path, narrower)).status).toBe(200);
    const refused = await one.request('GET', `/portal/${replicas.organisation.id}/invoices`, {
      headers: { origin: 'https://new.example', authorization: `Bearer ${String(opened.body['access_token'])}` },
    });
    expect(outcomes([refused])).toEqual(['403 origin_not_allowed']);
  });

  it('refuse a key at once that was revoked, and every session that it made', async () => {
    const { keyId, apiKey, at } = await newMerchant();
    const { id } = replicas.organisation;
    const customer = await newCustomer();
    const portal = await openPortal(one, { id, apiKey }, customer);
    expect(outcomes(await Promise.all(at.map((merchant) => merchant.get('/customers?limit=1'))))).toEqual([
      '200',
      '200',
      '200',
    ]);
    await transact(replicas.db, (trx) => revokeApiKey(trx, one.clock, { organisationId: id }, keyId));
    const answers = await Promise.all(at.map((merchant) => merchant.get('/customers?limit=1')));
    expect(outcomes(answers)).toEqual(Array.from({ length: 3 }, () => '401 api_key_invalid'));
    const ended = await other.request('GET', `/portal/${id}/invoices`, { headers: portal.headers });
    expect(outcomes([ended])).toEqual(['401 session_ended']);
  });

  it('refuse a session at once that was ended at another', async () => {
    const { here, there } = await openAtOne();
    expect((await there.get('/invoices')).status).toBe(200);
    expect((await here.post('/session/end')).status).toBe(200);
    expect(outcomes([await there.get('/invoices'), await there.post('/session/renew')])).toEqual([
      '401 session_ended',
      '401 session_ended',
    ]);
  });

  it('know staff who logged in or out at another', async () => {
    const staff = await openConsole(one, replicas.organisation.id, { email: 'replica@northwind.example' });
    const me = () => other.request('GET', '/console/api/me', { headers: staff.headers });
    expect((await me()).status).toBe(200);
    expect((await staff.post('/logout')).status).toBe(200);
    expect(outcomes([await me()])).toEqual(['401 staff_login_required']);
  });

  it('open each of 24 tokens once, and give a lost answer again to the same nonce only', async () => {
    const { id } = replicas.organisation;
    const customer = await newCustomer();
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let round = 0; round < 4; round += 1) {
          const { body } = await createSession(one, replicas.organisation, { customer_id: customer });
          const nonce = (): string => randomBytes(24).toString('base64url');
          const token = String(body['session_token']);
          const isSame = round % 2 === 0;
          const mine = nonce();
          const answers = await Promise.all(
            replicas.all.map((replica) => redeem(replica, id, token, { nonce: isSame ? mine : nonce() })),
          );
          const opened = answers.filter(({ status }) => status === 200);
          const sessions = await replicas.db
            .selectFrom('audit_event')
            .select('id')
            .where('action', '=', 'session.opened')
            .where('detail', 'like', `%${String(body['session_id'])}%`)
            .execute();
          expect(sessions).toHaveLength(1);
          expect(opened.length, outcomes(answers).join()).toBe(isSame ? 3 : 1);
        }
      }),
    );
  });
});
