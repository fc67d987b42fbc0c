import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBulk } from '../testing/bulk-stream.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replica, Replicas } from '../testing/replicas.ts';

const workers = 2;
const requestsAMinute = 60;

const start = async (environment: Record<string, string> = {}): Promise<[Replica, Replicas]> => {
  const replicas = await startReplicas(1, { WEB_CONCURRENCY: String(workers), ...environment });
  onTestFinished(() => replicas.remove());
  return [replicas.all[0] as Replica, replicas];
};

const workersOf = async ({ pid }: Replica): Promise<number[]> =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean).map(Number);

/** Who has ended may still be listed, for its parent to take note; as long as one of its threads runs, it has its sockets. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
};

/** On a connection of its own, so that the next worker gets it. */
const ask = (server: Replica, path = '/health/ready', headers: Record<string, string> = {}): Promise<number | string> =>
  server.request('GET', path, { headers: { ...headers, connection: 'close' } }).then(({ status }) => status, String);

describe.runIf(process.platform === 'linux')('WEB_CONCURRENCY=2', () => {
  it('counts as one server, replaces a worker that dies, and ends with all of them', async () => {
    const [server, replicas] = await start({ RATE_LIMIT_KEY: String(requestsAMinute) });
    const { headers } = merchantClient(server, replicas.organisation);
    const answers = await Promise.all(
      Array.from({ length: 2 * requestsAMinute }, () => ask(server, '/customers?limit=1', headers)),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(requestsAMinute);
    expect(answers.filter((status) => status === 429)).toHaveLength(requestsAMinute);

    const [victim = 0, other = 0] = await workersOf(server);
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => isAlive(victim)).toBe(false);
    expect(await Promise.all(Array.from({ length: 10 }, () => ask(server)))).toEqual(Array(10).fill(200));
    await expect.poll(() => workersOf(server), { timeout: 10_000 }).toHaveLength(workers);
    expect(await workersOf(server)).toContain(other);
    expect(JSON.parse(server.log())).toMatchObject({
      worker: expect.any(Number) as number,
      reason: 'A worker ended with SIGKILL',
      msg: 'a worker is gone; another takes its place',
    });

    const last = await workersOf(server);
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(last.filter(isAlive)).toEqual([]);
  });

  // How a cluster starts and ends has nothing to do with the database: trying it on one is enough.
  it.skipIf(isPostgres)(
    'lets requests finish when it is told to end, and ends at once when it is told again',
    async () => {
      const [server, replicas] = await start({ SHUTDOWN_SECONDS: '60' });
      const bulk = openBulk({ address: server.url }, merchantClient(server, replicas.organisation), '/customers/bulk');
      bulk.send({ external_id: 'one', customer_name: 'One' });
      expect(await bulk.results(1)).toMatchObject([{ status: 'created' }]);
      const pids = await workersOf(server);
      server.signal('SIGTERM');
      await expect.poll(() => ask(server), { timeout: 5000 }).not.toBe(200);
      bulk.send({ external_id: 'two', customer_name: 'Two' });
      expect(await bulk.results(1)).toMatchObject([{ status: 'created' }]);
      bulk.request.on('error', () => undefined);
      server.signal('SIGTERM');
      expect(await server.ended).toEqual({ code: 143, signal: null });
      await expect.poll(() => pids.filter(isAlive)).toEqual([]);
    },
  );

  it.skipIf(isPostgres)('says once why its workers cannot start', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => {
      blocker.close();
    });
    const { port } = blocker.address() as AddressInfo;
    const replicas = await startReplicas(0, { WEB_CONCURRENCY: String(workers) });
    onTestFinished(() => replicas.remove());
    const server = await replicas.start({ PORT: String(port) });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.log()).toBe(`Port ${port} is in use by another program\n`);
  });
});
