import type { PaymentStatus, PaymentType } from '#contract/payments.ts';

/** In these the money is there. */
export const receivedStatuses = ['success', 'partially_refunded', 'refunded'] as const satisfies PaymentStatus[];

/** These pay an invoice once they are received. */
export const settlingTypes = ['payment', 'tax_withheld'] as const satisfies PaymentType[];

/** These give the customer money back. */
export const returningTypes = ['refund', 'payment_reversal'] as const satisfies PaymentType[];

/** Whether the money has really moved, be it to the merchant or back. */
export const hasMoved = (status: PaymentStatus): boolean => receivedStatuses.some((one) => one === status);

export const isSettling = (type: PaymentType): boolean => settlingTypes.some((one) => one === type);

export const isMoneyBack = (type: PaymentType): boolean => returningTypes.some((one) => one === type);

/** Whether the payment settles the invoices that it was applied to. */
export const isReceived = ({ type, status }: { type: PaymentType; status: PaymentStatus }): boolean =>
  isSettling(type) && hasMoved(status);
