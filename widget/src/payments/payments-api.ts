import type { PortalPaymentList, PortalPaymentsQuery } from '#contract/payments.ts';

/** What the payments need of the portal API. Failures are `Error`s with `status` and `requestId`. */
export interface PaymentsApi {
  listPayments(query: Partial<PortalPaymentsQuery>, signal: AbortSignal): Promise<PortalPaymentList>;
}
