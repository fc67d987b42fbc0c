import type { DownloadKey } from '#contract/api.ts';
import type { PortalEntitlementList, PortalEntitlementsQuery } from '#contract/entitlements.ts';
import type { PortalInvoiceDetail, PortalInvoiceList, PortalInvoicesQuery } from '#contract/invoices.ts';
import type { PortalPaymentList, PortalPaymentsQuery } from '#contract/payments.ts';
import type { Profile, ProfilePatch } from '#contract/profile.ts';
import type { PortalSummary } from '#contract/summary.ts';
import type { PortalClient } from './portal-client.ts';
import type { HttpRequest } from './send.ts';

/** A profile and the mark of its version, to be sent back with a change. */
export interface VersionedProfile {
  profile: Profile;
  etag: string;
}

type FileOf<Key> = Key extends `GET /portal/:organisation_id/${infer Path}` ? Path : never;

/** An operation that answers with a file, as its path behind the customer: `exports/invoices`. */
export type FilePath = FileOf<DownloadKey>;

export interface FileRequest<Content> extends Pick<HttpRequest<Content>, 'signal' | 'timeoutMs'> {
  params?: Record<string, string>;
  query?: object;
  read: (response: Response) => Promise<Content | undefined>;
}

/** The portal API by nouns; each section takes the part of it that it needs. */
export interface PortalApi {
  /** The first time perhaps at once: what came along with the session. */
  getSummary(signal?: AbortSignal): Promise<PortalSummary> | PortalSummary;
  listInvoices(
    query: Partial<PortalInvoicesQuery>,
    signal?: AbortSignal,
  ): Promise<PortalInvoiceList> | PortalInvoiceList;
  getInvoice(invoiceId: string, signal?: AbortSignal): Promise<PortalInvoiceDetail>;
  listPayments(query: Partial<PortalPaymentsQuery>, signal?: AbortSignal): Promise<PortalPaymentList>;
  listEntitlements(query: Partial<PortalEntitlementsQuery>, signal?: AbortSignal): Promise<PortalEntitlementList>;
  getFile<Content>(path: FilePath, request: FileRequest<Content>): Promise<Content>;
  getProfile(signal?: AbortSignal): Promise<VersionedProfile>;
  /** @throws ApiError 412 `precondition_failed` when the profile has changed since `etag` */
  updateProfile(patch: ProfilePatch, etag: string, signal?: AbortSignal): Promise<VersionedProfile>;
}

const profileKey = '/portal/:organisation_id/profile';

export const portalApi = (client: PortalClient): PortalApi => ({
  getSummary: (signal) => client.call('GET /portal/:organisation_id/summary', { signal }),
  listInvoices: (query, signal) => client.call('GET /portal/:organisation_id/invoices', { query, signal }),
  getInvoice: (invoiceId, signal) =>
    client.call('GET /portal/:organisation_id/invoices/:invoice_id', { params: { invoice_id: invoiceId }, signal }),
  listPayments: (query, signal) => client.call('GET /portal/:organisation_id/payments', { query, signal }),
  listEntitlements: (query, signal) => client.call('GET /portal/:organisation_id/entitlements', { query, signal }),
  getFile: (path, request) => client.call(`GET /portal/:organisation_id/${path}`, request),
  getProfile: async (signal) => {
    const { body, etag } = await client.exchange(`GET ${profileKey}`, { signal });
    return { profile: body, etag: etag ?? '' };
  },
  updateProfile: async (patch, ifMatch, signal) => {
    const options = { body: patch, headers: { 'if-match': ifMatch }, signal };
    const { body, etag } = await client.exchange(`PATCH ${profileKey}`, options);
    return { profile: body, etag: etag ?? '' };
  },
});
