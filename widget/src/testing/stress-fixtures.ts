import type { PortalEntitlement } from '#contract/entitlements.ts';
import type { PortalInvoice, PortalInvoiceDetail } from '#contract/invoices.ts';
import type { PortalPayment } from '#contract/payments.ts';
import { entitlement } from './entitlement-fixtures.ts';
import { invoice, invoiceDetail, invoices } from './invoice-fixtures.ts';
import { payment } from './payment-fixtures.ts';

/** Names and amounts as long as they come, one of them without a place to break it. */
export const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG';
export const arabicName = 'شركة النور للتجارة والخدمات اللوجستية';

const withIds = <Row extends { id: string }>(rows: readonly Row[]): Row[] =>
  rows.map((row, index) => ({ ...row, id: `${row.id.slice(0, -12)}${String(index + 1).padStart(12, '0')}` }));

export const longInvoices: readonly PortalInvoice[] = withIds([
  invoice({
    invoice_number: 'INV-2026-EMEA-CENTRAL-RENEWAL-AMENDMENT-0000000042',
    invoice_total: 98_765_432_109_87,
    amount_due: 98_765_432_109_87,
    currency: 'IDR',
    is_overdue: true,
    days_overdue: 1_204,
  }),
  invoice({
    invoice_number: 'RECHNUNG20260000000000000000000000000000000000000041',
    status: 'partially_paid',
    invoice_total: 12_345_678_901,
    amount_due: 9_876_543_210,
    currency: 'CHF',
    is_overdue: true,
    days_overdue: 365,
  }),
  invoice({ invoice_number: '7', status: 'paid', amount_due: 0 }),
]);

export const longInvoice: PortalInvoiceDetail = invoiceDetail({
  invoice_number: 'INV-2026-EMEA-CENTRAL-RENEWAL-AMENDMENT-0000000042',
  notes: `${longName} `.repeat(6).trim(),
  contract: { id: 'a3000000-0000-4000-8000-000000000001', name: longName },
  line_items: Array.from({ length: 24 }, (_, index) => ({
    ...(invoiceDetail().line_items[index % 3] as PortalInvoiceDetail['line_items'][number]),
    id: `a2000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
    ...(index === 0 && { name: longName, description: `${longName}. `.repeat(3).trim() }),
  })),
});

export const arabicInvoices: readonly PortalInvoice[] = withIds([
  invoice({ invoice_number: 'فاتورة-2026-0042', currency: 'AED' }),
  invoice({ invoice_number: 'INV-2026-0041 (النور)', currency: 'SAR', is_overdue: true, days_overdue: 3 }),
  invoice({ invoice_number: 'INV-2026-0040', currency: 'KWD', status: 'paid', amount_due: 0 }),
]);

export const yenInvoices: readonly PortalInvoice[] = invoices.map((each) => ({ ...each, currency: 'JPY' }));

export const yenInvoice: PortalInvoiceDetail = invoiceDetail({
  currency: 'JPY',
  credit_notes: invoiceDetail().credit_notes.map((note) => ({ ...note, currency: 'JPY' })),
});

export const manyInvoices: readonly PortalInvoice[] = withIds(
  Array.from({ length: 312 }, (_, index) => ({
    ...(invoices[index % invoices.length] as PortalInvoice),
    invoice_number: `INV-${String(9_312 - index)}`,
  })),
);

export const longPayments: readonly PortalPayment[] = withIds([
  payment({
    amount: 98_765_432_109_87,
    currency_code: 'IDR',
    receipt_number: 'QUITTUNG-2026-EMEA-CENTRAL-RENEWAL-0000000042',
    payment_method: 'bank_transfer',
    payment_method_details: { bank_name: 'Raiffeisenlandesbank Niederösterreich-Wien Aktiengesellschaft' },
    invoices: longInvoices.map(({ id, invoice_number, amount_due }) => ({
      invoice_id: id,
      invoice_number,
      amount: amount_due,
    })),
  }),
  payment({
    status: 'failed',
    failure_message: 'Your bank declined the charge because the authentication was not completed in time. '.repeat(2),
  }),
]);

export const longEntitlements: readonly PortalEntitlement[] = [
  entitlement(longName, {
    entitlement: { id: 'c1000000-0000-4000-8000-000000000001', name: longName, description: `${longName}. `.repeat(2) },
    quantity: 9_876_543_210_123,
    quantity_used: 8_876_543_210_123.25,
    quantity_remaining: 999_999_999_999.75,
    units: 'Transaktionsverarbeitungseinheiten',
    contract: { id: 'a3000000-0000-4000-8000-000000000001', name: longName },
  }),
];
