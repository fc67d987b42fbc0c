import type { Tables } from '../database/tables.ts';

/**
 * Every table, each behind those that its rows refer to, with the columns of its key: rows are moved and compared in their
 * order, which is the same in both databases.
 */
const keys = {
  organisation: ['id'],
  branding: ['organisation_id'],
  allowed_origin: ['organisation_id', 'origin'],
  return_origin: ['organisation_id', 'origin'],
  number_sequence: ['organisation_id', 'kind'],
  api_key: ['organisation_id', 'id'],
  staff: ['organisation_id', 'id'],
  staff_session: ['organisation_id', 'id'],
  customer: ['organisation_id', 'id'],
  address: ['organisation_id', 'id'],
  contact: ['organisation_id', 'id'],
  payment_method: ['organisation_id', 'id'],
  product: ['organisation_id', 'id'],
  contract: ['organisation_id', 'id'],
  invoice: ['organisation_id', 'customer_id', 'created_at', 'id'],
  invoice_line_item: ['organisation_id', 'invoice_id', 'position'],
  payment: ['organisation_id', 'customer_id', 'timestamp', 'id'],
  payment_allocation: ['organisation_id', 'payment_id', 'invoice_id'],
  credit_note: ['organisation_id', 'id'],
  entitlement: ['organisation_id', 'id'],
  customer_entitlement: ['organisation_id', 'id'],
  portal_session: ['organisation_id', 'id'],
  session_token: ['organisation_id', 'token_hash'],
  webhook_endpoint: ['organisation_id', 'id'],
  webhook_event: ['organisation_id', 'id'],
  webhook_delivery: ['organisation_id', 'id'],
  idempotency_key: ['organisation_id', 'key', 'route'],
  audit_event: ['organisation_id', 'sequence'],
  audit_head: ['organisation_id'],
} as const satisfies Record<keyof Tables, readonly string[]>;

export type TableName = keyof typeof keys;

export interface ColumnOf {
  name: string;
  type: 'text' | 'integer' | 'real';
}

/** A table with what its schema says of it. */
export interface MovedTable {
  name: TableName;
  columns: readonly ColumnOf[];
  /** The places of the key's columns among all. */
  key: readonly number[];
}

export const tableNames = Object.keys(keys) as TableName[];

/** The one that the database itself fills, when entries are appended to the audit. */
export const followingTable: TableName = 'audit_head';

/** The one whose rows may refer to other rows of it, by `parent_id`. */
export const familyTable: TableName = 'payment';

export const tableOf = (name: TableName, columns: readonly ColumnOf[]): MovedTable => ({
  name,
  columns,
  key: keys[name].map((column) => columns.findIndex((one) => one.name === column)),
});

/** A value as text that says it exactly, the same for both databases. */
export type Value = string | null;
export type Row = readonly Value[];

export const keyOf = ({ key }: MovedTable, row: Row): string[] => key.map((place) => row[place] ?? '');

/** What a person needs to find a row: `organisation_id …, id …`. */
export const keyText = ({ columns, key }: MovedTable, values: readonly string[]): string =>
  key.map((place, index) => `${columns[place]?.name} ${values[index]}`).join(', ');

/** A number that no two numbers share, and from which it comes back as it was. */
export const exactNumber = (number: number): string => (Object.is(number, -0) ? '-0' : String(number));
