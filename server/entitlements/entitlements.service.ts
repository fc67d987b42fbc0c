import type { PortalEntitlementList, PortalEntitlementsQuery } from '#contract/entitlements.ts';
import { timestamp } from '../clock.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import { presentEntitlement } from './entitlements.present.ts';
import { findEntitlementPage } from './entitlements.repository.ts';

/**
 * One page of what a customer has been granted, with the status that each has now.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listEntitlements = async (
  { db, clock, config }: Dependencies,
  view: CustomerView,
  query: PortalEntitlementsQuery,
): Promise<PortalEntitlementList> => {
  const request = {
    now: timestamp(clock.now()),
    filter: { search: query.search, statuses: query.status__in, types: query.type__in },
    page: query,
    invoiceStatuses: visibleStatuses(view),
  };
  const page = await findEntitlementPage(db, view.scope, request, config.signingKeys);
  return { ...page, results: page.results.map(presentEntitlement) };
};
