import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationKey } from '#contract/api.ts';
import { auditActions } from '#contract/audit.ts';
import type { AuditEventTable } from '../audit/audit.table.ts';
import { verifyChain } from '../audit/verify.ts';
import { readAllRows } from '../testing/database/all-rows.ts';
import { addFigure } from '../testing/figures.ts';
import { credentialOf, isWrite, send } from '../testing/operation-calls/operation-call.ts';
import type { OperationCall } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { buildWorld, newCustomer } from '../testing/operation-calls/world.ts';
import type { World } from '../testing/operation-calls/world.ts';
import { createSession } from '../testing/portal-session.ts';
import { whileRefusing } from '../testing/database/refuse-writes.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestServer } from '../testing/test-server.ts';

/** They hand out a new access token of the session that is there, and change nothing else. */
const changingNothing: readonly OperationKey[] = [
  'POST /portal/:organisation_id/session/renew',
  'POST /session/resume',
];

const writes = operationKeys.filter((key) => isWrite(key) && !changingNothing.includes(key));
const reads = operationKeys.filter((key) => !writes.includes(key));
const replayable = writes.filter((key) => key.startsWith('POST ') && credentialOf(key) === 'api_key');
const settable = writes.filter((key) => /^(PATCH|PUT) /.test(key));

let server: TestServer;
let world: World;
let audited = 0;

beforeAll(async () => {
  server = await startTestServer();
  world = await buildWorld(server);
});
afterAll(() => server.close());

/** A call that changes something: there is a session to revoke, and an event to send again. */
const callOf = async (key: OperationKey): Promise<OperationCall> => {
  const call = await operationCalls[key](world);
  if (key.endsWith('/sessions/revoke')) {
    await createSession(server, world.organisation, { customer_id: call.params?.['customer_id'] });
  }
  if (key.endsWith('/replay')) {
    await newCustomer(world);
  }
  return call;
};

const entriesOf = (answer: Answer): Promise<AuditEventTable[]> =>
  server.db
    .selectFrom('audit_event')
    .selectAll()
    .where('request_id', '=', answer.headers.get('x-request-id'))
    .execute();

const actions = new Set<string>(Object.values(auditActions).flat());

const actorTypes = {
  api_key: 'api_key',
  access_token: 'customer',
  portal_cookie: 'customer',
  staff_cookie: 'staff',
} as const;

const actorTypeOf = (key: OperationKey): AuditEventTable['actor_type'] => {
  const credential = credentialOf(key);
  return credential === 'none' ? (key.includes('/console/') ? 'staff' : 'customer') : actorTypes[credential];
};

describe('an operation that changes something is audited, once', () => {
  it.each(writes)('%s', async (key) => {
    const answer = await send(world, key, await callOf(key));
    expect(answer.status, answer.text).toBe(200);
    const entries = await entriesOf(answer);
    expect(entries).toHaveLength(1);
    const [entry] = entries as [AuditEventTable];
    expect(entry.organisation_id).toBe(world.organisation.id);
    expect(actions).toContain(entry.action);
    expect([entry.actor_type, entry.actor_id]).toEqual([actorTypeOf(key), expect.any(String)]);
    expect(entry.actor_name).not.toBe('');
    expect(`${entry.detail}`).not.toMatch(/zsk_|whsec_|eyJ|_[\w-]{43}\b/);
    audited += 1;
  });

  it('which leaves every chain whole', async () => {
    expect(await verifyChain(server.db, { organisationId: world.organisation.id })).toMatchObject({ breaks: [] });
    expect(audited).toBe(writes.length);
    addFigure('state-changing operations with exactly one audit row', audited);
  });
});

describe('an operation that changes nothing is not audited', () => {
  it.each(reads)('%s', async (key) => {
    const answer = await send(world, key, await operationCalls[key](world));
    expect(answer.status, answer.text).toBe(200);
    expect(await entriesOf(answer)).toEqual([]);
  });

  it.each(settable)('%s to what is there already', async (key) => {
    const call = await callOf(key);
    const { 'if-match': version, ...headers } = call.headers ?? {};
    const first = await send(world, key, call);
    expect(first.status, first.text).toBe(200);
    const etag = first.headers.get('etag');
    const again = await send(world, key, {
      ...call,
      headers: { ...headers, ...(version !== undefined && etag !== null ? { 'if-match': etag } : {}) },
    });
    expect(again.status, again.text).toBe(200);
    expect(await entriesOf(again)).toEqual([]);
  });

  it.each(replayable)('%s again with the same Idempotency-Key', async (key) => {
    const call = await callOf(key);
    const headers = { ...call.headers, 'idempotency-key': `again-${key.replaceAll(' ', '-')}` };
    const first = await send(world, key, { ...call, headers });
    expect(first.status, first.text).toBe(200);
    expect(await entriesOf(first)).toHaveLength(1);
    const again = await send(world, key, { ...call, headers });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(await entriesOf(again)).toEqual([]);
  });
});

/** Every row of every table but those of the counters, which are to outlive what is undone. */
const everything = async (): Promise<Record<string, unknown>> => {
  const { rate_limit: _, ...rows } = await readAllRows(server.db);
  return rows;
};

describe('what cannot be audited is not done', () => {
  beforeAll(async () => {
    world = await buildWorld(server, 'Contoso');
  });

  it.each(writes)('%s', async (key) => {
    const call = await callOf(key);
    const before = await everything();
    expect(before).toHaveProperty('customer');
    const answer = await whileRefusing(server.db, { write: 'insert', table: 'audit_event' }, () =>
      send(world, key, call),
    );
    // A stream has begun to answer by then, and says it of each record.
    const refusal = key.endsWith('/bulk') ? [200, '"status":"failed"'] : [500, '"code":"internal_error"'];
    expect([answer.status, answer.text]).toEqual([refusal[0], expect.stringContaining(String(refusal[1]))]);
    expect(await everything()).toEqual(before);
    expect(await entriesOf(answer)).toEqual([]);
  });
});
