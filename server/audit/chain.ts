import { hash } from 'node:crypto';
import type { AuditEventTable } from './audit.table.ts';

/** A place in a chain: the entry's number and hash. */
export interface Link {
  sequence: number;
  hash: string;
}

/** What the first entry of every chain follows. */
export const beginning: Link = { sequence: 0, hash: '0'.repeat(64) };

/**
 * The hash of an entry: SHA-256, in small hex, of the UTF-8 bytes of one JSON array (RFC 8259, no white space, only what
 * must be escaped is escaped, as JSON.stringify writes it) of its fields as they are stored, in this order. Never change
 * it: every chain that exists was made with it.
 */
export const hashOf = (event: Omit<AuditEventTable, 'hash'>): string =>
  hash(
    'sha256',
    JSON.stringify([
      event.organisation_id,
      event.sequence,
      event.id,
      event.created_at,
      event.actor_type,
      event.actor_id,
      event.actor_name,
      event.action,
      event.customer_id,
      event.detail,
      event.request_id,
      event.previous_hash,
    ]),
  );

/** The entry as the next one behind `head`. */
export const chained = (
  event: Omit<AuditEventTable, 'sequence' | 'previous_hash' | 'hash'>,
  head: Link,
): AuditEventTable => {
  const linked = { ...event, sequence: head.sequence + 1, previous_hash: head.hash };
  return { ...linked, hash: hashOf(linked) };
};
