import type {
  ConsoleCustomer,
  ConsoleCustomerDetail,
  ConsoleCustomerList,
  ConsoleCustomersQuery,
  EmbedSettings,
  PortalLink,
} from '#contract/console.ts';
import { customerNotFound, getCustomer, getStaffView } from '../customers/customers.service.ts';
import { getProfile } from '../customers/profile.service.ts';
import type { Db } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { listPinnedScripts } from '../http/pinned-scripts.ts';
import { answeredSum } from '../money.ts';
import { listAllowedOrigins, listReturnOrigins } from '../organisations/organisations.service.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { createStaffSession } from '../sessions/create-session.ts';
import type { StaffRequest } from '../sessions/create-session.ts';
import { getSummary } from '../summary/summary.service.ts';
import { findAmountsDue, findCustomerPage, findCustomerRow } from './console.repository.ts';
import type { CustomerListRow } from './console.repository.ts';

const withAmountsDue = async (
  db: Db,
  scope: OrganisationScope,
  rows: readonly CustomerListRow[],
): Promise<ConsoleCustomer[]> => {
  const amounts = Map.groupBy(
    await findAmountsDue(
      db,
      scope,
      rows.map(({ id }) => id),
    ),
    ({ customer_id: customerId }) => customerId,
  );
  return rows.map((row) => ({
    ...row,
    amounts_due: (amounts.get(row.id) ?? []).map(({ currency, amount_due }) => ({
      currency,
      amount_due: answeredSum(amount_due),
    })),
  }));
};

/**
 * One page of the organisation's customers, with what each owes in each currency.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listCustomers = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: ConsoleCustomersQuery,
): Promise<ConsoleCustomerList> => {
  const page = await findCustomerPage(db, scope, query, config.signingKeys);
  return { ...page, results: await withAmountsDue(db, scope, page.results) };
};

/** @throws HttpError 404 `customer_not_found` */
export const getCustomerDetail = async (
  dependencies: Dependencies,
  scope: CustomerScope,
): Promise<ConsoleCustomerDetail> => {
  const { db } = dependencies;
  const view = await getStaffView(db, scope);
  const row = await findCustomerRow(db, scope, scope.customerId);
  const [customer] = await withAmountsDue(db, scope, row === undefined ? [] : [row]);
  if (customer === undefined) {
    throw customerNotFound();
  }
  const { profile } = await getProfile(db, scope);
  return { ...customer, time_zone: view.timeZone, profile, summary: await getSummary(dependencies, view) };
};

/**
 * The way into a customer's portal for a staff member: a view of their own, or a link for the customer.
 * @throws HttpError 404 `customer_not_found`
 */
export const openPortal = async (
  dependencies: Dependencies,
  scope: CustomerScope,
  request: StaffRequest,
): Promise<PortalLink> => {
  await getCustomer(dependencies.db, scope);
  return createStaffSession(dependencies, scope, request);
};

/** What a merchant's page needs to embed the portal, and where it may. */
export const getEmbedSettings = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
): Promise<EmbedSettings> => {
  const pinned = (await listPinnedScripts()).find(({ name }) => name === 'zenskar-portal.js');
  return {
    organisation_id: scope.organisationId,
    api_url: config.publicOrigin,
    allowed_origins: await listAllowedOrigins(db, scope),
    return_origins: await listReturnOrigins(db, scope),
    pinned_script: pinned ? { url: `${config.publicOrigin}${pinned.path}`, integrity: pinned.integrity } : null,
  };
};
