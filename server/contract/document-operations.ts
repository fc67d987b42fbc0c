import { z } from 'zod';
import { pdf } from './documents.ts';
import type { Operations } from './operation.ts';
import { Id } from './primitives.ts';

export const documentOperations = {
  'GET /invoices/:invoice_id/download_invoice': {
    summary: 'Download an invoice as PDF',
    description: `In every status; drafts and void invoices are marked as such. A tagged PDF of A4 pages in English. Days are those of
the customer's billing time zone. The logo is drawn when it is a PNG or JPEG that can be fetched over https within three seconds.`,
    params: z.strictObject({ invoice_id: Id }),
    download: pdf,
    errors: ['invoice_not_found'],
  },
  'GET /payments/:payment_id/download_receipt': {
    summary: 'Download the receipt of a payment or refund as PDF',
    description:
      'Only of money that has moved: `success`, `partially_refunded` or `refunded`. Not part of the original dialect.',
    params: z.strictObject({ payment_id: Id }),
    download: pdf,
    errors: ['payment_not_found', 'receipt_not_available'],
  },
} as const satisfies Operations;
