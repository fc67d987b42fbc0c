import type { BodyOf, StreamKey } from '#contract/api.ts';
import { authorOf, requireLiveKey } from '../api-keys/merchant-auth.ts';
import type { MerchantAuthenticator } from '../api-keys/merchant-auth.ts';
import { upsertCustomers } from '../customers/upsert-customers.ts';
import type { Dependencies } from '../dependencies.ts';
import { upsertEntitlements } from '../entitlements/upsert-entitlements.ts';
import type { BindStream } from '../http/ndjson.ts';
import { upsertInvoices } from '../invoices/upsert-invoices.ts';
import { upsertPayments } from '../payments/upsert-payments.ts';
import { BulkRun } from './bulk-run.ts';
import type { BulkKind, Keyed } from './bulk-run.ts';
import type { UpsertBatch } from './upsert.ts';

export const bindBulkRoutes = (
  bindStream: BindStream,
  dependencies: Dependencies,
  authenticate: MerchantAuthenticator,
): void => {
  const bind = <Key extends StreamKey>(key: Key, kind: BulkKind, upsert: UpsertBatch<BodyOf<Key> & Keyed>): void => {
    bindStream(key, authenticate(key), ({ caller, context }) => {
      const author = authorOf(caller, context.requestId);
      return new BulkRun(dependencies, kind, upsert, {
        scope: caller.scope,
        author,
        requireCaller: (trx) => requireLiveKey(trx, caller),
      });
    });
  };

  bind('PUT /customers/bulk', 'customers', upsertCustomers);
  bind('PUT /invoices/bulk', 'invoices', upsertInvoices);
  bind('PUT /payments/bulk', 'payments', upsertPayments);
  bind('PUT /entitlements/bulk', 'entitlements', upsertEntitlements);
};
