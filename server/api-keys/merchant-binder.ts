import type { MerchantKey, ResponseOf } from '#contract/api.ts';
import type { Condition } from '#contract/filters.ts';
import type { Author } from '../audit/audit.service.ts';
import { conditionsIn } from '../customers/billing-day.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { Reply } from '../http/route.ts';
import type { Bind, BoundKey, Call, Handler } from '../http/route.ts';
import { once, parseIdempotencyKey } from '../idempotency/idempotency.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { authorOf, requireLiveKey } from './merchant-auth.ts';
import type { MerchantAuthenticator, MerchantCaller } from './merchant-auth.ts';

type MerchantBoundKey = MerchantKey & BoundKey;
type ReadKey = Extract<MerchantBoundKey, `GET ${string}`>;
type WriteKey = Exclude<MerchantBoundKey, ReadKey>;

/** What a write answers; one that can be replayed has no headers of its own. */
type Written<Key extends WriteKey> = ResponseOf<Key> | (Key extends `POST ${string}` ? never : Reply<ResponseOf<Key>>);

/** Binds the operations of the merchant API, each for the organisation whose key calls it. */
export interface MerchantBinder {
  read<Key extends ReadKey>(key: Key, handler: Handler<Key, MerchantCaller>): void;
  /**
   * The handler runs in one write transaction. A POST with an Idempotency-Key runs once, and its answer is committed
   * with its effect. A key that was revoked while the body was on its way changes nothing any more.
   */
  write<Key extends WriteKey>(
    key: Key,
    handler: (
      trx: Trx,
      call: Omit<Call<Key, MerchantCaller>, 'caller'> & { scope: OrganisationScope; author: Author },
    ) => Promise<Written<Key>>,
  ): void;
}

const hasConditions = (query: unknown): query is { conditions: Condition[] } =>
  typeof query === 'object' && query !== null && 'conditions' in query;

/** The query of a list with moments in the place of its days; any other query as it is. */
const withDaysIn = <Query>(query: Query, timeZone: string): Query =>
  hasConditions(query)
    ? { ...query, conditions: query.conditions.flatMap((condition) => conditionsIn(condition, timeZone)) }
    : query;

export const merchantBinder = (
  bind: Bind,
  dependencies: Dependencies,
  authenticate: MerchantAuthenticator,
): MerchantBinder => ({
  read: (key, handler) => {
    bind(key, authenticate(key), (call) => handler({ ...call, query: withDaysIn(call.query, call.caller.timeZone) }));
  },
  write: (key, handler) => {
    const write = async ({ params, query, body, caller, context }: Call<typeof key, MerchantCaller>) => {
      const { scope } = caller;
      const author = authorOf(caller, context.requestId);
      const work = async (trx: Trx) => {
        await requireLiveKey(trx, caller);
        return handler(trx, { params, query, body, context, scope, author });
      };
      const idempotencyKey = key.startsWith('POST ')
        ? parseIdempotencyKey(context.header('idempotency-key'))
        : undefined;
      if (idempotencyKey === undefined) {
        return transact(dependencies.db, work);
      }
      const answer = await once(
        dependencies,
        { ...scope, key: idempotencyKey, route: key },
        { params, query, body },
        work,
      );
      return answer.isReplayed ? new Reply(answer.body, { 'idempotent-replayed': 'true' }) : answer.body;
    };
    bind(key, authenticate(key), write as Handler<typeof key, MerchantCaller>);
  },
});
