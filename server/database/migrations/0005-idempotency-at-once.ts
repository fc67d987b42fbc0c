import { migrationOf } from './statements.ts';

/** A key comes with its answer; until here it was claimed first. What is only claimed had no effect. */
export const idempotencyAtOnce = migrationOf(`
drop index idempotency_key_by_end;
alter table idempotency_key rename to idempotency_key_claimed;

create table idempotency_key (
  organisation_id text not null references organisation (id),
  key text not null,
  route text not null,
  request_hash text not null,
  answer text not null,
  expires_at text not null,
  primary key (organisation_id, key, route)
) strict, without rowid;
create index idempotency_key_by_end on idempotency_key (expires_at);

insert into idempotency_key (organisation_id, key, route, request_hash, answer, expires_at)
  select organisation_id, key, route, request_hash, answer, expires_at
  from idempotency_key_claimed where answer is not null;
drop table idempotency_key_claimed;
`);
