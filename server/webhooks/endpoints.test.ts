import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  merchant = merchantClient(server, await server.addOrganisation());
});

const url = 'https://hooks.example.com/zenskar';

const create = async (body: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
  const answer = await merchant.post('/webhook_endpoints', { url, ...body });
  expect(answer.status).toBe(200);
  return answer.body;
};

const otherMerchant = async (): Promise<MerchantClient> =>
  merchantClient(server, await server.addOrganisation('Other'));

describe('POST /webhook_endpoints', () => {
  it('shows the secret once, and keeps it sealed', async () => {
    const { secret, ...endpoint } = await create({ description: 'Ledger', event_types: ['invoice.paid'] });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toEqual({
      id: expect.any(String),
      url,
      description: 'Ledger',
      event_types: ['invoice.paid'],
      status: 'enabled',
      disabled_reason: null,
      failing_since: null,
      created_at: '2026-11-23T12:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.000Z',
    });
    const again = await merchant.get(`/webhook_endpoints/${String(endpoint['id'])}`);
    expect(again.body).toEqual(endpoint);
    const rows = await server.db.selectFrom('webhook_endpoint').select('secret').execute();
    expect(JSON.stringify(rows)).not.toContain(String(secret).slice('whsec_'.length));
  });

  it('refuses addresses that cannot be delivered to, and names the field', async () => {
    for (const bad of ['http://hooks.example.com/', 'https://10.0.0.1/', 'https://localhost/', 'nonsense']) {
      const answer = await merchant.post('/webhook_endpoints', { url: bad });
      expect([answer.status, answer.body['detail']]).toEqual([
        422,
        [{ loc: ['body', 'url'], msg: expect.any(String), type: 'value_error' }],
      ]);
    }
    const unknown = await merchant.post('/webhook_endpoints', { url, event_types: ['invoice.lost'] });
    expect(unknown.status).toBe(422);
  });

  it('stops at fifty, and says what to do', async () => {
    for (let count = 0; count < 50; count += 1) {
      await create();
    }
    const answer = await merchant.post('/webhook_endpoints', { url });
    expect([answer.status, answer.body['code']]).toEqual([409, 'webhook_endpoint_state_invalid']);
    expect(answer.body['message']).toContain('delete one first');
  });

  it('takes an API key', async () => {
    expect((await server.request('POST', '/webhook_endpoints', { body: { url } })).status).toBe(401);
  });
});

