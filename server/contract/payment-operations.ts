import { z } from 'zod';
import { Payment, PaymentInput, PaymentList, PaymentPatch, PaymentsQuery, RefundInput } from './merchant-payments.ts';
import type { Operations } from './operation.ts';
import { Id } from './primitives.ts';

const onePayment = z.strictObject({ payment_id: Id });
const oneInvoice = z.strictObject({ invoice_id: Id });

const states = `Money counts as received, and settles the invoices of its parts, while the status is \`success\`,
\`partially_refunded\` or \`refunded\` and the type \`payment\` or \`tax_withheld\`. The parts of any other payment are
checked by the same rules and settle nothing.`;

const parts = `Each part names an invoice of the same customer and currency, once, that is \`approved\` or
\`partially_paid\`, and is at most what that invoice owes; together they are at most the amount.`;

export const paymentOperations = {
  'GET /payments': {
    summary: 'List payments and refunds',
    description: `\`timestamp\` filters take seconds since 1970. \`search\` is \`field=value,field2=value2\`: each field
contains its value, in any case. With \`invoice__id\` come the payments and refunds with a part of that invoice;
\`invoice__id__isnull=true\` finds those with no part at all.`,
    query: PaymentsQuery,
    response: PaymentList,
    errors: ['cursor_invalid'],
  },
  'GET /payments/:payment_id': {
    summary: 'Get a payment or refund',
    params: onePayment,
    response: Payment,
    errors: ['payment_not_found'],
  },
  'GET /payments/invoice/:invoice_id': {
    summary: 'List the payments and refunds of an invoice',
    description: 'All of them on one page, oldest first, whatever their status.',
    params: oneInvoice,
    response: PaymentList,
    errors: ['invoice_not_found'],
  },
  'GET /payments/invoice/:invoice_id/without_refunds': {
    summary: 'List the payments of an invoice without refunds',
    params: oneInvoice,
    response: PaymentList,
    errors: ['invoice_not_found'],
  },
  'POST /payments': {
    summary: 'Record a payment',
    description: `${parts} What no part takes stays unallocated: it is the customer's money, applied to nothing, until
PATCH gives the payment its parts. ${states}`,
    body: PaymentInput,
    response: Payment,
    errors: ['external_id_taken'],
  },
  'PATCH /payments/:payment_id': {
    summary: 'Change a payment, or what it is applied to',
    description: `\`payment_parts\` are the allocations anew: those left out are taken back, and a part cannot shrink
below what was refunded of it. ${parts} ${states} So a status that leaves \`success\` (a check that bounced) lets the
invoices be owed again. The status of a refund, and of a payment with refunds, follows from them and cannot be changed.`,
    params: onePayment,
    body: PaymentPatch,
    response: Payment,
    errors: ['payment_not_found', 'payment_state_invalid', 'external_id_taken'],
  },
  'DELETE /payments/:payment_id': {
    summary: 'Delete a payment that was recorded by hand',
    description: `Answers the payment as it was. Its invoices are owed again. A payment of a connector, one that was
refunded, and a refund stay.`,
    params: onePayment,
    response: Payment,
    errors: ['payment_not_found', 'payment_state_invalid'],
  },
  'POST /payments/:payment_id/refund': {
    summary: 'Refund a payment',
    description: `Answers the refund: a record of its own with \`type: refund\`, a positive amount and \`parent_id\`.
The portal moves no money; it records that you did. \`refund_payment_part_amounts\` says how much of which parts is given
back. What they do not cover, or all of it where they are not sent, is taken from the unallocated money first and then from
the parts, the newest invoice first. The payment becomes \`partially_refunded\` or \`refunded\`.
With \`writeoff_invoices\` a credit note covers what would be owed again; without, it is owed again.`,
    params: onePayment,
    body: RefundInput,
    response: Payment,
    errors: ['payment_not_found', 'payment_state_invalid', 'external_id_taken'],
  },
} as const satisfies Operations;
