import { z } from 'zod';
import { AmountMinor, CurrencyCode, Id, Timestamp } from './primitives.ts';
import { PaymentMethod, PaymentMethodDetails } from './payments.ts';

/** What one currency's invoices and payments come to. Currencies are never added together. */
export const CurrencySummary = z
  .object({
    currency: CurrencyCode,
    amount_due: AmountMinor,
    open_count: z.int(),
    overdue_amount: AmountMinor,
    overdue_count: z.int(),
    next_due: z
      .object({ invoice_id: Id, invoice_number: z.string(), due_date: Timestamp, amount_due: AmountMinor })
      .nullable()
      .describe("The earliest due date that is not past, and what falls due on that day's invoice."),
    last_payment: z
      .object({
        id: Id,
        amount: AmountMinor,
        timestamp: Timestamp,
        payment_method: PaymentMethod,
        payment_method_details: PaymentMethodDetails.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'CurrencySummary' });
export type CurrencySummary = z.infer<typeof CurrencySummary>;

/** One entry a currency that has ever been used, those with money owed first. Empty for a new customer. */
export const PortalSummary = z.object({ currencies: z.array(CurrencySummary) }).meta({ id: 'PortalSummary' });
export type PortalSummary = z.infer<typeof PortalSummary>;
