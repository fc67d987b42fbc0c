import { randomUUID } from 'node:crypto';

/** What a write made, as the kinds of record are told apart in the database. */
export type Kind =
  | 'customer'
  | 'invoice'
  | 'bulk invoice'
  | 'payment'
  | 'credit note'
  | 'session'
  | 'opened session'
  | 'webhook endpoint';

export interface Entry {
  kind: Kind;
  id: string;
  /** Of the answer, unless it was the repetition of an earlier one or a line of a stream. */
  requestId: string | null;
}

/** What a client was told that it has done: the server must never forget it. */
export interface Ledger {
  entries: Entry[];
  /** By customer: the last name that was acknowledged, and those sent since of which nobody knows. */
  names: Map<string, { acknowledged: string; possible: string[] }>;
  /** Counted whenever a write is acknowledged. */
  acknowledged: number;
  /** Requests whose connection broke, which were sent again with their Idempotency-Key. */
  repeated: number;
  /** Answers to such requests that told of an earlier effect. */
  replayed: number;
  /** Requests whose connection broke, and of which nobody knows. */
  unknown: number;
}

export const newLedger = (): Ledger => ({
  entries: [],
  names: new Map(),
  acknowledged: 0,
  repeated: 0,
  replayed: 0,
  unknown: 0,
});

/** Text that a record carries, so that a second effect of the same request would be found. */
export const newMark = (): string => `mark-${randomUUID()}`;
