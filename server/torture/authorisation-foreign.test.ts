import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperationKey } from '#contract/api.ts';
import { addFigure } from '../testing/figures.ts';
import { credentialOf, ownHeaders, recordParamsOf, send } from '../testing/operation-calls/operation-call.ts';
import type { OperationCall } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { buildWorld, withOtherCustomer } from '../testing/operation-calls/world.ts';
import type { World } from '../testing/operation-calls/world.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestServer } from '../testing/test-server.ts';
import { stateOf } from './authorisation-state.ts';

let server: TestServer;
let ours: World;
let theirs: World;
/** Another customer of our own organisation. */
let neighbour: World;
let tried = 0;

beforeAll(async () => {
  server = await startTestServer();
  ours = await buildWorld(server, 'Ours');
  theirs = await buildWorld(server, 'Theirs');
  neighbour = await withOtherCustomer(ours);
});
afterAll(async () => {
  addFigure("requests for somebody else's records, answered as for none", tried);
  await server.close();
});

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);

type Path = readonly (string | number)[];

/** Where the ids of records stand in a body or query. */
const idsIn = (value: unknown, path: Path = []): Path[] => {
  if (isId(value)) {
    return [path];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => idsIn(part, [...path, name]))
    : [];
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce((part, name) => (part as Record<string, unknown>)[name], value);

const replaced = (value: unknown, [name, ...rest]: Path, by: unknown): unknown => {
  if (name === undefined) {
    return by;
  }
  const part = at(value, [name]);
  return Array.isArray(value)
    ? value.with(Number(name), replaced(part, rest, by))
    : { ...(value as object), [name]: replaced(part, rest, by) };
};

/** A call with another id in one or more of its places, and the same call with an id that nothing has. */
interface Pair {
  what: string;
  foreign: OperationCall;
  missing: OperationCall;
}

const missingLike = (id: string): string => (isId(id) ? randomUUID() : `ref-${randomUUID()}`);

const paramPair = (own: OperationCall, other: OperationCall, names: readonly string[]): Pair => {
  const from = (call: OperationCall, take: (id: string) => string) => ({
    ...own,
    params: { ...own.params, ...Object.fromEntries(names.map((name) => [name, take(call.params?.[name] ?? '')])) },
  });
  return { what: names.join(' and '), foreign: from(other, (id) => id), missing: from(own, missingLike) };
};

const partPairs = (own: OperationCall, other: OperationCall, part: 'body' | 'query'): Pair[] =>
  idsIn(own[part]).map((path) => ({
    what: `${part}.${path.join('.')}`,
    foreign: { ...own, [part]: replaced(own[part], path, at(other[part], path)) },
    missing: { ...own, [part]: replaced(own[part], path, randomUUID()) },
  }));

/** Which table the id in a field is of. */
const tables = {
  customer: 'customer',
  customer_id: 'customer',
  contract_id: 'contract',
  entitlement_id: 'entitlement',
  invoice_id: 'invoice',
  product_id: 'product',
} as const;

const externalIdOf = async (field: keyof typeof tables, id: string): Promise<string> => {
  const row = await server.db
    .selectFrom(tables[field])
    .select('external_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return String(row.external_id);
};

/** The same records in a body, named by the ids that their owner gave them. */
const externalPairs = (key: OperationKey, own: OperationCall, other: OperationCall): Promise<Pair[]> =>
  Promise.all(
    idsIn(own.body).map(async (path) => {
      const field = path.at(-1) as keyof typeof tables;
      const externalField = key.endsWith('/session') ? 'external_customer_id' : `${tables[field]}_external_id`;
      const named = (externalId: string): OperationCall => {
        const holder = path.slice(0, -1);
        const rest = Object.entries(at(own.body, holder) as object).filter(([name]) => name !== field);
        const renamed = { ...Object.fromEntries(rest), [externalField]: externalId };
        return { ...own, body: replaced(own.body, holder, renamed) };
      };
      return {
        what: `body.${path.join('.')} by external id`,
        foreign: named(await externalIdOf(field, String(at(other.body, path)))),
        missing: named(`ref-${randomUUID()}`),
      };
    }),
  );

/** What another organisation has is nowhere to be found: not by any id in the path, nor in body or query. */
const pairsWithTheirs = (key: OperationKey, own: OperationCall, other: OperationCall): Pair[] => {
  const names = recordParamsOf(key);
  return [
    ...names.map((name) => paramPair(own, other, [name])),
    ...(names.length > 1 ? [paramPair(own, other, names)] : []),
    ...partPairs(own, other, 'body'),
    ...partPairs(own, other, 'query'),
  ];
};

/** What another customer has is not to be found by a customer, nor under the address of the first by anybody. */
const pairsWithNeighbour = (key: OperationKey, own: OperationCall, other: OperationCall): Pair[] => {
  const names = recordParamsOf(key);
  return credentialOf(key) === 'access_token'
    ? pairsWithTheirs(key, own, other)
    : names.slice(1).map((name) => paramPair(own, other, [name]));
};

const steady = (answer: Answer): unknown => {
  const requestId = answer.headers.get('x-request-id') ?? '';
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status: answer.status, headers, text: answer.text.replaceAll(requestId, 'REQUEST') };
};

/** A list that is filtered by what is not there is empty, and a line of a bulk change fails by itself. */
const isRefused = (key: OperationKey, { what }: Pair, { status, text }: Answer): boolean => {
  if (key.endsWith('/bulk')) {
    return status === 200 && text.includes('"status":"failed"');
  }
  if (what.startsWith('query.')) {
    return what.endsWith('__in') ? status === 404 : status === 200 && text.includes('"results":[]');
  }
  return status === 404 || (what.startsWith('body.') && status === 422 && !text.includes('extra_forbidden'));
};

const asking = operationKeys.filter((key) => credentialOf(key) !== 'none' && credentialOf(key) !== 'portal_cookie');

it.each(asking)("%s answers for what is somebody else's as for what is not there", async (key) => {
  const own = await operationCalls[key](ours);
  const other = await operationCalls[key](theirs);
  const pairs = [
    ...pairsWithTheirs(key, own, other),
    ...(await externalPairs(key, own, other)),
    ...pairsWithNeighbour(key, own, await operationCalls[key](neighbour)),
  ];
  const before = await stateOf(server);
  for (const pair of pairs) {
    const foreign = await send(ours, key, pair.foreign, ownHeaders(ours, key));
    const missing = await send(ours, key, pair.missing, ownHeaders(ours, key));
    expect([pair.what, steady(foreign)]).toEqual([pair.what, steady(missing)]);
    expect([pair.what, foreign.status, isRefused(key, pair, foreign)]).toEqual([pair.what, foreign.status, true]);
    tried += 1;
  }
  expect((await stateOf(server)).records).toEqual(before.records);
  if (pairs.length > 0) {
    const answer = await send(ours, key, own);
    expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  }
});

it('has tried every operation that names a record', () => {
  const naming = asking.filter((key) => recordParamsOf(key).length > 0);
  expect(tried).toBeGreaterThan(naming.length);
});
