import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import type { RunningServer } from '../server.ts';
import { makeMoveStage, moveData } from '../testing/move-stage.ts';
import type { MoveStage } from '../testing/move-stage.ts';
import { createTestDatabase } from '../testing/postgres.ts';
import { testClock } from '../testing/test-clock.ts';
import { merchantOrigin } from '../testing/test-server.ts';
import { testSettings } from '../testing/test-settings.ts';

const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'] ?? '';

const detailsACustomer = 20;

const lists = ['/summary', '/invoices?limit=100', '/payments?limit=100', '/entitlements?limit=100', '/profile'];

describe.runIf(adminUrl !== '')('after a move', () => {
  const settings = testSettings();
  // Sessions last through the move: the moment is the same before and after.
  const clock = testClock();
  let stage: MoveStage;
  let target: Awaited<ReturnType<typeof createTestDatabase>>;

  beforeAll(async () => {
    stage = await makeMoveStage();
    target = await createTestDatabase(adminUrl);
  });
  afterAll(async () => {
    await target.drop();
    await stage.remove();
  });

  const withServer = async <Result>(databaseUrl: string, work: (server: RunningServer) => Promise<Result>) => {
    const server = await startServer(readConfig({ ...settings, DATABASE_URL: databaseUrl }), clock);
    try {
      return await work(server);
    } finally {
      await server.close();
    }
  };

  const send = async ({ port }: RunningServer, path: string, headers: Record<string, string>, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    // Where a database writes the JSON itself, each puts the space between its signs as it likes.
    return { status: response.status, text: JSON.stringify(await response.json()) };
  };

  /** An access token for each customer. */
  const openPortals = async (server: RunningServer): Promise<Map<string, string>> => {
    const { organisationId, apiKey } = stage.demo;
    const customers = await server.dependencies.db.selectFrom('customer').select('id').orderBy('id').execute();
    const tokens = new Map<string, string>();
    for (const { id } of customers) {
      const key = { organisation: organisationId, 'x-api-key': apiKey };
      const order = { customer_id: id, return_url: `${merchantOrigin}/account` };
      const created = JSON.parse((await send(server, '/customer/session', key, order)).text) as {
        session_token: string;
      };
      const opened = await send(
        server,
        `/portal/${organisationId}/session/redeem`,
        { origin: merchantOrigin },
        { session_token: created.session_token, redeem_nonce: 'nonce-of-one-redemption' },
      );
      tokens.set(id, (JSON.parse(opened.text) as { access_token: string }).access_token);
    }
    return tokens;
  };

  /** All lists of all customers, and the newest invoices of those that the demo is about. */
  const readAll = async (server: RunningServer, tokens: Map<string, string>): Promise<Map<string, string>> => {
    const told = new Set(stage.demo.customers.map(({ id }) => id));
    const answers = new Map<string, string>();
    for (const [customerId, token] of tokens) {
      const read = async (path: string): Promise<string> => {
        const headers = { authorization: `Bearer ${token}`, origin: merchantOrigin };
        const { status, text } = await send(server, `/portal/${stage.demo.organisationId}${path}`, headers);
        answers.set(`${customerId} ${path}`, `${status} ${text}`);
        return text;
      };
      for (const path of lists) {
        const text = await read(path);
        if (path.startsWith('/invoices') && told.has(customerId)) {
          for (const { id } of (JSON.parse(text) as { results: { id: string }[] }).results.slice(0, detailsACustomer)) {
            await read(`/invoices/${id}`);
          }
        }
      }
    }
    return answers;
  };

  test('PostgreSQL answers every list and detail of all customers as SQLite did, to the sessions that were open', async () => {
    const file = await stage.copyDemo();
    const { tokens, before } = await withServer(`sqlite:${file}`, async (server) => {
      const opened = await openPortals(server);
      return { tokens: opened, before: await readAll(server, opened) };
    });
    expect([...before.values()].filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    expect(before.size).toBeGreaterThan(400);
    const { code } = await moveData(`sqlite:${file}`, target.url);
    expect(code).toBe(0);
    const after = await withServer(target.url, (server) => readAll(server, tokens));
    for (const [name, answer] of before) {
      expect(after.get(name), name).toBe(answer);
    }
    expect(after.size).toBe(before.size);
  }, 60_000);
});
