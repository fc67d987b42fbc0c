/** One use of an Idempotency-Key, committed with the effect of its request. */
export interface IdempotencyKeyTable {
  organisation_id: string;
  key: string;
  /** The operation's key in the contract. */
  route: string;
  request_hash: string;
  /** The sealed JSON of the answer. */
  answer: string;
  expires_at: string;
}
