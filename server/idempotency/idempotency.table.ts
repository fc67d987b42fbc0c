/** One use of an Idempotency-Key: claimed, and with its answer once that is committed. */
export interface IdempotencyKeyTable {
  organisation_id: string;
  key: string;
  /** The operation's key in the contract. */
  route: string;
  request_hash: string;
  claim_id: string;
  claimed_at: string;
  /** The sealed JSON of the answer; null while the request is running. */
  answer: string | null;
  expires_at: string;
}
