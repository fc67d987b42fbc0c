import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { startReceiver } from '../testing/webhook-receiver.ts';
import { verified, webhookStage, workerOf } from '../testing/webhook-stage.ts';
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

const secondMs = 1000;
const hourMs = 3_600_000;

describe('an event', () => {
  it('arrives once, signed, without secrets', async () => {
    const sessionId = await stage.happen();
    await stage.worker.deliverDue();
    await stage.worker.deliverDue();
    const { received } = stage.receiver;
    expect(received).toHaveLength(1);
    const [message] = received;
    expect(message?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'zenskar-portal-webhooks/1',
      'webhook-timestamp': String(server.clock.now() / 1000),
    });
    expect(verified(stage.secret, message ?? { headers: {}, body: '' }, server.clock.now())).toEqual({
      type: 'session.created',
      timestamp: new Date(server.clock.now()).toISOString(),
      data: {
        id: sessionId,
        customer_id: stage.customerId,
        session_key: 'cart-7',
        staff_view: false,
        read_only: false,
        sections: ['invoices', 'payments', 'entitlements', 'profile'],
        locale: null,
        origin: null,
        created_at: new Date(server.clock.now()).toISOString(),
        opened_at: null,
        expires_at: null,
        ended_at: null,
        end_reason: null,
      },
    });
    expect(await stage.delivery()).toMatchObject({
      event_id: message?.headers['webhook-id'],
      event_type: 'session.created',
      status: 'delivered',
      attempts: 1,
      next_attempt_at: null,
      last_status_code: 200,
      last_error: null,
      delivered_at: new Date(server.clock.now()).toISOString(),
    });
  });

  it('is not verified by another secret or with another body', async () => {
    await stage.happen();
    await stage.worker.deliverDue();
    const [message = { headers: {}, body: '' }] = stage.receiver.received;
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(() => verified(other, message, server.clock.now())).toThrow('No matching signature');
    const altered = { ...message, body: message.body.replace('false', 'true') };
    expect(() => verified(stage.secret, altered, server.clock.now())).toThrow('No matching signature');
  });

  it('goes to those who want it, and to no other organisation', async () => {
    const stranger = await webhookStage(server);
    await stage.merchant.patch(stage.path, { event_types: ['session.ended'] });
    const sessionId = await stage.happen();
    await stage.merchant.delete(`/customer/session/${sessionId}`);
    await stage.worker.deliverDue();
    expect(stage.receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'session.ended',
    ]);
    expect(stage.receiver.received[0]?.body).toContain('"end_reason":"revoked"');
    expect(stranger.receiver.received).toEqual([]);
    await stranger.receiver.close();
  });

  it('that nobody wants is not even written down', async () => {
    await stage.merchant.patch(stage.path, { event_types: ['invoice.paid'] });
    const count = async (): Promise<number> =>
      (await server.db.selectFrom('webhook_event').select('id').execute()).length;
    const before = await count();
    await stage.happen();
    expect(await count()).toBe(before);
  });
});

