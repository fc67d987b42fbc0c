import { setImmediate } from 'node:timers/promises';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findAuditEventsAfter, findAuditHead } from './audit.repository.ts';
import type { AuditEventTable } from './audit.table.ts';
import { beginning, hashOf } from './chain.ts';
import type { Link } from './chain.ts';

export type BreakKind = 'changed' | 'not_following' | 'missing' | 'head_mismatch' | 'kept_head_not_found';

/** Where a chain does not hold, and how. */
export interface Break {
  sequence: number;
  kind: BreakKind;
  message: string;
}

export interface Verified {
  entries: number;
  /** Where the chain ends; undefined while there are no entries. */
  head: Link | undefined;
  breaks: Break[];
}

const rowsABatch = 1_000;

/** More tell nothing new. */
const mostBreaks = 100;

const range = (from: number, to: number): string => (from === to ? `entry ${from} is` : `entries ${from} to ${to} are`);

const missing = (from: number, to: number): Break => ({
  sequence: from,
  kind: 'missing',
  message: `${range(from, to)} missing`,
});

/** What is wrong with an entry behind the one before. */
const breaksAt = (event: AuditEventTable, last: Link): Break[] => {
  const { sequence } = event;
  const breaks: Break[] = [];
  if (sequence !== last.sequence + 1) {
    breaks.push(missing(last.sequence + 1, sequence - 1));
  } else if (event.previous_hash !== last.hash) {
    const message = `entry ${sequence} does not follow entry ${last.sequence}: one of them was replaced`;
    breaks.push({ sequence, kind: 'not_following', message });
  }
  if (hashOf(event) !== event.hash) {
    breaks.push({ sequence, kind: 'changed', message: `entry ${sequence} was changed` });
  }
  return breaks;
};

/**
 * Walks the chain of an organisation from its beginning to its end, batch by batch, while others may append to it.
 * @param kept A head that was written down earlier, elsewhere: the chain must still go through it.
 */
export const verifyChain = async (db: Db, scope: OrganisationScope, kept?: Link): Promise<Verified> => {
  const breaks: Break[] = [];
  let entries = 0;
  let last = beginning;
  let isKeptFound = kept === undefined;
  while (breaks.length < mostBreaks) {
    const batch = await findAuditEventsAfter(db, scope, last.sequence, rowsABatch);
    for (const event of batch) {
      breaks.push(...breaksAt(event, last));
      last = event;
      isKeptFound ||= event.sequence === kept?.sequence && event.hash === kept.hash;
    }
    entries += batch.length;
    if (batch.length === 0) {
      const head = (await findAuditHead(db, scope)) ?? beginning;
      // What was appended since the last batch is read by the next one.
      if (head.sequence <= last.sequence || (await findAuditEventsAfter(db, scope, last.sequence, 1)).length === 0) {
        breaks.push(...breaksAtEnd(last, head));
        break;
      }
    }
    await setImmediate();
  }
  if (!isKeptFound && kept !== undefined) {
    const message = `the kept head ${textOf(kept)} is not in the chain`;
    breaks.push({ sequence: kept.sequence, kind: 'kept_head_not_found', message });
  }
  return { entries, head: entries === 0 ? undefined : { sequence: last.sequence, hash: last.hash }, breaks };
};

const breaksAtEnd = (last: Link, head: Link): Break[] => {
  if (head.sequence > last.sequence) {
    return [missing(last.sequence + 1, head.sequence)];
  }
  const message = `the chain ends at entry ${last.sequence}, but its head says ${textOf(head)}`;
  return head.sequence === last.sequence && head.hash === last.hash
    ? []
    : [{ sequence: last.sequence, kind: 'head_mismatch', message }];
};

/** `SEQUENCE:HASH`, as it is shown and kept. */
export const textOf = ({ sequence, hash }: Link): string => `${sequence}:${hash}`;

/** Undefined when the text is none. */
export const parseHead = (text: string): Link | undefined => {
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  return sequence === undefined || hash === undefined ? undefined : { sequence: Number(sequence), hash };
};
