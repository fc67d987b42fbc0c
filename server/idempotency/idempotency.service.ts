import { createHash, randomUUID } from 'node:crypto';
import { timestamp } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid } from '../http/errors.ts';
import { seal, unseal } from '../secrets.ts';
import {
  deleteClaim,
  deleteExpiredKeys,
  findIdempotencyKey,
  updateAnswer,
  upsertIdempotencyKey,
} from './idempotency.repository.ts';
import type { KeyUse } from './idempotency.repository.ts';

const keptMs = 24 * 3_600_000;

/** A claim older than this has lost its server: nothing of it was committed, so that it may be taken over. */
const claimMs = 60_000;

/** @throws HttpError 422 for a header that is empty, too long or not of printable ASCII */
export const parseIdempotencyKey = (header: string | undefined): string | undefined => {
  if (header !== undefined && !/^[\x21-\x7e]{1,255}$/.test(header)) {
    const msg = 'Expected 1 to 255 printable ASCII characters without spaces';
    throw invalid([{ loc: ['header', 'Idempotency-Key'], msg, type: 'invalid_format' }]);
  }
  return header;
};

const hashOf = (request: unknown): string => createHash('sha256').update(JSON.stringify(request)).digest('hex');

const inProgress = (): HttpError =>
  new HttpError(409, 'request_in_progress', 'A request with this Idempotency-Key is still running', {
    retryable: true,
    headers: { 'retry-after': '1' },
  });

const reused = (): HttpError =>
  new HttpError(422, 'idempotency_key_reused', 'This Idempotency-Key was used for another request');

/** Answers what the earlier request answered, or claims the key for this one. */
const claim = (
  { db, clock, config }: Dependencies,
  use: KeyUse,
  requestHash: string,
): Promise<{ answer: string } | { claimId: string }> =>
  transact(db, async (trx) => {
    const now = clock.now();
    await deleteExpiredKeys(trx, timestamp(now));
    const earlier = await findIdempotencyKey(trx, use);
    if (earlier !== undefined && earlier.expires_at > timestamp(now)) {
      if (earlier.request_hash !== requestHash) {
        throw reused();
      }
      if (earlier.answer !== null) {
        return { answer: unseal(config.signingKeys, earlier.answer) };
      }
      if (now - Date.parse(earlier.claimed_at) < claimMs) {
        throw inProgress();
      }
    }
    const claimId = randomUUID();
    await upsertIdempotencyKey(trx, {
      organisation_id: use.organisationId,
      key: use.key,
      route: use.route,
      request_hash: requestHash,
      claim_id: claimId,
      claimed_at: timestamp(now),
      answer: null,
      expires_at: timestamp(now + keptMs),
    });
    return { claimId };
  });

/**
 * Runs `work` once for a key: its effect and its answer are committed together, and for 24 hours the same request gets
 * the same answer. What fails is not kept, so that it can be tried again with the same key.
 * @throws HttpError 409 `request_in_progress`, 422 `idempotency_key_reused`, and whatever `work` throws
 */
export const once = async <Body>(
  dependencies: Dependencies,
  use: KeyUse,
  request: unknown,
  work: (trx: Trx) => Promise<Body>,
): Promise<{ body: Body; isReplayed: boolean }> => {
  const { db, config } = dependencies;
  const found = await claim(dependencies, use, hashOf(request));
  if ('answer' in found) {
    return { body: JSON.parse(found.answer) as Body, isReplayed: true };
  }
  try {
    const body = await transact(db, async (trx) => {
      const result = await work(trx);
      if (!(await updateAnswer(trx, use, found.claimId, seal(config.signingKeys, JSON.stringify(result))))) {
        throw inProgress();
      }
      return result;
    });
    return { body, isReplayed: false };
  } catch (error) {
    // Where even this fails, the claim falls by itself; the caller gets to know what went wrong first.
    await transact(db, (trx) => deleteClaim(trx, use, found.claimId)).catch(() => undefined);
    throw error;
  }
};
