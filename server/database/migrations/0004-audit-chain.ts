import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { AuditEventTable } from '../../audit/audit.table.ts';
import { beginning, chained } from '../../audit/chain.ts';
import type { Link } from '../../audit/chain.ts';
import { rowInserter } from '../insert-rows.ts';
import type { Trx } from '../transaction.ts';
import { migrationByDialect, migrationOf } from './statements.ts';

const tables = migrationOf(`
alter table audit_event rename to audit_event_unchained;

create table audit_event (
  organisation_id text not null references organisation (id),
  sequence integer not null check (sequence > 0),
  id text not null,
  created_at text not null,
  actor_type text not null check (actor_type in ('api_key', 'staff', 'customer', 'system')),
  actor_id text,
  actor_name text not null,
  action text not null,
  customer_id text,
  detail text,
  request_id text,
  previous_hash text not null check (length(previous_hash) = 64),
  hash text not null check (length(hash) = 64),
  primary key (organisation_id, sequence),
  unique (organisation_id, id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;

create table audit_head (
  organisation_id text primary key not null references organisation (id),
  sequence integer not null check (sequence > 0),
  hash text not null check (length(hash) = 64)
) strict, without rowid;
`);

const columns = [
  'organisation_id',
  'sequence',
  'id',
  'created_at',
  'actor_type',
  'actor_id',
  'actor_name',
  'action',
  'customer_id',
  'detail',
  'request_id',
  'previous_hash',
  'hash',
] as const satisfies (keyof AuditEventTable)[];

const insertEvents = rowInserter<AuditEventTable>('audit_event', columns);

type Unchained = Omit<AuditEventTable, 'sequence' | 'previous_hash' | 'hash'>;

const rowsABatch = 1_000;

/** Entries of one millisecond have no other order than their ids. */
const readBatch = async (trx: Trx, organisationId: string, last: Unchained | undefined) =>
  (
    await sql<Unchained>`select * from audit_event_unchained where organisation_id = ${organisationId}
      and (created_at, id) > (${last?.created_at ?? ''}, ${last?.id ?? ''})
      order by created_at, id limit ${sql.lit(rowsABatch)}`.execute(trx)
  ).rows;

const chainOrganisation = async (trx: Trx, organisationId: string): Promise<void> => {
  let head: Link = beginning;
  let last: Unchained | undefined;
  for (;;) {
    const batch = await readBatch(trx, organisationId, last);
    last = batch.at(-1);
    if (last === undefined) {
      break;
    }
    const events = batch.map((event) => {
      const next = chained(event, head);
      head = next;
      return next;
    });
    await insertEvents(trx, events);
  }
  if (head !== beginning) {
    await sql`insert into audit_head (organisation_id, sequence, hash)
      values (${organisationId}, ${head.sequence}, ${head.hash})`.execute(trx);
  }
};

const indexes = migrationOf(`
create index audit_event_by_time on audit_event (organisation_id, created_at, action, actor_type);
create index audit_event_by_customer on audit_event (organisation_id, customer_id, sequence)
  where customer_id is not null;
`);

const refusals = {
  entry: 'audit_event: an entry must be the next one of its chain',
  change: 'audit_event: entries cannot be changed',
  deletion: 'audit_event: entries cannot be deleted',
  headMoved: 'audit_head: the end of a chain cannot be moved by hand',
  headDeleted: 'audit_head: the end of a chain cannot be deleted',
} as const;

/** A trigger of PostgreSQL and the function that it calls. */
const postgresTrigger = (name: string, when: string, table: string, body: string, each = 'row'): string[] => [
  `create function ${name}() returns trigger language plpgsql as $$ begin ${body} end $$`,
  `create trigger ${name} ${when} on ${table} for each ${each} execute function ${name}()`,
];

const raise = (refusal: string): string => `raise exception '${refusal}';`;

/**
 * `insert or replace` deletes without asking the triggers on deletion, so that a row is refused before it could take the
 * place of another.
 */
