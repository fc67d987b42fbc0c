import type {
  DisplayedMoney,
  Invoice,
  InvoiceDetail,
  InvoiceLines,
  InvoiceSummary,
  MerchantLineItem,
} from '#contract/merchant-invoices.ts';
import { currencyDecimals } from '../money.ts';
import { presentLineItem, presentPeriod } from './invoices.present.ts';
import type { InvoiceLineItemTable, InvoiceTable } from './invoices.table.ts';
import type { MerchantInvoiceRow } from './merchant-invoices.repository.ts';

export const presentMerchantInvoice = (row: InvoiceTable): Invoice => ({
  id: row.id,
  invoice_id: row.id,
  external_id: row.external_id,
  invoice_number: row.invoice_number,
  customer_id: row.customer_id,
  contract_id: row.contract_id,
  status: row.status,
  currency: row.currency,
  invoice_total: row.invoice_total,
  net_invoice_total: row.net_invoice_total,
  applied_balance: row.applied_balance,
  amount_due: row.amount_due,
  invoice_period: presentPeriod(row),
  due_date: row.due_date,
  promise_due_date: row.promise_due_date,
  invoice_url: row.invoice_url,
  payment_url: row.payment_url,
  charged_at: row.charged_at,
  created_at: row.created_at,
  created_by: row.created_by,
  last_updated_at: row.updated_at,
});

const presentMerchantLineItem = (row: InvoiceLineItemTable): MerchantLineItem => ({
  ...presentLineItem(row),
  product_id: row.product_id,
});

export const presentMerchantInvoiceDetail = (
  row: MerchantInvoiceRow,
  lineItems: readonly InvoiceLineItemTable[] | null,
): InvoiceDetail => ({
  ...presentMerchantInvoice(row),
  customer: { id: row.customer_id, external_id: row.customer_external_id, customer_name: row.customer_name },
  contract:
    row.contract_id === null
      ? null
      : { id: row.contract_id, external_id: row.contract_external_id, name: row.contract_name ?? '' },
  subtotal: row.subtotal,
  discount_total: row.discount_total,
  tax_total: row.tax_total,
  paid_amount: row.paid_amount,
  credited_amount: row.credited_amount,
  notes: row.notes,
  custom_data: row.custom_data === null ? null : (JSON.parse(row.custom_data) as InvoiceDetail['custom_data']),
  approved_at: row.approved_at,
  sent_at: row.sent_at,
  paid_at: row.paid_at,
  line_items: lineItems === null ? null : lineItems.map(presentMerchantLineItem),
});

export const presentInvoiceSummary = (row: MerchantInvoiceRow): InvoiceSummary => ({
  invoice_id: row.id,
  invoice_number: row.invoice_number,
  status: row.status,
  currency: row.currency,
  subtotal: row.subtotal,
  discount_total: row.discount_total,
  tax_total: row.tax_total,
  invoice_total: row.invoice_total,
  net_invoice_total: row.net_invoice_total,
  applied_balance: row.applied_balance,
  paid_amount: row.paid_amount,
  credited_amount: row.credited_amount,
  amount_due: row.amount_due,
});

const displayer = (currency: string) => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const decimals = currencyDecimals(currency);
  return (amountMinor: number): DisplayedMoney => {
    // The nearest number to the exact decimal, which dividing would miss for large amounts.
    const value = Number(`${amountMinor}e-${decimals}`);
    return { value, unit: currency, display: format.format(value) };
  };
};

const displayNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 12 });

export const presentInvoiceLines = (
  { currency }: Pick<InvoiceTable, 'currency'>,
  lineItems: readonly InvoiceLineItemTable[],
): InvoiceLines => {
  const display = displayer(currency);
  return {
    lines: lineItems.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      quantity: {
        value: row.quantity,
        unit: row.unit,
        display: [displayNumber.format(row.quantity), row.unit].filter((part) => part !== null).join(' '),
      },
      unit_price: row.unit_price,
      subtotal: display(row.subtotal),
      discount: display(row.discount),
      tax_rate: row.tax_rate,
      tax: display(row.tax),
      total: display(row.total),
      pricing_model: 'per_unit',
      features: [],
    })),
    features: [],
    total: display(lineItems.reduce((total, row) => total + row.total, 0)),
  };
};
