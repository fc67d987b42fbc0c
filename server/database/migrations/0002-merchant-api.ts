import { migrationOf } from './statements.ts';

export const merchantApi = migrationOf(`
alter table customer add column custom_attributes text;
alter table customer add column business_entity_id text;
create index customer_by_created on customer (organisation_id, created_at desc, id desc);

create table contact (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  email text not null,
  first_name text,
  last_name text,
  send_contract integer not null default 0,
  send_invoice integer not null default 1,
  created_at text not null,
  updated_at text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;
create index contact_by_customer on contact (organisation_id, customer_id);

create table payment_method (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  external_id text not null,
  connector_id text,
  connector_name text not null,
  type text not null,
  details text,
  country text,
  status text not null,
  is_default integer not null default 0,
  created_at text not null,
  primary key (organisation_id, id),
  unique (organisation_id, customer_id, external_id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;
create unique index payment_method_default on payment_method (organisation_id, customer_id) where is_default = 1;

alter table contract add column external_id text;
alter table contract add column description text;
alter table contract add column tags text not null default '[]';
alter table contract add column custom_attributes text;
alter table contract add column anchor_date text;
alter table contract add column phases text not null default '[]';
alter table contract add column renewal_policy text;
alter table contract add column contract_link text;
alter table contract add column updated_at text not null default '1970-01-01T00:00:00.000Z';
alter table contract add column deleted_at text;
create unique index contract_external_id on contract (organisation_id, external_id) where external_id is not null;
create index contract_by_created on contract (organisation_id, created_at desc, id desc);
create index invoice_by_contract on invoice (organisation_id, contract_id) where contract_id is not null;
create index customer_entitlement_by_contract on customer_entitlement (organisation_id, contract_id)
  where contract_id is not null;

alter table product add column external_id text;
alter table product add column updated_at text not null default '1970-01-01T00:00:00.000Z';
create unique index product_external_id on product (organisation_id, external_id) where external_id is not null;
create index product_by_created on product (organisation_id, created_at desc, id desc);

alter table invoice add column applied_balance integer not null default 0;
alter table invoice add column invoice_url text;
alter table invoice add column payment_url text;
alter table invoice add column charged_at text;
alter table invoice add column created_by text;
create index invoice_by_created on invoice (organisation_id, created_at desc, id desc);

alter table payment add column connector_id text;
alter table payment add column connector_name text;
alter table payment add column description text;
alter table payment add column refund_destination text;
create index payment_by_time on payment (organisation_id, timestamp desc, id desc);

alter table credit_note add column custom_data text;
alter table credit_note add column credits_returned integer not null default 0;
create index credit_note_by_created on credit_note (organisation_id, created_at desc, id desc);

alter table entitlement add column external_id text;
alter table entitlement add column updated_at text not null default '1970-01-01T00:00:00.000Z';
create unique index entitlement_external_id on entitlement (organisation_id, external_id) where external_id is not null;
create index entitlement_by_created on entitlement (organisation_id, created_at desc, id desc);
create index customer_entitlement_by_definition on customer_entitlement (organisation_id, entitlement_id);
alter table customer_entitlement add column updated_at text not null default '1970-01-01T00:00:00.000Z';

create table number_sequence (
  organisation_id text not null references organisation (id),
  kind text not null check (kind in ('invoice', 'credit_note', 'receipt')),
  last_number integer not null,
  primary key (organisation_id, kind)
) strict, without rowid;

create table idempotency_key (
  organisation_id text not null references organisation (id),
  key text not null,
  route text not null,
  request_hash text not null,
  claim_id text not null,
  claimed_at text not null,
  answer text,
  expires_at text not null,
  primary key (organisation_id, key, route)
) strict, without rowid;
create index idempotency_key_by_end on idempotency_key (expires_at);
`);
