import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { acrossOrganisations } from '../database/organisation-context.ts';
import type { Db } from '../database/transaction.ts';

export interface QueueFigures {
  /** Deliveries that are still to be attempted, to endpoints that are enabled. */
  pending: number;
  /** How long the one that has waited longest is past its time. */
  overdueS: number;
}

/** How much the webhooks have to do, of all organisations together. */
export const countQueue = async (db: Db, clock: Clock): Promise<QueueFigures> => {
  const { pending, oldest } = await acrossOrganisations(() =>
    db
      .selectFrom('webhook_delivery as delivery')
      .innerJoin('webhook_endpoint as endpoint', (join) =>
        join
          .onRef('endpoint.organisation_id', '=', 'delivery.organisation_id')
          .onRef('endpoint.id', '=', 'delivery.endpoint_id'),
      )
      .where('endpoint.status', '=', 'enabled')
      .where((eb) => eb('delivery.status', '=', eb.val<'pending'>('pending')))
      .select((eb) => [eb.fn.countAll<number>().as('pending'), eb.fn.min('delivery.next_attempt_at').as('oldest')])
      .executeTakeFirstOrThrow(),
  );
  const now = clock.now();
  return {
    pending,
    overdueS: oldest === null || oldest > timestamp(now) ? 0 : (now - Date.parse(oldest)) / 1000,
  };
};
