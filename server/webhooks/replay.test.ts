import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { verified, webhookStage } from '../testing/webhook-stage.ts';
import type { WebhookStage } from '../testing/webhook-stage.ts';

let server: TestServer;
let stage: WebhookStage;

beforeAll(async () => {
  server = await startTestServer({ environment: { WEBHOOKS_ALLOW_LOOPBACK: '1' } });
});
afterAll(() => server.close());
beforeEach(async () => {
  stage = await webhookStage(server);
});
afterEach(() => stage.receiver.close());

const hourMs = 3_600_000;

describe('rotating the secret', () => {
  it('signs by both for a day, and then by the new one alone', async () => {
    const rotated = await stage.merchant.post(`${stage.path}/rotate_secret`);
    const secret = String(rotated.body['secret']);
    expect(secret).not.toBe(stage.secret);
    await stage.happen();
    await stage.worker.deliverDue();
    const [both = { headers: {}, body: '' }] = stage.receiver.received;
    expect(both.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const each of [secret, stage.secret]) {
      expect(verified(each, both, server.clock.now())).toMatchObject({ type: 'session.created' });
    }
    server.clock.advance(24 * hourMs);
    await stage.happen();
    await stage.worker.deliverDue();
    const alone = stage.receiver.received.at(-1) ?? both;
    expect(verified(secret, alone, server.clock.now())).toMatchObject({ type: 'session.created' });
    expect(() => verified(stage.secret, alone, server.clock.now())).toThrow('No matching signature');
  });

  it('signs by the new one alone when the old one cannot be read any more', async () => {
    await server.db
      .updateTable('webhook_endpoint')
      .set({ secret: 'lost.AAAA' })
      .where('id', '=', stage.endpointId)
      .execute();
    const rotated = await stage.merchant.post(`${stage.path}/rotate_secret`);
    await stage.happen();
    await stage.worker.deliverDue();
    const [message = { headers: {}, body: '' }] = stage.receiver.received;
    expect(verified(String(rotated.body['secret']), message, server.clock.now())).toMatchObject({
      type: 'session.created',
    });
  });
});

describe('sending again', () => {
  it('a delivery by hand, delivered before or not', async () => {
    await stage.happen();
    await stage.worker.deliverDue();
    const { id } = await stage.delivery();
    const retried = await stage.merchant.post(`${stage.path}/deliveries/${String(id)}/retry`);
    expect(retried.body).toMatchObject({ id, status: 'pending', attempts: 0, delivered_at: null });
    await stage.worker.deliverDue();
    const ids = stage.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('all of a time, also of when the endpoint was disabled, but not its tests', async () => {
    await stage.merchant.post(`${stage.path}/test`);
    await stage.happen();
    await stage.worker.deliverDue();
    server.clock.advance(hourMs);
    const since = new Date(server.clock.now()).toISOString();
    await stage.happen();
    await stage.worker.deliverDue();
    await stage.merchant.patch(stage.path, { status: 'disabled' });
    await stage.happen();
    await stage.merchant.patch(stage.path, { status: 'enabled' });
    await stage.worker.deliverDue();
    expect(stage.receiver.received).toHaveLength(3);

    const replayed = await stage.merchant.post(`${stage.path}/replay`, { since });
    expect(replayed.body).toEqual({ queued: 2, next_since: null });
    await stage.worker.deliverDue();
    expect(stage.receiver.received).toHaveLength(5);
    const all = await stage.merchant.post(`${stage.path}/replay`, { since: since.slice(0, 10) });
    expect(all.body).toMatchObject({ queued: 3 });
    const none = await stage.merchant.post(`${stage.path}/replay`, { since, event_types: ['invoice.paid'] });
    expect(none.body).toMatchObject({ queued: 0 });
    const before = await stage.merchant.post(`${stage.path}/replay`, { since: '2026-11-01', until: '2026-11-02' });
    expect(before.body).toMatchObject({ queued: 0 });
  });

  it('a test event on demand, to one endpoint', async () => {
    const other = await stage.merchant.post('/webhook_endpoints', { url: stage.receiver.url });
    const queued = await stage.merchant.post(`${stage.path}/test`);
    expect(queued.body).toMatchObject({ event_type: 'webhook.test', status: 'pending', attempts: 0 });
    await stage.worker.deliverDue();
    expect(stage.receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        type: 'webhook.test',
        timestamp: new Date(server.clock.now()).toISOString(),
        data: { webhook_endpoint_id: stage.endpointId },
      },
    ]);
    expect(other.status).toBe(200);
  });
});
