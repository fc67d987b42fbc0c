import { setImmediate as nextTurn } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { closeCounters, openCounters } from '../database/open.ts';
import { openLessor } from '../database/request-leases.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession, redeem } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';
import { unauthorized } from './errors.ts';
import { forgetOldCounts, openRateLimits, refuseAfterFailures } from './rate-limit.ts';

const failuresAllowed = 60;

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id);
});
afterAll(() => server.close());

const failOften = async (attempt: () => Promise<Answer>): Promise<Answer> => {
  for (let failure = 0; failure < failuresAllowed; failure += 1) {
    expect((await attempt()).status).toBe(401);
  }
  return attempt();
};

const newToken = async (): Promise<string> =>
  String((await createSession(server, organisation, { customer_id: customerId })).body['session_token']);

describe.each([
  {
    name: 'API keys',
    guess: () => createSession(server, { id: organisation.id, apiKey: 'zsk_guess' }, { customer_id: customerId }),
    succeed: () => createSession(server, organisation, { customer_id: customerId }),
  },
  {
    name: 'session tokens',
    guess: () => redeem(server, organisation.id, 'a-guess'),
    succeed: async () => redeem(server, organisation.id, await newToken()),
  },
])('guessing $name', ({ guess, succeed }) => {
  it('is told to wait, and locks out nobody of the same address who holds a good one', async () => {
    const refused = await failOften(guess);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await succeed()).status).toBe(200);
    expect((await guess()).status).toBe(429);
  });
});

it('counts what fails while a transaction is open, also when that is rolled back', async () => {
  const { credentialFailure } = server.dependencies.rateLimits;
  const fail = () =>
    refuseAfterFailures(
      credentialFailure,
      'key:192.0.2.1',
      () => unauthorized('api_key_invalid', 'No'),
      () => Promise.resolve(undefined),
    );
  const failures: Promise<unknown>[] = [];
  const rolledBack = transact(server.db, async (trx) => {
    await addCustomer({ db: trx }, organisation.id);
    failures.push(fail(), fail(), fail());
    await expect(Promise.race([...failures, nextTurn('still waiting')])).resolves.toBe('still waiting');
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect((await Promise.allSettled(failures)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
    'rejected',
  ]);
  expect((await credentialFailure.get('key:192.0.2.1'))?.consumedPoints).toBe(3);
});

it('makes the table of the counts where there is none, also while another process writes', async ({ skip }) => {
  const other = await startTestServer();
  onTestFinished(() => other.close());
  const { databaseUrl } = other.dependencies.config;
  const counters = openCounters(databaseUrl);
  onTestFinished(() => closeCounters(counters));
  if (!(counters instanceof BetterSqlite)) {
    return skip('a migration makes it');
  }
  counters.exec('drop table rate_limit');
  let opening: ReturnType<typeof openRateLimits> | undefined;
  await transact(other.db, async () => {
    opening = openRateLimits(counters, openLessor(databaseUrl, counters), other.dependencies);
    await nextTurn();
  });
  expect((await opening)?.credentialFailure.points).toBe(failuresAllowed);
});

it('forgets the counts whose time is over, and no other', async () => {
  await redeem(server, organisation.id, 'a-guess');
  const { databaseUrl } = server.dependencies.config;
  const counters = openCounters(databaseUrl);
  onTestFinished(() => closeCounters(counters));
  const left = async (): Promise<string[]> => {
    const { rows } = await sql<{ key: string }>`select key from rate_limit order by key`.execute(server.db);
    return rows.map(({ key }) => key);
  };
  const over = Date.now() - 1;
  await sql`insert into rate_limit (key, points, expire) values ('credential:long-ago', 1, ${over})`.execute(server.db);
  const before = await left();
  await forgetOldCounts(counters, openLessor(databaseUrl, counters), server.dependencies);
  expect(before).toContain('credential:long-ago');
  expect(await left()).toEqual(before.filter((key) => key !== 'credential:long-ago'));
  expect(await left()).not.toEqual([]);
});
