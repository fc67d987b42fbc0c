import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../api-keys/api-keys.service.ts';
import { readConfig } from '../../config.ts';
import { createOrganisation } from '../../organisations/organisations.service.ts';
import { startServer } from '../../server.ts';
import type { RunningServer } from '../../server.ts';
import { startLine } from '../../testing/line.ts';
import { startStandby } from '../../testing/standby.ts';
import type { Standby } from '../../testing/standby.ts';
import { testClock } from '../../testing/test-clock.ts';
import { merchantOrigin } from '../../testing/test-server.ts';
import { testSettings } from '../../testing/test-settings.ts';
import { openDatabase } from '../open.ts';
import { inOrganisation, readBehind } from '../organisation-context.ts';
import { transact } from '../transaction.ts';

const settings = testSettings();

describe('DATABASE_READ_URL', () => {
  test.each([
    [
      'beside SQLite',
      { DATABASE_URL: 'sqlite:portal.sqlite', DATABASE_READ_URL: 'postgres://a@b/c' },
      'is for PostgreSQL',
    ],
    [
      'of another kind',
      { DATABASE_URL: 'postgres://a@b/c', DATABASE_READ_URL: 'sqlite:portal.sqlite' },
      'must be postgres://',
    ],
  ])('is refused %s', (_name, urls, words) => {
    expect(() => readConfig({ ...settings, ...urls })).toThrow(words);
  });
});

