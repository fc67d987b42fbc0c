import type { PortalEntitlement } from '#contract/entitlements.ts';
import type { PortalInvoice } from '#contract/invoices.ts';
import type { PortalPayment } from '#contract/payments.ts';
import type { OpenedSession, PortalSession } from '#contract/sessions.ts';
import { ApiError } from '../../widget/src/api/api-error.ts';
import type { ApiErrorCode } from '../../widget/src/api/api-error.ts';
import type { PortalApi } from '../../widget/src/api/portal-api.ts';
import { entitlementList, entitlements } from '../../widget/src/testing/entitlement-fixtures.ts';
import { failure } from '../../widget/src/testing/failure.ts';
import { fileSource, pdfAnswer } from '../../widget/src/testing/file-source.ts';
import { invoiceDetail, invoiceList, invoices } from '../../widget/src/testing/invoice-fixtures.ts';
import { paymentList, payments } from '../../widget/src/testing/payment-fixtures.ts';
import { versioned } from '../../widget/src/testing/profile-fixtures.ts';
import { currencySummary, summary } from '../../widget/src/testing/summary-fixtures.ts';
import { opened, portalSession } from '../../widget/src/testing/wire.ts';

/** Nobody has to renew a session in a gallery. */
const dayInSeconds = 86_400;

export const openedSession = (part: Partial<PortalSession> = {}): OpenedSession =>
  opened({
    session: portalSession(part),
    expires_in: dayInSeconds,
    session_expires_in: dayInSeconds,
  });

export const never = (): Promise<never> => new Promise(() => undefined);
export const failing =
  (code: ApiErrorCode = 'internal_error') =>
  (): Promise<never> =>
    Promise.reject(code === 'offline' ? new ApiError(code, 'It failed', { retryable: true }) : failure(code));

/** One page of a list: what the search leaves over, from the cursor on. */
function page<Row>(
  rows: readonly Row[],
  numberOf: (row: Row) => string | null,
  { search = '', limit = 25, cursor }: { search?: string | undefined; limit?: number; cursor?: string | undefined },
): { results: Row[]; next: string | null; previous: string | null; total_count: number } {
  const found = rows.filter((row) => numberOf(row)?.toLowerCase().includes(search.toLowerCase()) || search === '');
  const start = Number(cursor ?? 0);
  return {
    results: found.slice(start, start + limit),
    next: start + limit < found.length ? String(start + limit) : null,
    previous: start > 0 ? String(Math.max(0, start - limit)) : null,
    total_count: found.length,
  };
}

export const listing = (rows: readonly PortalInvoice[]): Pick<PortalApi, 'listInvoices'> => ({
  listInvoices: (query) => Promise.resolve(page(rows, ({ invoice_number: number }) => number, query)),
});

export const paying = (rows: readonly PortalPayment[]): Pick<PortalApi, 'listPayments'> => ({
  listPayments: (query) => Promise.resolve(page(rows, ({ receipt_number: number }) => number, query)),
});

export const entitling = (rows: readonly PortalEntitlement[]): Pick<PortalApi, 'listEntitlements'> => ({
  listEntitlements: () => Promise.resolve(entitlementList(rows)),
});

/** What a state's API answers where the state says nothing else. */
export const usualApi: PortalApi = {
  getSummary: () => Promise.resolve(summary(currencySummary())),
  ...listing(invoices),
  getInvoice: (id) => Promise.resolve(invoiceDetail({ id })),
  ...paying(payments),
  ...entitling(entitlements),
  getProfile: () => Promise.resolve(versioned()),
  updateProfile: (patch) =>
    Promise.resolve(versioned(patch.customer_name === undefined ? {} : { customer_name: patch.customer_name }, '"2"')),
  getFile: fileSource(pdfAnswer).source.getFile,
};

/** A customer who has nothing yet. */
export const emptyApi: Partial<PortalApi> = {
  getSummary: () => Promise.resolve(summary()),
  listInvoices: () => Promise.resolve(invoiceList([])),
  listPayments: () => Promise.resolve(paymentList([])),
  ...entitling([]),
};
