import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readWebhookSettings } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { selfSigned } from '../testing/certificate.ts';
import { isPostgres } from '../testing/replicas.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { startReceiver } from '../testing/webhook-receiver.ts';
import { verified, webhookStage, workerOf } from '../testing/webhook-stage.ts';
import type { WebhookStage } from '../testing/webhook-stage.ts';
import { resealSecrets } from './endpoints.service.ts';

const dayMs = 86_400_000;

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

const eventIds = (): (string | undefined)[] => stage.receiver.received.map(({ headers }) => headers['webhook-id']);

describe('over TLS', () => {
  const hostname = 'hooks.example.com';
  const { key, cert } = selfSigned(hostname);
  const toLoopback = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

  it('delivers to a host whose certificate is good, and to no other', async () => {
    const secure = await startReceiver({ key, cert });
    const url = `https://${hostname}:${secure.port}/hooks`;
    await stage.merchant.patch(stage.path, { url });
    await stage.happen();
    await workerOf(server.dependencies, { transport: { resolve: toLoopback } }).deliverDue();
    expect(secure.received).toEqual([]);
    expect(await stage.delivery()).toMatchObject({ last_error: expect.stringContaining('certificate') });

    await stage.merchant.patch(stage.path, { url: url.replace(hostname, 'other.example.com') });
    server.clock.advance(10_000);
    await workerOf(server.dependencies, { transport: { resolve: toLoopback, ca: cert } }).deliverDue();
    expect(secure.received).toEqual([]);

    await stage.merchant.patch(stage.path, { url });
    server.clock.advance(400_000);
    await workerOf(server.dependencies, { transport: { resolve: toLoopback, ca: cert } }).deliverDue();
    const [message = { headers: {}, body: '' }] = secure.received;
    expect(verified(stage.secret, message, server.clock.now())).toMatchObject({ type: 'session.created' });
    await secure.close();
  });

  it('connects to nobody when the name leads inside', async () => {
    const secure = await startReceiver({ key, cert });
    await stage.merchant.patch(stage.path, { url: `https://${hostname}:${secure.port}/hooks` });
    await stage.happen();
    const settings = { allowsLoopback: false, transport: { resolve: toLoopback, ca: cert } };
    await workerOf(server.dependencies, settings).deliverDue();
    expect(secure.received).toEqual([]);
    expect(await stage.delivery()).toMatchObject({
      status: 'pending',
      last_status_code: null,
      last_error: 'The host does not have public addresses only',
    });
    await secure.close();
  });

  it('connects to nobody on the loopback once that is not allowed any more', async () => {
    await stage.happen();
    await workerOf(server.dependencies, { allowsLoopback: false }).deliverDue();
    expect(stage.receiver.received).toEqual([]);
    expect(await stage.delivery()).toMatchObject({ last_error: 'Expected an https URL' });
  });
});

describe('several workers', () => {
  it('on one file deliver each event once', async () => {
    for (let count = 0; count < 60; count += 1) {
      await stage.happen();
    }
    const second = openDatabase(server.dependencies.config.databaseUrl);
    const workers = [stage.worker, workerOf({ ...server.dependencies, db: second })];
    const pending = async (): Promise<unknown> =>
      (await stage.merchant.get(`${stage.path}/deliveries?status=pending`)).body['total_count'];
    do {
      await Promise.all(workers.map((worker) => worker.deliverDue()));
    } while ((await pending()) !== 0);
    expect(eventIds()).toHaveLength(60);
    expect(new Set(eventIds()).size).toBe(60);
    await second.destroy();
  });

  it('take over what one has left behind, and its late news counts no more', async () => {
    const held: ServerResponse[] = [];
    stage.receiver.answer = (res) => held.push(res);
    await stage.happen();
    const first = stage.worker.deliverDue();
    await vi.waitUntil(() => held.length === 1);

    stage.receiver.answer = 200;
    const second = workerOf(server.dependencies);
    await second.deliverDue();
    expect(eventIds()).toHaveLength(1);
    server.clock.advance(60_000);
    await second.deliverDue();
    expect(eventIds()).toHaveLength(2);
    expect(new Set(eventIds()).size).toBe(1);
    expect(await stage.delivery()).toMatchObject({ status: 'delivered', attempts: 2 });

    held[0]?.writeHead(500).end();
    await first;
    expect(await stage.delivery()).toMatchObject({ status: 'delivered', attempts: 2, last_status_code: 200 });
  });
});

describe('a slow endpoint', () => {
  it('gets two at once, and holds up nobody else', async () => {
    const held: ServerResponse[] = [];
    stage.receiver.answer = (res) => held.push(res);
    const other = await webhookStage(server);
    for (let count = 0; count < 15; count += 1) {
      await stage.happen();
    }
    server.clock.advance(1);
    await other.happen();
    const delivering = stage.worker.deliverDue();
    await vi.waitUntil(() => other.receiver.received.length === 1);
    expect(held).toHaveLength(2);
    stage.receiver.answer = 200;
    for (const res of held) {
      res.end();
    }
    await delivering;
    expect(new Set(eventIds()).size).toBe(15);
    await other.receiver.close();
  });
});

