import { migrationOf } from './statements.ts';

/** Each organisation clears away its own keys whose time is over. */
export const expiredKeys = migrationOf(`
drop index idempotency_key_by_end;
create index idempotency_key_by_end on idempotency_key (organisation_id, expires_at);
`);
