import type { Trx } from '../database/transaction.ts';
import type { AuditEventTable } from './audit.table.ts';

export const insertAuditEvent = async (trx: Trx, event: AuditEventTable): Promise<void> => {
  await trx.insertInto('audit_event').values(event).execute();
};