describe('in the background', () => {
  it('delivers by itself, and finishes what is under way before it closes', async () => {
    const environment = { WEBHOOKS_ALLOW_LOOPBACK: '1', WEBHOOKS_DELIVERY: 'on' };
    const busy = await startTestServer({ environment });
    const live = await webhookStage(busy);
    let response: ServerResponse | undefined;
    live.receiver.answer = (res) => {
      response = res;
    };
    await live.happen();
    await vi.waitUntil(() => response !== undefined, { timeout: 5000 });
    const closing = busy.close();
    response?.end();
    await closing;
    expect(live.receiver.received).toHaveLength(1);
    await live.receiver.close();
  });
});

describe('keeping house', () => {
  it('forgets events and deliveries after 30 days', async () => {
    await stage.happen();
    await stage.worker.deliverDue();
    server.clock.advance(29 * dayMs);
    await stage.happen();
    await stage.worker.deliverDue();
    const count = async (): Promise<unknown> =>
      (await stage.merchant.get(`${stage.path}/deliveries`)).body['total_count'];
    expect(await count()).toBe(2);
    server.clock.advance(dayMs + 1);
    await stage.worker.deliverDue();
    expect(await count()).toBe(1);
  });

  it('seals secrets anew at the start, so that an old signing key can go', async () => {
    const { config } = server.dependencies;
    const { signingKeys } = readWebhookSettings({
      SIGNING_SECRETS: `next:${randomBytes(32).toString('base64url')}`,
    });
    const both = { ...config, signingKeys: [...signingKeys, ...config.signingKeys] as typeof signingKeys };
    const starting = workerOf({ ...server.dependencies, config: both });
    starting.start();
    await starting.close();
    await stage.happen();
    await workerOf({ ...server.dependencies, config: { ...config, signingKeys } }).deliverDue();
    const [message = { headers: {}, body: '' }] = stage.receiver.received;
    expect(verified(stage.secret, message, server.clock.now())).toMatchObject({ type: 'session.created' });
  });

  describe.runIf(isPostgres)('waits in its own organisation, and holds up no other', () => {
    /** Starts `work` while somebody has the stage's rows of a table, and lets another organisation write before it can go on. */
    const writeWhileWaiting = async (table: 'webhook_delivery' | 'webhook_endpoint', work: () => Promise<void>) => {
      const other = await webhookStage(server);
      const { merchant, receiver } = other;
      const working = await server.db.transaction().execute(async (trx) => {
        const { organisation = '' } = stage.merchant.headers;
        await trx.selectFrom(table).select('id').where('organisation_id', '=', organisation).forUpdate().execute();
        const waiting = { done: work() };
        const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        await expect.poll(async () => (await waits.execute(server.db)).rows).toHaveLength(1);
        expect((await merchant.post('/customers', { customer_name: 'Meanwhile' })).status).toBe(200);
        expect((await waits.execute(server.db)).rows).toHaveLength(1);
        return waiting;
      });
      await working.done;
      await receiver.close();
    };

    it('while it forgets events', async () => {
      await stage.happen();
      await stage.worker.deliverDue();
      server.clock.advance(30 * dayMs + 1);
      const worker = workerOf(server.dependencies);
      await writeWhileWaiting('webhook_delivery', () => worker.deliverDue());
      expect((await stage.merchant.get(`${stage.path}/deliveries`)).body['total_count']).toBe(0);
    });

    it('while it seals secrets anew', async () => {
      const { config } = server.dependencies;
      const { signingKeys } = readWebhookSettings({
        SIGNING_SECRETS: `later:${randomBytes(32).toString('base64url')}`,
      });
      const both = { ...config, signingKeys: [...signingKeys, ...config.signingKeys] as typeof signingKeys };
      await writeWhileWaiting('webhook_endpoint', () => resealSecrets({ ...server.dependencies, config: both }));
      const kept = server.db.selectFrom('webhook_endpoint').select('secret').where('id', '=', stage.endpointId);
      expect((await kept.executeTakeFirstOrThrow()).secret).toMatch(/^later\./);
    });
  });

  it('goes on when a secret cannot be read', async () => {
    await server.db
      .updateTable('webhook_endpoint')
      .set({ secret: 'lost.AAAA' })
      .where('id', '=', stage.endpointId)
      .execute();
    const other = await webhookStage(server);
    await stage.happen();
    await other.happen();
    await stage.worker.deliverDue();
    expect(await stage.delivery()).toMatchObject({ status: 'pending', last_error: 'The event could not be signed' });
    expect(other.receiver.received).toHaveLength(1);
    await other.receiver.close();
  });

  it('says once that nothing can be written down, and goes on when it can', async () => {
    const logged = vi.spyOn(server.dependencies.log, 'error');
    await stage.happen();
    await sql`alter table webhook_delivery rename column claim_id to lost`.execute(server.db);
    await stage.worker.deliverDue();
    await stage.worker.deliverDue();
    expect(logged).toHaveBeenCalledOnce();
    logged.mockRestore();
    await sql`alter table webhook_delivery rename column lost to claim_id`.execute(server.db);
    await stage.worker.deliverDue();
    expect(stage.receiver.received).toHaveLength(1);
  });
});
