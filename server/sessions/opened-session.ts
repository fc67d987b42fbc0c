import { PortalInvoicesQuery } from '#contract/invoices.ts';
import type { AccessGrant, OpenedSession, RedeemRequest } from '#contract/sessions.ts';
import { getBranding } from '../branding/branding.service.ts';
import { portalView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseText } from '../database/json-text.ts';
import { listInvoices } from '../invoices/invoices.service.ts';
import { getSummary } from '../summary/summary.service.ts';
import { signAccessToken } from './access-token.ts';
import { parseSections, presentSession } from './sessions.present.ts';
import type { OpenedRow } from './sessions.repository.ts';

/** A new access token for a live session. */
export const grantAccess = (dependencies: Dependencies, row: OpenedRow): AccessGrant => {
  const expiresAtMs = Date.parse(row.expires_at ?? row.created_at);
  const { token, expiresInS } = signAccessToken(dependencies, {
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    sessionId: row.id,
    origin: row.origin ?? '',
    sections: row.sections,
    expiresAtMs,
  });
  return {
    access_token: token,
    expires_in: expiresInS,
    session_expires_in: Math.max(0, Math.floor((expiresAtMs - dependencies.clock.now()) / 1000)),
  };
};

const loadFirstTab = async (
  dependencies: Dependencies,
  row: OpenedRow,
  preload: RedeemRequest['preload'],
): Promise<OpenedSession['preload']> => {
  if (preload === undefined || !parseSections(row.sections).includes('invoices')) {
    return null;
  }
  const view = portalView({
    scope: { organisationId: row.organisation_id, customerId: row.customer_id },
    timeZone: row.time_zone,
  });
  const query = PortalInvoicesQuery.parse({ limit: String(preload.limit) });
  return {
    summary: await getSummary(dependencies, view),
    invoices: parseText(await listInvoices(dependencies, view, query)),
  };
};

/** What the widget gets when its session opens. */
export const presentOpened = async (
  dependencies: Dependencies,
  row: OpenedRow,
  preload: RedeemRequest['preload'],
): Promise<OpenedSession> => ({
  ...grantAccess(dependencies, row),
  session: presentSession(row, await getBranding(dependencies.db, { organisationId: row.organisation_id })),
  preload: await loadFirstTab(dependencies, row, preload),
});
