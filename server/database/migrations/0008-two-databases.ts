import { unicodeLower } from '../search.ts';
import { migrationByDialect } from './statements.ts';

/** Every table whose rows are an organisation's, with the column that says whose. */
export const tenantTables: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'address',
      'allowed_origin',
      'api_key',
      'audit_event',
      'audit_head',
      'branding',
      'contact',
      'contract',
      'credit_note',
      'customer',
      'customer_entitlement',
      'entitlement',
      'idempotency_key',
      'invoice',
      'invoice_line_item',
      'number_sequence',
      'payment',
      'payment_allocation',
      'payment_method',
      'portal_session',
      'product',
      'return_origin',
      'session_token',
      'staff',
      'staff_session',
      'webhook_delivery',
      'webhook_endpoint',
      'webhook_event',
    ].map((table) => [table, 'organisation_id']),
  ),
  organisation: 'id',
};

/** The subqueries are run once a statement, the comparison once a row. */
const scope = "(select current_setting('portal.organisation_id', true))";

/**
 * What hides the rows of other organisations: forced, so that the tables' owner is no exception. Each statement brings the
 * organisation along whose work it is, `*` for all.
 */
export const rowLevelSecurity = (table: string, column: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy own_organisation on ${table} using (${column} = ${scope} or ${scope} = '*')`,
];

/** PostgreSQL gets what SQLite has by itself or in its file; customers are ordered by an expression that both know. */
export const twoDatabases = migrationByDialect({
  sqlite: [
    'drop index customer_by_name',
    'create index customer_by_name on customer (organisation_id, lower(customer_name), id)',
  ],
  postgres: [
    `create function ${unicodeLower}(letters text) returns text language sql immutable strict parallel safe
      return lower(letters collate "und-x-icu")`,
    'create table rate_limit (key varchar(255) primary key, points integer not null default 0, expire bigint)',
    ...Object.entries(tenantTables).flatMap(([table, column]) => rowLevelSecurity(table, column)),
  ],
});
