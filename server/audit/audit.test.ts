import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../database/transaction.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { findAuditEventsAfter, findAuditHead } from './audit.repository.ts';
import { audit } from './audit.service.ts';
import { beginning, hashOf } from './chain.ts';
import { verifyChain } from './verify.ts';

let server: TestServer;
let organisationId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisationId = (await server.addOrganisation()).id;
});
afterAll(() => server.close());

const actor = { type: 'system', id: null, name: 'Test' } as const;

const events = () => findAuditEventsAfter(server.db, { organisationId }, 0, 1_000);

const write = (): Promise<void> =>
  transact(server.db, (trx) => audit(trx, server.clock, { organisationId }, { actor, action: 'staff.created' }));

describe('an entry', () => {
  it('is the next one of its organisation, whatever others write', async () => {
    const other = await server.addOrganisation('Contoso');
    await write();
    const mine = await events();
    expect(mine.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(mine.map(({ previous_hash: previous }) => previous)).toEqual([
      beginning.hash,
      ...mine.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(mine.map(hashOf)).toEqual(mine.map(({ hash }) => hash));
    expect(await findAuditHead(server.db, { organisationId })).toMatchObject({ sequence: 3, hash: mine[2]?.hash });
    expect((await findAuditHead(server.db, { organisationId: other.id }))?.sequence).toBe(2);
  });

  it('is hashed as it is documented', () => {
    const event = {
      organisation_id: 'o',
      sequence: 1,
      id: 'i',
      created_at: '2026-11-23T12:00:00.000Z',
      actor_type: 'staff',
      actor_id: null,
      actor_name: 'Zoë "Z" Ångström',
      action: 'staff.created',
      customer_id: null,
      detail: '{"name":"x"}',
      request_id: null,
      previous_hash: beginning.hash,
    } as const;
    // Worked out by another program: Python's json.dumps and hashlib.
    expect(hashOf(event)).toBe('a06a842a51287d948d3713eeeeb8448ccc4ce3825f2360c6037a1ce599497822');
  });

  it('takes part in the transaction: what is undone was never written, and leaves no gap', async () => {
    const before = await events();
    const undone = transact(server.db, async (trx) => {
      await audit(trx, server.clock, { organisationId }, { actor, action: 'staff.created' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await events()).toEqual(before);
    await write();
    expect((await events()).at(-1)?.sequence).toBe(before.length + 1);
  });

  it('is written without its secrets', async () => {
    await transact(server.db, (trx) =>
      audit(
        trx,
        server.clock,
        { organisationId },
        { actor, action: 'api_key.created', detail: { api_key: 'x', note: `zsk_${'a'.repeat(49)}` } },
      ),
    );
    expect((await events()).at(-1)?.detail).toBe('{"api_key":"[masked]","note":"[masked]"}');
  });
});

/** An entry whose id another one has already. */
const sameId = `into audit_event select e.organisation_id, h.sequence + 1, e.id, e.created_at, actor_type, actor_id, 'X',
  action, customer_id, detail, request_id, h.hash, e.hash
  from audit_event e join audit_head h using (organisation_id) where e.sequence = 1 and h.sequence > 2`;

/** What one database alone knows. */
const ownWords: [string, string][] =
  process.env['TEST_DATABASE'] === 'postgres'
    ? [
        [
          `insert into audit_event select * from audit_event where sequence = 1
            on conflict (organisation_id, sequence) do update set actor_name = 'X'`,
          'must be the next one',
        ],
        [
          `merge into audit_event using audit_head on audit_event.sequence = 1
            when matched then update set actor_name = 'X'`,
          'entries cannot be changed',
        ],
        [
          'insert into audit_head select * from audit_head on conflict (organisation_id) do update set sequence = 1',
          'cannot be moved by hand',
        ],
        ['truncate audit_event', 'entries cannot be deleted'],
        ['truncate audit_head', 'cannot be deleted'],
        ['truncate organisation cascade', 'cannot be deleted'],
      ]
    : [
        ['insert or replace into audit_event select * from audit_event where sequence = 1', 'must be the next one'],
        [`insert or replace ${sameId}`, 'must be the next one'],
        ['insert or replace into audit_head select * from audit_head', 'cannot be moved by hand'],
      ];

describe('the database', () => {
  it.each([
    ["update audit_event set actor_name = 'Somebody else'", 'entries cannot be changed'],
    ['update audit_event set sequence = sequence + 100', 'entries cannot be changed'],
    ['delete from audit_event', 'entries cannot be deleted'],
    ['delete from audit_event where sequence = 2', 'entries cannot be deleted'],
    ['insert into audit_event select * from audit_event where sequence = 1', 'must be the next one'],
    [`insert ${sameId}`, 'must be the next one'],
    ['update audit_head set sequence = 1', 'cannot be moved by hand'],
    ['update audit_head set sequence = sequence + 1', 'cannot be moved by hand'],
    ["update audit_head set hash = replace(hash, 'a', 'b')", 'cannot be moved by hand'],
    ['delete from audit_head', 'cannot be deleted'],
    ...ownWords,
  ])('refuses: %s', async (statement, reason) => {
    const before = await events();
    await expect(sql.raw(statement).execute(server.db)).rejects.toThrow(reason);
    expect(await events()).toEqual(before);
    expect(await verifyChain(server.db, { organisationId })).toMatchObject({ entries: before.length, breaks: [] });
  });
});
