import { migrationOf } from './statements.ts';

/** Each request of a portal asks for the last change that may be about its customer: those that name none are few. */
export const generalChanges = migrationOf(`
create index audit_event_of_no_customer on audit_event (organisation_id, sequence) where customer_id is null;
`);
