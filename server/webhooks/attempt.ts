import { audit } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { unseal } from '../secrets.ts';
import { post } from './post.ts';
import type { Posted, Transport } from './post.ts';
import { updateAttempted, updateDisabled, updateFailing } from './queue.repository.ts';
import type { DueDelivery } from './queue.repository.ts';
import { delayAfter } from './schedule.ts';
import { signedHeaders } from './signature.ts';

export interface Attempting {
  transport: Omit<Transport, 'allowsLoopback'>;
  /** From 0 to 1. */
  random: () => number;
  /** Gives the attempts under way up. */
  signal: AbortSignal;
}

/** How long an endpoint may fail, with no success in between, until nothing is sent to it any more. */
const toleratedFailingMs = 5 * 24 * 3_600_000;

const gone = 410;

/** The body of every attempt: the same bytes, so that a receiver may compare. */
const bodyOf = (delivery: DueDelivery): string =>
  `{"type":${JSON.stringify(delivery.event_type)},"timestamp":"${delivery.event_created_at}","data":${delivery.event_data}}`;

const secretsOf = ({ config }: Dependencies, delivery: DueDelivery, nowMs: number): string[] => {
  const isPreviousGood =
    delivery.previous_secret_expires_at !== null && nowMs < Date.parse(delivery.previous_secret_expires_at);
  return [delivery.secret, isPreviousGood ? delivery.previous_secret : null]
    .filter((sealed) => sealed !== null)
    .map((sealed) => unseal(config.signingKeys, sealed));
};

const send = async (
  dependencies: Dependencies,
  { transport, signal }: Attempting,
  delivery: DueDelivery,
  traceHeaders: Readonly<Record<string, string>>,
): Promise<Posted> => {
  const { clock, config, log } = dependencies;
  const nowMs = clock.now();
  const body = bodyOf(delivery);
  let headers: Record<string, string>;
  try {
    const secrets = secretsOf(dependencies, delivery, nowMs);
    headers = { ...traceHeaders, ...signedHeaders(secrets, { id: delivery.event_id, at: new Date(nowMs), body }) };
  } catch (error) {
    log.error({ err: error, webhook_endpoint_id: delivery.endpoint_id }, 'a webhook could not be signed');
    return { statusCode: null, retryAfterMs: 0, error: 'The event could not be signed' };
  }
  const settings = { allowsLoopback: config.allowsLoopbackWebhooks, ...transport };
  return post(delivery.url, { headers, body, nowMs }, settings, signal);
};

const disable = async (
  trx: Trx,
  { clock }: Dependencies,
  delivery: DueDelivery,
  reason: 'gone' | 'failing',
): Promise<void> => {
  const now = timestamp(clock.now());
  const failingBefore = timestamp(clock.now() - toleratedFailingMs);
  if (await updateDisabled(trx, delivery, reason, reason === 'gone' ? { now } : { now, failingBefore })) {
    await audit(
      trx,
      clock,
      { organisationId: delivery.organisation_id },
      {
        actor: { type: 'system', id: null, name: 'Webhooks' },
        action: 'webhook_endpoint.disabled',
        detail: { webhook_endpoint_id: delivery.endpoint_id, reason },
      },
    );
  }
};

const writeDown = (
  dependencies: Dependencies,
  { delivery, claimId, posted, random }: { delivery: DueDelivery; claimId: string; posted: Posted; random: number },
): Promise<void> => {
  const { db, clock } = dependencies;
  const now = timestamp(clock.now());
  const attempts = delivery.attempts + 1;
  const isGone = posted.statusCode === gone;
  const delayMs = isGone ? undefined : delayAfter(attempts, posted.retryAfterMs, random);
  const common = { last_status_code: posted.statusCode, last_error: posted.error };
  return transact(db, async (trx) => {
    if (posted.error === null) {
      const delivered = { ...common, status: 'delivered', next_attempt_at: null, delivered_at: now } as const;
      if (await updateAttempted(trx, delivery, claimId, delivered)) {
        await updateFailing(trx, delivery, null);
      }
      return;
    }
    const failed = {
      ...common,
      status: delayMs === undefined ? ('failed' as const) : ('pending' as const),
      next_attempt_at: delayMs === undefined ? null : timestamp(clock.now() + delayMs),
      delivered_at: null,
    };
    if (await updateAttempted(trx, delivery, claimId, failed)) {
      await updateFailing(trx, delivery, now);
      await disable(trx, dependencies, delivery, isGone ? 'gone' : 'failing');
    }
  });
};

/** Makes one attempt at a claimed delivery and writes down how it went. Where that fails, the claim runs out by itself. */
export const attempt = async (
  dependencies: Dependencies,
  attempting: Attempting,
  delivery: DueDelivery,
  claimId: string,
): Promise<void> => {
  const { log, metrics, tracing } = dependencies;
  const facts = { webhook_endpoint_id: delivery.endpoint_id, event_id: delivery.event_id };
  try {
    const posted = await tracing.trace('webhook', { kind: 'client', facts }, async (span) => {
      const result = await send(dependencies, attempting, delivery, span?.headers ?? {});
      if (result.error !== null) {
        span?.fail(result.statusCode === null ? 'unanswered' : String(result.statusCode));
      }
      metrics.webhookAttempted(result.error === null ? 'delivered' : 'failed');
      await writeDown(dependencies, { delivery, claimId, posted: result, random: attempting.random() });
      return result;
    });
    if (posted.error !== null) {
      log.info({ ...facts, attempts: delivery.attempts + 1, reason: posted.error }, 'a webhook was not delivered');
    }
  } catch (error) {
    log.error({ ...facts, err: error }, 'the result of a webhook was not written down');
  }
};
