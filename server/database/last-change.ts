import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';

/**
 * The number and the hash of the last entry of an organisation's audit, `4711:9f2c…`: every change of what it shows is an
 * entry. Read with a credential, it says what a standby must have to answer (see `postgres/replica.ts`), and what has been
 * remembered of lists still holds.
 */
export const lastChange = (organisationId: Expression<string>): RawBuilder<string> =>
  sql<string>`(select audit_head.sequence || ':' || audit_head.hash from audit_head
    where audit_head.organisation_id = ${organisationId})`;

/** How many changes there have been. */
export const numberOfChange = (change: string): number => Number.parseInt(change, 10);
