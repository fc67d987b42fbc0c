import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLine } from '../testing/line.ts';
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
    const line = await startLine(database.url);
    const server = await startTestServer({ environment: { DATABASE_URL: line.url } });
    const ready = () => server.request('GET', '/health/ready');
    expect((await ready()).status).toBe(200);
    line.silence();
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
