import { createHash } from 'node:crypto';
import { readAllRows } from '../testing/database/all-rows.ts';
import type { TestServer } from '../testing/test-server.ts';

/** What stands in the database: a digest of each table of records, and how many entries the audit has. */
export interface State {
  records: Record<string, string>;
  auditEntries: number;
}

const isOfRecords = (table: string): boolean => !table.startsWith('audit_') && table !== 'rate_limit';

export const stateOf = async ({ db }: TestServer): Promise<State> => {
  const rows = await readAllRows(db);
  const digests = Object.entries(rows)
    .filter(([table]) => isOfRecords(table))
    .map(([table, lines]) => [table, createHash('sha256').update(lines.join('\n')).digest('hex')]);
  return { records: Object.fromEntries(digests) as State['records'], auditEntries: rows['audit_event']?.length ?? 0 };
};