describe.runIf(process.env['TEST_DATABASE'] === 'postgres')('a hot standby', () => {
  let standby: Standby;
  let server: RunningServer;
  let headers: Record<string, string>;
  const clock = testClock();

  beforeAll(async () => {
    standby = await startStandby();
    const urls = { DATABASE_URL: standby.primaryUrl, DATABASE_READ_URL: standby.readUrl };
    server = await startServer(readConfig({ ...settings, ...urls }), clock);
    headers = await addOrganisation();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await standby.stop();
  }, 60_000);

  const addOrganisation = (): Promise<Record<string, string>> =>
    transact(server.dependencies.db, async (trx) => {
      const id = await createOrganisation(trx, clock, {
        name: 'Shop',
        timeZone: 'UTC',
        allowedOrigins: [merchantOrigin],
      });
      const { key } = await createApiKey(trx, clock, { organisationId: id }, { name: 'Backend' });
      return { organisation: id, 'x-api-key': key };
    });

  const send = async (method: string, path: string, body?: unknown, caller = headers) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { ...caller, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { id: string; name: string; results: { id: string; name: string }[] },
    };
  };

  const addProduct = async (): Promise<string> => {
    const { status, body } = await send('POST', '/products', { name: 'Seat' });
    expect(status).toBe(200);
    return body.id;
  };

  const nameOf = async (id: string): Promise<string> => {
    const { status, body } = await send('GET', `/products/${id}`);
    expect(status).toBe(200);
    return body.name;
  };

  const rename = async (name: string): Promise<void> => {
    await server.dependencies.db.updateTable('product').set({ name }).execute();
  };

  /** Two products that the standby has, of which the primary knows another name; no entry of the audit tells of it. */
  const apart = async (): Promise<string> => {
    await standby.askStandby('select pg_wal_replay_resume()');
    const id = await addProduct();
    await rename('Before');
    await standby.catchUp();
    await standby.askStandby('select pg_wal_replay_pause()');
    await rename('Now');
    return id;
  };

  test('is read from when it has all that the caller has done, and only what is the caller’s', async () => {
    const id = await apart();
    expect(await nameOf(id)).toBe('Before');
    const { body } = await send('GET', '/products');
    expect(new Set(body.results.map(({ name }) => name))).toEqual(new Set(['Before']));
    const foreign = await send('GET', `/products/${id}`, undefined, await addOrganisation());
    expect(foreign.status).toBe(404);
  });

  test('is not read from when it lacks what the caller has done, until it has that', async () => {
    const known = await apart();
    const id = await addProduct();
    expect(await nameOf(id)).toBe('Seat');
    expect(await nameOf(known)).toBe('Now');
    const { body } = await send('GET', '/products');
    expect(body.results.map((product) => product.id)).toContain(id);
    expect(await nameOf(await apart())).toBe('Before');
  });

  test('is not read from when another one at its address has told the request of more', async () => {
    const id = await apart();
    const organisationId = headers['organisation'] ?? '';
    const lastChange = async (): Promise<string> => {
      const row = await server.dependencies.db
        .selectFrom('audit_head')
        .select(['sequence', 'hash'])
        .where('organisation_id', '=', organisationId)
        .executeTakeFirstOrThrow();
      return `${row.sequence}:${row.hash}`;
    };
    const seen = await lastChange();
    await addProduct();
    // The primary stands for a standby that has more than the other.
    const line = await startLine(standby.primaryUrl);
    const gone: unknown[] = [];
    const db = openDatabase(standby.primaryUrl, {
      connections: 2,
      preparesStatements: true,
      readUrl: line.url,
      onReplicaGone: (error) => gone.push(error),
    });
    const read = async (): Promise<string> =>
      (await db.selectFrom('product').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name;
    const inRequest = <Result>(work: () => Promise<Result>): Promise<Result> =>
      inOrganisation(organisationId, () => {
        readBehind(seen);
        return work();
      });
    const names = await inRequest(async () => {
      const first = await read();
      line.leadTo(standby.readUrl);
      const keepingItsConnection = sql`select pg_sleep(1)`.execute(db);
      const [ofAnotherRequest, second] = [await inRequest(read), await read()];
      await keepingItsConnection;
      return { first, ofAnotherRequest, second };
    });
    await db.destroy();
    await line.cut();
    expect(gone).toEqual([]);
    expect(names).toEqual({ first: 'Now', ofAnotherRequest: 'Before', second: 'Now' });
  });

  test('is not read from for an organisation that it has never heard of', async () => {
    await apart();
    const newcomer = await addOrganisation();
    const { body: added } = await send('POST', '/products', { name: 'First' }, newcomer);
    const { status, body } = await send('GET', `/products/${added.id}`, undefined, newcomer);
    expect([status, body.name]).toEqual([200, 'First']);
  });

  test('is not asked who may read: a session that it has never heard of reads', async () => {
    await apart();
    const customer = await send('POST', '/customers', { customer_name: 'Newcomer' });
    const session = await send('POST', '/customer/session', {
      customer_id: customer.body.id,
      return_url: `${merchantOrigin}/account`,
    });
    const { session_token: token } = session.body as unknown as { session_token: string };
    const path = `/portal/${headers['organisation']}`;
    const origin = merchantOrigin;
    const opened = await send(
      'POST',
      `${path}/session/redeem`,
      { session_token: token, redeem_nonce: 'n'.repeat(24) },
      { origin },
    );
    const { access_token: access } = opened.body as unknown as { access_token: string };
    const profile = await send('GET', `${path}/profile`, undefined, { authorization: `Bearer ${access}`, origin });
    expect([profile.status, JSON.stringify(profile.body)]).toEqual([200, expect.stringContaining('Newcomer')]);
  });

  test('that goes fails no request, and is read from again when it is back', async () => {
    const id = await apart();
    expect(await nameOf(id)).toBe('Before');
    let isOver = false;
    const reading = (async () => {
      const names = [];
      while (!isOver) {
        names.push(await nameOf(id));
      }
      return names;
    })();
    await standby.stopStandby();
    expect(await nameOf(id)).toBe('Now');
    isOver = true;
    expect((await reading).filter((name) => name !== 'Before' && name !== 'Now')).toEqual([]);

    await standby.startStandby();
    await standby.catchUp();
    await standby.askStandby('select pg_wal_replay_pause()');
    await rename('Later');
    await expect.poll(() => nameOf(id), { timeout: 15_000, interval: 100 }).toBe('Now');
  });
});
