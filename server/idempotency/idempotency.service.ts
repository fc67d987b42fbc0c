import { createHash } from 'node:crypto';
import { timestamp } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid } from '../http/errors.ts';
import { seal, unseal } from '../secrets.ts';
import { deleteExpiredKeys, findIdempotencyKey, upsertIdempotencyKey } from './idempotency.repository.ts';
import type { KeyUse } from './idempotency.repository.ts';

const keptMs = 24 * 3_600_000;

/** @throws HttpError 422 for a header that is empty, too long or not of printable ASCII */
export const parseIdempotencyKey = (header: string | undefined): string | undefined => {
  if (header !== undefined && !/^[\x21-\x7e]{1,255}$/.test(header)) {
    const msg = 'Expected 1 to 255 printable ASCII characters without spaces';
    throw invalid([{ loc: ['header', 'Idempotency-Key'], msg, type: 'invalid_format' }]);
  }
  return header;
};

const hashOf = (request: unknown): string => createHash('sha256').update(JSON.stringify(request)).digest('hex');

const reused = (): HttpError =>
  new HttpError(422, 'idempotency_key_reused', 'This Idempotency-Key was used for another request');

const answerLost = (cause: unknown): HttpError =>
  new HttpError(409, 'idempotency_answer_lost', 'This request has been carried out, but its answer cannot be read', {
    cause,
  });

/** The answer may have been sealed under a signing secret that is gone since; its effect is not. */
const readAnswer = (config: Dependencies['config'], sealed: string): string => {
  try {
    return unseal(config.signingKeys, sealed);
  } catch (error) {
    throw answerLost(error);
  }
};

/**
 * Runs `work` once for a key: its effect and its answer are committed together, and for 24 hours the same request gets
 * the same answer. Of two that come at once the second waits for the first. What fails is not kept, so that it can be
 * tried again with the same key.
 * @throws HttpError 422 `idempotency_key_reused`, 409 `idempotency_answer_lost`, and whatever `work` throws
 */
export const once = <Body>(
  { db, clock, config }: Dependencies,
  use: KeyUse,
  request: unknown,
  work: (trx: Trx) => Promise<Body>,
): Promise<{ body: Body; isReplayed: boolean }> =>
  transact(db, async (trx) => {
    const now = clock.now();
    const requestHash = hashOf(request);
    await deleteExpiredKeys(trx, use, timestamp(now));
    const earlier = await findIdempotencyKey(trx, use);
    if (earlier !== undefined && earlier.expires_at > timestamp(now)) {
      if (earlier.request_hash !== requestHash) {
        throw reused();
      }
      return { body: JSON.parse(readAnswer(config, earlier.answer)) as Body, isReplayed: true };
    }
    const body = await work(trx);
    await upsertIdempotencyKey(trx, {
      organisation_id: use.organisationId,
      key: use.key,
      route: use.route,
      request_hash: requestHash,
      answer: seal(config.signingKeys, JSON.stringify(body)),
      expires_at: timestamp(now + keptMs),
    });
    return { body, isReplayed: false };
  });
