import type { PaymentStatus, PaymentType } from '#contract/payments.ts';

/** In these the money is there. */
export const receivedStatuses = ['success', 'partially_refunded', 'refunded'] as const satisfies PaymentStatus[];

/** These pay an invoice once they are received. */
export const settlingTypes = ['payment', 'tax_withheld'] as const satisfies PaymentType[];

/** Whether the payment settles the invoices that it was applied to. */
export const isReceived = ({ type, status }: { type: PaymentType; status: PaymentStatus }): boolean =>
  settlingTypes.some((one) => one === type) && receivedStatuses.some((one) => one === status);
