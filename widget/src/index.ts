/** The classes, events and types of the portal. Importing this registers nothing: `zenskar-portal/define` does. */
export type { Section } from '#contract/sessions.ts';
export type { ApiErrorCode } from './api/api-error.ts';
export { ZenskarInvoiceDownloadEvent } from './downloads/invoice-download-event.ts';
export * from './events.ts';
export type { Catalogue, Message } from './i18n/localize.ts';
export type { FetchSession } from './session/session-source.ts';
export { readView } from './shell/read-view.ts';
export type { ViewState } from './shell/view-state.ts';
export { ZenskarEntitlements } from './zenskar-entitlements.ts';
export { ZenskarInvoices } from './zenskar-invoices.ts';
export { ZenskarPayments } from './zenskar-payments.ts';
export { ZenskarPortal } from './zenskar-portal.ts';
export { ZenskarProfile } from './zenskar-profile.ts';
export { ZenskarSummary } from './zenskar-summary.ts';
