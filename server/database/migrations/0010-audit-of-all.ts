import { migrationOf } from './statements.ts';

/** Finds the latest entry that names no customer, and so may be about any of them. */
export const auditOfAll = migrationOf(`
create index audit_event_of_all on audit_event (organisation_id, customer_id, sequence) where customer_id is null;
`);
