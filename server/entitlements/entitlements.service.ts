import type { PortalEntitlement, PortalEntitlementList, PortalEntitlementsQuery } from '#contract/entitlements.ts';
import { timestamp } from '../clock.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import { presentEntitlement } from './entitlements.present.ts';
import { findEachEntitlement, findEntitlementPage } from './entitlements.repository.ts';

type EntitlementListQuery = Omit<PortalEntitlementsQuery, 'cursor' | 'limit'>;

const requestOf = <Page>(query: EntitlementListQuery, view: CustomerView, nowMs: number, page: Page) => ({
  now: timestamp(nowMs),
  filter: { search: query.search, statuses: query.status__in, types: query.type__in },
  page,
  invoiceStatuses: visibleStatuses(view),
});

/**
 * One page of what a customer has been granted, with the status that each has now.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listEntitlements = async (
  { db, clock, config }: Dependencies,
  view: CustomerView,
  query: PortalEntitlementsQuery,
): Promise<PortalEntitlementList> => {
  const request = requestOf(query, view, clock.now(), query);
  const page = await findEntitlementPage(db, view, request, config.signingKeys);
  return { ...page, results: page.results.map(presentEntitlement) };
};

/** The whole list, page by page, with the status that each has at the moment of the call. */
export async function* eachEntitlement(
  { db, clock }: Dependencies,
  view: CustomerView,
  { query, pageSize }: { query: EntitlementListQuery; pageSize: number },
): AsyncGenerator<PortalEntitlement[]> {
  const request = requestOf(query, view, clock.now(), { order: query.order, limit: pageSize });
  for await (const rows of findEachEntitlement(db, view.scope, request)) {
    yield rows.map(presentEntitlement);
  }
}
