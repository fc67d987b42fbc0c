import { z } from 'zod';
import { CreditNoteStatus, RepaymentMethod } from './credit-notes.ts';
import { merchantListQuery } from './filters.ts';
import { decimalInput } from './merchant-invoice-input.ts';
import type { Operations } from './operation.ts';
import { AmountMinor, CurrencyCode, CustomData, Id, lineOf, listOf, Timestamp } from './primitives.ts';

export const MerchantCreditNote = z
  .object({
    id: Id,
    credit_note_number: z.string(),
    amount: AmountMinor.describe('Minor units.'),
    currency: CurrencyCode,
    customer_id: Id,
    status: CreditNoteStatus,
    repayment_method: RepaymentMethod,
    invoice_id: Id,
    credits_returned: AmountMinor.describe(
      'What of the amount was more than was owed and came back to the customer as credits. Minor units.',
    ),
    reason: z.string().nullable(),
    custom_data: z.record(z.string(), z.json()).nullable(),
    created_at: Timestamp,
    customer: z.object({ id: Id, external_id: z.string().nullable(), customer_name: z.string() }),
    invoice: z.object({ id: Id, external_id: z.string().nullable(), invoice_number: z.string() }),
  })
  .meta({ id: 'CreditNote' });
export type MerchantCreditNote = z.infer<typeof MerchantCreditNote>;

export const MerchantCreditNoteList = listOf(MerchantCreditNote).meta({ id: 'CreditNoteList' });
export type MerchantCreditNoteList = z.infer<typeof MerchantCreditNoteList>;

export const CreditNoteInput = z
  .strictObject({
    credit_note_amount: decimalInput(
      /^\d{1,13}(\.\d{1,12})?$/,
      'Expected an amount in major units, for example 12.50',
    ).describe('In MAJOR units, as a number or as text: `12.5` is twelve dollars and fifty cents.'),
    reason: lineOf(500).nullish(),
    credit_note_number: lineOf(64).min(1).optional().describe('Default: the next of CN-000001, CN-000002 …'),
    custom_data: CustomData.nullish(),
  })
  .meta({ id: 'CreditNoteInput' });
export type CreditNoteInput = z.infer<typeof CreditNoteInput>;

export const CreditNoteOrderField = z.enum(['created_at', 'credit_note_number', 'amount', 'status']);
export type CreditNoteOrderField = z.infer<typeof CreditNoteOrderField>;

export const CreditNotesQuery = merchantListQuery({
  fields: {
    id: 'id',
    credit_note_number: 'text',
    customer_id: 'id',
    customer__external_id: 'text',
    customer__customer_name: 'text',
    invoice_id: 'id',
    invoice__external_id: 'text',
    invoice__invoice_number: 'text',
    status: CreditNoteStatus.options,
    repayment_method: RepaymentMethod.options,
    currency: 'text',
    amount: 'amount',
    credits_returned: 'amount',
    created_at: 'moment',
  },
  orders: CreditNoteOrderField.options,
  order: '-created_at',
  extra: {},
});
export type CreditNotesQuery = z.infer<typeof CreditNotesQuery>;

export const creditNoteOperations = {
  'POST /invoices/:invoice_id/credit_note': {
    summary: 'Credit an invoice',
    description: `\`credit_note_amount\` is in major units; more decimals than the currency has are refused.
At most what is left to credit can be credited: the invoice's total less earlier credit notes. What is owed is reduced
first (\`repayment_method: invoice_adjusted\`). What is beyond that has been paid already: it comes back to the customer
as credits (\`repayment_method: credits\`, \`credits_returned\`). An invoice that is credited in full becomes void.
Drafts, upcoming and discarded invoices cannot be credited.`,
    params: z.strictObject({ invoice_id: Id }),
    body: CreditNoteInput,
    response: MerchantCreditNote,
    errors: ['invoice_not_found', 'invoice_state_invalid'],
  },
  'GET /credit_notes': {
    summary: 'List credit notes',
    query: CreditNotesQuery,
    response: MerchantCreditNoteList,
    errors: ['cursor_invalid'],
  },
  'GET /credit_notes/:credit_note_id': {
    summary: 'Get a credit note',
    params: z.strictObject({ credit_note_id: Id }),
    response: MerchantCreditNote,
    errors: ['credit_note_not_found'],
  },
} as const satisfies Operations;
