import type { z } from 'zod';
import { BulkResult } from './bulk.ts';
import { CustomerRecord } from './customers.ts';
import { EntitlementRecord } from './merchant-entitlements.ts';
import { InvoiceRecord } from './merchant-invoice-input.ts';
import { PaymentRecord } from './merchant-payments.ts';
import type { Operations } from './operation.ts';

const protocol = `
One JSON record a line in (\`application/x-ndjson\`, UTF-8, a line of at most 1 MB), one result a line out, in the order of the
lines and while the rest is still being sent. Records are created or updated by \`external_id\`; fields that are not given
stay as they are, and sending the same again changes nothing, so that a broken transfer can simply be repeated.

A record that breaks a rule, or a line that is no JSON, costs that record only: its result says \`failed\`, why, and whether
trying again may help (\`retryable\`). Up to 500 records are committed together; a caller that goes away leaves whole
records only. Read the results while you send: up to 16 MB of them wait for a caller who reads only afterwards. One request
may last five minutes.`;

const bulk = <Record extends z.ZodType>(summary: string, body: Record, more = '') => ({
  summary,
  description: `${more}${protocol}`.trim(),
  body,
  response: BulkResult,
  isStream: true as const,
});

export const bulkOperations = {
  'PUT /customers/bulk': bulk('Create or update many customers', CustomerRecord),
  'PUT /invoices/bulk': bulk('Create or update many invoices', InvoiceRecord),
  'PUT /payments/bulk': bulk(
    'Create or update many payments, and book many refunds',
    PaymentRecord,
    `A record is a payment as POST takes it or, with \`type: refund\`, a refund of one that may stand before it in the same
stream. Amount, currency, customer and time of what is there already stay; its status and parts change by the rules of
PATCH. A record that says \`success\` of a payment that was refunded since changes nothing.
`,
  ),
  'PUT /entitlements/bulk': bulk(
    'Create or update many entitlements',
    EntitlementRecord,
    `A record with \`customer_id\` or \`customer_external_id\` is what that customer is granted, and names its definition by
\`entitlement_id\` or \`entitlement_external_id\`, which may stand before it in the same stream. A record without a customer
is a definition. A grant stays with its customer and its definition.
`,
  ),
} as const satisfies Operations;
