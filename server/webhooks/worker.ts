import { randomUUID } from 'node:crypto';
import { timestamp } from '../clock.ts';
import { dialectOf } from '../database/dialect.ts';
import { acrossOrganisations, inOrganisation } from '../database/organisation-context.ts';
import { transact, tryTransact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { attempt } from './attempt.ts';
import type { Attempting } from './attempt.ts';
import { resealSecrets } from './endpoints.service.ts';
import { claimDeliveries, deleteEventsBefore, findDue, hasEventsBefore } from './queue.repository.ts';
import type { DueDelivery } from './queue.repository.ts';

/** Sends what the outbox holds. */
export interface WebhookWorker {
  /** Begins to look once a second for what is due. */
  start(): void;
  /** Attempts all that is due, and answers when nothing is under way any more. */
  deliverDue(): Promise<void>;
  /** Stops looking, gives what is under way a few seconds to finish, and then up. */
  close(): Promise<void>;
}

/** Tests bring their own names, certificates, patience and chance. */
export type WorkerSettings = Partial<Pick<Attempting, 'transport' | 'random'>>;

const pollMs = 1000;
const atOnce = 10;
/** Well beyond the time limit of an attempt: a claim runs out only when its process is gone. */
const claimMs = 60_000;
const graceMs = 5000;
const keptMs = 30 * 24 * 3_600_000;
const pruneEveryMs = 60_000;
const prunedAtOnce = 500;

export const createWebhookWorker = (
  dependencies: Dependencies,
  { transport = {}, random = Math.random }: WorkerSettings = {},
): WebhookWorker => {
  const { db, clock, log } = dependencies;
  const running = new Set<Promise<void>>();
  const givingUp = new AbortController();
  const attempting = { transport, random, signal: givingUp.signal };
  let isClosing = false;
  let isStuck = false;
  let loop: Promise<void> | undefined;
  let ticker: NodeJS.Timeout | undefined;
  let wake = (): void => undefined;
  let prunedAt = 0;

  /** PostgreSQL's locks of rows are enough: a turn of its own would hold up every organisation's writes. */
  const inTurn = <Result>(work: (trx: Trx) => Promise<Result>): Promise<Result> =>
    dialectOf(db) === 'postgres' ? tryTransact(db, work) : transact(db, work);

  const claim = async (limit: number): Promise<{ claimId: string; deliveries: DueDelivery[] }> => {
    const now = timestamp(clock.now());
    const claimId = randomUUID();
    const due = await findDue(db, now, limit);
    if (due.length === 0) {
      return { claimId, deliveries: [] };
    }
    const until = timestamp(clock.now() + claimMs);
    const claimed = await inTurn((trx) => claimDeliveries(trx, due, { claimId, now, until }));
    return { claimId, deliveries: due.filter(({ id }) => claimed.has(id)) };
  };

  const begin = (delivery: DueDelivery, claimId: string): void => {
    const run: Promise<void> = inOrganisation(delivery.organisation_id, () =>
      attempt(dependencies, attempting, delivery, claimId),
    ).finally(() => {
      running.delete(run);
      wake();
    });
    running.add(run);
  };

  const fillSlots = async (): Promise<void> => {
    const free = atOnce - running.size;
    if (free > 0 && !isClosing) {
      const { claimId, deliveries } = await claim(free);
      for (const delivery of deliveries) {
        begin(delivery, claimId);
      }
    }
  };

  /** Settles at the next tick of the clock, end of an attempt, or end of everything. */
  const nextChange = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });

  const prune = async (): Promise<void> => {
    if (clock.now() - prunedAt >= pruneEveryMs) {
      prunedAt = clock.now();
      const before = timestamp(clock.now() - keptMs);
      if (await hasEventsBefore(db, before)) {
        await inTurn((trx) => deleteEventsBefore(trx, before, prunedAtOnce));
      }
    }
  };

  const runUntil = async (isDone: (wasIdle: boolean) => boolean): Promise<void> => {
    for (;;) {
      const changed = nextChange();
      // What ends while the queue is looked at may have made room for more of its endpoint.
      const wasIdle = running.size === 0;
      try {
        await acrossOrganisations(fillSlots);
        await acrossOrganisations(prune);
        isStuck = false;
      } catch (error) {
        // A full disk stays full for hours, and this comes back every second.
        if (!isStuck) {
          log.error({ err: error }, 'the webhooks that are due could not be claimed; this is tried on');
        }
        isStuck = true;
      }
      if (isDone(wasIdle)) {
        return;
      }
      await changed;
    }
  };

  return {
    start: () => {
      ticker = setInterval(() => {
        wake();
      }, pollMs);
      loop = acrossOrganisations(() => resealSecrets(dependencies))
        .catch((error: unknown) => {
          log.error({ err: error }, 'the webhook secrets could not be sealed again');
        })
        .then(() => runUntil(() => isClosing));
    },
    deliverDue: () => runUntil((wasIdle) => wasIdle && running.size === 0),
    close: async () => {
      isClosing = true;
      clearInterval(ticker);
      wake();
      const grace = setTimeout(() => {
        givingUp.abort();
      }, graceMs);
      await loop;
      await Promise.all(running);
      clearTimeout(grace);
    },
  };
};