const guards = migrationByDialect({
  sqlite: [
    `create trigger audit_event_appended before insert on audit_event
      when new.sequence is not 1 + coalesce((select sequence from audit_head where organisation_id = new.organisation_id), 0)
        or new.previous_hash is not coalesce((select hash from audit_head where organisation_id = new.organisation_id), '${beginning.hash}')
        or exists (select 1 from audit_event where organisation_id = new.organisation_id and id = new.id)
      begin select raise(abort, '${refusals.entry}'); end`,
    `create trigger audit_event_moves_head after insert on audit_event
      begin update audit_head set sequence = new.sequence, hash = new.hash
        where organisation_id = new.organisation_id; insert into audit_head (organisation_id, sequence, hash)
        select new.organisation_id, new.sequence, new.hash where new.sequence = 1; end`,
    `create trigger audit_event_not_updated before update on audit_event
      begin select raise(abort, '${refusals.change}'); end`,
    `create trigger audit_event_not_deleted before delete on audit_event
      begin select raise(abort, '${refusals.deletion}'); end`,
    `create trigger audit_head_begins before insert on audit_head
      when new.sequence is not 1 or exists (select 1 from audit_head where organisation_id = new.organisation_id)
      begin select raise(abort, '${refusals.headMoved}'); end`,
    `create trigger audit_head_moves before update on audit_head
      when new.organisation_id is not old.organisation_id or new.sequence is not old.sequence + 1
        or new.hash is not (select hash from audit_event where organisation_id = new.organisation_id and sequence = new.sequence)
      begin select raise(abort, '${refusals.headMoved}'); end`,
    `create trigger audit_head_not_deleted before delete on audit_head
      begin select raise(abort, '${refusals.headDeleted}'); end`,
  ],
  postgres: [
    ...postgresTrigger(
      'audit_event_appended',
      'before insert',
      'audit_event',
      `if new.sequence is distinct from 1 + coalesce((select sequence from audit_head where organisation_id = new.organisation_id), 0)
        or new.previous_hash is distinct from coalesce((select hash from audit_head where organisation_id = new.organisation_id), '${beginning.hash}')
        or exists (select 1 from audit_event where organisation_id = new.organisation_id and id = new.id)
      then ${raise(refusals.entry)} end if; return new;`,
    ),
    ...postgresTrigger(
      'audit_event_moves_head',
      'after insert',
      'audit_event',
      `update audit_head set sequence = new.sequence, hash = new.hash where organisation_id = new.organisation_id;
      if new.sequence = 1 then
        insert into audit_head (organisation_id, sequence, hash) values (new.organisation_id, new.sequence, new.hash);
      end if; return null;`,
    ),
    ...postgresTrigger('audit_event_not_updated', 'before update', 'audit_event', raise(refusals.change)),
    ...postgresTrigger('audit_event_not_deleted', 'before delete', 'audit_event', raise(refusals.deletion)),
    ...postgresTrigger(
      'audit_event_not_truncated',
      'before truncate',
      'audit_event',
      raise(refusals.deletion),
      'statement',
    ),
    ...postgresTrigger(
      'audit_head_begins',
      'before insert',
      'audit_head',
      `if new.sequence is distinct from 1 or exists (select 1 from audit_head where organisation_id = new.organisation_id)
      then ${raise(refusals.headMoved)} end if; return new;`,
    ),
    ...postgresTrigger(
      'audit_head_moves',
      'before update',
      'audit_head',
      `if new.organisation_id is distinct from old.organisation_id or new.sequence is distinct from old.sequence + 1
        or new.hash is distinct from
          (select hash from audit_event where organisation_id = new.organisation_id and sequence = new.sequence)
      then ${raise(refusals.headMoved)} end if; return new;`,
    ),
    ...postgresTrigger('audit_head_not_deleted', 'before delete', 'audit_head', raise(refusals.headDeleted)),
    ...postgresTrigger(
      'audit_head_not_truncated',
      'before truncate',
      'audit_head',
      raise(refusals.headDeleted),
      'statement',
    ),
  ],
});

/** Puts the entries that exist into one chain an organisation, and lets nothing but new ones in from now on. */
export const auditChain: Migration = {
  up: async (trx: Trx) => {
    await tables.up(trx);
    const { rows } = await sql<{ id: string }>`select id from organisation`.execute(trx);
    for (const { id } of rows) {
      await chainOrganisation(trx, id);
    }
    await sql`drop table audit_event_unchained`.execute(trx);
    await indexes.up(trx);
    await guards.up(trx);
  },
};