describe('a receiver that fails', () => {
  it('is tried ten times, as the specification says, with the same message', async () => {
    stage.receiver.answer = 500;
    await stage.happen();
    const delays = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    await stage.worker.deliverDue();
    for (const [index, seconds] of delays.entries()) {
      expect(await stage.delivery()).toMatchObject({ status: 'pending', attempts: index + 1, last_status_code: 500 });
      server.clock.advance(seconds * secondMs - 1);
      await stage.worker.deliverDue();
      expect(stage.receiver.received).toHaveLength(index + 1);
      server.clock.advance(1);
      await stage.worker.deliverDue();
      expect(stage.receiver.received).toHaveLength(index + 2);
    }
    expect(await stage.delivery()).toMatchObject({
      status: 'failed',
      attempts: 10,
      next_attempt_at: null,
      last_error: 'Answered 500',
    });
    const { received } = stage.receiver;
    expect(new Set(received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10);
    const last = received.at(-1) ?? { headers: {}, body: '' };
    expect(verified(stage.secret, last, server.clock.now())).toMatchObject({ type: 'session.created' });
  });

  it('comes back at a time of its own, up to a tenth later', async () => {
    stage.receiver.answer = 503;
    await stage.happen();
    await workerOf(server.dependencies, { random: () => 0.5 }).deliverDue();
    const next = Date.parse(String((await stage.delivery())['next_attempt_at']));
    expect(next - server.clock.now()).toBe(5250);
  });

  test.each([
    ['120', 120 * secondMs],
    ['1', 5 * secondMs],
    ['99999999', 24 * hourMs],
    ['soon', 5 * secondMs],
    ['-5', 5 * secondMs],
  ])('may ask for time: Retry-After %s', async (retryAfter, expectedMs) => {
    stage.receiver.answer = (res) => res.writeHead(429, { 'retry-after': retryAfter }).end();
    await stage.happen();
    await stage.worker.deliverDue();
    const next = Date.parse(String((await stage.delivery())['next_attempt_at']));
    expect(next - server.clock.now()).toBe(expectedMs);
  });

  it('is left alone for good after a 410', async () => {
    stage.receiver.answer = 410;
    await stage.happen();
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await stage.endpoint()).toMatchObject({ status: 'disabled', disabled_reason: 'gone' });
    expect(stage.receiver.received.length).toBeLessThanOrEqual(2);
    await stage.happen();
    server.clock.advance(48 * hourMs);
    const before = stage.receiver.received.length;
    await stage.worker.deliverDue();
    expect(stage.receiver.received).toHaveLength(before);
    const disabled = await server.db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'webhook_endpoint.disabled')
      .where('detail', 'like', `%${stage.endpointId}%`)
      .execute();
    expect(disabled).toHaveLength(1);
  });

  it('is disabled after five days of nothing but failures, and enabled again by hand', async () => {
    stage.receiver.answer = 500;
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await stage.endpoint()).toMatchObject({ failing_since: new Date(server.clock.now()).toISOString() });
    server.clock.advance(119 * hourMs);
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await stage.endpoint()).toMatchObject({ status: 'enabled' });
    server.clock.advance(2 * hourMs);
    await stage.worker.deliverDue();
    expect(await stage.endpoint()).toMatchObject({ status: 'disabled', disabled_reason: 'failing' });
    stage.receiver.answer = 200;
    const enabled = await stage.merchant.patch(stage.path, { status: 'enabled' });
    expect(enabled.body).toMatchObject({ status: 'enabled', disabled_reason: null, failing_since: null });
    server.clock.advance(24 * hourMs);
    await stage.worker.deliverDue();
    expect(await stage.delivery()).toMatchObject({ status: 'delivered' });
  });

  it('is forgiven at the first success', async () => {
    stage.receiver.answer = 500;
    await stage.happen();
    await stage.worker.deliverDue();
    stage.receiver.answer = 204;
    server.clock.advance(5 * secondMs);
    await stage.worker.deliverDue();
    expect(await stage.endpoint()).toMatchObject({ status: 'enabled', failing_since: null });
  });
});

describe('an answer', () => {
  it('that leads elsewhere is a failure, and is not followed', async () => {
    const elsewhere = await startReceiver();
    for (const status of [301, 302, 307, 308]) {
      stage.receiver.answer = (res) => res.writeHead(status, { location: elsewhere.url }).end();
      server.clock.advance(1);
      await stage.happen();
      await stage.worker.deliverDue();
    }
    expect(elsewhere.received).toEqual([]);
    expect(await stage.delivery()).toMatchObject({
      status: 'pending',
      last_status_code: 308,
      last_error: 'Answered 308; redirects are not followed',
    });
    await elsewhere.close();
  });

  it('that does not come ends the attempt in time', async () => {
    stage.receiver.answer = () => undefined;
    await stage.happen();
    await workerOf(server.dependencies, { transport: { timeoutMs: 150 } }).deliverDue();
    expect(await stage.delivery()).toMatchObject({
      status: 'pending',
      last_status_code: null,
      last_error: 'No answer within 0.15 seconds',
    });
  });

  it('without end is not read', async () => {
    let written = 0;
    stage.receiver.answer = (res) => {
      res.writeHead(200);
      const flood = (): void => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536))) {
          written += 65_536;
        }
      };
      res.on('drain', flood);
      flood();
    };
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await stage.delivery()).toMatchObject({ status: 'delivered' });
    expect(written).toBeLessThan(16_000_000);
  });

  it('of nobody says that the connection was refused', async () => {
    await stage.receiver.close();
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await stage.delivery()).toMatchObject({ last_error: 'The connection was refused' });
    stage.receiver = await startReceiver();
  });
});
