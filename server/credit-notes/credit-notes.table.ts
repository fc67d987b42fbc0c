import type { CreditNoteStatus, RepaymentMethod } from '#contract/credit-notes.ts';

export interface CreditNoteTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  invoice_id: string;
  credit_note_number: string;
  amount: number;
  currency: string;
  status: CreditNoteStatus;
  repayment_method: RepaymentMethod;
  reason: string | null;
  created_at: string;
  /** JSON object. */
  custom_data: string | null;
  /** What of the amount exceeded what was due and came back as credits. */
  credits_returned: number;
}