describe('an endpoint', () => {
  it('is listed, filtered and paged', async () => {
    const first = await create();
    server.clock.advance(1);
    const second = await create({ status: 'disabled' });
    const page = await merchant.get('/webhook_endpoints?limit=1');
    expect(page.body).toMatchObject({ total_count: 2, results: [{ id: second['id'] }], next: expect.any(String) });
    expect(page.text).not.toContain('whsec_');
    const next = await merchant.get(`/webhook_endpoints?limit=1&cursor=${String(page.body['next'])}`);
    expect(next.body).toMatchObject({ results: [{ id: first['id'] }], next: null });
    const disabled = await merchant.get('/webhook_endpoints?status=disabled');
    expect(disabled.body).toMatchObject({ total_count: 1, results: [{ id: second['id'] }] });
  });

  it('is changed field by field', async () => {
    const { id } = await create({ description: 'Ledger' });
    const path = `/webhook_endpoints/${String(id)}`;
    const changed = await merchant.patch(path, { event_types: ['payment.created'], description: null });
    expect(changed.body).toMatchObject({ url, description: null, event_types: ['payment.created'], status: 'enabled' });
    expect((await merchant.patch(path, { status: 'disabled' })).body).toMatchObject({ status: 'disabled' });
    expect((await merchant.patch(path, { url: 'https://192.168.0.1/' })).status).toBe(422);
    expect((await merchant.get(path)).body).toMatchObject({ url, status: 'disabled' });
  });

  it('is left as it was by a change that says nothing new', async () => {
    const { secret: _, ...endpoint } = await create({ description: 'Ledger', event_types: ['invoice.paid'] });
    server.clock.advance(1000);
    for (const patch of [{}, { url, description: 'Ledger', event_types: ['invoice.paid'], status: 'enabled' }]) {
      expect((await merchant.patch(`/webhook_endpoints/${String(endpoint['id'])}`, patch)).body).toEqual(endpoint);
    }
  });

  it('is deleted with its deliveries', async () => {
    const { id } = await create();
    const path = `/webhook_endpoints/${String(id)}`;
    expect((await merchant.post(`${path}/test`)).status).toBe(200);
    expect((await merchant.delete(path)).body).toEqual({ id, deleted: true });
    expect((await merchant.get(path)).body['code']).toBe('webhook_endpoint_not_found');
    const left = await server.db
      .selectFrom('webhook_delivery')
      .where('endpoint_id', '=', String(id))
      .selectAll()
      .execute();
    expect(left).toEqual([]);
  });

  it("is nobody else's, whatever they try", async () => {
    const { id } = await create();
    const path = `/webhook_endpoints/${String(id)}`;
    const test = await merchant.post(`${path}/test`);
    const other = await otherMerchant();
    const answers = [
      await other.get(path),
      await other.patch(path, { status: 'disabled' }),
      await other.delete(path),
      await other.post(`${path}/rotate_secret`),
      await other.post(`${path}/test`),
      await other.post(`${path}/replay`, { since: '2026-11-01' }),
      await other.get(`${path}/deliveries`),
      await other.post(`${path}/deliveries/${String(test.body['id'])}/retry`),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
      answers.map(() => [404, 'webhook_endpoint_not_found']),
    );
    expect((await other.get('/webhook_endpoints')).body).toMatchObject({ results: [], total_count: 0 });
    expect((await merchant.get(path)).body).toMatchObject({ status: 'enabled' });
  });

  it('sends nothing while it is disabled, and says how to change that', async () => {
    const { id } = await create({ status: 'disabled' });
    for (const [action, body] of [
      ['test', {}],
      ['replay', { since: '2026-11-01' }],
    ] as const) {
      const answer = await merchant.post(`/webhook_endpoints/${String(id)}/${action}`, body);
      expect([answer.status, answer.body['code']]).toEqual([409, 'webhook_endpoint_state_invalid']);
      expect(answer.body['message']).toContain('enable it first');
    }
  });

  it('has its configuration in the audit, without secrets', async () => {
    const { id } = await create({ url: 'https://hooks.example.com/T0/B0/secret-path' });
    await merchant.post(`/webhook_endpoints/${String(id)}/rotate_secret`);
    await merchant.delete(`/webhook_endpoints/${String(id)}`);
    const entries = await server.db
      .selectFrom('audit_event')
      .select(['action', 'detail'])
      .where('detail', 'like', `%${String(id)}%`)
      .execute();
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set(['webhook_endpoint.created', 'webhook_endpoint.secret_rotated', 'webhook_endpoint.deleted']),
    );
    expect(JSON.stringify(entries)).not.toMatch(/whsec|secret-path/);
  });
});

describe('deliveries', () => {
  it('are listed by status, type and time', async () => {
    const { id } = await create();
    const path = `/webhook_endpoints/${String(id)}`;
    await merchant.post(`${path}/test`);
    server.clock.advance(3_600_000);
    const second = await merchant.post(`${path}/test`);
    const count = async (query: string): Promise<unknown> =>
      (await merchant.get(`${path}/deliveries${query}`)).body['total_count'];
    expect(await count('')).toBe(2);
    expect(await count('?status=delivered')).toBe(0);
    expect(await count('?event_type=webhook.test&status__in=pending,failed')).toBe(2);
    expect(await count('?event_type=invoice.paid')).toBe(0);
    const created = String(second.body['created_at']);
    expect(await count(`?created_at__gte=${created}`)).toBe(1);
    expect((await merchant.get(`${path}/deliveries?colour=red`)).status).toBe(422);
    const missing = await merchant.post(`${path}/deliveries/${String(id)}/retry`);
    expect([missing.status, missing.body['code']]).toEqual([404, 'webhook_delivery_not_found']);
  });
});
