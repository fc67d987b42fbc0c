import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';
import { addFigure } from '../testing/figures.ts';
import { credentialOf, isWrite, ownHeaders, send } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { buildWorld, withOtherCustomer } from '../testing/operation-calls/world.ts';
import type { World } from '../testing/operation-calls/world.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let ours: World;
let theirs: World;
let neighbour: World;
let tried = 0;

/** Two records of every kind, so that every list has a second page. */
const fill = async (world: World): Promise<void> => {
  for (const key of operationKeys
    .filter((one) => isWrite(one) && one !== 'POST /console/api/login')
    .flatMap((one) => [one, one])) {
    const answer = await send(world, key, await operationCalls[key](world));
    if (answer.status !== 200) {
      throw new Error(`${key} answered ${answer.status} ${answer.text}`);
    }
  }
};

beforeAll(async () => {
  server = await startTestServer();
  ours = await buildWorld(server, 'Ours');
  theirs = await buildWorld(server, 'Theirs');
  neighbour = await withOtherCustomer(ours);
  await fill(ours);
}, 60_000);
afterAll(async () => {
  addFigure("pages asked for with somebody else's cursor", tried);
  await server.close();
});

const operationOf = (key: OperationKey): Operation => api[key];

const lists = operationKeys.filter((key) => operationOf(key).errors?.includes('cursor_invalid'));

/** A list of one customer's records, rather than of the organisation's. */
const isCustomers = (key: OperationKey): boolean =>
  credentialOf(key) === 'access_token' || key.includes('/:customer_id');

const ask = async (key: OperationKey, world: World, query: Record<string, string>): Promise<Answer> => {
  const { params = {} } = await operationCalls[key](world);
  return send(world, key, { params, query: { limit: '1', ...query } }, ownHeaders(world, key));
};

it.each(lists)("%s takes its own cursor, and nobody else's", async (key) => {
  const first = await ask(key, ours, {});
  const cursor = String(first.body['next']);
  expect([cursor, (await ask(key, ours, { cursor })).status]).toEqual([expect.stringContaining('.'), 200]);

  for (const world of isCustomers(key) ? [theirs, neighbour] : [theirs]) {
    const answer = await ask(key, world, { cursor });
    expect([answer.status, answer.body['code']]).toEqual([422, 'cursor_invalid']);
    tried += 1;
  }
});

const nameOf = (key: OperationKey): string =>
  key
    .replace('GET /customers', 'GET /customer')
    .replace('/internal', '')
    .replace('/console/api/customers/:customer_id/', '/portal/:organisation_id/');

/** Two names of one list, and one customer's list as the customer and as the staff sees it. */
const isSameList = (one: OperationKey, other: OperationKey): boolean => nameOf(one) === nameOf(other);

it('takes the cursor of one list in no other', async () => {
  const cursors = new Map<OperationKey, string>();
  for (const key of lists) {
    cursors.set(key, String((await ask(key, ours, {})).body['next']));
  }
  for (const [of, cursor] of cursors) {
    for (const key of lists.filter((other) => !isSameList(of, other))) {
      const answer = await ask(key, ours, { cursor });
      expect([of, key, answer.status, answer.body['code']]).toEqual([of, key, 422, 'cursor_invalid']);
      tried += 1;
    }
  }
}, 60_000);
