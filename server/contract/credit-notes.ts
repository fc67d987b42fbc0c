import { z } from 'zod';
import { AmountMinor, CurrencyCode, Id, Timestamp } from './primitives.ts';

export const CreditNoteStatus = z.enum(['in_progress', 'issued', 'void', 'paid']).meta({ id: 'CreditNoteStatus' });
export type CreditNoteStatus = z.infer<typeof CreditNoteStatus>;

export const RepaymentMethod = z
  .enum(['credits', 'invoice_adjusted', 'external_payment', 'credits_against_payment', 'original_payment_method'])
  .meta({ id: 'RepaymentMethod' });
export type RepaymentMethod = z.infer<typeof RepaymentMethod>;

export const CreditNote = z
  .object({
    id: Id,
    credit_note_number: z.string(),
    amount: AmountMinor,
    currency: CurrencyCode,
    status: CreditNoteStatus,
    repayment_method: RepaymentMethod,
    reason: z.string().nullable(),
    created_at: Timestamp,
  })
  .meta({ id: 'PortalCreditNote' });
export type CreditNote = z.infer<typeof CreditNote>;
