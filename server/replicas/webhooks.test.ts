import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replicas } from '../testing/replicas.ts';
import { startReceiver } from '../testing/webhook-receiver.ts';
import type { Receiver } from '../testing/webhook-receiver.ts';

const processes = 3;
/** Two of each endpoint are under way at once, and ten of each process: so all processes have as many as they may. */
const endpoints = 15;
const underWay = 10 * processes;
const events = 4;
const deliveries = endpoints * events;

let replicas: Replicas;
let merchant: MerchantClient;
let receiver: Receiver;

beforeAll(async () => {
  if (isPostgres) {
    receiver = await startReceiver();
    replicas = await startReplicas(processes, { WEBHOOKS_DELIVERY: 'on', WEBHOOKS_ALLOW_LOOPBACK: '1' });
    merchant = merchantClient(replicas.all[1] as never, replicas.organisation);
    for (let endpoint = 0; endpoint < endpoints; endpoint += 1) {
      const body = { url: `${receiver.url}/${endpoint}`, event_types: ['customer.created'] };
      expect((await merchant.post('/webhook_endpoints', body)).status).toBe(200);
    }
  }
});
afterAll(async () => {
  if (isPostgres) {
    await replicas.remove();
    await receiver.close();
  }
});

const happen = async (): Promise<void> => {
  for (let event = 0; event < events; event += 1) {
    expect((await merchant.post('/customers', { customer_name: `Customer ${event}` })).status).toBe(200);
  }
};

const countPending = async (isClaimed: boolean): Promise<number> =>
  (
    await replicas.db
      .selectFrom('webhook_delivery')
      .select('id')
      .where('status', '=', 'pending')
      .where('claim_id', isClaimed ? 'is not' : 'is', null)
      .execute()
  ).length;

const patience = { timeout: 30_000, interval: 50 };

describe.runIf(isPostgres)('three servers that send webhooks from one PostgreSQL', () => {
  it('send each once', async () => {
    await happen();
    await expect.poll(() => receiver.received.length, patience).toBe(deliveries);
    await expect.poll(async () => (await countPending(true)) + (await countPending(false)), patience).toBe(0);
    // Another look of each at the queue, once a second, finds nothing more.
    await delay(1200);
    expect(receiver.received).toHaveLength(deliveries);
  });

  it('lose none when one is killed while it sends, and repeat only what that one was sending', async () => {
    receiver.received.length = 0;
    let brokenOff = 0;
    const held: (() => void)[] = [];
    receiver.answer = (res) => {
      held.push(() => res.writeHead(200).end());
      res.once('close', () => {
        brokenOff += res.writableEnded ? 0 : 1;
      });
    };
    await happen();
    await expect.poll(() => held.length, patience).toBe(underWay);
    replicas.all[0]?.signal('SIGKILL');
    await expect.poll(() => brokenOff, patience).toBe(underWay / processes);
    receiver.answer = 200;
    for (const answer of held) {
      answer();
    }
    // What the others can have is through: nothing is claimed but by the one that is gone, and what queues behind that waits.
    await expect.poll(() => countPending(true), patience).toBe(brokenOff);
    expect(receiver.received.length + (await countPending(false))).toBe(deliveries);
    const past = new Date(Date.now() - 1000).toISOString();
    await replicas.db
      .updateTable('webhook_delivery')
      .set({ claimed_until: past })
      .where('status', '=', 'pending')
      .execute();
    await expect.poll(async () => (await countPending(true)) + (await countPending(false)), patience).toBe(0);
    expect(receiver.received).toHaveLength(deliveries + brokenOff);
    const undelivered = await replicas.db
      .selectFrom('webhook_delivery')
      .select('id')
      .where('status', '!=', 'delivered')
      .execute();
    expect(undelivered).toEqual([]);
  });
});
