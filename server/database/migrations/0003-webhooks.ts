import { migrationOf } from './statements.ts';

export const webhooks = migrationOf(`
create table webhook_endpoint (
  organisation_id text not null references organisation (id),
  id text not null,
  url text not null,
  description text,
  event_types text,
  secret text not null,
  status text not null check (status in ('enabled', 'disabled')),
  disabled_reason text,
  previous_secret text,
  previous_secret_expires_at text,
  failing_since text,
  created_at text not null,
  updated_at text not null,
  primary key (organisation_id, id)
) strict, without rowid;

create table webhook_event (
  organisation_id text not null references organisation (id),
  id text not null,
  type text not null,
  data text not null,
  created_at text not null,
  primary key (organisation_id, id)
) strict, without rowid;
create index webhook_event_age on webhook_event (created_at);
create index webhook_event_replay on webhook_event (organisation_id, created_at, id);

create table webhook_delivery (
  organisation_id text not null,
  id text not null,
  endpoint_id text not null,
  event_id text not null,
  status text not null check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_attempt_at text,
  last_attempt_at text,
  last_status_code integer,
  last_error text,
  delivered_at text,
  claim_id text,
  claimed_until text,
  created_at text not null,
  primary key (organisation_id, id),
  unique (organisation_id, endpoint_id, event_id),
  foreign key (organisation_id, endpoint_id) references webhook_endpoint (organisation_id, id) on delete cascade,
  foreign key (organisation_id, event_id) references webhook_event (organisation_id, id)
) strict, without rowid;
create index webhook_delivery_due on webhook_delivery (organisation_id, endpoint_id, next_attempt_at, id)
  where status = 'pending';
create index webhook_delivery_event on webhook_delivery (organisation_id, event_id);
create index webhook_delivery_list on webhook_delivery (organisation_id, endpoint_id, created_at desc, id desc);
`);
