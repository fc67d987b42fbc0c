import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../testing/postgres.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

describe('a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('is alive, and ready for reading and writing', async () => {
    expect((await server.request('GET', '/health/live')).body).toEqual({ status: 'live' });
    const ready = await server.request('GET', '/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { status: 'ready', writes: 'ok' } });
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });
});

/** A line to the database that can be cut, or go silent. */
const startLine = async ({ hostname, port }: URL) => {
  const ends = new Set<Socket>();
  let isSilent = false;
  const line = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      one
        .on('error', () => undefined)
        .on('data', (chunk) => {
          if (!isSilent) {
            other.write(chunk);
          }
        });
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
    }
  });
  await once(line.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (line.address() as AddressInfo).port,
    silence: (value: boolean): void => {
      isSilent = value;
    },
    cut: async (): Promise<void> => {
      const closed = once(line, 'close');
      line.close();
      for (const end of ends) {
        end.destroy();
      }
      await closed;
    },
  };
};

const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'];

describe.runIf(adminUrl !== undefined)('a server whose PostgreSQL', () => {
  it('has all connections for requests in use is ready', async () => {
    const connections = 2;
    const server = await startTestServer({ environment: { DATABASE_CONNECTIONS: String(connections) } });
    const finish = new AbortController();
    const finished = once(finish.signal, 'abort');
    const holds = Array.from({ length: connections }, () => {
      const held = Promise.withResolvers<undefined>();
      const ended = server.db.connection().execute(async () => {
        held.resolve(undefined);
        await finished;
      });
      return { held: held.promise, ended };
    });
    await Promise.all(holds.map(({ held }) => held));
    const ready = await server.request('GET', '/health/ready');
    finish.abort();
    await Promise.all(holds.map(({ ended }) => ended));
    await server.close();
    expect(ready).toMatchObject({ status: 200, body: { status: 'ready', writes: 'ok' } });
  });

  it('goes silent or away is not ready, and says so in time', async () => {
    const database = await createTestDatabase(adminUrl ?? '');
    const url = new URL(database.url);
    const line = await startLine(url);
    url.port = String(line.port);
    const server = await startTestServer({ environment: { DATABASE_URL: url.href } });
    const ready = () => server.request('GET', '/health/ready');
    expect((await ready()).status).toBe(200);
    line.silence(true);
    const askedAt = performance.now();
    expect(await ready()).toMatchObject({ status: 503, body: { status: 'database_down' } });
    expect(performance.now() - askedAt).toBeLessThan(4000);
    expect((await server.request('GET', '/health/live')).status).toBe(200);
    await line.cut();
    expect(await ready()).toMatchObject({ status: 503, body: { status: 'database_down' } });
    await server.close();
    await database.drop();
  });
});
