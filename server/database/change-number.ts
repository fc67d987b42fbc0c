import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';

/**
 * The number of the last entry of an organisation's audit: every change of what it shows is an entry. Read with a
 * credential, it says what a standby must have to answer; see `postgres/replica.ts`.
 */
export const changeNumber = (organisationId: Expression<string>): RawBuilder<number> =>
  sql<number>`(select audit_head.sequence from audit_head where audit_head.organisation_id = ${organisationId})`;
