import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMortalPostgres } from '../testing/mortal-postgres.ts';
import type { MortalPostgres } from '../testing/mortal-postgres.ts';
import { createTestDatabase } from '../testing/postgres.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replica, Replicas } from '../testing/replicas.ts';
import type { Answer } from '../testing/test-server.ts';

const clients = 6;

let postgres: MortalPostgres;
let replicas: Replicas;
let server: Replica;

beforeAll(async () => {
  if (isPostgres) {
    postgres = await startMortalPostgres();
    replicas = await startReplicas(1, { LOG_LEVEL: 'fatal' }, await createTestDatabase(postgres.adminUrl));
    [server] = replicas.all as [Replica];
  }
});
afterAll(async () => {
  if (isPostgres) {
    await replicas.remove();
    await postgres.remove();
  }
});

/** Clients that make customers, each of which sends what got no effect again with the same key. */
const beginLoad = () => {
  const { id, apiKey } = replicas.organisation;
  const headers = { organisation: id, 'x-api-key': apiKey };
  const refusals: Answer[] = [];
  const failures: string[] = [];
  const made: string[] = [];
  let isOver = false;
  const make = async (name: string): Promise<void> => {
    const key = { 'idempotency-key': randomUUID() };
    for (;;) {
      const answer = await server.request('POST', '/customers', {
        headers: { ...headers, ...key },
        body: { customer_name: name },
      });
      if (answer.status === 200) {
        made.push(name);
        return;
      }
      if (answer.status !== 503) {
        failures.push(`${answer.status} ${answer.text}`);
        return;
      }
      refusals.push(answer);
      await delay(50);
    }
  };
  const working = Array.from({ length: clients }, async () => {
    while (!isOver) {
      await make(randomUUID());
      const read = await server.request('GET', '/customers?limit=3', { headers });
      if (![200, 503].includes(read.status)) {
        failures.push(`${read.status} ${read.text}`);
      }
    }
  });
  return {
    refusals,
    failures,
    made,
    stop: async () => {
      isOver = true;
      await Promise.all(working);
    },
  };
};

describe.runIf(isPostgres)('a PostgreSQL that restarts under load', () => {
  it.each(['fast', 'immediate'] as const)(
    '(%s) makes requests wait, and then all goes on, with no effect lost or doubled',
    async (mode) => {
      const before = await replicas.db.selectFrom('customer').select('customer_name').execute();
      const load = beginLoad();
      await expect.poll(() => load.made.length, { timeout: 20_000 }).toBeGreaterThan(20);
      await postgres.stop(mode);
      await expect.poll(() => load.refusals.length, { timeout: 20_000 }).toBeGreaterThan(clients);
      const ready = await server.request('GET', '/health/ready');
      expect([ready.status, ready.body['status']]).toEqual([503, 'database_down']);
      await postgres.start();
      const sofar = load.made.length;
      await expect.poll(() => load.made.length, { timeout: 20_000 }).toBeGreaterThan(sofar + 20);
      await load.stop();
      expect(load.failures).toEqual([]);
      for (const { headers, body } of load.refusals) {
        expect(body['code']).toBeOneOf(['database_unavailable', 'database_busy']);
        expect(body['retryable']).toBe(true);
        expect(Number(headers.get('retry-after'))).toBeOneOf([1, 2]);
      }
      const known = new Set(before.map(({ customer_name }) => customer_name));
      const rows = await replicas.db.selectFrom('customer').select('customer_name').execute();
      const names = rows.map(({ customer_name }) => customer_name).filter((name) => !known.has(name));
      expect(names.sort()).toEqual(load.made.sort());
      expect((await server.request('GET', '/health/ready')).status).toBe(200);
      expect(server.log()).toBe('');
    },
  );
});
