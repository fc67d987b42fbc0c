import type { OpenedSession } from '#contract/sessions.ts';
import type { PortalApi } from './portal-api.ts';

type Preload = NonNullable<OpenedSession['preload']>;

const freshMs = 5_000;

/**
 * The API, with what came along with the session: each answer goes once, while it is fresh, to the first call that asks
 * for just that. `firstPage` is the query that the preloaded invoices answer.
 */
export function preloadedApi(api: PortalApi, preload: Preload, firstPage: object): PortalApi {
  let left: Partial<Preload> = preload;
  const staleAtMs = performance.now() + freshMs;
  const take = <Name extends keyof Preload>(name: Name): Partial<Preload>[Name] => {
    if (performance.now() >= staleAtMs) left = {};
    const answer = left[name];
    left = { ...left, [name]: undefined };
    return answer;
  };
  return {
    ...api,
    getSummary: (signal) => take('summary') ?? api.getSummary(signal),
    listInvoices: (query, signal) =>
      (JSON.stringify(query) === JSON.stringify(firstPage) && take('invoices')) || api.listInvoices(query, signal),
  };
}
