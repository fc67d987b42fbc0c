import { sql } from 'kysely';
import type { Db } from '../../database/transaction.ts';
import type { Mark, Marks, Owner } from './marks.ts';

/** Text columns that hold no words of anybody's, and what they hold. */
const withoutMarks: Record<string, string> = {
  'address.country_code': 'a code of ISO 3166',
  'api_key.last_four': 'four characters; the whole key is a mark',
  'api_key.prefix': 'what every key begins with, and four characters',
  'api_key.scopes': 'a choice',
  'audit_event.action': 'a choice',
  'audit_event.actor_type': 'a choice',
  'audit_event.request_id': 'told to whoever made the request',
  'branding.theme': 'a choice',
  'contract.currency': 'a code of ISO 4217',
  'contract.renewal_policy': 'a choice',
  'contract.status': 'a choice',
  'credit_note.currency': 'a code of ISO 4217',
  'credit_note.repayment_method': 'a choice',
  'credit_note.status': 'a choice',
  'customer.locale': 'a language tag',
  'customer.time_zone': 'an IANA name',
  'entitlement.entitlement_type': 'a choice',
  'idempotency_key.route': 'an operation of the contract',
  'invoice.currency': 'a code of ISO 4217',
  'invoice.status': 'a choice',
  'invoice_line_item.tax_rate': 'a percentage',
  'number_sequence.kind': 'a choice',
  'organisation.sections': 'a list of choices',
  'organisation.time_zone': 'an IANA name',
  'payment.currency_code': 'a code of ISO 4217',
  'payment.payment_method': 'a choice',
  'payment.refund_destination': 'a choice',
  'payment.status': 'a choice',
  'payment.type': 'a choice',
  'payment_method.country': 'a code of ISO 3166',
  'portal_session.end_reason': 'a choice',
  'portal_session.locale': 'a language tag',
  'portal_session.sections': 'a list of choices',
  'webhook_delivery.claim_id': 'there only while a webhook is on its way',
  'webhook_delivery.last_error': 'words of ours',
  'webhook_delivery.status': 'a choice',
  'webhook_endpoint.disabled_reason': 'a choice',
  'webhook_endpoint.event_types': 'a list of choices',
  'webhook_endpoint.status': 'a choice',
  'webhook_event.type': 'a choice',
};

/** Moments, by the names that they have. */
const isMoment = (column: string): boolean =>
  /(_at|_date|_begin|_exclusive|_until|_since)$|^(timestamp|active_from)$/.test(column);

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const secretColumn = /^(hash|secret|previous_secret|answer)$|_hash$/;

interface Row extends Record<string, unknown> {
  organisation_id?: string;
  customer_id?: string | null;
}

/** A table that belongs to organisations, with the names of its text columns. */
export interface TextColumns {
  table: string;
  columns: string[];
}

/** The catalogue of the database itself, so that a column of tomorrow is in it too. */
export const readTextColumns = async (db: Db): Promise<TextColumns[]> => {
  const tables = await db.introspection.getTables();
  return tables
    .filter(
      ({ name, columns }) => name === 'organisation' || columns.some((column) => column.name === 'organisation_id'),
    )
    .map(({ name, columns }) => ({
      table: name,
      columns: columns
        .filter((column) => column.dataType.toLowerCase() === 'text' && !isMoment(column.name))
        .map((column) => column.name),
    }));
};

const readRows = async (db: Db, table: string): Promise<Row[]> =>
  (await sql<Row>`select * from ${sql.table(table)}`.execute(db)).rows;

/** Makes marks of the ids and the secrets' hashes that the server gave: the customer's where a row has one. */
export const learnColumns = async (
  db: Db,
  marks: Marks,
  ownerOf: (organisationId: string, customerId: string | null) => Owner | undefined,
): Promise<void> => {
  for (const { table, columns } of await readTextColumns(db)) {
    for (const row of await readRows(db, table)) {
      const owner = ownerOf(row.organisation_id ?? '', row.customer_id ?? null);
      for (const column of columns) {
        const value = row[column];
        const isMark = typeof value === 'string' && (idForm.test(value) || secretColumn.test(column));
        if (owner !== undefined && isMark && !(`${table}.${column}` in withoutMarks)) {
          marks.learn({ owner, place: `${table}.${column}`, value });
        }
      }
    }
  }
};

/** The text columns in which an organisation has no mark, although nothing says that they need none. */
export const columnsWithoutMark = async (
  db: Db,
  marks: Marks,
  organisationId: string,
  isTheirs: (mark: Mark) => boolean,
): Promise<string[]> => {
  const missing = [];
  for (const { table, columns } of await readTextColumns(db)) {
    const rows = await readRows(db, table);
    const theirs = rows.filter((row) => (row.organisation_id ?? row['id']) === organisationId);
    for (const column of columns) {
      const values = theirs.map((row) => row[column]).filter((value) => typeof value === 'string');
      const isMarked = values.some((value) => marks.find(value).some(isTheirs));
      if (!isMarked && !(`${table}.${column}` in withoutMarks)) {
        missing.push(`${table}.${column}`);
      }
    }
  }
  return missing;
};

/** Exemptions of columns that the database does not have any more. */
export const staleExemptions = async (db: Db): Promise<string[]> => {
  const existing = (await readTextColumns(db)).flatMap(({ table, columns }) =>
    columns.map((column) => `${table}.${column}`),
  );
  return Object.keys(withoutMarks).filter((column) => !existing.includes(column));
};
