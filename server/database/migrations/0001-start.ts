import { migrationOf } from './statements.ts';

export const start = migrationOf(`
create table organisation (
  id text not null primary key,
  name text not null,
  email text,
  address text,
  tax_id text,
  time_zone text not null,
  created_at text not null
) strict;

create table branding (
  organisation_id text not null primary key references organisation (id),
  logo_url text,
  accent text
) strict;

create table allowed_origin (
  organisation_id text not null references organisation (id),
  origin text not null,
  primary key (organisation_id, origin)
) strict, without rowid;

create table return_origin (
  organisation_id text not null references organisation (id),
  origin text not null,
  primary key (organisation_id, origin)
) strict, without rowid;

create table api_key (
  organisation_id text not null references organisation (id),
  id text not null,
  name text not null,
  hash text not null,
  prefix text not null,
  last_four text not null,
  scopes text not null,
  created_at text not null,
  last_used_at text,
  revoked_at text,
  primary key (organisation_id, id),
  unique (organisation_id, hash)
) strict, without rowid;

create table staff (
  organisation_id text not null references organisation (id),
  id text not null,
  email text not null unique,
  name text not null,
  password_hash text not null,
  created_at text not null,
  primary key (organisation_id, id)
) strict, without rowid;

create table staff_session (
  organisation_id text not null,
  id text not null,
  staff_id text not null,
  cookie_hash text not null unique,
  created_at text not null,
  last_active_at text not null,
  expires_at text not null,
  ended_at text,
  primary key (organisation_id, id),
  foreign key (organisation_id, staff_id) references staff (organisation_id, id)
) strict, without rowid;

create table customer (
  organisation_id text not null references organisation (id),
  id text not null,
  external_id text,
  customer_name text not null,
  email text,
  phone_number text,
  tax_info text not null default '[]',
  custom_data text,
  communications_enabled integer not null default 1,
  auto_charge_enabled integer not null default 1,
  time_zone text,
  locale text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  primary key (organisation_id, id),
  unique (organisation_id, external_id)
) strict, without rowid;
create index customer_by_name on customer (organisation_id, customer_name collate nocase, id);

create table address (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  line1 text,
  line2 text,
  line3 text,
  city text,
  state text,
  zip_code text,
  country text,
  country_code text,
  is_default_billing integer not null default 0,
  is_default_shipping integer not null default 0,
  created_at text not null,
  updated_at text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;
create index address_by_customer on address (organisation_id, customer_id);
create unique index address_default_billing on address (organisation_id, customer_id) where is_default_billing = 1;
create unique index address_default_shipping on address (organisation_id, customer_id) where is_default_shipping = 1;

create table product (
  organisation_id text not null references organisation (id),
  id text not null,
  name text not null,
  created_at text not null,
  primary key (organisation_id, id)
) strict, without rowid;

create table contract (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  name text not null,
  status text not null check (status in ('draft', 'active', 'paused', 'expired', 'disputed')),
  currency text not null,
  start_date text not null,
  end_date text,
  created_at text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;
create index contract_by_customer on contract (organisation_id, customer_id);

create table invoice (
  organisation_id text not null,
  customer_id text not null,
  created_at text not null,
  id text not null,
  external_id text,
  invoice_number text not null,
  status text not null check (status in
    ('draft', 'approved', 'edited', 'discarded', 'paid', 'void', 'partially_paid', 'upcoming')),
  currency text not null,
  invoice_total integer not null,
  net_invoice_total integer,
  subtotal integer not null,
  discount_total integer not null,
  tax_total integer not null,
  paid_amount integer not null default 0,
  amount_due integer not null,
  due_date text,
  promise_due_date text,
  period_begin text,
  period_end_exclusive text,
  contract_id text,
  notes text,
  custom_data text,
  approved_at text,
  sent_at text,
  paid_at text,
  updated_at text not null,
  primary key (organisation_id, customer_id, created_at desc, id desc),
  unique (organisation_id, id),
  unique (organisation_id, external_id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id)
) strict, without rowid;
create index invoice_by_status on invoice (organisation_id, customer_id, status);
create index invoice_owed on invoice (organisation_id, customer_id, currency, amount_due) where amount_due > 0;

create table invoice_line_item (
  organisation_id text not null,
  invoice_id text not null,
  position integer not null,
  id text not null,
  product_id text,
  name text not null,
  description text,
  quantity real not null,
  unit text,
  unit_price text not null,
  subtotal integer not null,
  discount integer not null default 0,
  tax_rate text,
  tax integer not null default 0,
  total integer not null,
  period_begin text,
  period_end_exclusive text,
  is_proration integer not null default 0,
  primary key (organisation_id, invoice_id, position),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id),
  foreign key (organisation_id, product_id) references product (organisation_id, id)
) strict, without rowid;

create table payment (
  organisation_id text not null,
  customer_id text not null,
  timestamp text not null,
  id text not null,
  external_id text,
  type text not null check (type in ('payment', 'refund', 'payment_reversal', 'authorization', 'tax_withheld')),
  status text not null check (status in
    ('in_progress', 'requires_action', 'pending_charge', 'authorized', 'created', 'success', 'voided', 'failed',
     'canceled', 'refunded', 'partially_refunded', 'other')),
  amount integer not null check (amount >= 0),
  amount_refunded integer not null default 0 check (amount_refunded between 0 and amount),
  currency_code text not null,
  payment_method text not null,
  payment_method_details text,
  receipt_number text,
  failure_message text,
  parent_id text,
  created_at text not null,
  updated_at text not null,
  primary key (organisation_id, customer_id, timestamp desc, id desc),
  unique (organisation_id, id),
  unique (organisation_id, external_id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id),
  foreign key (organisation_id, parent_id) references payment (organisation_id, id)
) strict, without rowid;
create index payment_by_parent on payment (organisation_id, parent_id) where parent_id is not null;

create table payment_allocation (
  organisation_id text not null,
  payment_id text not null,
  invoice_id text not null,
  amount integer not null check (amount >= 0),
  amount_refunded integer not null default 0 check (amount_refunded between 0 and amount),
  primary key (organisation_id, payment_id, invoice_id),
  foreign key (organisation_id, payment_id) references payment (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
) strict, without rowid;
create index payment_allocation_by_invoice on payment_allocation (organisation_id, invoice_id);

create table credit_note (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  invoice_id text not null,
  credit_note_number text not null,
  amount integer not null check (amount >= 0),
  currency text not null,
  status text not null check (status in ('in_progress', 'issued', 'void', 'paid')),
  repayment_method text not null,
  reason text,
  created_at text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
) strict, without rowid;
create index credit_note_by_invoice on credit_note (organisation_id, invoice_id);

create table entitlement (
  organisation_id text not null references organisation (id),
  id text not null,
  name text not null,
  description text,
  entitlement_type text not null check (entitlement_type in ('Feature', 'Quantity', 'Credits')),
  units text,
  is_active integer not null default 1,
  product_id text,
  created_at text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, product_id) references product (organisation_id, id)
) strict, without rowid;

create table customer_entitlement (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  entitlement_id text not null,
  external_id text,
  quantity real,
  quantity_used real not null default 0,
  active_from text not null,
  expiry_at text,
  renews_at text,
  source_type text not null,
  contract_id text,
  product_id text,
  invoice_id text,
  created_at text not null,
  primary key (organisation_id, id),
  unique (organisation_id, external_id),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id),
  foreign key (organisation_id, entitlement_id) references entitlement (organisation_id, id),
  foreign key (organisation_id, contract_id) references contract (organisation_id, id),
  foreign key (organisation_id, product_id) references product (organisation_id, id),
  foreign key (organisation_id, invoice_id) references invoice (organisation_id, id)
) strict, without rowid;
create index customer_entitlement_by_customer on customer_entitlement (organisation_id, customer_id);

create table portal_session (
  organisation_id text not null,
  id text not null,
  customer_id text not null,
  api_key_id text,
  staff_id text,
  is_staff_view integer not null,
  return_url text,
  sections text not null,
  read_only integer not null,
  locale text,
  session_key text,
  required_origin text,
  idle_timeout_s integer not null,
  max_age_s integer not null,
  created_at text not null,
  opened_at text,
  last_active_at text,
  expires_at text,
  origin text,
  cookie_hash text unique,
  ended_at text,
  end_reason text,
  primary key (organisation_id, id),
  check ((api_key_id is null) <> (staff_id is null)),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id),
  foreign key (organisation_id, api_key_id) references api_key (organisation_id, id),
  foreign key (organisation_id, staff_id) references staff (organisation_id, id)
) strict, without rowid;
create index portal_session_by_customer on portal_session (organisation_id, customer_id, created_at desc, id desc);

create table session_token (
  organisation_id text not null,
  token_hash text not null,
  session_id text not null,
  created_at text not null,
  expires_at text not null,
  redeemed_at text,
  redeem_nonce_hash text,
  primary key (organisation_id, token_hash),
  foreign key (organisation_id, session_id) references portal_session (organisation_id, id)
) strict, without rowid;
create index session_token_by_session on session_token (organisation_id, session_id);

create table audit_event (
  organisation_id text not null references organisation (id),
  id text not null,
  created_at text not null,
  actor_type text not null check (actor_type in ('api_key', 'staff', 'customer', 'system')),
  actor_id text,
  actor_name text not null,
  action text not null,
  customer_id text,
  detail text,
  request_id text,
  primary key (organisation_id, created_at desc, id desc),
  foreign key (organisation_id, customer_id) references customer (organisation_id, id)
) strict, without rowid;
`);
